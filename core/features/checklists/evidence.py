"""Evidence for an item: given by its company, and found right or wrong by another person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.checklists.events import EvidenceGiven, EvidenceRejected, ItemVerified
from core.features.checklists.finding import open_item
from core.features.checklists.owners import company_words, people_of
from core.features.checklists.records import ATTACHED, OPEN, VERIFIED, ChecklistItem, Returned
from core.features.checklists.telling import REJECTED, News, show, tell
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Ref, Side
from core.kernel.messages import Command, Quoted, Reason, Reference, checked_reason
from core.kernel.registry import handles
from core.kernel.work import Draw, Work
from core.rules.segregation import Duty, in_the_way

THE_ITEM = Reference("the item", within="MTG", like="PQ-03")


@dataclass(frozen=True, kw_only=True)
class GiveEvidence(Command):
    """Say what shows that an item of the checklist is ready; another person verifies it."""

    says: ClassVar[str] = "checklist evidence"
    needs: ClassVar[str] = "checklist.evidence"
    heading: ClassVar[str] = msg("Give evidence")

    item: Annotated[Ref, THE_ITEM]
    evidence: Annotated[str, Quoted("what shows it, such as a document with its version", longest=1000)]


@dataclass(frozen=True, kw_only=True)
class VerifyItem(Command):
    """Verify an item: its evidence, which somebody else gave, shows that it is ready."""

    says: ClassVar[str] = "checklist verify"
    needs: ClassVar[str] = "checklist.verify"
    heading: ClassVar[str] = msg("Verify an item")

    item: Annotated[Ref, THE_ITEM]


@dataclass(frozen=True, kw_only=True)
class RejectEvidence(Command):
    """Reject the evidence of an item, with a reason; the item is open again."""

    says: ClassVar[str] = "checklist reject"
    needs: ClassVar[str] = "checklist.verify"
    heading: ClassVar[str] = msg("Reject evidence")

    item: Annotated[Ref, THE_ITEM]
    reason: Annotated[str, Reason("what the evidence does not show")]


@handles(GiveEvidence)
def give_evidence(cmd: GiveEvidence, work: Work) -> Draw:
    item, meeting = open_item(work, cmd.item)
    if not item.concerns(work.actor.side):
        raise NotAllowed(
            msg("{ref} is {company}’s: somebody of theirs gives the evidence, and you may verify it. Ask {who}."),
            ref=item.ref,
            company=company_words(item, work),
            who=work.directory.known_as(item.owner)
            if item.owner
            else work.directory.named("lead", side=Side(item.side)),
        )
    if item.state == OPEN:
        item.move(ATTACHED)
    item.evidence, item.evidence_by, item.evidence_at = cmd.evidence, work.actor.person, work.now
    item.reason, item.waivers = None, []
    work.record(EvidenceGiven(record=item.ref))
    show(item, meeting, work)
    return work.card("checklists/answer", item=item, meeting=meeting, done=ATTACHED)


@handles(VerifyItem)
def verify_item(cmd: VerifyItem, work: Work) -> Draw:
    item, meeting = open_item(work, cmd.item)
    _somebody_else_s_evidence(item, work)
    if item.owner == work.actor.person and in_the_way(Duty.VERIFY, [Duty.OWN]):
        raise NotAllowed(
            msg("{ref} is yours, so that another person verifies it, of either company. You may reject the evidence:"),
            ref=item.ref,
            examples=(f'checklist reject {item.ref} reason:"what is missing"',),
        )
    item.move(VERIFIED)
    item.settled_by, item.settled_at = work.actor.person, work.now
    work.record(ItemVerified(record=item.ref))
    show(item, meeting, work)
    return work.card("checklists/answer", item=item, meeting=meeting, done=VERIFIED)


@handles(RejectEvidence)
def reject_evidence(cmd: RejectEvidence, work: Work) -> Draw:
    item, meeting = open_item(work, cmd.item)
    _somebody_else_s_evidence(item, work)
    reason, giver = checked_reason(cmd.reason), item.evidence_by
    item.returned = returned("rejected", item, reason, work)
    item.move("rejected")
    item.move(OPEN)
    item.evidence = item.evidence_by = item.evidence_at = None
    item.reason = reason
    work.record(EvidenceRejected(record=item.ref), reason=reason)
    show(item, meeting, work)
    tell([*people_of(item, work), giver], item, meeting, News(REJECTED, work.actor.person), work)
    return work.card("checklists/answer", item=item, meeting=meeting, done=REJECTED)


def returned(what: str, item: ChecklistItem, reason: str, work: Work) -> Returned:
    """What the actor says now brings an item back to open, with how it is: what was given stays in sight."""
    assert work.actor.person is not None  # the role table lets only members in
    assert work.actor.side is not None
    return Returned(
        what=what,
        person=work.actor.person,
        side=work.actor.side.value,
        at=work.now.isoformat(timespec="milliseconds"),
        reason=reason,
        state=item.state,
        evidence=item.evidence,
        evidence_by=item.evidence_by,
        evidence_at=item.evidence_at.isoformat(timespec="milliseconds") if item.evidence_at else None,
    )


def _somebody_else_s_evidence(item: ChecklistItem, work: Work) -> None:
    if item.state == OPEN:
        raise Refused(
            msg("Nobody has given evidence for {ref} yet. It is given like this:"),
            ref=item.ref,
            examples=(f'checklist evidence {item.ref} "{item.asks}"',),
        )
    if item.evidence_by == work.actor.person:
        raise NotAllowed(
            msg("You gave the evidence for {ref} yourself: another person verifies or rejects it. You may replace it:"),
            ref=item.ref,
            examples=(f'checklist evidence {item.ref} "{item.asks}"',),
        )
