"""Who leaves a transfer leaves the speakers' queue, the floor, and the chair of what is not over."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.floor.boards import show_floor
from core.features.floor.chairing import CHAIRS, pass_chair
from core.features.floor.events import ChairHanded, QueueLeft
from core.features.floor.finding import floor_of
from core.features.floor.queueing import let_go
from core.features.meetings.current import running_meeting
from core.features.meetings.leaving import not_over_yet
from core.features.meetings.records import Meeting
from core.features.transfers.events import MemberRemoved
from core.features.transfers.leaving import OFFERED, SHOWN, just_now, stays
from core.kernel.complements import Complement, Fact, Offer
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.registry import complements, reacts
from core.kernel.work import Reads, Work


@reacts(MemberRemoved)
def leave_with_them(event: MemberRemoved, work: Work) -> None:
    """What they voted while they were there stays counted."""
    meeting = running_meeting(work)
    floor = floor_of(meeting, work) if meeting is not None else None
    if meeting is None or floor is None or not let_go(_gone(event), floor):
        return
    work.record(QueueLeft(record=floor.ref))
    show_floor(floor, meeting, work)


@reacts(MemberRemoved)
def hand_their_chair_on(event: MemberRemoved, work: Work) -> None:
    """Nobody who may do nothing any more chairs: whoever ended their part does, else a lead, of their company first."""
    gone = _gone(event)
    chaired = [meeting for meeting in not_over_yet(work) if meeting.chair == gone]
    after = _heir(gone, work) if chaired else None
    for meeting in chaired:
        if after is not None:
            pass_chair(after, meeting, None, work)


def _heir(gone: PersonId, work: Work) -> PersonId | None:
    side, ended_by = work.directory.side_of(gone), work.actor.person
    leads = sorted(work.directory.holding("lead"), key=lambda lead: (lead.side != side, not lead.accounts))
    asked = [ended_by] if ended_by is not None and work.may(CHAIRS) else []
    return next((person for person in [*asked, *(lead.person for lead in leads)] if stays(person, work)), None)


def _gone(event: MemberRemoved) -> PersonId:
    return PersonId(event.record.removeprefix("member:"))


@complements("transfers/member_removed")
def chairs_that_passed(reads: Reads, people: Sequence[PersonId], own: bool) -> Complement | None:
    """The meetings that got another chair with it, for whoever ended their part and may name yet another."""
    meetings = [reads.get(Meeting, ref) for ref in just_now(ChairHanded, reads)]
    if not meetings:
        return None
    says = reads.words.translate
    named = ", ".join(f"{meeting.ref}: {reads.directory.known_as(meeting.chair)}" for meeting in meetings[:SHOWN])
    offer = says(msg("Another chair for {ref}…"))
    offers = tuple(Offer(offer.format(ref=one.ref), f"chair {one.ref}") for one in meetings[:OFFERED])
    return Complement((Fact(says(msg("In the chair now")), named + (" …" if len(meetings) > SHOWN else "")),), offers)
