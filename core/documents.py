"""Documents: a view as Markdown and as HTML, with the mark of a rehearsal and the hash that its readers compare."""

from __future__ import annotations

import hashlib
from typing import Any

from core.kernel.templates import Words


def markdown(words: Words, name: str, view: Any, *, training: bool) -> str:
    """The Markdown of `documents/NAME.md` for a view."""
    return words.markdown(f"documents/{name}.md", view, training=training)


def html(words: Words, name: str, view: Any, *, training: bool, sha256: str) -> str:
    """The HTML page of `documents/NAME.html` for a view: whole, with its style, readable without a network.

    `sha256` is the fingerprint of the Markdown that was posted.
    """
    return words.page(f"documents/{name}.html", view, training=training, sha256=sha256)


def fingerprint(text: str) -> str:
    """SHA-256 of a document's UTF-8 bytes, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()
