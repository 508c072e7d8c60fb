"""What people may ask about the floor, and what an export says of it, of motions and of reminders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from sqlalchemy import select

from core.features.floor.counting import count_of
from core.features.floor.finding import floor_of
from core.features.floor.records import Floor, Motion, Reminder, Speaker
from core.features.floor.reminders import waiting_reminders
from core.features.meetings.current import held_meeting
from core.features.meetings.pages import LENGTH, start_of
from core.kernel.errors import msg
from core.kernel.ids import Ref, Side
from core.kernel.messages import Number, Question, Reference
from core.kernel.registry import answers, exports
from core.kernel.work import Draw, Reads
from core.rules.votes import Count


@dataclass(frozen=True, kw_only=True)
class ShowQueue(Question):
    """Show who speaks in the meeting that runs, and who waits to."""

    says: ClassVar[str] = "queue"
    also: ClassVar[tuple[str, ...]] = ("q",)
    needs: ClassVar[str] = "meeting.read"
    overheard: ClassVar[bool] = True

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@dataclass(frozen=True, kw_only=True)
class ListReminders(Question):
    """List the reminders that are still to come."""

    says: ClassVar[str] = "remind list"
    needs: ClassVar[str] = "meeting.read"


@dataclass(frozen=True, kw_only=True)
class ListMotions(Question):
    """List the motions, those that are open first."""

    says: ClassVar[str] = "motion list"
    needs: ClassVar[str] = "meeting.read"

    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, kw_only=True)
class ShowMotion(Question):
    """Show a motion and how it is voted on."""

    says: ClassVar[str] = "motion show"
    heading: ClassVar[str] = msg("Show a motion")
    needs: ClassVar[str] = "meeting.read"

    motion: Annotated[Ref, Reference("the motion", prefix="MOT", shows=True)]


@answers(ShowMotion)
def show_motion(question: ShowMotion, reads: Reads) -> Draw:
    return reads.card("floor/motion", motion=reads.get(Motion, question.motion))


@answers(ShowQueue)
def show_queue(question: ShowQueue, reads: Reads) -> Draw:
    meeting = held_meeting(reads, question.meeting)
    return reads.card("floor/queue", meeting=meeting, floor=floor_of(meeting, reads))


@answers(ListReminders)
def list_reminders(_question: ListReminders, reads: Reads) -> Draw:
    return reads.card("floor/reminders", reminders=waiting_reminders(reads))


@answers(ListMotions)
def list_motions(question: ListMotions, reads: Reads) -> Draw:
    rows = sorted(_motions(reads), key=lambda row: row.ref, reverse=True)
    rows.sort(key=lambda row: row.state != "open")
    start = start_of(question.page, len(rows))
    left = max(0, len(rows) - start - LENGTH)
    following = question.page + 1 if left else 0
    return reads.card("floor/motions", rows=rows[start : start + LENGTH], following=following, left=left)


def _motions(reads: Reads) -> list[Motion]:
    return list(reads.all(select(Motion).where(Motion.transfer == reads.transfer).order_by(Motion.ref)))


@exports("motions")
def export_motions(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each motion, with everybody's last vote and the count of each company."""
    name = reads.directory.name_of
    for motion in _motions(reads):
        envelope = reads.envelope(motion)
        yield {
            **envelope,
            "meeting": motion.meeting,
            "text": motion.text,
            "by": envelope["created_by"],
            "votes": [
                {"by": name(one["person"]), "side": one["side"], "vote": one["vote"], "at": one["at"]}
                for one in motion.votes
            ],
            "counts": {"all": _counted(count_of(motion)), **{side: _counted(count_of(motion, side)) for side in Side}},
            "closed_by": name(motion.closed_by) if motion.closed_by else None,
            "decision": motion.decided,
        }


def _counted(count: Count) -> dict[str, int]:
    return {"yes": count.yes, "no": count.no, "abstained": count.abstained}


@exports("floors")
def export_floors(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each meeting in which somebody asked to speak: who waits, who has the floor, and who had it."""
    name = reads.directory.name_of
    for floor in reads.all(select(Floor).where(Floor.transfer == reads.transfer).order_by(Floor.ref)):
        yield {
            **reads.envelope(floor),
            "meeting": floor.meeting,
            "queue": [_asked(one, reads) for one in floor.queue],
            "speaks": _asked(floor.speaks, reads) if floor.speaks else None,
            "spoke": [
                {"by": name(one["person"]), "item": floor.boards[one["board"] - 1] or None} for one in floor.spoke
            ],
        }


def _asked(one: Speaker, reads: Reads) -> dict[str, Any]:
    """Somebody who asked to speak; `put_by` where another put them on the queue."""
    name = reads.directory.name_of
    return {
        "by": name(one["person"]),
        "about": one["about"],
        "at": one["at"],
        "put_by": name(one["by"]) if one["by"] else None,
    }


@exports("reminders")
def export_reminders(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each reminder."""
    rows = reads.all(select(Reminder).where(Reminder.transfer == reads.transfer).order_by(Reminder.ref))
    for reminder in rows:
        envelope = reads.envelope(reminder)
        yield {
            **envelope,
            "meeting": reminder.meeting,
            "text": reminder.text,
            "by": envelope["created_by"],
            "due_at": reminder.due_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
