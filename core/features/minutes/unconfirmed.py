"""What Tandem read in the room and nobody confirmed: the minutes name it as that, and claim nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.features.capture.making import ACTION
from core.features.capture.records import Proposal
from core.features.meetings.records import Meeting
from core.kernel.ids import Audience
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class UnconfirmedLine:
    """A proposal that was left: what it would have been, of whose words; `owners` and `due` are guesses as well."""

    ref: str
    kind: str
    text: str
    by: PersonView
    owners: tuple[PersonView, ...]
    due: date | None
    due_at: TimeView | None


def unconfirmed_of(reads: Reads, meeting: Meeting) -> tuple[UnconfirmedLine, ...]:
    """The proposals of the meeting that nobody answered, in the order in which they were made."""
    left = reads.all(
        select(Proposal)
        .where(Proposal.transfer == reads.transfer, Proposal.meeting == meeting.ref, Proposal.state == "left")
        .where(Proposal.audience == Audience.JOINT)
        .order_by(Proposal.created_at, Proposal.ref)
    )
    return tuple(_line(reads, proposal) for proposal in left)


def _line(reads: Reads, proposal: Proposal) -> UnconfirmedLine:
    is_action = proposal.kind == ACTION
    return UnconfirmedLine(
        proposal.ref,
        proposal.kind,
        proposal.text,
        reads.person(proposal.author, proposal.created_at),
        tuple(reads.person(owner) for owner in proposal.owners) if is_action else (),
        proposal.due if is_action else None,
        reads.time(proposal.due_at) if is_action and proposal.due_at else None,
    )
