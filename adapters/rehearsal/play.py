"""A written meeting played: each act at its time, through the same road as the page's, with the core's own clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, assert_never

from adapters.rehearsal import keeping
from adapters.rehearsal.cast import PLATFORM, Cast
from adapters.rehearsal.inbound import Answer, Seat, Submitted
from adapters.rehearsal.messenger import RehearsalMessenger
from adapters.rehearsal.rooms import SAID, Rooms
from adapters.rehearsal.script import Line, ScriptError
from adapters.rehearsal.site import RehearsalSite
from core.api import (
    Account,
    Button,
    Buttons,
    ChoiceInput,
    Core,
    DateInput,
    Divider,
    Form,
    FormErrors,
    Notice,
    PeopleInput,
    Place,
    Text,
    TextInput,
    Tone,
)

LONGEST_PAUSE = 5.0
"""Seconds: a night passes no slower than this for who watches."""


Values = dict[str, str | tuple[str, ...] | tuple[Account, ...]]


class Movable(Protocol):
    """A clock that stands until it is moved."""

    def now(self) -> datetime:
        """Its moment."""
        ...

    def set(self, at: datetime) -> None:
        """Move it."""
        ...


@dataclass(frozen=True, slots=True)
class Played:
    """A line of the script, counted from 1, and what was answered to whoever spoke."""

    number: int
    line: Line
    answer: Answer

    @property
    def refused(self) -> bool:
        """Whether Tandem did not do what was said."""
        if isinstance(self.answer, Notice):
            return self.answer.tone is Tone.BAD
        return isinstance(self.answer, FormErrors)


async def settle(core: Core, messenger: RehearsalMessenger) -> None:
    """Do what is due and send what waits, until nothing is left of either."""
    jobs, dispatcher = core.jobs(), core.dispatcher({PLATFORM: messenger})
    while True:
        worked = False
        while await jobs.run_due():
            worked = True
        if not await dispatcher.drain() and not worked:
            return


async def play(
    site: RehearsalSite, clock: Movable, script: Sequence[Line], rehearsal: int = 1, speed: float = 0.0
) -> AsyncIterator[Played]:
    """Play each line in the rooms of one rehearsal and give it with its answer, once its posts are sent.

    `clock` is the clock of the site's core: it is moved to each line's time, and what falls due before is done.
    With a `speed`, so many seconds of the meeting pass in one, LONGEST_PAUSE at most; 0 waits for nothing. Raises
    ScriptError at a line that cannot be played, such as a press of a button that is not there.
    """
    forms: dict[str, Form] = {}
    for number, line in enumerate(script, 1):
        ahead = (line.at - clock.now()).total_seconds()
        if speed and ahead > 0:
            await asyncio.sleep(min(LONGEST_PAUSE, ahead / speed))
        await _move(site, clock, line.at)
        seat = _seat(site.cast, number, line, rehearsal)
        act_id = f"script-{rehearsal}-{number}-{line.at:%Y%m%d%H%M}"
        answer = await _act(site, seat, _Cue(number, line, act_id, forms.get(seat.player.slug)))
        if isinstance(answer, Form):
            forms[seat.player.slug] = answer
        await settle(site.core, site.messenger)
        yield Played(number, line, answer)


@dataclass(frozen=True, slots=True)
class _Cue:
    number: int
    line: Line
    act_id: str
    form: Form | None


async def _move(site: RehearsalSite, clock: Movable, at: datetime) -> None:
    """Move the clock on, never back; what falls due on the way happens at its own time."""
    jobs = site.core.jobs()
    while (due := await asyncio.to_thread(jobs.next_due)) is not None and due < at:
        clock.set(max(due, clock.now()))
        await settle(site.core, site.messenger)
    clock.set(max(at, clock.now()))


def _seat(cast: Cast, number: int, line: Line, rehearsal: int) -> Seat:
    player = cast.named(line.who)
    if player is None:
        names = ", ".join(player.slug for player in cast.players)
        raise ScriptError(number, f"nobody of the cast is called '{line.who}': there are {names}.")
    return Seat(player, line.room, rehearsal, line.direct)


async def _act(site: RehearsalSite, seat: Seat, cue: _Cue) -> Answer:
    line = cue.line
    if line.text is not None:
        return await site.inbound.say(seat, line.text, cue.act_id)
    if line.press is not None:
        button, place = _newest_button(site.rooms, seat, cue)
        return await site.inbound.press(seat, button.says or "", place, cue.act_id)
    if cue.form is None:
        raise ScriptError(cue.number, f"{seat.player.name} has no form open: the line before opens one.")
    values = {**_filled_in_already(cue.form), **_said(site.cast, cue, seat.rehearsal)}
    form = Submitted(cue.form.message, cue.form.given, cue.form.says, values, cue.form.place)
    return await site.inbound.fill(seat, form, cue.act_id)


def _newest_button(rooms: Rooms, seat: Seat, cue: _Cue) -> tuple[Button, Place | None]:
    for button, place in _buttons(rooms, seat):
        if cue.line.press in (button.label, button.says):
            return button, place
    raise ScriptError(cue.number, f"{seat.player.name} sees no button '{cue.line.press}' there.")


def _buttons(rooms: Rooms, seat: Seat) -> Iterator[tuple[Button, Place | None]]:
    """The buttons that this person sees there, those of the newest card first, each with its card's place."""
    for shown in rooms.newest(seat.room, seat.player.slug):
        if shown.entry.kind == SAID:
            continue
        view = keeping.read(shown.entry.body)
        for block in view.blocks:
            if isinstance(block, Buttons):
                yield from ((button, view.place) for button in block.buttons if button.says)


def _said(cast: Cast, cue: _Cue, rehearsal: int) -> Values:
    assert cue.form is not None
    known = _filled_in_already(cue.form)
    for name in cue.line.fill or {}:
        if name not in known:
            raise ScriptError(cue.number, f"the form has no input '{name}': it has {', '.join(known)}.")
    return {name: _value(cast, cue.form, name, value, rehearsal) for name, value in (cue.line.fill or {}).items()}


def _filled_in_already(form: Form) -> Values:
    """What the form shows before anybody types: it is sent as it stands."""
    values: Values = {}
    for block in form.blocks:
        match block:
            case TextInput(name=name, value=text):
                values[name] = text
            case DateInput(name=name, value=day):
                values[name] = day.isoformat() if day else ""
            case ChoiceInput(name=name, value=chosen, many=True) | PeopleInput(name=name, value=chosen):
                values[name] = chosen
            case ChoiceInput(name=name, value=chosen):
                values[name] = chosen[0] if chosen else ""
            case Text() | Divider():
                continue
            case _:
                assert_never(block)
    return values


def _value(
    cast: Cast, form: Form, name: str, value: str | list[str], rehearsal: int
) -> str | tuple[str, ...] | tuple[Account, ...]:
    is_people = any(isinstance(block, PeopleInput) and block.name == name for block in form.blocks)
    if is_people:
        named = (cast.named(one) for one in ([value] if isinstance(value, str) else value))
        return tuple(player.account(rehearsal) for player in named if player)
    return value if isinstance(value, str) else tuple(value)
