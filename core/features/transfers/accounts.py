"""Accounts that Tandem loses and hears again, and what they tell of their people: an entry in each transfer's trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.features.transfers.events import AccountBack, AccountLost, SpokeFrom, ZoneNoted
from core.features.transfers.reports import Trouble, tell_leads
from core.kernel.audit import Entry, entries_of
from core.kernel.errors import Refused, msg
from core.kernel.ids import Identity
from core.kernel.messages import Command
from core.kernel.registry import handles
from core.kernel.transfers import Person, PersonAccount
from core.kernel.work import Work

ACTIVE, LOST = "active", "lost"


@dataclass(frozen=True, kw_only=True)
class LoseAccount(Command):
    """Mark an account that was deactivated or cannot be written to, and tell the leads."""

    needs: ClassVar[str] = "room.keep"

    identity: Identity
    why: str


@dataclass(frozen=True, kw_only=True)
class RegainAccount(Command):
    """Mark a lost account that was heard again as one that can be written to."""

    needs: ClassVar[str] = "room.keep"

    identity: Identity


@dataclass(frozen=True, kw_only=True)
class NoteZone(Command):
    """Keep the zone that somebody's platform tells, where none is known yet: some tell it only when they speak."""

    needs: ClassVar[str] = "room.keep"

    identity: Identity
    zone: str


@dataclass(frozen=True, kw_only=True)
class NoteSpokenFrom(Command):
    """Keep from which of several accounts somebody spoke last: what is for them alone is said there."""

    needs: ClassVar[str] = "room.keep"

    identity: Identity


@handles(LoseAccount)
def lose_account(cmd: LoseAccount, work: Work) -> None:
    account = _account(cmd.identity, work)
    if _lost_here(account, work):
        raise Refused(msg("The account is marked as lost already."))
    account.state = LOST  # in the person's second transfer it is already: the entry is that transfer's own
    work.record(AccountLost(record=account.trail_name()), reason=cmd.why)
    but = f"{cmd.identity.platform}:{cmd.identity.tenant}/@{cmd.identity.user}"
    tell_leads(work, Trouble(work.directory.known_as(account.person), cmd.why, at=str(cmd.identity)), but=but)


@handles(RegainAccount)
def regain_account(cmd: RegainAccount, work: Work) -> None:
    account = _account(cmd.identity, work)
    if account.state == ACTIVE and not _lost_here(account, work):
        raise Refused(msg("The account is not lost."))
    account.state = ACTIVE
    work.record(AccountBack(record=account.trail_name()))


@handles(NoteZone)
def note_zone(cmd: NoteZone, work: Work) -> None:
    person = work.session.get(Person, _account(cmd.identity, work).person)
    if person is None or person.zone is not None:
        raise Refused(msg("Their zone is known already."))
    person.zone = cmd.zone
    work.record(ZoneNoted(record=person.trail_name()))


@handles(NoteSpokenFrom)
def note_spoken_from(cmd: NoteSpokenFrom, work: Work) -> None:
    person = work.session.get(Person, _account(cmd.identity, work).person)
    if person is None or person.speaks_from == str(cmd.identity):
        raise Refused(msg("It is known already where they spoke last."))
    person.speaks_from = str(cmd.identity)
    work.record(SpokeFrom(record=person.trail_name()))


def _account(identity: Identity, work: Work) -> PersonAccount:
    account = work.session.get(PersonAccount, (identity.platform, identity.tenant, identity.user))
    if account is None or account.person not in work.directory.members:
        raise Refused(msg("No account of a member is known by this name."))
    return account


def _lost_here(account: PersonAccount, work: Work) -> bool:
    """Whether this transfer's own trail says last that the account was lost."""
    of_account = entries_of(account.trail_name(), work.transfer)
    last = work.one(of_account.order_by(Entry.seq.desc()))
    return last is not None and last.tells(AccountLost.called())
