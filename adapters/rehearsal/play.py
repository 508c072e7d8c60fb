"""A written meeting played: each act at its time, through the same road as the page's, with the core's own clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from adapters.rehearsal import keeping
from adapters.rehearsal.cast import PLATFORM, Cast
from adapters.rehearsal.inbound import Answer, Inbound, Seat, Submitted
from adapters.rehearsal.messenger import RehearsalMessenger
from adapters.rehearsal.rooms import SAID, Rooms
from adapters.rehearsal.script import Line, ScriptError
from core.api import Account, Button, Buttons, Core, Form, FormErrors, Notice, PeopleInput, Place, Tone

STEP = timedelta(minutes=10)
"""The clock goes in steps no longer than this, so that what falls due in between happens at its time."""
LONGEST_PAUSE = 5.0
"""Seconds: a night passes no slower than this for who watches."""


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


@dataclass(frozen=True, slots=True)
class Stage:
    """What a play needs of a rehearsal site: its core, the core's clock, and the site's own parts."""

    core: Core
    clock: Movable
    cast: Cast
    rooms: Rooms
    inbound: Inbound
    messenger: RehearsalMessenger


async def settle(core: Core, messenger: RehearsalMessenger) -> None:
    """Do what is due and send what waits, until nothing is left of either."""
    jobs, dispatcher = core.jobs(), core.dispatcher({PLATFORM: messenger})
    while True:
        worked = False
        while await jobs.run_due():
            worked = True
        if not await dispatcher.drain() and not worked:
            return


async def play(stage: Stage, script: Sequence[Line], rehearsal: int = 1, speed: float = 0.0) -> AsyncIterator[Played]:
    """Play each line in the rooms of one rehearsal and give it with its answer, once its posts are sent.

    With a `speed`, so many seconds of the meeting pass in one, LONGEST_PAUSE at most; 0 waits for nothing. Raises
    ScriptError at a line that cannot be played, such as a press of a button that is not there.
    """
    forms: dict[str, Form] = {}
    for number, line in enumerate(script, 1):
        ahead = (line.at - stage.clock.now()).total_seconds()
        if speed and ahead > 0:
            await asyncio.sleep(min(LONGEST_PAUSE, ahead / speed))
        await _move(stage, line.at)
        seat = _seat(stage.cast, number, line, rehearsal)
        act_id = f"script-{rehearsal}-{number}-{line.at:%Y%m%d%H%M}"
        answer = await _act(stage, seat, _Cue(number, line, act_id, forms.get(seat.player.slug)))
        if isinstance(answer, Form):
            forms[seat.player.slug] = answer
        await settle(stage.core, stage.messenger)
        yield Played(number, line, answer)


@dataclass(frozen=True, slots=True)
class _Cue:
    number: int
    line: Line
    act_id: str
    form: Form | None


async def _move(stage: Stage, at: datetime) -> None:
    """Move the clock on, never back, and let happen what falls due on the way."""
    while stage.clock.now() < at:
        stage.clock.set(min(at, stage.clock.now() + STEP))
        await settle(stage.core, stage.messenger)


def _seat(cast: Cast, number: int, line: Line, rehearsal: int) -> Seat:
    player = cast.named(line.who)
    if player is None:
        names = ", ".join(player.slug for player in cast.players)
        raise ScriptError(number, f"nobody of the cast is called '{line.who}': there are {names}.")
    return Seat(player, line.room, rehearsal, line.direct)


async def _act(stage: Stage, seat: Seat, cue: _Cue) -> Answer:
    line = cue.line
    if line.text is not None:
        return await stage.inbound.say(seat, line.text, cue.act_id)
    if line.press is not None:
        button, place = _newest_button(stage.rooms, seat, cue)
        return await stage.inbound.press(seat, button.says or "", place, cue.act_id)
    if cue.form is None:
        raise ScriptError(cue.number, f"{seat.player.name} has no form open: the line before opens one.")
    values = {name: _value(stage.cast, cue.form, name, value) for name, value in (line.fill or {}).items()}
    form = Submitted(cue.form.message, cue.form.given, cue.form.says, values, cue.form.place)
    return await stage.inbound.fill(seat, form, cue.act_id)


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


def _value(cast: Cast, form: Form, name: str, value: str | list[str]) -> str | tuple[str, ...] | tuple[Account, ...]:
    is_people = any(isinstance(block, PeopleInput) and block.name == name for block in form.blocks)
    if is_people:
        named = (cast.named(one) for one in ([value] if isinstance(value, str) else value))
        return tuple(player.account for player in named if player)
    return value if isinstance(value, str) else tuple(value)
