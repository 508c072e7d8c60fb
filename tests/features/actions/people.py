"""More people of the transfer, and how tests look at what was said about an action."""

from __future__ import annotations

from core.api import Address, Card, Outgoing
from core.features.actions.records import Action
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, marta, person, priya, said_once, tomas

yuki = person("Yuki Tanaka", zone="Asia/Tokyo")
zeynep = person("Zeynep Şahin", "T2")  # her own zone is not known
auditor = person("Nora Feld", zone="Europe/Dublin")
director = person("Hugh Mallory", zone="Europe/Dublin")

EVERYONE = (anna, priya, tomas, marta, jurgen, luis)


@said_once
async def in_nvt(room: MeetingRoom) -> MeetingRoom:
    """The transfer with people of more zones and roles, everything said so far delivered."""
    await room.opened()
    await room.say(anna, "member add @p side:sponsor role:expert", p=yuki)
    await room.say(marta, "member add @p side:cmo role:expert", p=zeynep)
    await room.say(anna, "member add @p side:sponsor role:auditor", p=auditor)
    await room.say(anna, "member add @p side:sponsor role:management", p=director)
    await room.deliver()
    return room


def to(account: object, sent: list[Outgoing]) -> list[Card]:
    """The cards that went to one person alone."""
    user = account.identity.user  # type: ignore[attr-defined]
    return [out.card for out in sent if out.address.direct and out.address.channel == user]


def direct(account: object) -> Address:
    """The conversation with one person."""
    identity = account.identity  # type: ignore[attr-defined]
    return Address(identity.platform, identity.tenant, identity.user, direct=True)


def the(room: MeetingRoom, ref: str) -> Action:
    """An action as the store has it."""
    return next(row for row in room.rows(Action) if row.ref == ref)


def card_of(room: MeetingRoom, ref: str, at: Address | None = None) -> Card:
    """The one card that stands for a record in the room."""
    cards = [card for card in (room.cards(at) if at else room.cards()) if card.place and card.place.record == ref]
    assert len(cards) == 1, f"{len(cards)} cards of {ref}"
    return cards[0]


def reminders(room: MeetingRoom) -> dict[str, str]:
    """`ACT-001 eve` (and the owner's id) to its time, of every promised reminder."""
    found = {}
    for key, when in room.jobs().items():
        if key.startswith("remind:"):
            _, ref, _, step = key.split(":")
            found[f"{ref} {step}"] = f"{when:%a %d %b %H:%M}"
    return found
