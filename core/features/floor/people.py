"""Who leaves a transfer leaves the queue; two people who turn out to be one wait once and have one vote."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.floor.boards import show_floor
from core.features.floor.events import QueueLeft
from core.features.floor.finding import floor_of
from core.features.floor.motions import motions_of, show_motion
from core.features.floor.records import Floor, Speaker, Vote
from core.features.meetings.current import running_meeting
from core.features.meetings.records import Meeting
from core.features.transfers.events import MemberRemoved, PeopleJoined
from core.kernel.ids import PersonId
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(MemberRemoved)
def leave_with_them(event: MemberRemoved, work: Work) -> None:
    """What they voted while they were there stays counted."""
    meeting = running_meeting(work)
    if meeting is not None:
        gone = PersonId(event.record.removeprefix("member:"))
        _take_off(gone, meeting, work)


def _take_off(gone: PersonId, meeting: Meeting, work: Work) -> None:
    floor = floor_of(meeting, work)
    if floor is None:
        return
    staying = [one for one in floor.queue if one["person"] != gone]
    speaks = floor.speaks if floor.speaks and floor.speaks["person"] != gone else None
    if (staying, speaks) != (floor.queue, floor.speaks):
        floor.queue, floor.speaks = staying, speaks
        work.record(QueueLeft(record=floor.ref))
        show_floor(floor, meeting, work)


@reacts(PeopleJoined)
def stand_for_both(event: PeopleJoined, work: Work) -> None:
    meeting = running_meeting(work)
    if meeting is None:
        return
    floor = floor_of(meeting, work)
    if floor is not None:
        _one_on_the_floor(floor, event, meeting, work)
    for motion in motions_of(meeting, work):
        if motion.state == "open" and any(one["person"] == event.gone for one in motion.votes):
            motion.votes = _one_vote(motion.votes, event)
            show_motion(motion, work)


def _one_on_the_floor(floor: Floor, event: PeopleJoined, meeting: Meeting, work: Work) -> None:
    renamed = [_as_kept(one, event) for one in floor.queue]
    first = {one["person"]: one for one in reversed(renamed)}
    queue = [one for one in renamed if first[one["person"]] is one]
    speaks = _as_kept(floor.speaks, event) if floor.speaks else None
    if (queue, speaks) != (floor.queue, floor.speaks):
        floor.queue, floor.speaks = queue, speaks
        work.record(QueueLeft(record=floor.ref))
        show_floor(floor, meeting, work)


def _as_kept(one: Speaker, event: PeopleJoined) -> Speaker:
    return {**one, "person": event.kept} if one["person"] == event.gone else one


def _one_vote(votes: Sequence[Vote], event: PeopleJoined) -> list[Vote]:
    """Of the votes of both, the later one counts, as one's own later vote does."""
    theirs = [one for one in votes if one["person"] in (event.gone, event.kept)]
    last: Vote = {**max(theirs, key=lambda one: one["at"]), "person": event.kept}
    return [*(one for one in votes if one not in theirs), last]
