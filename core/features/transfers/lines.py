"""Lines that make no record yet: from somebody unknown, or of more than one meaning; one press records them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.features.transfers.events import LineHeld, LineRecorded, LineReleased
from core.features.transfers.records import HeldLine
from core.kernel.access import MemberOf
from core.kernel.audit import Entry
from core.kernel.errors import NotAllowed, NotFound, Refused, msg
from core.kernel.ids import Account, Audience, Identity, Ref
from core.kernel.messages import Command, Reference, Value
from core.kernel.posting import ToPerson
from core.kernel.registry import handles
from core.kernel.work import Draw, Hear, HeldTurn, Reads, Work

HELD, RECORDED, DROPPED = "held", "recorded", "dropped"
_NUMBERED = re.compile(r"[A-Z]+-[A-Z]*\d+(\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class HoldLine(Command):
    """Keep the line of somebody unknown, and ask their lead who this is: one card a person a day.

    With `verb`, the speaker is known and the line can be read in two ways: they choose. With `chooses` they say which
    of several it is about. `once`: where the same words wait already, nothing more does.
    """

    needs: ClassVar[str] = "line.hold"

    text: str
    turn: str
    verb: str = ""
    chooses: bool = False
    once: bool = False


@dataclass(frozen=True, kw_only=True)
class ReleaseLine(Command):
    """Record a held line, as its speaker said it, once the speaker is known."""

    says: ClassVar[str] = "line record"
    heading: ClassVar[str] = msg("Record a held line")
    needs: ClassVar[str] = "line.release"

    line: Annotated[Ref, Reference("the held line", prefix="LIN")]


@dataclass(frozen=True, kw_only=True)
class ReleaseLines(Command):
    """Record every line that waits with this one for the same speaker, once the speaker is known."""

    says: ClassVar[str] = "line all"
    heading: ClassVar[str] = msg("Record held lines")
    needs: ClassVar[str] = "line.release"

    line: Annotated[Ref, Reference("one of the held lines", prefix="LIN")]


@dataclass(frozen=True, kw_only=True)
class ChooseForLine(Command):
    """Say which one a held line is about, where several fit; it is recorded then."""

    says: ClassVar[str] = "line choose"
    heading: ClassVar[str] = msg("Say which one")
    needs: ClassVar[str] = "line.choose"

    line: Annotated[Ref, Reference("the held line", prefix="LIN")]
    one: Annotated[str, Value("which one, such as MTG-002", longest=200)]


@dataclass(frozen=True, kw_only=True)
class PlaceLine(Command):
    """Say that a held line of yours, which named no transfer, is about this one; it is recorded then."""

    says: ClassVar[str] = "line here"
    heading: ClassVar[str] = msg("Say which transfer")
    needs: ClassVar[str] = "line.place"

    line: Annotated[Ref, Reference("the held line", prefix="LIN")]


@dataclass(frozen=True, kw_only=True)
class NoteLineRecorded(Command):
    """Keep in the trail that a held line was heard again and holds no more."""

    needs: ClassVar[str] = "line.note"

    line: Ref


@handles(HoldLine)
def hold_line(cmd: HoldLine, work: Work) -> Draw | None:
    identity = work.actor.identity
    if identity is None:
        raise Refused(msg("Only what a person said is held."))
    if cmd.chooses:
        _held(cmd, str(identity), asked=False, work=work)
        return None
    if cmd.verb:
        line = _held(cmd, str(identity), asked=False, work=work)
        return work.card("transfers/choice", line=line, verb=cmd.verb)
    same = [line for line in waiting(str(identity), work) if line.text == cmd.text] if cmd.once else []
    if same:
        return work.card("transfers/not_known", line=same[0])
    asked = work.one(
        select(HeldLine).where(
            HeldLine.transfer == work.transfer,
            HeldLine.identity == str(identity),
            HeldLine.asked,
            HeldLine.created_at >= _start_of_day(work),
        )
    )
    line = _held(cmd, str(identity), asked=asked is None, work=work)
    _ask(asked or line, work)
    return work.card("transfers/not_known", line=line)


def _ask(asked: HeldLine, work: Work) -> None:
    """One card a person a day, changed in place: it lists all the lines that they wait with."""
    for lead in leads_of(account_of(asked).identity, Audience(asked.audience), work):
        work.post(ToPerson(lead.person), "transfers/who", key=f"who:{asked.ref}", record=asked, line=asked)


def _held(cmd: HoldLine, identity: str, asked: bool, work: Work) -> HeldLine:
    line = HeldLine(
        ref=work.number("LIN"),
        state=HELD,
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


def leads_of(identity: Identity, audience: Audience, work: Reads) -> tuple[MemberOf, ...]:
    """The leads who can tell who an account is: those of its own tenant, else all, but never the account's own.

    Of what was said in a company's own room, only its leads hear.
    """
    known = work.directory.by_identity.get(identity)
    leads = tuple(lead for lead in work.directory.entitled(audience, "lead") if lead.person != known)
    near = tuple(
        lead
        for lead in leads
        if any((a.platform, a.tenant) == (identity.platform, identity.tenant) for a in lead.accounts)
    )
    return near or leads


def account_of(line: HeldLine) -> Account:
    """The account that said a held line, as its platform named it then."""
    said = json.loads(line.turn)["account"]
    return Account(Identity(**said["identity"]), said["name"], said.get("zone"))


def waiting(identity: str, reads: Reads) -> Sequence[HeldLine]:
    """The lines that one account's unknown speaker waits with, oldest first; not those that they must choose about."""
    of_speaker = select(HeldLine).where(HeldLine.transfer == reads.transfer, HeldLine.identity == identity)
    lines = reads.all(of_speaker.where(HeldLine.state == HELD).order_by(HeldLine.created_at, HeldLine.ref))
    return [line for line in lines if not _is_speakers(line)]


def since_asked(asked: HeldLine, reads: Reads) -> list[HeldLine]:
    """The lines that the card about `asked` began with, and those that came to it."""
    of_speaker = select(HeldLine).where(HeldLine.transfer == reads.transfer, HeldLine.identity == asked.identity)
    lines = reads.all(of_speaker.where(HeldLine.created_at >= asked.created_at).order_by(HeldLine.ref))
    return [line for line in lines if not _is_speakers(line)]


def _is_speakers(line: HeldLine) -> bool:
    """Whether its speaker was known, and chooses what it says."""
    turn = json.loads(line.turn)
    return bool(turn["as_text"] or turn.get("chooses"))


def speaker_known(line: HeldLine, reads: Reads) -> bool:
    """Whether the account that said it belongs to a member now."""
    person = reads.directory.by_identity.get(account_of(line).identity)
    return person is not None and reads.directory.members[person].active


def ask_again(identity: Identity, work: Work) -> None:
    """Bring the cards that ask about an account up to what is known now."""
    of_speaker = select(HeldLine).where(HeldLine.transfer == work.transfer, HeldLine.identity == str(identity))
    for asked in work.all(of_speaker.where(HeldLine.asked).order_by(HeldLine.created_at.desc()).limit(3)):
        _ask(asked, work)


@handles(ReleaseLine)
def release_line(cmd: ReleaseLine, work: Work) -> Hear:
    line = work.get(HeldLine, cmd.line)
    _check_release(line, work)
    # Recorded before, or pressed again after a crash: it is heard again, and its own delivery id keeps it single.
    return _heard_again([line], work)


@handles(ReleaseLines)
def release_lines(cmd: ReleaseLines, work: Work) -> Hear:
    line = work.get(HeldLine, cmd.line)
    _check_release(line, work)
    return _heard_again(waiting(line.identity, work) or [line], work)


@handles(ChooseForLine)
def choose_for_line(cmd: ChooseForLine, work: Work) -> Hear:
    line = work.get(HeldLine, cmd.line)
    _check_release(line, work)
    check_waits(line)
    return _heard_again([line], work, tuple(one.strip() for one in cmd.one.split(",")))


@handles(PlaceLine)
def place_line(cmd: PlaceLine, work: Work) -> Hear:
    """In the house, where a line is kept of which nobody knows yet whose it is."""
    line = work.one(select(HeldLine).where(HeldLine.transfer == work.transfer, HeldLine.ref == cmd.line))
    if line is None or account_of(line).identity != work.actor.identity:
        raise NotFound(msg("No line of yours waits under {ref}."), ref=cmd.line)
    check_waits(line)
    return _heard_again([line], work)


def check_waits(line: HeldLine) -> None:
    """Raises Refused for one that is recorded or put away: another choice comes too late."""
    if line.state == RECORDED:
        raise Refused(msg("{ref} was recorded already."), ref=line.ref)
    if line.state == DROPPED:
        raise Refused(msg("{ref} was put away: it makes no record. Whoever said it can say it again."), ref=line.ref)


def _check_release(line: HeldLine, work: Work) -> None:
    if line.state == DROPPED:
        check_waits(line)
    if not speaker_known(line, work):
        raise Refused(
            msg("{name} is not known here yet: add them first with `line add {ref}`, then press again."),
            name=line.name,
            ref=line.ref,
        )
    if account_of(line).identity != work.actor.identity and "lead" not in work.actor.roles:
        raise NotAllowed(
            msg("A lead, or the person who said it, has a held line recorded. Ask {who}."),
            who=work.directory.named("lead", side=work.actor.side),
        )


def _heard_again(lines: Sequence[HeldLine], work: Work, chosen: tuple[str, ...] = ()) -> Hear:
    for line in lines:
        if line.state == HELD:
            work.record(LineReleased(record=line.ref))
    return Hear(tuple(HeldTurn(line.ref, line.turn, chosen) for line in lines))


@handles(NoteLineRecorded)
def note_line_recorded(cmd: NoteLineRecorded, work: Work) -> None:
    line = work.get(HeldLine, cmd.line)
    check_waits(line)
    line.move(RECORDED)
    line.made = _made_of(line, work)
    work.record(LineRecorded(record=line.ref))
    ask_again(account_of(line).identity, work)


def _made_of(line: HeldLine, work: Work) -> str | None:
    """The record that the line became: its own delivery made it, and the trail knows by which entry."""
    delivery = json.loads(line.turn)["delivery"]
    for entry in work.all(select(Entry).where(Entry.command_id == delivery).order_by(Entry.part)):
        if entry.record and _NUMBERED.fullmatch(entry.record):
            transfer = entry.chain.partition("/")[0]
            return entry.record if transfer == work.transfer else f"{transfer}/{entry.record}"
    return None
