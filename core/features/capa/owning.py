"""What owners say of a line that they are asked to take on: accepted, declined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.actions.telling import Remark
from core.features.capa.events import CapaLineAccepted, CapaLineDeclined
from core.features.capa.owners import only_owner
from core.features.capa.planning import LINE
from core.features.capa.reminders import take_back_reminders
from core.features.capa.standing import line_meant, still_open
from core.features.capa.telling import show, tell_leads
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import Ref
from core.kernel.messages import Command, Reason, checked_reason
from core.kernel.registry import handles
from core.kernel.templates import day_words
from core.kernel.work import Work
from core.rules.capa import STARTS_AT_ONCE


@dataclass(frozen=True, kw_only=True)
class AcceptCapaLine(Command):
    """Accept a line of a CAPA that is yours, and its date."""

    says: ClassVar[str] = "capa accept"
    heading: ClassVar[str] = msg("Accept a line")
    needs: ClassVar[str] = "capa.own"

    line: Annotated[Ref, LINE]


@dataclass(frozen=True, kw_only=True)
class DeclineCapaLine(Command):
    """Decline a line of a CAPA that is yours and that you have not accepted."""

    says: ClassVar[str] = "capa decline"
    heading: ClassVar[str] = msg("Decline a line")
    needs: ClassVar[str] = "capa.own"

    line: Annotated[Ref, LINE]
    reason: Annotated[str, Reason("why not")]


@handles(AcceptCapaLine)
def accept_capa_line(cmd: AcceptCapaLine, work: Work) -> None:
    this_transfer(work)
    line = still_open(line_meant(cmd.line, work))
    only_owner(line, work)
    if line.accepted:
        raise Refused(msg("You accepted {ref} already; it is due on {day}."), ref=line.ref, day=day_words(line.due))
    line.accepted_at = work.now
    if line.kind in STARTS_AT_ONCE:
        line.move("in_progress")
    work.record(CapaLineAccepted(record=line.ref))
    show(line, work)


@handles(DeclineCapaLine)
def decline_capa_line(cmd: DeclineCapaLine, work: Work) -> None:
    this_transfer(work)
    line = still_open(line_meant(cmd.line, work))
    person, reason = only_owner(line, work), checked_reason(cmd.reason)
    if line.accepted:
        raise Refused(
            msg("You accepted {ref}: a lead or QA gives it to somebody else, with a reason."),
            ref=line.ref,
            examples=(f'capa assign {line.ref} @name reason:"why"',),
        )
    take_back_reminders(line, work)
    informed = person if line.told else None
    line.owner, line.side, line.told = None, None, False
    remark = Remark("declined", person, reason)
    work.record(CapaLineDeclined(record=line.ref), reason=reason)
    tell_leads(work.directory.side_of(person), line, remark, work)
    show(line, work, remark, before=informed)
