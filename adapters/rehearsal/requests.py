"""What the page sends, as JSON, and the seats and forms that are made of it; a wrong one is refused in a sentence."""

from __future__ import annotations

import json
from typing import Annotated, Literal, TypeVar

import msgspec
from aiohttp import web

from adapters.rehearsal.cast import SIDES, Cast
from adapters.rehearsal.inbound import Seat, Submitted
from adapters.rehearsal.render_form import PERSON
from core.api import Account, Place

LONGEST_TEXT = 60_000
MOST_REHEARSALS = 200
Id = Annotated[str, msgspec.Meta(min_length=8, max_length=64, pattern="^[A-Za-z0-9-]+$")]
Number = Annotated[int, msgspec.Meta(ge=1, le=MOST_REHEARSALS)]
LineNumber = Annotated[int, msgspec.Meta(ge=1, le=2**53)]


class Act(msgspec.Struct, kw_only=True):
    """Who does something, and where; `id` is made by the browser, once for each act, however often it is sent."""

    id: Id
    who: str
    side: str
    rehearsal: Number = 1
    direct: bool = False


class SaidByPage(Act, kw_only=True):
    """A line of chat."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]
    replies_to: LineNumber | None = None


class PickedByPage(Act, kw_only=True):
    """“Capture in Tandem” in the menu of a line."""

    line: LineNumber


class ReactedByPage(Act, kw_only=True):
    """A reaction that is put below a line, or taken away."""

    line: LineNumber
    emoji: Literal["✅", "📌", "❓", "⚠️"]
    gone: bool = False


class PressedByPage(Act, kw_only=True):
    """A button, with the sentence and the place that it carries."""

    says: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]
    place: Place | None = None


class People(msgspec.Struct):
    """What a people's picker yields: accounts of the cast, or `person:ID` for somebody without any."""

    people: list[str]


class FilledByPage(Act, kw_only=True):
    """A form."""

    message: str
    given: str
    says: str = ""
    values: dict[str, str | list[str] | People]
    place: Place | None = None


Body = TypeVar("Body", bound=Act)


async def read(request: web.Request, shape: type[Body]) -> Body:
    """The request's JSON. Raises HTTPBadRequest or HTTPUnsupportedMediaType, saying what was wrong."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send JSON.\n")
    try:
        # The standard library's reader, because people paste lone surrogates and the line must still be heard.
        return msgspec.convert(json.loads(await request.read()), type=shape)
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest(text=f"This is not what the page sends: {error}\n") from error


def seat(act: Act, cast: Cast) -> Seat:
    """Who acts, and where. Raises HTTPBadRequest for somebody who is not of the cast, or a third company."""
    player = cast.by_slug.get(act.who)
    if player is None or act.side not in SIDES:
        raise web.HTTPBadRequest(text=f"Nobody called '{act.who}' is in a room called '{act.side}'.\n")
    return Seat(player, act.side, act.rehearsal, act.direct)


def submitted(body: FilledByPage, cast: Cast) -> Submitted:
    """The form; what a people's picker yielded becomes accounts, and person ids of those who have none."""
    values = {name: _value(value, cast, body.rehearsal) for name, value in body.values.items()}
    return Submitted(body.message, body.given, body.says, values, body.place)


def _value(value: str | list[str] | People, cast: Cast, rehearsal: int) -> str | tuple[str | Account, ...]:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return tuple(value)
    without_account = tuple(one.removeprefix(PERSON) for one in value.people if one.startswith(PERSON))
    accounts = tuple(cast.by_slug[one].account(rehearsal) for one in value.people if one in cast.by_slug)
    return (*accounts, *without_account)
