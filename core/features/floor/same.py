"""Two people turn out to be one: on the floor the one stands for both, waits once, and has one vote."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.floor.boards import show_floor
from core.features.floor.finding import floor_of
from core.features.floor.motions import motions_of, show_motion
from core.features.floor.records import Floor, Speaker, Vote
from core.features.meetings.current import running_meeting
from core.features.meetings.same import meant
from core.features.transfers.events import PeopleJoined
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(PeopleJoined)
def stand_for_both(event: PeopleJoined, work: Work) -> None:
    meeting = running_meeting(work)
    if meeting is None:
        return
    floor = floor_of(meeting, work)
    if floor is not None and _one_on_the_floor(floor, event):
        show_floor(floor, meeting, work)
    for motion in motions_of(meeting, work):
        if motion.state == "open" and any(one["person"] == event.gone for one in motion.votes):
            motion.votes = _one_vote(motion.votes, event)
            show_motion(motion, work)


def _one_on_the_floor(floor: Floor, event: PeopleJoined) -> bool:
    """Of two places on the queue the better one is theirs; False where nothing changes."""
    before = (floor.queue, floor.speaks, floor.spoke)
    queue = [_as_one(one, event) for one in floor.queue]
    first = {one["person"]: one for one in reversed(queue)}
    floor.queue = [one for one in queue if first[one["person"]] is one]
    floor.speaks = _as_one(floor.speaks, event) if floor.speaks else None
    floor.spoke = [{**one, "person": meant(one["person"], event) or one["person"]} for one in floor.spoke]
    return before != (floor.queue, floor.speaks, floor.spoke)


def _as_one(one: Speaker, event: PeopleJoined) -> Speaker:
    return {**one, "person": meant(one["person"], event) or one["person"], "by": meant(one["by"], event)}


def _one_vote(votes: Sequence[Vote], event: PeopleJoined) -> list[Vote]:
    """Of the votes of both, the later one counts, as one's own later vote does."""
    theirs = [one for one in votes if one["person"] in (event.gone, event.kept)]
    last: Vote = {**max(theirs, key=lambda one: one["at"]), "person": event.kept}
    return [*(one for one in votes if one not in theirs), last]
