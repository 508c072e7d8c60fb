"""Proposing what a line was read as, and changing a proposal by the lines that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from core.features.capture.events import ProposalChanged, ProposalMade
from core.features.capture.making import LONGEST, Proposed
from core.features.capture.records import DUE, OWNER, Proposal, agreements_to, line_of, message_at
from core.features.capture.telling import show, to_be_told
from core.features.meetings.current import during
from core.features.meetings.presence import note_heard
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Due
from core.kernel.registry import handles
from core.kernel.work import Work
from core.rules.reading.replies import AGREED


@dataclass(frozen=True, kw_only=True)
class ProposeRecords(Command):
    """Propose what a line was read as, to whoever said it and to the chair.

    `answers` is the message of the room that it says yes to, where it does.
    """

    needs: ClassVar[str] = "proposal.make"

    author: PersonId
    said: str
    items: tuple[Proposed, ...]
    software: str
    answers: str = ""


class Proposes(Protocol):
    """What proposes: whose words these are, as people read them, and the release that read them."""

    @property
    def author(self) -> PersonId: ...
    @property
    def said(self) -> str: ...
    @property
    def software(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class ChangeProposal(Command):
    """Change a proposal by a line that answers it: who does it, by when, who accepts it.

    A line that only follows it, and was not `replied` to it, takes it from nobody.
    """

    needs: ClassVar[str] = "proposal.make"

    proposal: Ref
    by: PersonId
    owners: tuple[PersonId, ...] = ()
    due: Due | None = None
    replied: bool = True


@handles(ProposeRecords)
def propose_records(cmd: ProposeRecords, work: Work) -> None:
    this_transfer(work)
    note_heard(cmd.author, work)
    for item in cmd.items:
        if item.rule == AGREED and cmd.answers and work.origin is not None:
            _agree(item, cmd, message_at(work.origin.room, cmd.answers), work)
        else:
            propose(item, cmd, work)


def _agree(item: Proposed, cmd: ProposeRecords, to: str, work: Work) -> None:
    """A line that several say yes to is one decision: who says it next joins what waits, or is recorded already."""
    before = [row for row in agreements_to(to, work) if row.open or row.record]
    if not before:
        propose(item, cmd, work, agrees_to=to)
    elif before[-1].open:
        _join(before[-1], cmd.author, work)


def _join(proposal: Proposal, person: PersonId, work: Work) -> None:
    if person == proposal.author or person in proposal.accepted:
        return
    proposal.accepted = [*proposal.accepted, person]
    proposal.told = list(dict.fromkeys([*proposal.told, *to_be_told(proposal, work)]))
    work.record(ProposalChanged(record=proposal.ref))
    show(proposal, work)


def propose(
    item: Proposed, cmd: Proposes, work: Work, reacted: PersonId | None = None, agrees_to: str | None = None
) -> None:
    """Make a proposal and show it to those who answer it; `reacted`: by whose reaction it is made; `agrees_to`: the
    message that it says yes to."""
    proposal = _proposal(item, cmd, work)
    proposal.agrees_to = agrees_to
    proposal.reacted = [reacted] if reacted else None
    work.add(proposal)
    proposal.told = to_be_told(proposal, work)
    work.record(ProposalMade(record=proposal.ref))
    show(proposal, work)


def _proposal(item: Proposed, cmd: Proposes, work: Work) -> Proposal:
    return Proposal(
        ref=work.number("PRP"),
        state="proposed",
        author=cmd.author,
        said=cmd.said,
        kind=item.kind,
        text=item.text[:LONGEST],
        owners=list(item.owners),
        asked_of=list(item.asked_of),
        accepted=[],
        due=item.due.day if item.due else None,
        due_at=item.due.at if item.due else None,
        confirm=list(item.confirm),
        recurrence=item.recurrence or None,
        rule=item.rule,
        trigger=item.trigger,
        software=cmd.software,
        aloud=work.aloud,
        told=[],
        open=True,
        line=line_of(work.origin),
        **during(work),
    )


@handles(ChangeProposal)
def change_proposal(cmd: ChangeProposal, work: Work) -> None:
    proposal = work.get(Proposal, cmd.proposal)
    if not proposal.open:
        raise Refused(msg("{ref} was answered already."), ref=proposal.ref)
    if cmd.owners and (cmd.replied or not proposal.owners):
        proposal.owners = list(dict.fromkeys(cmd.owners))
    if cmd.due is not None:
        proposal.due, proposal.due_at = cmd.due.day, cmd.due.at
    if cmd.by not in proposal.accepted and (proposal.kind != "action" or cmd.by in proposal.owners):
        proposal.accepted = [*proposal.accepted, cmd.by]
    settled = {OWNER} if proposal.owners else set[str]()
    if cmd.due is not None and not cmd.due.ask:
        settled.add(DUE)
    proposal.confirm = [what for what in proposal.confirm if what not in settled]
    work.record(ProposalChanged(record=proposal.ref))
    note_heard(cmd.by, work)
    show(proposal, work)
