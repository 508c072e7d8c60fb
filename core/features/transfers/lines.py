"""Lines that make no record yet: from somebody unknown, or readable in two ways; one press records them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.features.transfers.events import LineHeld, LineReleased
from core.features.transfers.records import HeldLine
from core.kernel.access import MemberOf
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Identity, Ref
from core.kernel.messages import Command, Reference
from core.kernel.posting import ToPerson
from core.kernel.registry import handles
from core.kernel.work import Draw, Hear, Work


@dataclass(frozen=True, kw_only=True)
class HoldLine(Command):
    """Keep the line of somebody unknown, and ask their lead who this is: one card a person a day.

    With `verb`, the speaker is known and the line can be read in two ways: they choose.
    """

    needs: ClassVar[str] = "line.hold"

    text: str
    turn: str
    verb: str = ""


@dataclass(frozen=True, kw_only=True)
class ReleaseLine(Command):
    """Record a held line, as its speaker said it, once the speaker is known."""

    says: ClassVar[str] = "line record"
    needs: ClassVar[str] = "line.release"

    line: Annotated[Ref, Reference("the held line", prefix="LIN")]


@handles(HoldLine)
def hold_line(cmd: HoldLine, work: Work) -> Draw:
    identity = work.actor.identity
    if identity is None:
        raise Refused(msg("Only what a person said is held."))
    if cmd.verb:
        line = _held(cmd, str(identity), asked=False, work=work)
        return work.card("transfers/choice", line=line, verb=cmd.verb)
    day_began = _start_of_day(work)
    asked = work.one(
        select(HeldLine).where(
            HeldLine.transfer == work.transfer,
            HeldLine.identity == str(identity),
            HeldLine.asked,
            HeldLine.created_at >= day_began,
        )
    )
    line = _held(cmd, str(identity), asked=asked is None, work=work)
    if asked is None:
        _ask(leads_of(identity, work), line, work)
    return work.card("transfers/not_known", line=line)


def _ask(leads: Iterable[MemberOf], line: HeldLine, work: Work) -> None:
    for lead in leads:
        work.post(ToPerson(lead.person), "transfers/who", key=f"who:{line.ref}", record=line, line=line)


def _held(cmd: HoldLine, identity: str, asked: bool, work: Work) -> HeldLine:
    line = HeldLine(
        ref=work.number("LIN"),
        state="held",
        identity=identity,
        name=work.actor.name,
        text=cmd.text,
        turn=cmd.turn,
        asked=asked,
    )
    work.add(line)
    work.record(LineHeld(record=line.ref))
    return line


def _start_of_day(work: Work) -> datetime:
    local = work.now.astimezone(ZoneInfo(work.zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def leads_of(identity: Identity, work: Work) -> tuple[MemberOf, ...]:
    """The leads who can tell who an account is: those of its own tenant, else all, but never the account's own."""
    known = work.directory.by_identity.get(identity)
    leads = tuple(lead for lead in work.directory.holding("lead") if lead.person != known)
    near = tuple(
        lead
        for lead in leads
        if any((a.platform, a.tenant) == (identity.platform, identity.tenant) for a in lead.accounts)
    )
    return near or leads


@handles(ReleaseLine)
def release_line(cmd: ReleaseLine, work: Work) -> Hear:
    line = work.get(HeldLine, cmd.line)
    speaker = next((i for i in work.directory.by_identity if str(i) == line.identity), None)
    if speaker is None:
        raise Refused(
            msg("{name} is not known here yet: add them with `member add` first, then press again."),
            name=line.name,
        )
    if speaker != work.actor.identity and "lead" not in work.actor.roles:
        raise NotAllowed(msg("A lead, or the person who said it, has a held line recorded."))
    if line.state != "recorded":  # pressed again after a crash, it is heard again: its own delivery id keeps it single
        line.move("recorded")
        work.record(LineReleased(record=line.ref))
        if line.asked:
            _ask(leads_of(speaker, work), line, work)
    return Hear(line.turn)
