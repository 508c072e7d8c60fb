"""What `tandem doctor` finds out about Teams: whether the keys can be had, and the bot's own token with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.teams.keys import TeamsKeys
from adapters.teams.outgoing_token import LoginRefused, OutgoingToken
from adapters.teams.signing_keys import fetched_keys
from adapters.teams.tokens import CHANNEL
from core.api import TryLater

CHECK_SECONDS = 10.0
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's: what was looked at, whether it is well, and a sentence that says what would be."""

    name: str
    ok: bool
    sentence: str


async def teams_checks(keys: TeamsKeys) -> list[Check]:
    """Ask Microsoft about the bot. Nothing is changed there, and nothing raised."""
    async with ClientSession(timeout=ClientTimeout(total=CHECK_SECONDS)) as session:
        return [_ids(keys), await _keys(session, keys), await _token(session, keys)]


def _ids(keys: TeamsKeys) -> Check:
    for name, value in (("MICROSOFT_APP_ID", keys.app_id), ("MICROSOFT_APP_TENANT_ID", keys.tenant)):
        if value is not None and not _GUID.fullmatch(value):
            remedy = "take it from the bot's page 'Configuration' in the Azure portal"
            return Check("teams bot", False, f"{name} is no id such as 00000000-0000-0000-0000-000000000000: {remedy}.")
    kind = "one organisation" if keys.tenant else "any organisation"
    return Check("teams bot", True, f"It is spoken to by {kind}.")


async def _keys(session: ClientSession, keys: TeamsKeys) -> Check:
    if keys.anonymous:
        return Check("teams keys", True, "TEAMS_ANONYMOUS is set: this machine speaks without a token.")
    try:
        found = await fetched_keys(session, keys.openid_metadata_url)
    except (TimeoutError, ClientError, OSError, ValueError) as error:
        remedy = "nobody in Teams can be heard; may this machine go out to it?"
        why = f"{keys.openid_metadata_url} gives no keys ({type(error).__name__})"
        return Check("teams keys", False, f"{why}: {remedy}")
    endorsed = sum(CHANNEL in key.endorsements for key in found.values())
    if not endorsed:
        return Check("teams keys", False, f"None of the {len(found)} keys is endorsed for Teams: is the address right?")
    return Check("teams keys", True, f"{endorsed} keys may sign for Teams.")


async def _token(session: ClientSession, keys: TeamsKeys) -> Check:
    if keys.outgoing_token is not None:
        return Check("teams token", True, "TEAMS_OUTGOING_TOKEN goes out; Microsoft's login is not asked.")
    try:
        bearer = await OutgoingToken(session, keys).bearer()
    except LoginRefused as refused:
        remedy = "check MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID, and that the secret lives"
        return Check("teams token", False, f"{refused.reason}: {remedy}.")
    except TryLater as later:
        return Check("teams token", False, f"{later.reason}: may this machine go out to {keys.login_url}?")
    return Check("teams token", True, "Microsoft's login gives the bot a token." if bearer else "None goes out.")
