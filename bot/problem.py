"""What ends a command with one sentence: what was wrong and what would be right."""

from __future__ import annotations


class Problem(Exception):
    """The command cannot be carried out as it was given. Shown on one line; the exit code is 2."""


def ended(words: str) -> str:
    """Somebody else's sentence on one line, with a full stop where it has no end of its own."""
    line = " ".join(words.split())
    return line if line.endswith((".", "?", "!")) else f"{line}."
