"""Closing a transfer: one company asks, the other agrees, and what was closed by mistake is open again.

A technology transfer is a contract of two companies: its end is an agreement of both, with what is still open in sight
(ICH Q10 2.7; EU GMP Chapter 7), so no lead closes it alone over the other's open actions. It must not hang on
somebody who never answers either: where the other company has no lead, or does not answer in five working days, the
one that asked closes it. Nothing is deleted by it, so that either lead opens it again within thirty days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

import msgspec

from core.features.transfers.belonging import OTHER
from core.features.transfers.events import ClosingProposed, ClosingRefused, TransferClosed, TransferReopened
from core.features.transfers.opening import show_transfer, this_transfer
from core.kernel.complements import Fact
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import PersonId, Side
from core.kernel.messages import Command, Reason, checked_reason
from core.kernel.posting import To, ToPerson, ToRooms
from core.kernel.registry import handles, shows
from core.kernel.templates import PersonView
from core.kernel.transfers import Transfer
from core.kernel.work import Draw, Reads, Work
from core.rules.working_days import add_working_days

ANSWER_DAYS = 5
"""Working days that the other company has to answer."""
REOPEN_WITHIN = timedelta(days=30)
ASKED, CLOSED = "closing", "closed"
"""The keys of Transfer.current: what was asked, as JSON of a Closing, and when (ISO) it was closed."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What one company's lead asked for; `since` is UTC."""

    side: Side
    by: PersonId
    reason: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class CloseTransfer(Command):
    """Ask the other company to close the transfer: once both agree, nothing more is recorded in it."""

    says: ClassVar[str] = "transfer close"
    heading: ClassVar[str] = msg("Close the transfer")
    needs: ClassVar[str] = "transfer.close"

    reason: Annotated[str, Reason("why it ends")]


@dataclass(frozen=True, kw_only=True)
class AgreeToClose(Command):
    """Agree that the transfer is closed, as the other company asked."""

    says: ClassVar[str] = "transfer agree"
    needs: ClassVar[str] = "transfer.close"


@dataclass(frozen=True, kw_only=True)
class KeepTransfer(Command):
    """Keep the transfer open, although a company asked to close it."""

    says: ClassVar[str] = "transfer keep"
    heading: ClassVar[str] = msg("Keep the transfer open")
    needs: ClassVar[str] = "transfer.close"

    reason: Annotated[str, Reason("what is still to be done")]


@dataclass(frozen=True, kw_only=True)
class ReopenTransfer(Command):
    """Open a transfer again that was closed within the last 30 days."""

    says: ClassVar[str] = "transfer reopen"
    heading: ClassVar[str] = msg("Reopen the transfer")
    needs: ClassVar[str] = "transfer.close"

    reason: Annotated[str, Reason("why it goes on")]


@handles(CloseTransfer)
def close_transfer(cmd: CloseTransfer, work: Work) -> Draw:
    transfer, reason = this_transfer(work), checked_reason(cmd.reason)
    asked = asked_for(transfer)
    if asked is not None:
        return _agreed(transfer, asked, reason, work)
    if work.actor.side is None or work.actor.person is None:
        raise NotAllowed(msg("A transfer is closed by the leads of its companies."))
    closing = Closing(work.actor.side, work.actor.person, reason, work.now)
    transfer.current = {**transfer.current, ASKED: msgspec.json.encode(closing).decode()}
    work.record(ClosingProposed(record=transfer.ref), reason=reason)
    return _shown(transfer, closing, "asked", work)


@handles(AgreeToClose)
def agree_to_close(_cmd: AgreeToClose, work: Work) -> Draw:
    transfer = this_transfer(work)
    asked = _asked(transfer)
    return _agreed(transfer, asked, asked.reason, work)


@handles(KeepTransfer)
def keep_transfer(cmd: KeepTransfer, work: Work) -> Draw:
    transfer = this_transfer(work)
    asked, reason = _asked(transfer), checked_reason(cmd.reason)
    transfer.current = {key: value for key, value in transfer.current.items() if key != ASKED}
    work.record(ClosingRefused(record=transfer.ref), reason=reason)
    return _shown(transfer, asked, "kept", work)


@handles(ReopenTransfer)
def reopen_transfer(cmd: ReopenTransfer, work: Work) -> Draw:
    transfer = work.get(Transfer, work.transfer)
    reason, closed = checked_reason(cmd.reason), transfer.current.get(CLOSED)
    if transfer.state == "open":
        raise Refused(msg("{code} is open."), code=transfer.ref)
    if closed is not None and work.now - datetime.fromisoformat(closed) > REOPEN_WITHIN:
        raise Refused(
            msg("{code} was closed more than {days} days ago: what goes on now is a transfer of its own."),
            code=transfer.ref,
            days=REOPEN_WITHIN.days,
        )
    transfer.state = "open"
    transfer.current = {key: value for key, value in transfer.current.items() if key != CLOSED}
    work.record(TransferReopened(record=transfer.ref), reason=reason)
    show_transfer(transfer, work)
    side, person = work.actor.side or Side.SPONSOR, work.actor.person or PersonId("")
    return _shown(transfer, Closing(side, person, reason, work.now), "reopened", work)


def asked_for(transfer: Transfer) -> Closing | None:
    """What a company asked for and the other has not answered, if anything."""
    said = transfer.current.get(ASKED)
    return msgspec.json.decode(said, type=Closing) if said else None


def _asked(transfer: Transfer) -> Closing:
    asked = asked_for(transfer)
    if asked is None:
        raise Refused(msg("Nobody asked to close {code}. A lead asks: transfer close reason:…"), code=transfer.ref)
    return asked


def _agreed(transfer: Transfer, asked: Closing, reason: str, work: Work) -> Draw:
    other = OTHER[asked.side]
    if asked.side == work.actor.side and not _may_alone(asked, work):
        raise NotAllowed(
            msg("{company} was asked and has not answered yet. Without an answer, {code} can be closed from {day} on."),
            company=work.directory.company(other),
            code=transfer.ref,
            day=_day(_alone_from(asked, work.zone)),
        )
    transfer.state = "closed"
    kept = {key: value for key, value in transfer.current.items() if key != ASKED}
    transfer.current = {**kept, CLOSED: work.now.isoformat()}
    work.record(TransferClosed(record=transfer.ref), reason=reason)
    show_transfer(transfer, work)
    return _shown(transfer, asked, "closed", work)


def _may_alone(asked: Closing, work: Work) -> bool:
    """Whether nobody of the other company answers."""
    today = work.now.astimezone(ZoneInfo(work.zone)).date()
    return not work.directory.holding("lead", side=OTHER[asked.side]) or today >= _alone_from(asked, work.zone)


def _alone_from(asked: Closing, zone: str) -> date:
    return add_working_days(asked.since.astimezone(ZoneInfo(zone)).date(), ANSWER_DAYS)


def _shown(transfer: Transfer, closing: Closing, state: str, work: Work) -> Draw:
    """The card in the rooms and, at once, to each lead of both companies but the one who acts."""
    key = f"closing:{closing.since:%Y%m%d%H%M%S}"
    leads = [lead.person for lead in work.directory.holding("lead") if lead.person != work.actor.person]
    places: list[To] = [ToRooms(), *map(ToPerson, leads)]
    for to in places:
        work.post(to, "transfers/closing", key=key, transfer=transfer, closing=closing, state=state)
    return work.card("transfers/closing_answer", transfer=transfer, closing=closing, state=state)


@dataclass(frozen=True, slots=True)
class ClosingView:
    """A transfer that a company asked to close. `state` is asked, kept, closed or reopened.

    `still_open` says what is: actions, meetings. `until` is the day from which it may be closed without an answer, or
    for a closed one the last day on which it can be opened again.
    """

    code: str
    title: str
    company: str
    other: str
    by: PersonView
    reason: str
    state: str
    still_open: tuple[Fact, ...]
    until: str
    answerable: bool


@shows("transfers/closing")
def closing_view(reads: Reads, transfer: Transfer, closing: Closing, state: str) -> ClosingView:
    found = reads.complement("transfers/closing", transfer=transfer, closing=closing, state=state)
    last = (reads.now + REOPEN_WITHIN).astimezone(ZoneInfo(reads.zone)).date()
    return ClosingView(
        transfer.transfer,
        transfer.title,
        reads.directory.company(closing.side),
        reads.directory.company(OTHER[closing.side]),
        reads.person(closing.by),
        closing.reason,
        state,
        found.facts,
        _day(last if state == "closed" else _alone_from(closing, reads.zone)),
        bool(reads.directory.holding("lead", side=OTHER[closing.side])),
    )


@shows("transfers/closing_answer")
def closing_answer_view(reads: Reads, transfer: Transfer, closing: Closing, state: str) -> ClosingView:
    return closing_view(reads, transfer, closing, state)


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
