"""An item changes hands: by a lead of its company, by its owner, or because somebody comes or leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.checklists.events import ItemAssigned
from core.features.checklists.evidence import THE_ITEM
from core.features.checklists.finding import checklist_of, items_of, live_checklists, open_item, owned_live
from core.features.checklists.owners import check_owner, company_words, counterpart, people_of
from core.features.checklists.records import BOTH, ChecklistItem
from core.features.checklists.reminders import plan_reminders
from core.features.checklists.telling import ASSIGNED, News, draw_own, redraw_item, redraw_own, show, tell, tell_owners
from core.features.meetings.boards import redraw
from core.features.transfers.events import MemberAdded, MemberRemoved
from core.features.transfers.leaving import stays
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import PersonId, Ref, Side
from core.kernel.messages import Command, Someone
from core.kernel.registry import handles, reacts
from core.kernel.transfers import Member
from core.kernel.work import Draw, Work


@dataclass(frozen=True, kw_only=True)
class AssignItem(Command):
    """Give an item of the checklist to somebody of its company."""

    says: ClassVar[str] = "checklist assign"
    needs: ClassVar[str] = "checklist.assign"
    heading: ClassVar[str] = msg("Assign an item")

    item: Annotated[Ref, THE_ITEM]
    owner: Annotated[PersonId, Someone("who sees to it")]


@dataclass(frozen=True, kw_only=True)
class GiveToLead(Command):
    """Give a new lead of a company what nobody there owns, and tell them of what is both companies'."""

    needs: ClassVar[str] = "checklist.join"

    person: PersonId


@handles(AssignItem)
def assign_item(cmd: AssignItem, work: Work) -> Draw:
    item, meeting = open_item(work, cmd.item)
    _only_lead_or_owner(item, work)
    if item.owner == cmd.owner:
        raise Refused(msg("{ref} is {name}’s already."), ref=item.ref, name=work.directory.known_as(cmd.owner))
    check_owner(item, cmd.owner, work)
    before, item.owner = people_of(item, work), cmd.owner
    work.record(ItemAssigned(record=item.ref))
    plan_reminders([item], work)
    show(item, meeting, work)
    redraw_own(meeting, before, work)
    tell([cmd.owner], item, meeting, News(ASSIGNED, work.actor.person), work)
    return work.card("checklists/answer", item=item, meeting=meeting, done=ASSIGNED)


def _only_lead_or_owner(item: ChecklistItem, work: Work) -> None:
    leads = "lead" in work.actor.roles and item.concerns(work.actor.side)
    if not leads and work.actor.person != item.owner:
        raise NotAllowed(
            msg("{ref} is {company}’s: a lead of theirs, or its owner, gives it to somebody. Ask {who}."),
            ref=item.ref,
            company=company_words(item, work),
            who=work.directory.named("lead", side=None if item.side == BOTH else Side(item.side)),
        )


@reacts(MemberAdded)
def look_what_waits_for_them(event: MemberAdded, work: Work) -> None:
    """A newcomer is no member before this command is done: what a lead gets follows in a command of its own."""
    member = _member(event.record, work)
    if member is not None and "lead" in member.roles and live_checklists(work):
        work.schedule(f"lead:{member.person}", work.now, GiveToLead(person=PersonId(member.person)))


@handles(GiveToLead)
def give_to_lead(cmd: GiveToLead, work: Work) -> None:
    member = work.directory.members[cmd.person]
    if member.active and member.side is not None and "lead" in member.roles:
        _hand_over(None, cmd.person, member.side, work)
        _tell_the_other_lead(cmd.person, work)


@reacts(MemberRemoved)
def give_what_they_leave(event: MemberRemoved, work: Work) -> None:
    """What somebody leaves behind falls to a lead of their company; where nobody leads it, to the next who does."""
    member = _member(event.record, work)
    if member is None:
        return
    side = Side(member.side)
    leads = [lead.person for lead in work.directory.holding("lead", side=side) if stays(lead.person, work)]
    _hand_over(member.person, leads[0] if leads else None, side, work)
    if leads:
        _tell_the_other_lead(leads[0], work)


def _tell_the_other_lead(lead: PersonId, work: Work) -> None:
    """A lead who sees to what is both companies' for theirs from now on is told of it, and reminded."""
    for checklist, meeting in live_checklists(work):
        theirs = [item for item in items_of(work, meeting.ref) if counterpart(item, work) == lead and not item.settled]
        if theirs:
            plan_reminders(theirs, work)
            tell_owners(checklist, meeting, [lead], work)


def _member(record: str, work: Work) -> Member | None:
    return work.session.get(Member, (work.transfer, record.removeprefix("member:")))


def _hand_over(before: PersonId | None, after: PersonId | None, side: Side, work: Work) -> None:
    for meeting, items in owned_live(work, before):
        ours = [item for item in items if item.concerns(side)]
        checklist = checklist_of(work, meeting.ref)
        if not ours or checklist is None:
            continue
        for item in ours:
            item.owner = after
            work.record(ItemAssigned(record=item.ref))
            redraw_item(item, meeting, work)
        plan_reminders(ours, work)
        tell_owners(checklist, meeting, [after] if after is not None else [], work)
        if before is not None and before in checklist.told:
            draw_own(checklist, meeting, before, work)
        if meeting.started_at is None:
            redraw(meeting, work)
