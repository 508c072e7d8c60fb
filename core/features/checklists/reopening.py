"""What was settled is open again because QA says so, and a last step is taken back by whoever took it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar

from core.features.checklists.events import (
    EvidenceGiven,
    EvidenceRejected,
    ItemNotApplicable,
    ItemReopened,
    ItemVerified,
    ItemWaived,
    StepTakenBack,
    WaiverGiven,
)
from core.features.checklists.evidence import THE_ITEM, returned
from core.features.checklists.finding import item_meant
from core.features.checklists.owners import people_of
from core.features.checklists.records import ATTACHED, OPEN, ChecklistItem
from core.features.checklists.reminders import plan_reminders
from core.features.checklists.settling import own_company_s, qa_of, the_other_s
from core.features.checklists.telling import REOPENED, TAKEN_BACK, News, show, tell
from core.features.meetings.current import not_over
from core.features.meetings.records import Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.audit import Entry, entries_of
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref, Side
from core.kernel.messages import Command, Reason, checked_reason
from core.kernel.registry import handles
from core.kernel.work import Draw, Reads, Work

STEPS = frozenset(
    event.called()
    for event in (
        EvidenceGiven,
        EvidenceRejected,
        ItemVerified,
        WaiverGiven,
        ItemWaived,
        ItemNotApplicable,
        ItemReopened,
    )
)
"""What a person does to an item and may take back; given to somebody it is given to another instead."""

TOUCHED = frozenset(
    {"state", "evidence", "evidence_by", "evidence_at", "waivers", "settled_by", "settled_at", "reason", "returned"}
)
"""The parts of an item that a step changes."""
MOMENTS = frozenset({"evidence_at", "settled_at"})


@dataclass(frozen=True, kw_only=True)
class ReopenItem(Command):
    """Open an item again that was verified, waived or called not applicable, with a reason."""

    says: ClassVar[str] = "checklist reopen"
    needs: ClassVar[str] = "checklist.reopen"
    heading: ClassVar[str] = msg("Reopen an item")

    item: Annotated[Ref, THE_ITEM]
    reason: Annotated[str, Reason("why it is open again")]


@handles(ReopenItem)
def reopen_item(cmd: ReopenItem, work: Work) -> Draw:
    this_transfer(work)
    item, meeting = item_meant(work, cmd.item)
    not_over(meeting, work)
    if not item.settled:
        raise Refused(msg("{ref} is not settled: there is nothing to reopen."), ref=item.ref)
    if not item.blocker:
        own_company_s(item, work)
    reason, before = checked_reason(cmd.reason), _concerned(item, work)
    item.returned = returned("reopened", item, reason, work)
    item.move(OPEN)
    item.evidence = item.evidence_by = item.evidence_at = None
    item.settled_by = item.settled_at = item.reason = None
    item.waivers = []
    work.record(ItemReopened(record=item.ref), reason=reason)
    plan_reminders([item], work)
    show(item, meeting, work)
    tell(before, item, meeting, News(REOPENED, work.actor.person), work)
    return work.card("checklists/answer", item=item, meeting=meeting, done=REOPENED)


def _concerned(item: ChecklistItem, reads: Reads) -> list[PersonId | None]:
    """Whose an item is, and who has given evidence for it, verified it or waived it."""
    return [*people_of(item, reads), item.evidence_by, item.settled_by, *(waiver["person"] for waiver in item.waivers)]


@dataclass(frozen=True, slots=True)
class Step:
    """What was done to an item last: the body of its entry, and when."""

    item: ChecklistItem
    meeting: Meeting
    body: dict[str, Any]
    at: datetime

    def is_by(self, person: PersonId | None) -> bool:
        """Whether this person did it, and may take it back."""
        return person is not None and self.body["person"] == person and bool(STEPS & {*self.body["event"].split()})


def last_step(ref: Ref, reads: Reads) -> Step | None:
    """What was done to an item last and stands; None where nothing does. Raises NotFound for no item."""
    item, meeting = item_meant(reads, ref)
    entries = reads.all(entries_of(item.ref, reads.transfer).order_by(Entry.seq.desc()))
    gone = 0  # steps that were taken back count no more
    for body in (entry.said for entry in entries):
        if not TOUCHED & body["changes"].keys() or "created_at" in body["changes"]:
            continue
        if StepTakenBack.called() in body["event"].split():
            gone += 1
        elif gone:
            gone -= 1
        else:
            return Step(item, meeting, body, datetime.fromisoformat(body["at"]))
    return None


def take_back(step: Step, reason: str, work: Work) -> None:
    """Let the item be as it was before the step, and tell whom it concerns."""
    item, meeting = step.item, step.meeting
    not_over(meeting, work)
    told = [*_concerned(item, work), *_asked_by(step, work)]
    for name, (old, _) in step.body["changes"].items():
        if name in TOUCHED and name != "state":
            setattr(item, name, datetime.fromisoformat(old) if old and name in MOMENTS else old)
    _move_back(item, step)
    work.record(StepTakenBack(record=item.ref), reason=reason)
    plan_reminders([item], work)
    show(item, meeting, work)
    tell([*told, *_concerned(item, work)], item, meeting, News(TAKEN_BACK, work.actor.person, reason), work)


def _move_back(item: ChecklistItem, step: Step) -> None:
    """By the moves that the life cycle has: what was verified is evidence again first."""
    if "state" not in step.body["changes"]:
        return
    stood = step.body["changes"]["state"][0]
    if not item.cycle.allows(item.state, stood):
        item.move(ATTACHED)
    item.move(stood)


def _asked_by(step: Step, reads: Reads) -> list[PersonId]:
    """Who was asked to waive as well, or heard that a blocker does not apply."""
    events = step.body["event"].split()
    if WaiverGiven.called() in events:
        return qa_of([side for side in Side if side != step.body["side"]], reads)
    return the_other_s(step.item, reads) if ItemNotApplicable.called() in events and step.item.blocker else []
