"""The directories in memory: what a turn needs to know of a room and its people, without a read for each turn."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from core.kernel.access import Directory
from core.kernel.audit import Source
from core.kernel.clock import monotonic
from core.kernel.database import Store
from core.kernel.directory import read_directory
from core.kernel.ids import Identity, TransferId
from core.kernel.transfers import Head, Member, PersonAccount, Room, Transfer
from core.kernel.turn import Address

FRESH_SECONDS = 0.5
"""How long a change by another process may go unnoticed in a reading; the door itself looks under the lock."""
NOWHERE_SECONDS = 5.0
"""How long a room that no transfer lives in is taken for one: lines of such rooms come by the thousand."""
MOST = 2000


class Directories:
    """Shared by the writer, which puts what it committed, and the ears, which look; `outlets` are addresses that have
    their row.

    Each call is atomic enough under the interpreter's lock; a lost race costs one read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[TransferId, tuple[Directory, float]] = {}
        self._rooms: dict[Address, TransferId] = {}
        self._nowhere: dict[Address, float] = {}
        self.outlets: set[str] = set()

    def put(self, directory: Directory) -> None:
        """Keep a directory as it was just committed or read."""
        if len(self._known) > MOST:
            self._known.clear()
        self._known[directory.transfer] = (directory, monotonic())
        for room in directory.rooms:
            if not room.removed:
                self._rooms[room.address] = directory.transfer
                self._nowhere.pop(room.address, None)
            elif directory.room_at(room.address) is None and self._rooms.get(room.address) == directory.transfer:
                del self._rooms[room.address]

    def forget(self, transfers: Iterable[TransferId]) -> None:
        """Read these anew when they are asked for next: somebody of theirs was changed in another transfer."""
        for transfer in transfers:
            self._known.pop(transfer, None)

    def cached(self, transfer: TransferId) -> Directory | None:
        """What is in memory, however old."""
        held = self._known.get(transfer)
        return held[0] if held else None

    def fresh(self, room: Address) -> Directory | None:
        """The directory of the room's transfer if it is in memory and was looked at just now."""
        transfer = self._rooms.get(room)
        held = self._known.get(transfer) if transfer else None
        if held is None:
            return None
        if monotonic() - held[1] < FRESH_SECONDS:
            return held[0]
        self._known[held[0].transfer] = (held[0], monotonic())  # one caller looks; the others go on meanwhile
        return None

    def look(self, transfer: TransferId) -> Directory:
        """The directory as the store has it now."""
        with self._store.read() as connection:
            version = connection.execute(select(Head.directory).where(Head.transfer == transfer)).scalar()
            held = self.cached(transfer)
            if held is None or version is None or held.version != version:
                held = read_directory(connection, transfer, version or 0)
        self.put(held)
        return held

    def look_up(self, room: Address) -> Directory | None:
        """The directory of the transfer that lives in the room, or None."""
        with self._store.read() as connection:
            transfer = connection.execute(
                select(Room.transfer).where(
                    Room.platform == room.platform,
                    Room.tenant == room.tenant,
                    Room.channel == room.channel,
                    Room.state != "removed",
                )
            ).scalar()
        if transfer is not None:
            return self.look(transfer)
        if len(self._nowhere) > MOST:
            self._nowhere.clear()
        self._nowhere[room] = monotonic()
        return None

    def is_nowhere(self, room: Address) -> bool:
        """Whether no transfer lived in the room a moment ago."""
        looked = self._nowhere.get(room)
        return looked is not None and monotonic() - looked < NOWHERE_SECONDS

    def rooms_of(self, platform: str, tenant: str) -> list[Address]:
        """The rooms of a workspace that transfers live in."""
        with self._store.read() as connection:
            found = connection.execute(
                select(Room.channel)
                .where(Room.platform == platform, Room.tenant == tenant, Room.state != "removed")
                .order_by(Room.channel)
            )
            return [Address(platform, tenant, channel) for channel in found.scalars()]

    def transfers_of(self, identity: Identity) -> list[TransferId]:
        """The open transfers that an account's person is a member of, also while the account is lost."""
        with self._store.read() as connection:
            found = connection.execute(
                select(Member.transfer)
                .join(PersonAccount, PersonAccount.person == Member.person)
                .join(Transfer, Transfer.transfer == Member.transfer)
                .where(
                    PersonAccount.platform == identity.platform,
                    PersonAccount.tenant == identity.tenant,
                    PersonAccount.user == identity.user,
                    Member.state == "active",
                    Transfer.state == "open",
                )
                .order_by(Member.transfer)
            )
            return list(found.scalars())

    def is_lost(self, identity: Identity) -> bool:
        """Whether an account is known as one that cannot be reached."""
        with self._store.read() as connection:
            state = connection.execute(
                select(PersonAccount.state).where(
                    PersonAccount.platform == identity.platform,
                    PersonAccount.tenant == identity.tenant,
                    PersonAccount.user == identity.user,
                )
            ).scalar()
        return state not in (None, "active")

    def transfers_quoting(self, room: Address, message: str) -> list[TransferId]:
        """The transfers that hold a record made from a message: none for all that was not captured."""
        with self._store.read() as connection:
            found = connection.execute(
                select(Source.transfer)
                .distinct()
                .where(
                    Source.message == message,
                    Source.channel == room.channel,
                    Source.tenant == room.tenant,
                    Source.platform == room.platform,
                )
            )
            return [TransferId(code) for code in sorted(found.scalars())]

    def codes(self) -> frozenset[str]:
        """Every transfer's code."""
        with self._store.read() as connection:
            return frozenset(connection.execute(select(Transfer.transfer)).scalars())
