"""What the minutes say of records that were taken back: by whom, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.features.actions.events import ActionCancelled
from core.features.actions.records import Action
from core.features.decisions.records import Undoing
from core.features.decisions.views import spoke, spoken_at
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.audit import Entry, entries_of
from core.kernel.ids import PersonId
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class Undone:
    """Who withdrew or cancelled a record, or asked to reverse a decision, when and why.

    `joined` is who of the other company reversed it too.
    """

    by: PersonView
    reason: str
    joined: PersonView | None = None
    at: TimeView | None = None
    joined_at: TimeView | None = None


def undone_of(reads: Reads, undone: Undoing) -> Undone:
    """Who withdrew a decision or asked to reverse it."""
    joined = undone.get("joined")  # one that was kept before there was such a word has none
    return Undone(
        spoke(undone, reads),
        undone["reason"],
        spoke(joined, reads) if joined else None,
        spoken_at(undone, reads),
        spoken_at(joined, reads) if joined else None,
    )


def withdrawn_of(reads: Reads, row: Action | AskedQuestion | Risk | Note) -> Undone | None:
    """Who took a record back and why; a correction before that says nothing of it."""
    if row.state != "withdrawn" or row.correction is None:
        return None
    at = datetime.fromisoformat(row.correction["at"])
    return Undone(reads.person(row.correction["person"], at), row.correction["reason"], at=reads.time(at))


def cancelled_of(reads: Reads, action: Action) -> Undone | None:
    """Who cancelled an action and why, as the trail keeps it."""
    entries = reads.all(entries_of(action.ref, reads.transfer).order_by(Entry.seq.desc()))
    said = next((entry.said for entry in entries if entry.tells(ActionCancelled.called())), None)
    if said is None or said["person"] is None:
        return None
    at = datetime.fromisoformat(said["at"])
    return Undone(reads.person(PersonId(said["person"]), at), said["reason"], at=reads.time(at))
