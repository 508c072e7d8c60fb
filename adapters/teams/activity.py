"""Where an activity happened, when, and who it was: the one reading of Teams' envelopes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import msgspec

from core.api import Address

PLATFORM = "teams"
CHANNEL, GROUP, PERSONAL = "channel", "groupChat", "personal"
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ORG = "8:orgid:"
_THREAD = ";messageid="
_IN_A_CHAT = quote('{"contextType":"chat"}', safe="")

Payload = Mapping[str, Any]


LONGEST_ROOM = 128
_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST = {
    ("id",): 128,
    ("replyToId",): 128,
    ("serviceUrl",): 1000,
    ("from", "id"): 128,
    ("from", "aadObjectId"): 128,
    ("recipient", "id"): 128,
    ("conversation", "id"): 400,
    ("conversation", "conversationType"): 20,
    ("conversation", "tenantId"): 64,
    ("channelData", "tenant", "id"): 64,
    ("channelData", "channel", "id"): 128,
    ("channelData", "team", "id"): 128,
}
"""The ids of an activity, with as many characters as the store keeps of them."""


class Strange(ValueError):
    """An activity that holds not what each of its kind does."""


class Way(msgspec.Struct, frozen=True, omit_defaults=True):
    """How to write to a room or person: what the connector wants to know, kept in the store."""

    service_url: str
    conversation: str
    bot: str
    kind: str = CHANNEL
    team: str = ""


_way_of = msgspec.json.Decoder(Way)


def write_way(way: Way) -> str:
    """The way as the store keeps it."""
    return msgspec.json.encode(way).decode()


def read_way(text: str) -> Way:
    """What `write_way` wrote. Raises ValueError."""
    return _way_of.decode(text)


@dataclass(frozen=True, slots=True)
class Where:
    """The conversation of an activity: its tenant, the room's id, the root of its thread, and how to write there."""

    tenant: str
    room: str
    thread: str | None
    name: str
    way: Way

    @property
    def direct(self) -> bool:
        """Whether it is the conversation between one person and Tandem."""
        return self.way.kind == PERSONAL

    def address(self, speaker: str) -> Address:
        """The room as the core knows it; the conversation with one person bears that person's account."""
        if self.direct:
            return Address(PLATFORM, self.tenant, speaker, direct=True)
        return Address(PLATFORM, self.tenant, self.room)


def where(activity: Payload) -> Where:
    """Raises Strange for an activity without conversation, tenant or service address, or with an overlong room."""
    conversation, data = part(activity, "conversation"), part(activity, "channelData")
    whole = str(conversation.get("id") or "")
    room, _, root = whole.partition(_THREAD)
    channel = part(data, "channel")
    tenant = tenant_of(activity)
    address, bot = activity.get("serviceUrl"), part(activity, "recipient").get("id")
    if not (room and tenant and isinstance(address, str) and isinstance(bot, str)):
        raise Strange("an activity that names no conversation, tenant, service address or bot")
    kind = str(conversation.get("conversationType") or _kind(room, conversation, data))
    if kind == CHANNEL:
        room = str(channel.get("id") or room)
    if kind != PERSONAL and len(room) > LONGEST_ROOM:
        raise Strange("a conversation with a longer id than Teams gives any")
    name = str(channel.get("name") or conversation.get("name") or "")
    way = Way(address, room, bot, kind, str(part(data, "team").get("id") or ""))
    return Where(tenant, room, root or None, name, way)


def tenant_of(activity: Payload) -> str:
    """The organisation that the conversation belongs to, "" where none is named."""
    theirs = part(part(activity, "channelData"), "tenant").get("id")
    return str(part(activity, "conversation").get("tenantId") or theirs or "").lower()


def misnamed(activity: Payload) -> bool:
    """Whether an id in it is one that Teams never gives: too long, or with characters that no store takes."""
    return any(_is_unfit(activity, path, longest) for path, longest in _LONGEST.items())


def _is_unfit(payload: Payload, path: tuple[str, ...], longest: int) -> bool:
    *outer, name = path
    for one in outer:
        payload = part(payload, one)
    found = payload.get(name)
    return isinstance(found, str) and (len(found) > longest or _UNFIT.search(found) is not None)


def part(payload: Payload, name: str) -> Payload:
    """An inner object, an empty one where there is none."""
    found = payload.get(name)
    return found if isinstance(found, dict) else {}


def parts(payload: Payload, name: str) -> list[Payload]:
    """The objects of an inner list, none where there is no list."""
    found = payload.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def moment(activity: Payload, now: datetime) -> datetime:
    """When it happened (UTC), by Teams' clock where the activity tells."""
    told = activity.get("timestamp")
    try:
        at = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        at = None
    return at.astimezone(UTC) if at is not None and at.tzinfo is not None else now


def object_id(user: str) -> str | None:
    """The account's AAD object id, where the id is one: alone, or behind `8:orgid:`."""
    bare = user.removeprefix(_ORG)
    return bare.lower() if _GUID.fullmatch(bare) else None


def zone_of(activity: Payload) -> str | None:
    """The speaker's IANA zone, where the client tells."""
    for entity in parts(activity, "entities"):
        if entity.get("type") == "clientInfo" and isinstance(entity.get("timezone"), str):
            return str(entity["timezone"]) or None
    told = activity.get("localTimezone")
    return told if isinstance(told, str) and told else None


def link(place: Where, message: str) -> str | None:
    """What Teams' “copy link” gives; None in a personal chat, whose messages have none."""
    return link_of(place.way, place.tenant, message, place.room, place.thread)


def link_of(way: Way, tenant: str, message: str, room: str = "", thread: str | None = None) -> str | None:
    """The link to a message by the way to its room."""
    if way.kind == PERSONAL:
        return None
    place = quote(room or way.conversation, safe="")
    start = f"https://teams.microsoft.com/l/message/{place}/{quote(message, safe='')}?tenantId={tenant}"
    if way.kind != CHANNEL:
        return f"{start}&context={_IN_A_CHAT}"
    return f"{start}&parentMessageId={quote(thread or message, safe='')}"


def _kind(room: str, conversation: Payload, data: Payload) -> str:
    """The kind of a conversation that does not tell: some activities of channels do not."""
    if data.get("channel") or data.get("team") or room.endswith(("@thread.tacv2", "@thread.skype")):
        return CHANNEL
    return GROUP if conversation.get("isGroup") or room.startswith("19:") else PERSONAL
