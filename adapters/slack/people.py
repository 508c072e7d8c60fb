"""Slack's people as accounts: asked of users.info once, kept, and never waited for longer than a turn can bear."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Iterable

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import sorted_faults
from adapters.slack.slack_text import Mentioned
from adapters.slack.workspace import PLATFORM
from core.api import Account, Address, Gone, Identity, TryLater, msg

log = logging.getLogger("tandem.slack")

PATIENCE = 0.8
"""Seconds that a turn waits for names in all; Slack takes a command's answer for lost after 3."""
AT_ONCE = 20
"""Strangers asked for in one turn: a line may hold 200 mentions, and users.info takes about 100 a minute."""
KEEP_SECONDS = 3600.0
LATE = msg("Slack did not say in time who {name} is, so nothing was recorded. Say it again in a moment.")
NOBODY = msg("Slack knows no account of {name}, so nothing was recorded. Write the name without a mention.")
MOST = 20_000
UNKNOWN = frozenset({"user_not_found", "users_not_found"})
"""Slack's words for nobody."""


class People:
    """Accounts by user id. A member of another company has a `team` of their own, and that is their tenant."""

    def __init__(self, client: AsyncWebClient, team: str) -> None:
        self._client, self._team = client, team
        self._known: OrderedDict[str, tuple[float, Account]] = OrderedDict()
        self._asked: dict[str, asyncio.Task[bool]] = {}

    async def account(self, user: str, name: str = "", team: str | None = None) -> Account:
        """One person; `name` and `team` of the payload stand in while Slack does not tell."""
        return (await self.accounts([Mentioned(user, name or None)], {user: team or self._team}))[0]

    async def accounts(
        self, mentioned: Iterable[Mentioned], teams: dict[str, str] | None = None
    ) -> tuple[Account, ...]:
        """The people in order; those whom Slack does not tell in time go by the name in the payload.

        Which company they are of is a doubt then, unless `teams` tells.
        """
        everyone = list(mentioned)
        strangers = [user for user in dict.fromkeys(person.user for person in everyone) if not self._kept(user)]
        nobody: set[str] = set()
        if strangers:
            asked = {self._ask(user): user for user in strangers[:AT_ONCE]}
            told, _ = await asyncio.wait(asked, timeout=PATIENCE)
            nobody = {asked[one] for one in told if not one.cancelled() and one.result() is False}
        known = dict.fromkeys(nobody, NOBODY) | dict.fromkeys(teams or {}, "")
        return tuple(
            self._kept(person.user) or self._stand_in(person, teams or {}, known.get(person.user, LATE))
            for person in everyone
        )

    def direct(self, user: str, team: str) -> Address:
        """The conversation with somebody alone, under the tenant that they are known by; `team` while they are not."""
        kept = self._kept(user)
        return Address(PLATFORM, kept.identity.tenant if kept else team, user, direct=True)

    def forget(self, user: str) -> None:
        """What was known may have changed."""
        self._known.pop(user, None)

    async def close(self) -> None:
        """Ask no more."""
        for asked in self._asked.values():
            asked.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)

    def _kept(self, user: str) -> Account | None:
        until, account = self._known.get(user, (0.0, None))
        return account if until > time.monotonic() else None

    def _stand_in(self, person: Mentioned, teams: dict[str, str], doubt: str) -> Account:
        identity = Identity(PLATFORM, teams.get(person.user, self._team), person.user)
        return Account(identity, person.name or person.user, doubt=doubt)

    def _ask(self, user: str) -> asyncio.Task[bool]:
        """The look-up under way; it goes on when nobody waits any more, and its answer is kept for the next turn."""
        if user not in self._asked:
            self._asked[user] = asyncio.create_task(self._look_up(user))
            self._asked[user].add_done_callback(lambda _: self._asked.pop(user, None))
        return self._asked[user]

    async def _look_up(self, user: str) -> bool:
        """Keep who it is; False where Slack says that it is nobody."""
        try:
            async with sorted_faults():
                answer = await self._client.users_info(user=user)
        except (TryLater, Gone) as fault:
            log.warning("users.info failed: %s", fault.reason)
            return fault.reason not in UNKNOWN
        found = answer["user"]
        profile = found.get("profile") or {}
        name = profile.get("real_name") or found.get("real_name") or profile.get("display_name") or found.get("name")
        identity = Identity(PLATFORM, found.get("team_id") or profile.get("team") or self._team, user)
        account = Account(identity, str(name or user), found.get("tz") or None)
        self._known[user] = (time.monotonic() + KEEP_SECONDS, account)
        self._known.move_to_end(user)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return True
