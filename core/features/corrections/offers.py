"""What a change request in natural talk comes to, as the sentence that a button carries."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.kernel.ids import Ref
from core.kernel.work import Reads
from core.rules.due_phrases import DueReading
from core.rules.reading.shapes import EVERYBODY, Change

_ENDS = {"ACT": "action cancel", "DEC": "decision reverse", "RSK": "risk close"}


def sentence_of(change: Change, reference: Ref, reads: Reads) -> str:
    """The sentence for “Move ACT-021 to 10 April”: `correct ACT-021 by 2026-04-10`.

    It holds references, days and ids of people, and none of the speaker's words: a new text is typed into the form that
    `correct ACT-021` opens. Said, it asks for the reason where one is due.
    """
    match change.field:
        case "due" if change.due is not None:
            return f"correct {reference} by {_day(change.due, reads)}"
        case "owner" if change.owners and EVERYBODY not in change.owners:
            return f"correct {reference} {', '.join(f'@{person}' for person in change.owners)}"
        case "cancel":
            return f"{_ENDS.get(reference.partition('-')[0], 'undo')} {reference}"
        case _:
            return f"correct {reference}"


def _day(due: DueReading, reads: Reads) -> str:
    return f"{due.at.astimezone(ZoneInfo(reads.zone)):%Y-%m-%d %H:%M}" if due.at else f"{due.day}"
