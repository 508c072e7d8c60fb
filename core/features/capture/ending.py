"""A meeting's end: what nobody confirmed is listed once before it, and left behind as such, never as a fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from core.features.capture.confirming import settle
from core.features.capture.events import OwnProposalsLeft, ProposalLeft, ProposalWithdrawn
from core.features.capture.records import Proposal
from core.features.capture.telling import redraw
from core.features.meetings.events import MeetingEnded
from core.features.meetings.records import Meeting
from core.features.transfers.events import SourceDeleted
from core.kernel.complements import Complement, Fact, Offer
from core.kernel.errors import msg
from core.kernel.ids import Audience
from core.kernel.messages import Command
from core.kernel.records import spoken
from core.kernel.registry import complements, handles, reacts
from core.kernel.work import Reads, Work

NAMED = 12
"""As many are named; the minutes have them all."""


@dataclass(frozen=True, kw_only=True)
class LeaveOwnProposals(Command):
    """Close what was proposed in a company's own room while a meeting ran, and nobody answered."""

    needs: ClassVar[str] = "proposal.make"

    audience: Audience


@complements("meetings/ending")
def unconfirmed_proposals(reads: Reads, meeting: Meeting) -> Complement | None:
    rows = _open(Audience.JOINT, reads)
    if not rows:
        return None
    says = reads.words.translate
    named = ", ".join(row.ref for row in rows[:NAMED]) + (" …" if len(rows) > NAMED else "")
    lines = [f"{row.ref} {says(spoken(row.kind))}: {row.headline}" for row in rows[:NAMED]]
    more = ("…",) if len(rows) > NAMED else ()
    fact = Fact(says(msg("Proposals that nobody confirmed")), named, grave=True, lines=(*lines, *more))
    return Complement((fact,), (Offer(says(msg("Show the proposals")), "proposals"),))


@reacts(MeetingEnded)
def leave_proposals(event: MeetingEnded, work: Work) -> None:
    """Those of one company alone are left by a command of its own, which leaves no trace in the other's trail."""
    _leave(_open(Audience.JOINT, work), work)
    for audience in dict.fromkeys(room.audience for room in work.directory.rooms if room.audience != Audience.JOINT):
        work.schedule(f"own proposals:{audience.value}", work.now, LeaveOwnProposals(audience=audience))


@handles(LeaveOwnProposals)
def leave_own_proposals(cmd: LeaveOwnProposals, work: Work) -> None:
    work.record(OwnProposalsLeft(record=f"rooms:{cmd.audience.value}"), audience=cmd.audience)
    _leave(_open(cmd.audience, work), work)


@reacts(SourceDeleted)
def withdraw_proposal(event: SourceDeleted, work: Work) -> None:
    """Whoever deletes a line before it was confirmed has taken it back."""
    if not event.record.startswith("PRP-"):
        return
    proposal = work.get(Proposal, event.record)
    if proposal.open:
        settle("withdrawn", proposal, work)
        work.record(ProposalWithdrawn(record=proposal.ref))
        redraw(proposal, work)


def _open(audience: Audience, reads: Reads) -> Sequence[Proposal]:
    return reads.all(
        select(Proposal)
        .where(Proposal.transfer == reads.transfer, Proposal.open, Proposal.audience == audience)
        .order_by(Proposal.created_at, Proposal.ref)
    )


def _leave(proposals: Sequence[Proposal], work: Work) -> None:
    for proposal in proposals:
        settle("left", proposal, work)
        work.record(ProposalLeft(record=proposal.ref))
        redraw(proposal, work)
