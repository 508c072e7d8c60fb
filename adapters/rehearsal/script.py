"""A meeting written down: a line an act, with its time, its room and who does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

import templates as shipped
from adapters.rehearsal.cast import SIDES

JOINT_MEETING = Path(shipped.__path__[0]) / "rehearsal" / "joint_meeting.jsonl"


class ScriptError(ValueError):
    """A line of a script that cannot be played: its number, what was wrong, and what would be right."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"line {line}: {sentence}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act: `at` with its offset from UTC, `room` sponsor or cmo, `who` by account or name.

    Exactly one of `text` (a sentence, or chat), `press` (a button's label or sentence) and `fill` (input name to
    value, for the form that this person's last act opened). `direct`: in their own conversation with Tandem.
    """

    at: datetime
    room: str
    who: str
    text: str | None = None
    press: str | None = None
    fill: dict[str, str | list[str]] | None = None
    direct: bool = False


def read_script(text: str) -> list[Line]:
    """The lines of a script, JSON a line; blank lines count, and are skipped. Raises ScriptError."""
    lines = []
    for number, words in enumerate(text.splitlines(), 1):
        if words.strip():
            lines.append(_line(number, words))
            if len(lines) > 1 and lines[-1].at < lines[-2].at:
                raise ScriptError(number, f"it is before the line above ({lines[-2].at.isoformat()}).")
    return lines


def _line(number: int, words: str) -> Line:
    try:
        line = msgspec.json.decode(words, type=Line)
    except msgspec.DecodeError as error:
        raise ScriptError(number, f"{error}.") from None
    if line.at.tzinfo is None:
        raise ScriptError(number, f"'at' needs its zone: {line.at.isoformat()}Z.")
    if line.room not in SIDES:
        raise ScriptError(number, f"there is no room '{line.room}': it is {' or '.join(SIDES)}.")
    if sum(act is not None for act in (line.text, line.press, line.fill)) != 1:
        raise ScriptError(number, "it needs one of text, press and fill.")
    return line
