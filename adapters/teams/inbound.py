"""Teams' activities as turns: who did what, where and when, under an id that every delivery of the act shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from adapters.teams.activity import PLATFORM, Payload, Where, link, moment
from adapters.teams.carried import ACCOUNTS, Asked, Said, entered, picked
from adapters.teams.people import People
from adapters.teams.teams_text import Line, captured, replied_to
from core.api import Account, Address, Filled, Pressed, Turn
from core.api import Said as Sentence


@dataclass(frozen=True, slots=True)
class Came:
    """An activity, where it came from, and whoever acted."""

    activity: Payload
    place: Where
    speaker: Account


class Inbound:
    """Reads activities. `now` is the time of acts whose activity holds none."""

    def __init__(self, people: People, now: Callable[[], datetime]) -> None:
        self._people, self._now = people, now

    async def speaker(self, activity: Payload, place: Where) -> Account:
        """Whoever acted."""
        return await self._people.speaker(activity, place)

    async def message(self, activity: Payload, place: Where, line: Line) -> Turn:
        """The turn of a message."""
        speaker = await self._people.speaker(activity, place)
        mentions = await self._people.accounts(line.people, place)
        message = activity_id(activity)
        said = Sentence(line.text, mentions, captured(activity), message, link(place, message), line.called)
        turn = self._turn(message_delivery(place, message), Came(activity, place, speaker), said, aloud=True)
        quoted = replied_to(activity)
        return replace(turn, quotes=quoted) if turn.thread else replace(turn, thread=quoted)

    async def press(self, activity: Payload, place: Where, pressed: Said, aloud: bool) -> Turn:
        """The turn of a pressed button; `aloud` says that everybody in the room will see the answer."""
        speaker = await self._people.speaker(activity, place)
        delivery = f"{PLATFORM}:{place.tenant}/press/{activity_id(activity)}"
        return self._turn(delivery, Came(activity, place, speaker), Pressed(pressed.says, pressed.place), aloud)

    async def form(self, activity: Payload, place: Where, asked: Asked, data: Mapping[str, Any], aloud: bool) -> Turn:
        """The turn of a form that was filled in."""
        speaker = await self._people.speaker(activity, place)
        typed = entered(data)
        values: dict[str, str | tuple[str, ...] | tuple[Account, ...]] = dict(typed)
        for name, kind in asked.several.items():
            chosen = picked(typed.get(name, ""))
            values[name] = await self._people.picked(chosen, place) if kind == ACCOUNTS else chosen
        filled = Filled(asked.message, asked.given, values, asked.place)
        delivery = f"{PLATFORM}:{place.tenant}/form/{activity_id(activity)}"
        return self._turn(delivery, Came(activity, place, speaker), filled, aloud)

    def _turn(self, delivery: str, came: Came, act: Any, aloud: bool) -> Turn:
        room: Address = came.place.address(came.speaker.identity.user)
        message, thread = activity_id(came.activity), came.place.thread
        at = moment(came.activity, self._now())
        aloud = aloud and not came.place.direct
        thread = thread if thread != message else None
        return Turn(delivery, room, came.speaker, at, act, thread, came.place.name, aloud=aloud)


def activity_id(activity: Payload) -> str:
    """The activity's id; messages of some old clients bear it in brackets of their kind, which are kept."""
    return str(activity.get("id") or "")


def message_delivery(place: Where, message: str) -> str:
    """The delivery id of a message, whatever became of it since."""
    return f"{PLATFORM}:{place.tenant}/{place.room}/{message}"
