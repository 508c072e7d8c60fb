"""A join is taken back: what people who never were of that company gave as evidence, verified or waived falls."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.checklists.events import EvidenceFell, ItemReopened
from core.features.checklists.finding import items_of, live_checklists
from core.features.checklists.records import ATTACHED, NOT_APPLICABLE, OPEN, VERIFIED, WAIVED, ChecklistItem
from core.features.checklists.reminders import plan_reminders
from core.features.checklists.settling import reason_of
from core.features.checklists.telling import show
from core.features.meetings.records import Meeting
from core.features.transfers.events import JoinTakenBack
from core.features.transfers.leaving import just_now, left_behind
from core.kernel.complements import Complement
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.registry import complements, reacts
from core.kernel.work import Reads, Work


@reacts(JoinTakenBack)
def take_their_evidence_back(event: JoinTakenBack, work: Work) -> None:
    """On the checklists that are worked on; how ready a meeting was that is over stays as it was printed."""
    for _, meeting in live_checklists(work):
        for item in items_of(work, meeting.ref):
            _fall(item, meeting, event, work)


def _fall(item: ChecklistItem, meeting: Meeting, event: JoinTakenBack, work: Work) -> None:
    before, settled = item.state, item.settled
    waivers = [one for one in item.waivers if one["person"] not in event.people]
    fewer = len(waivers) < len(item.waivers)
    stands = _state_without(item, waivers, event)
    if stands == before and not fewer:
        return
    if stands != before:
        item.move(stands)
        item.settled_by = item.settled_at = None
    if stands == OPEN:
        item.evidence = item.evidence_by = item.evidence_at = None
        item.waivers, item.reason = waivers, reason_of(waivers)
    work.record(ItemReopened(record=item.ref) if settled and not item.settled else EvidenceFell(record=item.ref))
    plan_reminders([item], work)
    show(item, meeting, work)


def _state_without(item: ChecklistItem, waivers: Sequence[object], event: JoinTakenBack) -> str:
    """Where an item stands without them: without their evidence it is open, without their look at it unverified."""
    if item.evidence_by in event.people:
        return OPEN
    if item.state == WAIVED:
        return WAIVED if len(waivers) == len(item.waivers) else OPEN
    if item.settled_by in event.people:
        return {VERIFIED: ATTACHED, NOT_APPLICABLE: OPEN}[item.state]
    return item.state


@complements("transfers/member_removed")
def items_open_again(reads: Reads, people: Sequence[PersonId], own: bool) -> Complement | None:
    """Those that counted as settled until just now, for whoever took the join back."""
    refs = just_now(ItemReopened, reads)
    one, many = msg("1 settled checklist item is open again"), msg("{count} settled checklist items are open again")
    return left_behind(one if len(refs) == 1 else many, refs, "", reads)
