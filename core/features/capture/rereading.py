"""A line that is edited while what was proposed of it waits: the proposal becomes what it reads as now, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from core.features.capture.confirming import settle
from core.features.capture.events import EditCarried, ProposalConfirmed, ProposalReread, ProposalUnsaid
from core.features.capture.making import LONGEST, Proposed
from core.features.capture.proposing import propose
from core.features.capture.records import Proposal
from core.features.capture.telling import redraw, show
from core.features.corrections.kinds import record_meant
from core.features.corrections.kinds import show as show_record
from core.features.transfers.events import SourceEdited
from core.features.transfers.opening import this_transfer
from core.features.transfers.sources import EDITED, TAKEN, carry_edits, changes_of, counting, source_of
from core.features.transfers.sources import settle as settle_edit
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command
from core.kernel.registry import handles, reacts
from core.kernel.work import Reads, Work


@dataclass(frozen=True, kw_only=True)
class RereadProposals(Command):
    """Let what waits for an answer read as its message does since it was edited; `sha256` is of that text."""

    needs: ClassVar[str] = "proposal.make"

    line: str
    sha256: str
    author: PersonId
    said: str
    items: tuple[Proposed, ...]
    software: str


@dataclass(frozen=True, kw_only=True)
class CarryEdits(Command):
    """Mark a record whose message was edited before it was confirmed; `asks`: its words are not those of the edit."""

    needs: ClassVar[str] = "source.note"

    proposal: Ref
    record: Ref
    asks: bool


@handles(RereadProposals)
def reread_proposals(cmd: RereadProposals, work: Work) -> None:
    this_transfer(work)
    proposals = proposals_of(cmd.line, work)
    if not any(row.open and edit_unread(row, work) == cmd.sha256 for row in proposals):
        raise Refused(msg("Nothing that was read from this message waits for an answer."))
    paired, new = _paired(proposals, cmd.items)
    for proposal in proposals:
        if proposal.open:
            _reread(proposal, paired.get(proposal.ref), cmd, work)
    for item in new if any(row.reacted is None for row in proposals) else ():
        propose(item, cmd, work)


def proposals_of(line: str, reads: Reads) -> Sequence[Proposal]:
    """All that was ever proposed of a message, the oldest first."""
    of_line = (Proposal.transfer == reads.transfer, Proposal.line == line)
    return reads.all(select(Proposal).where(*of_line).order_by(Proposal.ref))


def edit_unread(proposal: Proposal, reads: Reads) -> str | None:
    """The hash of the message's text since an edit that the proposal does not show yet; None where it shows all."""
    found = counting(changes_of(proposal.ref, reads))
    return found[-1].sha256 if found and found[-1].kind == EDITED else None


def _reread(proposal: Proposal, item: Proposed | None, cmd: RereadProposals, work: Work) -> None:
    source = source_of(proposal.ref, work)
    assert source is not None  # its message was edited
    if edit_unread(proposal, work) is not None:
        settle_edit(source, TAKEN, work)
    if item is None:
        settle("withdrawn", proposal, work)
        work.record(ProposalUnsaid(record=proposal.ref))
        redraw(proposal, work)
        return
    _give(item, proposal)
    proposal.said, proposal.software = cmd.said, cmd.software
    work.record(ProposalReread(record=proposal.ref))
    show(proposal, work)


def _give(item: Proposed, proposal: Proposal) -> None:
    """Let it read as the item; whoever took it on as it was has not said yes to this, but still does what nobody
    else is named for."""
    day, at = (item.due.day, item.due.at) if item.due else (None, None)
    before = (proposal.kind, proposal.text, proposal.due, proposal.due_at)
    proposal.kind, proposal.text, proposal.due, proposal.due_at = item.kind, item.text[:LONGEST], day, at
    proposal.owners = list(item.owners) or [one for one in proposal.accepted if item.kind == "action"]
    proposal.asked_of = list(item.asked_of)
    if before != (proposal.kind, proposal.text, proposal.due, proposal.due_at):
        proposal.accepted = []
    proposal.accepted = [one for one in proposal.accepted if item.kind != "action" or one in proposal.owners]
    proposal.confirm = [what for what in item.confirm if what != "owner" or not proposal.owners]
    proposal.recurrence = item.recurrence or None
    if proposal.reacted is None:
        proposal.rule, proposal.trigger = item.rule, item.trigger


def _paired(proposals: Sequence[Proposal], items: Sequence[Proposed]) -> tuple[dict[Ref, Proposed], list[Proposed]]:
    """Which proposal is which of the items that the line holds now, the likest first; and the items that are new."""
    left, paired = list(items), dict[Ref, Proposed]()
    for alike in _LIKENESSES:
        for proposal in proposals:
            item = next((one for one in left if alike(proposal, one)), None)
            if proposal.ref not in paired and item is not None:
                paired[proposal.ref] = item
                left.remove(item)
    return paired, left


def _says_much_the_same(proposal: Proposal, item: Proposed) -> bool:
    """Of one kind, with more words in common than not."""
    one, other = (set(text.casefold().split()) for text in (proposal.text, item.text))
    return proposal.kind == item.kind and 2 * len(one & other) > len(one | other)


# What waits for an answer follows its line before what has one: that stays as it was answered.
_LIKENESSES: tuple[Callable[[Proposal, Proposed], bool], ...] = (
    lambda row, item: (row.kind, row.text) == (item.kind, item.text),
    _says_much_the_same,
    lambda row, item: row.open and row.kind == item.kind,
    lambda row, item: row.kind == item.kind,
    lambda row, _: row.open and row.reacted is None,
    lambda row, _: row.reacted is None,
)


@reacts(ProposalConfirmed)
def carry_to_the_record(event: ProposalConfirmed, work: Work) -> None:
    """What was confirmed of an edited message is a record of one. If it was given other words by hand, or its message
    was edited at the same time, its people are asked."""
    proposal = work.get(Proposal, event.record)
    changes = counting(changes_of(proposal.ref, work))
    if not any(change.kind == EDITED for change in changes) or proposal.record is None:
        return
    asks = event.reworded or changes[-1].kind != TAKEN
    carry = CarryEdits(proposal=proposal.ref, record=proposal.record, asks=asks)
    work.schedule(f"edits:{proposal.record}", work.now, carry)


@handles(CarryEdits)
def carry_edits_over(cmd: CarryEdits, work: Work) -> None:
    source = source_of(cmd.record, work)
    if source is None or changes_of(cmd.record, work):
        return  # its message was edited once more meanwhile, and they were asked of that
    if not carry_edits(cmd.proposal, source, work):
        return
    if cmd.asks:
        work.record(SourceEdited(record=cmd.record))
        return
    settle_edit(source, TAKEN, work)
    work.record(EditCarried(record=cmd.record))
    show_record(record_meant(cmd.record, work), work)
