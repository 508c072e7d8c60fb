"""An item that is not shown to be ready: waived by QA, a blocker by both companies', or not applicable here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.checklists.events import ItemNotApplicable, ItemWaived, WaiverGiven
from core.features.checklists.evidence import THE_ITEM
from core.features.checklists.finding import open_item
from core.features.checklists.owners import company_words
from core.features.checklists.records import ATTACHED, BOTH, NOT_APPLICABLE, WAIVED, ChecklistItem, Waiver
from core.features.checklists.telling import NOT_APPLICABLE_SAID, WAIVER_NEEDED, News, show, tell
from core.features.meetings.records import Meeting
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import PersonId, Ref, Side
from core.kernel.messages import Command, Reason, checked_reason
from core.kernel.registry import handles
from core.kernel.work import Draw, Reads, Work
from core.rules.segregation import Duty, in_the_way


@dataclass(frozen=True, kw_only=True)
class WaiveItem(Command):
    """Waive an item, with a reason; a blocker is waived once the QA of both companies did."""

    says: ClassVar[str] = "checklist waive"
    needs: ClassVar[str] = "checklist.waive"
    heading: ClassVar[str] = msg("Waive an item")

    item: Annotated[Ref, THE_ITEM]
    reason: Annotated[str, Reason("why the meeting can do without it")]


@dataclass(frozen=True, kw_only=True)
class MarkNotApplicable(Command):
    """Say that an item does not apply here, with a reason; it counts for nothing then."""

    says: ClassVar[str] = "checklist na"
    needs: ClassVar[str] = "checklist.waive"
    heading: ClassVar[str] = msg("Not applicable")

    item: Annotated[Ref, THE_ITEM]
    reason: Annotated[str, Reason("why it does not apply")]


@handles(WaiveItem)
def waive_item(cmd: WaiveItem, work: Work) -> Draw:
    item, meeting = open_item(work, cmd.item)
    _no_evidence_waits(item)
    reason = checked_reason(cmd.reason)
    if not item.blocker:
        own_company_s(item, work)
    _not_one_s_own(item, work)
    waiver = _waiver(item, reason, work)
    item.waivers = [*item.waivers, waiver]
    item.reason = reason_of(item.waivers)
    missing = missing_waivers(item)
    if missing:
        work.record(WaiverGiven(record=item.ref), reason=reason)
        _ask_the_other_qa(missing, item, meeting, work)
    else:
        item.move(WAIVED)
        item.settled_by, item.settled_at = work.actor.person, work.now
        work.record(ItemWaived(record=item.ref), reason=reason)
    show(item, meeting, work)
    return work.card("checklists/answer", item=item, meeting=meeting, done=item.state)


def reason_of(waivers: Sequence[Waiver]) -> str | None:
    """Why an item is waived, in the words of all who waived it; None where nobody does."""
    return "; ".join(dict.fromkeys(one["reason"] for one in waivers)) or None


def missing_waivers(item: ChecklistItem) -> list[Side]:
    """The companies whose QA must still waive a blocker that one has waived; none where nothing is pending."""
    said = {waiver["side"] for waiver in item.waivers}
    return [side for side in Side if side not in said] if said and item.blocker else []


def _waiver(item: ChecklistItem, reason: str, work: Work) -> Waiver:
    person, side = work.actor.person, work.actor.side
    assert person is not None  # the role table lets only members in
    assert side is not None
    said = next((one for one in item.waivers if one["side"] == side), None)
    if said is not None:
        raise Refused(
            msg("{name} has waived {ref} for {company} already: it takes the QA of {other} as well."),
            name=work.directory.known_as(said["person"]),
            ref=item.ref,
            company=work.directory.company(side),
            other=" / ".join(work.directory.company(one) for one in missing_waivers(item)),
        )
    if any(one["person"] == person for one in item.waivers):
        raise NotAllowed(
            msg(
                "You have waived {ref} yourself, for {other}: a blocker takes the word of two people. Somebody else of "
                "the QA of {company} waives it."
            ),
            ref=item.ref,
            other=" / ".join(work.directory.company(one["side"]) for one in item.waivers),
            company=work.directory.company(side),
        )
    return Waiver(person=person, side=side.value, at=work.now.isoformat(timespec="milliseconds"), reason=reason)


def _ask_the_other_qa(missing: list[Side], item: ChecklistItem, meeting: Meeting, work: Work) -> None:
    tell(qa_of(missing, work), item, meeting, News(WAIVER_NEEDED, work.actor.person), work)


@handles(MarkNotApplicable)
def mark_not_applicable(cmd: MarkNotApplicable, work: Work) -> Draw:
    item, meeting = open_item(work, cmd.item)
    _no_evidence_waits(item)
    own_company_s(item, work)
    _not_one_s_own(item, work)
    _no_blocker_of_both(item)
    reason = checked_reason(cmd.reason)
    item.move(NOT_APPLICABLE)
    item.reason, item.settled_by, item.settled_at = reason, work.actor.person, work.now
    work.record(ItemNotApplicable(record=item.ref), reason=reason)
    show(item, meeting, work)
    if item.blocker:
        _tell_the_other_company(item, meeting, work)
    return work.card("checklists/answer", item=item, meeting=meeting, done=NOT_APPLICABLE)


def qa_of(sides: Iterable[Side], reads: Reads) -> list[PersonId]:
    """The QA of these companies."""
    return [one.person for side in sides for one in reads.directory.holding("qa", side=side)]


def _tell_the_other_company(item: ChecklistItem, meeting: Meeting, work: Work) -> None:
    """One company alone says that a blocker of its own does not apply; the other one hears of it, and may object."""
    tell(the_other_s(item, work), item, meeting, News(NOT_APPLICABLE_SAID, work.actor.person), work)


def the_other_s(item: ChecklistItem, reads: Reads) -> list[PersonId]:
    """The QA and leads of the company whose item it is not."""
    others = [side for side in Side if not item.concerns(side)]
    return [one.person for side in others for one in reads.directory.holding("qa", "lead", side=side)]


def _not_one_s_own(item: ChecklistItem, reads: Reads) -> None:
    """Whoever owns an item does not approve that nothing is done of it (source: domain, segregation rules)."""
    person = reads.actor.person
    if person is None or item.owner != person or not in_the_way(Duty.APPROVE, [Duty.OWN]):
        return
    others = [one.known_as for one in reads.directory.holding("qa", side=reads.actor.side) if one.person != person]
    raise NotAllowed(
        msg(
            "{ref} is yours: whoever owns an item neither waives it nor calls it not applicable. Somebody else of the "
            "QA of {company} does: {names}. Or it is given to somebody first:"
        )
        if others
        else msg(
            "{ref} is yours: whoever owns an item neither waives it nor calls it not applicable. You are the only QA "
            "of {company}, so it is given to somebody first:"
        ),
        ref=item.ref,
        company=reads.directory.company(reads.actor.side),
        names=", ".join(others),
        examples=(f"checklist assign {item.ref} @name",),
    )


def _no_evidence_waits(item: ChecklistItem) -> None:
    if item.state == ATTACHED:
        raise Refused(
            msg("There is evidence for {ref}, and it waits to be verified or rejected first:"),
            ref=item.ref,
            examples=(f"checklist verify {item.ref}", f'checklist reject {item.ref} reason:"why"'),
        )


def _no_blocker_of_both(item: ChecklistItem) -> None:
    """One QA alone would else do away with what takes both to waive (source: domain, segregation rules)."""
    if item.blocker and item.side == BOTH:
        raise Refused(
            msg("{ref} is a blocker of both companies: one QA alone does not strike it out. The QA of both waive it:"),
            ref=item.ref,
            examples=(f'checklist waive {item.ref} reason:"why"',),
        )


def own_company_s(item: ChecklistItem, reads: Reads) -> None:
    """Raises NotAllowed for a QA of the other company."""
    if not item.concerns(reads.actor.side):
        raise NotAllowed(
            msg("{ref} is {company}’s: their QA says this. Ask {who}."),
            ref=item.ref,
            company=company_words(item, reads),
            who=reads.directory.named("qa", side=Side(item.side)),
        )
