"""People point at messages in Teams: by the action in a message's menu, and by reactions below it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.teams.activity import PLATFORM, Payload, Where, link, moment, part
from adapters.teams.inbound import Inbound, activity_id, message_delivery
from adapters.teams.people import People
from adapters.teams.teams_text import is_of_a_bot, read
from core.api import Account, Address, Core, Identity, Picked, Reacted, Said, Turn

_CODE = re.compile(r"[0-9a-f]{4,5}")
_HTTPS = "https://"
_WAYS = ((True, "reactionsRemoved"), (False, "reactionsAdded"))


@dataclass(frozen=True, slots=True)
class Pointing:
    """Reads what people point at. Raises StoreDown."""

    core: Core
    inbound: Inbound
    people: People

    async def picked(self, activity: Payload, place: Where) -> Picked:
        """Who chose “Capture in Tandem” at which message, perhaps an old one."""
        message = part(part(activity, "value"), "messagePayload")
        by = await self.inbound.speaker(activity, place)
        at = moment(activity, self.core.clock.now())
        delivery = f"{PLATFORM}:{place.tenant}/pick/{activity_id(activity)}"
        line = await self._line(message, activity, place, at)
        return Picked(delivery, place.address(by.identity.user), by, at, line, tuple(_files(message)))

    async def reacted(self, activity: Payload, place: Where) -> None:
        """Reactions that were put below a message or taken away. Teams does not tell the message's words: the core
        knows those of the talk that it heard."""
        room, message = Address(PLATFORM, place.tenant, place.room), str(activity.get("replyToId") or "")
        kinds = [(gone, kind) for gone, name in _WAYS for kind in _kinds(activity, name)]
        taken = message if any(gone for gone, _ in kinds) else None
        if not message or not kinds or is_of_a_bot(activity) or not await self.core.reacts(room, taken):
            return
        by = await self.inbound.speaker(activity, place)
        at = moment(activity, self.core.clock.now())
        for gone, kind in kinds:
            act = f"{place.room} {message} {gone} {kind} {by.identity.user} {at.timestamp():.3f}"
            delivery = f"{PLATFORM}:{place.tenant}/reaction/{hashlib.sha256(act.encode()).hexdigest()[:32]}"
            await self.core.hear(Reacted(delivery, room, by, at, message, emoji_of(kind), None, gone))

    async def _line(self, message: Payload, activity: Payload, place: Where, now: datetime) -> Turn | None:
        """The message as its author's own turn; None for one that no person wrote."""
        author, number = part(part(message, "from"), "user"), str(message.get("id") or "")
        user = str(author.get("id") or "").lower()
        if not user or not number or str(message.get("messageType") or "message") != "message":
            return None
        account = Account(Identity(PLATFORM, place.tenant, user), str(author.get("displayName") or user))
        line = read(_as_activity(message, activity), direct=False)
        mentions = await self.people.accounts(line.people, place)
        words, told = str(part(message, "body").get("content") or ""), str(message.get("linkToMessage") or "")
        where = told if told.startswith(_HTTPS) else link(place, number)
        return Turn(
            message_delivery(place, number), place.address(user), account, _written(message, now),
            Said(line.text, mentions, words, number, where, called=False),
            place.thread if place.thread != number else None, place.name,
        )  # fmt: skip


def emoji_of(kind: str) -> str:
    """The character of a reaction that Teams names by its code, `1f4cc_pushpin`; others are what they are called."""
    code = kind.partition("_")[0].lower()
    return chr(int(code, 16)) if _CODE.fullmatch(code) else kind


def _kinds(activity: Payload, name: str) -> Iterator[str]:
    found = activity.get(name)
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and isinstance(one.get("type"), str):
            yield one["type"]


def _written(message: Payload, now: datetime) -> datetime:
    """When the message was written (UTC); now where that is not told."""
    try:
        at = datetime.fromisoformat(str(message.get("createdDateTime") or ""))
    except ValueError:
        return now
    return at.astimezone(UTC) if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _files(message: Payload) -> Iterator[str]:
    """The names of what is attached to a message; a quoted one is no file."""
    found = message.get("attachments")
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and one.get("contentType") == "reference" and one.get("name"):
            yield str(one["name"])


def _as_activity(message: Payload, activity: Payload) -> dict[str, Any]:
    """The message as it would have come itself, for the one reading of Teams' words."""
    body = part(message, "body")
    return {
        "text": str(body.get("content") or ""),
        "textFormat": "plain" if body.get("contentType") == "text" else "xml",
        "entities": list(_mentions(message)),
        "recipient": activity.get("recipient"),
    }


def _mentions(message: Payload) -> Iterator[dict[str, Any]]:
    found = message.get("mentions")
    for one in found if isinstance(found, list) else ():
        if not isinstance(one, dict):
            continue
        who = part(one, "mentioned")
        person, app = part(who, "user"), part(who, "application")
        handle = str(person.get("id") or "").lower() or (f"28:{app['id']}" if app.get("id") else "")
        if handle:
            shown = str(one.get("mentionText") or person.get("displayName") or app.get("displayName") or "")
            mentioned = {"id": handle, "name": str(person.get("displayName") or shown)}
            yield {"type": "mention", "mentioned": mentioned, "text": f"<at>{shown}</at>"}
