"""Where a form was opened travels in the form itself, beside what it knew: a submission does not tell its room."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from adapters.slack.render import DoesNotFit, form_view
from adapters.slack.render_blocks import Ink
from adapters.slack.render_carried import KNOWS_TOO_MUCH, LONGEST_METADATA, FormMetadata, read_metadata
from adapters.slack.render_text import Json
from core.api import Form


@dataclass(frozen=True, slots=True)
class Opened:
    """The channel and thread in which a form was opened, and what the form carries."""

    channel: str
    thread: str | None
    form: FormMetadata


def opened_view(form: Form, ink: Ink, channel: str, thread: str | None) -> Json:
    """The `view` for views.open, which remembers its room. Raises DoesNotFit."""
    view = form_view(form, ink.accounts, ink.say)
    metadata = msgspec.json.decode(view["private_metadata"])
    metadata["channel"] = channel
    if thread:
        metadata["thread"] = thread
    view["private_metadata"] = msgspec.json.encode(metadata).decode()
    size = len(view["private_metadata"].encode())
    if size > LONGEST_METADATA:
        raise DoesNotFit(KNOWS_TOO_MUCH, title=form.title, size=size, most=LONGEST_METADATA)
    return view


def read_opened(metadata: str) -> Opened:
    """What `opened_view` wrote. Raises ValueError for metadata that Tandem did not write."""
    where = msgspec.json.decode(metadata)
    if not isinstance(where, dict) or not isinstance(where.get("channel"), str):
        raise ValueError("This form does not say where it was opened.")
    return Opened(where["channel"], where.get("thread"), read_metadata(metadata))
