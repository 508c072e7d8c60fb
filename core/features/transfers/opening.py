"""Opening a transfer in a room, and keeping its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, ClassVar

from core.features.transfers.events import MemberAdded, TransferChanged, TransferOpened
from core.features.transfers.numbering import add_room
from core.features.transfers.stage_titles import stage_title
from core.features.transfers.views import SetView, day_of
from core.features.transfers.witness import PostWitness
from core.kernel.clock import new_id
from core.kernel.errors import DoneAlready, Refused, msg
from core.kernel.ids import Audience, PersonId, Ref, Side, TransferId
from core.kernel.messages import (
    Command,
    Day,
    OneOf,
    Quoted,
    Value,
    Zone,
)
from core.kernel.posting import ToRooms
from core.kernel.registry import handles, redraws
from core.kernel.transfers import Member, Person, PersonAccount, Transfer
from core.kernel.turn import Address
from core.kernel.work import Ask, Draw, Work
from core.rules.spans import parse_lead_times

STAGES = (
    "kickoff",
    "facility_fit",
    "analytical_transfer",
    "engineering_batch",
    "ppq_readiness",
    "routine_review",
    "quarterly_governance",
    "deviation_capa_review",
)
"""The stages of a transfer, in the order in which they usually come (source: domain, section 2)."""

MONTH_FIRST = "MM/DD"
"""The setting with which 03/04 is 4 March; without it, it is 3 April, and asked about where both may be meant."""

DEFAULT_LEADS = "3 days, 1 hour"
"""How long before a meeting its agenda is posted: working days, then clock time."""

DEFAULT_READINESS, OFF = "5 days, 1 day", "off"
"""How long before a meeting with a checklist both companies' readiness is posted (source: domain, section 1.1)."""


@dataclass(frozen=True, kw_only=True)
class OpenTransfer(Command):
    """Open a transfer in this room; whoever opens it leads the named side."""

    says: ClassVar[str] = "transfer new"
    heading: ClassVar[str] = msg("Open a transfer")
    needs: ClassVar[str] = "transfer.open"

    title: Annotated[str, Quoted('what is transferred, such as "Product X 50 mg"')]
    sponsor: Annotated[str, Value("the sponsor's name")]
    cmo: Annotated[str, Value("the contract manufacturer's name")]
    zone: Annotated[str, Zone("the zone that its times are in", "tz")]
    code: Annotated[str | None, Value("a short code, such as NVT", longest=8)] = None
    stage: Annotated[str | None, OneOf("the stage it is in", options=STAGES)] = None
    side: Annotated[Side, OneOf("the side that you lead")] = Side.SPONSOR


@dataclass(frozen=True, kw_only=True)
class SetStage(Command):
    """Move the transfer to another stage."""

    says: ClassVar[str] = "transfer stage"
    heading: ClassVar[str] = msg("Set the stage")
    needs: ClassVar[str] = "transfer.set"

    stage: Annotated[str, OneOf("the stage", options=STAGES, bare=True)]


@dataclass(frozen=True, kw_only=True)
class SetMilestone(Command):
    """Name a day that due phrases can lean on, such as "PPQ-1 start"."""

    says: ClassVar[str] = "transfer milestone"
    heading: ClassVar[str] = msg("Set a milestone")
    needs: ClassVar[str] = "transfer.set"

    name: Annotated[str, Quoted("the milestone's name", longest=60)]
    on: Annotated[date, Day("its day")]


@dataclass(frozen=True, kw_only=True)
class SetSetting(Command):
    """Set when agendas and readiness are posted, how 03/04 is read, and whether rooms hear each other's lines."""

    says: ClassVar[str] = "transfer set"
    heading: ClassVar[str] = msg("Settings")
    needs: ClassVar[str] = "transfer.set"

    agenda_lead: Annotated[str | None, Value('working days, hours or minutes, such as "3 days, 1 hour"')] = None
    readiness: Annotated[str | None, Value('the same for how ready a meeting is, such as "5 days, 1 day"; or off')] = (
        None
    )
    dates: Annotated[str | None, OneOf("how days in figures are read", options=("DD/MM", MONTH_FIRST))] = None
    relay: Annotated[str | None, OneOf("whether all lines of a meeting go to every room", options=("on", "off"))] = None


@handles(OpenTransfer)
def open_transfer(cmd: OpenTransfer, work: Work) -> Draw:
    if work.directory.facts is not None:
        raise Refused(msg("There is a transfer {code} already; choose another code:."), code=work.transfer)
    if cmd.code and not (len(cmd.code) > 1 and cmd.code.isalnum() and cmd.code.isascii()):
        raise Refused(msg("A code has 2 to 8 capitals and digits, such as code:NVT."))
    if called(cmd.sponsor) == called(cmd.cmo):
        raise Refused(
            msg("“{name}” stands for both companies; the minutes could not tell them apart. Name the other one."),
            name=cmd.cmo,
        )
    transfer = Transfer(
        ref=Ref(work.transfer),
        state="open",
        title=cmd.title,
        sponsor=cmd.sponsor,
        cmo=cmd.cmo,
        zone=cmd.zone,
        stage=cmd.stage,
        milestones={},
        settings={"agenda_lead": DEFAULT_LEADS},
        current={},
    )
    work.add(transfer)
    transfer.created_by = lead = _first_lead(cmd.side, work)
    for address in _rooms_here(work):
        name = work.origin.room_name if work.origin and address == work.origin.room else ""
        add_room(address, name, Audience.JOINT, work)
    work.record(TransferOpened(record=transfer.ref))
    work.record(MemberAdded(record=f"member:{lead}"))
    work.schedule("witness", work.now + timedelta(days=1), PostWitness(last=0))
    show_transfer(transfer, work)
    return work.card("transfers/opened_answer", transfer=transfer, side=cmd.side)


def called(name: str) -> str:
    """A name as two of them are compared: capitals and blanks tell nobody apart."""
    return " ".join(name.casefold().split())


def _first_lead(side: Side, work: Work) -> PersonId:
    identity = work.actor.identity
    if identity is None:
        raise Refused(msg("A transfer is opened by a person, in a room."))
    known = work.session.get(PersonAccount, (identity.platform, identity.tenant, identity.user))
    person = known.person if known else PersonId(new_id())
    if known is None:
        work.add(Person(id=person, transfer=work.transfer, name=work.actor.name, zone=work.actor.zone, state="active"))
        work.add(
            PersonAccount(
                platform=identity.platform,
                tenant=identity.tenant,
                user=identity.user,
                person=person,
                state="active",
            )
        )
    work.add(Member(transfer=work.transfer, person=person, side=side, roles=["lead"], state="active"))
    return person


def _rooms_here(work: Work) -> tuple[Address, ...]:
    if work.origin is None or work.origin.room.direct:
        raise Refused(msg("Open a transfer in the channel that it is to live in, not in a direct message."))
    return (work.origin.room, *work.origin.companions)


def this_transfer(work: Work) -> Transfer:
    """The transfer's own record. Raises Refused when it is closed."""
    transfer = work.get(Transfer, work.transfer)
    if transfer.state != "open":
        raise Refused(msg("{code} is closed: nothing more is recorded in it."), code=work.transfer)
    return transfer


def show_transfer(transfer: Transfer, work: Work) -> None:
    """Post the transfer's own card in each room that both companies share, or change it there."""
    work.post(ToRooms(), "transfers/opened", key=f"card:{transfer.ref}", record=transfer, transfer=transfer)


def show_leads(work: Work) -> None:
    """The card in the rooms names the leads: it changes when they do."""
    show_transfer(work.get(Transfer, work.transfer), work)


@handles(SetStage)
def set_stage(cmd: SetStage, work: Work) -> Draw:
    transfer = this_transfer(work)
    if transfer.stage == cmd.stage:
        raise _as_it_was()
    transfer.stage = cmd.stage
    return _changed(transfer, work, SetView(stage=stage_title(cmd.stage, work.words)))


@handles(SetMilestone)
def set_milestone(cmd: SetMilestone, work: Work) -> Draw:
    transfer = this_transfer(work)
    if transfer.milestones.get(cmd.name) == cmd.on.isoformat():
        raise _as_it_was()
    transfer.milestones = {**transfer.milestones, cmd.name: cmd.on.isoformat()}
    return _changed(transfer, work, SetView(milestone=cmd.name, day=day_of(cmd.on)))


@handles(SetSetting)
def set_setting(cmd: SetSetting, work: Work) -> Draw | Ask:
    transfer = this_transfer(work)
    chosen = {"agenda_lead": cmd.agenda_lead, "readiness": cmd.readiness, "dates": cmd.dates, "relay": cmd.relay}
    if not any(chosen.values()):
        known = {name: transfer.settings.get(name) for name in chosen}
        return work.form(SetSetting, **known)
    if cmd.agenda_lead is not None:
        parse_lead_times(cmd.agenda_lead)
    if cmd.readiness is not None and cmd.readiness.strip().lower() == OFF:
        chosen["readiness"] = OFF
    elif cmd.readiness is not None:
        parse_lead_times(cmd.readiness)
    said = {name: value for name, value in chosen.items() if value not in (None, transfer.settings.get(name))}
    if not said:
        raise _as_it_was()
    transfer.settings = {**transfer.settings, **said}
    return _changed(transfer, work, SetView(**said))


def _as_it_was() -> DoneAlready:
    """A form that is saved as it was opened, or a fact that is set again, is no change to record and to post."""
    return DoneAlready(msg("It is set so already: nothing changed."))


def _changed(transfer: Transfer, work: Work, what: SetView) -> Draw:
    work.record(TransferChanged(record=transfer.ref))
    show_transfer(transfer, work)
    return work.card("transfers/set_answer", what=what)


@redraws(Transfer, news=True)
def show_again(transfer: Transfer, stands: bool, work: Work) -> None:
    work.post(ToRooms(), "transfers/opened", key=f"card:{transfer.ref}", record=transfer, transfer=transfer)


def code_for(title: str, taken: frozenset[str]) -> TransferId:
    """A free code from a title's capitals and digits, or its first letters: `PX50` for "Product X 50 mg"."""
    marks = "".join(sign for sign in title if sign.isascii() and (sign.isupper() or sign.isdigit()))
    letters = "".join(sign for sign in title.upper() if sign.isascii() and sign.isalpha())
    base = (marks if len(marks) > 1 else letters)[:5]
    base = base if len(base) > 1 else f"TR{base}"
    for suffix in ["", *map(str, range(2, 1000))]:
        if base + suffix not in taken and base + suffix != "HOUSE":
            return TransferId(base + suffix)
    raise Refused(msg("No free code was found; name one with code:."))
