"""Teams' people as accounts: by AAD object id, whatever id an activity has for them; asked for once, and kept."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence

from adapters.teams.activity import PLATFORM, Payload, Way, Where, object_id, part, zone_of
from adapters.teams.faults import sorted_faults
from adapters.teams.line import Member
from adapters.teams.teams_text import Mentioned
from core.api import Account, Gone, Identity, TryLater, msg

log = logging.getLogger("tandem.teams")

PATIENCE = 0.8
"""Seconds that a turn waits for people in all."""
AT_ONCE = 20
"""Strangers asked for in one turn; the connector takes 14 a second."""
KEEP_SECONDS = 24 * 3600.0
"""An account's id never changes; its name may."""
MOST = 20_000

LATE = msg("Teams did not say in time who {name} is, so nothing was recorded. Say it again in a moment.")
LATE_PICK = msg("Teams did not say in time who that is, so nothing was recorded. Send it again in a moment.")
NOBODY = msg(
    "Teams knows no account of {name} in this room, so nothing was recorded. Add them to the room, or write the name "
    "without a mention."
)

Ask = Callable[[Way, str], Awaitable[Member | None]]


class People:
    """The roster as far as it was met: accounts by tenant and any id that Teams has for them."""

    def __init__(self, ask: Ask) -> None:
        self._ask_teams = ask
        self._known: OrderedDict[tuple[str, str], tuple[float, Account]] = OrderedDict()
        self._asked: dict[tuple[str, str], asyncio.Task[bool]] = {}

    async def speaker(self, activity: Payload, place: Where) -> Account:
        """Whoever acted. Without an object id in the activity the roster tells, or the conversation's members."""
        sender = part(activity, "from")
        handle, name = str(sender.get("id") or ""), str(sender.get("name") or "")
        user = sender.get("aadObjectId")
        if not isinstance(user, str) or not user:
            return (await self.accounts([Mentioned(handle, name)], place))[0]
        known = self._kept(place.tenant, handle)
        shown = name or (known.name if known else "")
        account = Account(Identity(PLATFORM, place.tenant, user.lower()), shown or user, zone_of(activity))
        self._keep(place.tenant, handle, account)
        return account

    async def accounts(self, mentioned: Iterable[Mentioned], place: Where) -> tuple[Account, ...]:
        """The people in order; one whom nobody can name goes by the id that came, with the reason as a doubt."""
        everyone = list(mentioned)
        ids = dict.fromkeys(one.id for one in everyone)
        strangers = [one for one in ids if object_id(one) is None and not self._kept(place.tenant, one)]
        nobody = await self._met(strangers, place)
        return tuple(self._account(one, place.tenant, NOBODY if one.id in nobody else LATE) for one in everyone)

    async def picked(self, users: Iterable[str], place: Where) -> tuple[Account, ...]:
        """The people of a picker, which tells AAD object ids alone."""
        wanted = list(users)
        await self._met([one for one in wanted if not self._kept(place.tenant, one)], place)
        return tuple(self._account(Mentioned(one, ""), place.tenant, LATE_PICK) for one in wanted)

    def known(self, tenant: str, handle: str) -> Account | None:
        """Somebody who was met under this id."""
        return self._kept(tenant, handle)

    async def close(self) -> None:
        """Ask no more."""
        for asked in self._asked.values():
            asked.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)

    async def _met(self, strangers: Sequence[str], place: Where) -> set[str]:
        """Ask for strangers, as long as a turn can wait; those of whom Teams says that they are nobody here."""
        asked = {one: self._ask(one, place) for one in strangers[:AT_ONCE]}
        if not asked:
            return set()
        done, _ = await asyncio.wait(asked.values(), timeout=PATIENCE)
        return {one for one, look in asked.items() if look in done and not look.cancelled() and look.result()}

    def _account(self, person: Mentioned, tenant: str, doubt: str) -> Account:
        """Whoever was met; `doubt` is of somebody who has an id of the roster's alone, or no name."""
        known = self._kept(tenant, person.id)
        if known is not None:
            return known
        user = object_id(person.id)
        named = Identity(PLATFORM, tenant, user or person.id)
        return Account(named, person.name or named.user, doubt="" if user and person.name else doubt)

    def _kept(self, tenant: str, handle: str) -> Account | None:
        until, account = self._known.get((tenant, handle.lower()), (0.0, None))
        return account if until > time.monotonic() else None

    def _keep(self, tenant: str, handle: str, account: Account) -> None:
        for name in (handle.lower(), account.identity.user):
            self._known[(tenant, name)] = (time.monotonic() + KEEP_SECONDS, account)
            self._known.move_to_end((tenant, name))
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def _ask(self, handle: str, place: Where) -> asyncio.Task[bool]:
        """The look-up under way; it goes on when nobody waits any more, and its answer is kept for the next turn."""
        key = (place.tenant, handle.lower())
        if key not in self._asked:
            self._asked[key] = asyncio.create_task(self._look_up(handle, place))
            self._asked[key].add_done_callback(lambda _: self._asked.pop(key, None))
        return self._asked[key]

    async def _look_up(self, handle: str, place: Where) -> bool:
        """Whether Teams says that nobody in the room is known by this."""
        try:
            async with sorted_faults():
                found = await self._ask_teams(place.way, handle)
        except (TryLater, Gone) as fault:
            log.warning("a member could not be looked up: %s", fault.reason)
            return False
        if found is None:
            return True
        account = Account(Identity(PLATFORM, place.tenant, found.user), found.name or found.user)
        self._keep(place.tenant, handle, account)
        self._keep(place.tenant, found.handle, account)
        return False
