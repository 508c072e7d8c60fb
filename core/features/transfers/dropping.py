"""Held lines that are to make no record are put away: the trail keeps them, and nobody waits for them any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.transfers.events import LineDropped
from core.features.transfers.lines import DROPPED, account_of, ask_again, check_waits, leads_of
from core.features.transfers.records import HeldLine
from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import Audience, Ref
from core.kernel.messages import Command, Reason, Reference, checked_reason
from core.kernel.registry import handles, shows
from core.kernel.work import Draw, Reads, Work


@dataclass(frozen=True, kw_only=True)
class DropLine(Command):
    """Put a held line away: it makes no record. Its speaker is not told."""

    says: ClassVar[str] = "line drop"
    heading: ClassVar[str] = msg("Put a held line away")
    needs: ClassVar[str] = "line.drop"

    line: Annotated[Ref, Reference("the held line", prefix="LIN")]
    reason: Annotated[str, Reason("why it makes no record")]


@dataclass(frozen=True, slots=True)
class DroppedView:
    """A held line that was put away: its reference and who had said it."""

    line: str
    name: str


@shows("transfers/line_dropped")
def dropped_view(reads: Reads, line: HeldLine) -> DroppedView:
    return DroppedView(line.ref, line.name)


@handles(DropLine)
def drop_line(cmd: DropLine, work: Work) -> Draw:
    line = work.get(HeldLine, cmd.line)
    check_waits(line)
    _check_may_drop(line, work)
    put_away(line, work, checked_reason(cmd.reason))
    return work.card("transfers/line_dropped", line=line)


def put_away(line: HeldLine, work: Work, reason: str = "") -> None:
    """The line makes no record any more; the cards that asked about it say so."""
    line.move(DROPPED)
    work.record(LineDropped(record=line.ref), reason=reason)
    ask_again(account_of(line).identity, work)


def _check_may_drop(line: HeldLine, work: Work) -> None:
    """Whoever said it, and the leads who are asked about it. Raises NotAllowed for anybody else."""
    identity = account_of(line).identity
    asked = {lead.person for lead in leads_of(identity, Audience(line.audience), work)}
    if work.actor.identity != identity and work.actor.person not in asked:
        raise NotAllowed(msg("The person who said it, or a lead who is asked about it, puts a held line away."))
