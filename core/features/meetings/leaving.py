"""Who leaves a transfer is invited to no meeting that is to come or runs, and presents nothing there any more."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.meetings.boards import draw_item, redraw
from core.features.meetings.current import planned_meetings, running_meeting
from core.features.meetings.events import InviteeLeft, PresenterLeft
from core.features.meetings.items import items_of
from core.features.meetings.records import Meeting
from core.features.transfers.events import MemberRemoved
from core.features.transfers.leaving import just_now, left_behind
from core.kernel.complements import Complement
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.registry import complements, reacts
from core.kernel.work import Reads, Work


def not_over_yet(reads: Reads) -> list[Meeting]:
    """The meeting that runs, and those that are yet to come."""
    running = running_meeting(reads)
    return [*([running] if running is not None else []), *planned_meetings(reads)]


@reacts(MemberRemoved)
def take_off_the_lists(event: MemberRemoved, work: Work) -> None:
    """Whoever was there counts as present still."""
    gone = PersonId(event.record.removeprefix("member:"))
    for meeting in not_over_yet(work):
        if gone not in meeting.invited:
            continue
        meeting.invited = [person for person in meeting.invited if person != gone]
        if meeting.planned:
            meeting.regrets = [person for person in meeting.regrets if person != gone]
        work.record(InviteeLeft(record=meeting.ref))
        redraw(meeting, work)


@reacts(MemberRemoved)
def leave_their_items(event: MemberRemoved, work: Work) -> None:
    """What they were to present and is yet to come, or is on, waits for somebody who does; the item stays."""
    gone = PersonId(event.record.removeprefix("member:"))
    for meeting in not_over_yet(work):
        theirs = [item for item in items_of(work, meeting) if item.presenter == gone and item.state == "planned"]
        for item in theirs:
            item.presenter = None
            work.record(PresenterLeft(record=item.ref))
            if item.ref == meeting.current:
                draw_item(item, meeting, work)
        if theirs:
            redraw(meeting, work)


@complements("transfers/member_removed")
def items_that_nobody_presents(reads: Reads, people: Sequence[PersonId], own: bool) -> Complement | None:
    """Those that lost their presenter just now."""
    refs = just_now(PresenterLeft, reads)
    one, many = msg("1 agenda item has no presenter any more"), msg("{count} agenda items have no presenter any more")
    return left_behind(one if len(refs) == 1 else many, refs, "", reads)
