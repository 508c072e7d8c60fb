"""Reading a transfer's directory: its people, their accounts and its rooms, in a handful of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from core.kernel.access import NATURAL, Directory, MemberOf, RoomOf, TransferOf
from core.kernel.ids import HOUSE, Audience, Identity, PersonId, Ref, Side, TransferId
from core.kernel.transfers import Administrator, Member, Person, PersonAccount, Room, Transfer
from core.kernel.turn import Address


def read_directory(connection: Connection, transfer: TransferId, version: int) -> Directory:
    """Read the directory of `transfer` whose head row says `version`."""
    administrators = connection.execute(select(Administrator.identity).where(Administrator.state == "active")).scalars()
    if transfer == HOUSE:
        return Directory(transfer, version, administrators=frozenset(administrators))
    accounts = _read_accounts(connection, transfer)
    known = {identity: person for person, held in accounts.items() for identity, _ in held}
    return Directory(
        transfer,
        version,
        _read_facts(connection, transfer),
        _read_members(connection, transfer, accounts),
        _read_rooms(connection, transfer),
        known,
        frozenset(administrators),
        frozenset(identity for held in accounts.values() for identity, active in held if not active),
    )


Accounts = dict[PersonId, list[tuple[Identity, bool]]]
"""Each person's accounts, and whether they can be reached there."""


def _read_accounts(connection: Connection, transfer: TransferId) -> Accounts:
    found: Accounts = {}
    in_transfer = select(Member.person).where(Member.transfer == transfer)
    for row in connection.execute(
        select(*PersonAccount.__table__.c)
        .where(PersonAccount.person.in_(in_transfer))
        .order_by(PersonAccount.platform, PersonAccount.tenant, PersonAccount.user)
    ):
        identity = Identity(row.platform, row.tenant, row.user)
        found.setdefault(row.person, []).append((identity, row.state == "active"))
    return found


def _read_members(connection: Connection, transfer: TransferId, accounts: Accounts) -> dict[PersonId, MemberOf]:
    rows = connection.execute(
        select(
            Person.id,
            Person.name,
            Person.email,
            Person.zone,
            Person.speaks_from,
            Member.side,
            Member.roles,
            Member.state,
            Member.earlier,
        )
        .join(Member, Member.person == Person.id)
        .where(Member.transfer == transfer)
        .order_by(Person.name, Person.id)
    ).all()
    marks = _marks(rows, accounts)
    return {
        row.id: MemberOf(
            row.id,
            row.name,
            Side(row.side),
            frozenset(row.roles),
            row.zone,
            _in_reach(accounts.get(row.id, ()), row.speaks_from),
            row.state == "active",
            tuple((Side(one["side"]), datetime.fromisoformat(one["until"])) for one in row.earlier or ()),
            marks.get(row.id, ""),
        )
        for row in rows
    }


def _marks(rows: Sequence[Any], accounts: Accounts) -> dict[PersonId, str]:
    """What tells people of one name apart. Whose accounts are all somebody else's by now is no person of their own."""
    borne: dict[str, list[Any]] = {}
    for row in rows:
        if row.state == "active" or row.id in accounts:
            borne.setdefault(" ".join(row.name.split()).casefold(), []).append(row)
    marks = {}
    for namesakes in borne.values():
        mails = Counter(row.email for row in namesakes)
        for row in namesakes if len(namesakes) > 1 else ():
            account = next((f"{one.platform.capitalize()} …{one.user[-6:]}" for one, _ in accounts.get(row.id, ())), "")
            marks[row.id] = row.email if row.email and mails[row.email] == 1 else account
    return marks


def _in_reach(accounts: Sequence[tuple[Identity, bool]], speaks_from: str | None) -> tuple[Identity, ...]:
    """The active ones, first the one last spoken from: what is for the person alone goes there."""
    active = [identity for identity, active in accounts if active]
    return tuple(sorted(active, key=lambda identity: str(identity) != speaks_from))


def _read_rooms(connection: Connection, transfer: TransferId) -> tuple[RoomOf, ...]:
    rows = connection.execute(select(*Room.__table__.c).where(Room.transfer == transfer).order_by(Room.id)).all()
    unnumbered = [row.id for row in rows if row.number is None]
    return tuple(
        RoomOf(
            row.id,
            Address(row.platform, row.tenant, row.channel),
            row.name,
            Audience(row.audience),
            row.state == "open",
            row.number or Ref(f"ROM-{unnumbered.index(row.id) + 1:03d}"),
            row.state == "removed",
            row.listen or NATURAL,
            bool(row.reactions),
        )
        for row in rows
    )


def _read_facts(connection: Connection, transfer: TransferId) -> TransferOf | None:
    row = connection.execute(select(*Transfer.__table__.c).where(Transfer.transfer == transfer)).first()
    if row is None:
        return None
    milestones = {name: date.fromisoformat(day) for name, day in row.milestones.items()}
    return TransferOf(
        row.transfer,
        row.title,
        row.sponsor,
        row.cmo,
        row.zone,
        row.stage,
        milestones,
        row.settings,
        row.current,
        row.state == "open",
    )
