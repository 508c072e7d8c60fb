"""Each kind of activity, heard by the core and answered: nothing is answered before it is committed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakValueDictionary

from adapters.teams.activity import PLATFORM, Payload, Where, part
from adapters.teams.answers import Answers, for_one_alone
from adapters.teams.carried import Again, Asked, Said, read
from adapters.teams.changes import Changes
from adapters.teams.inbound import Inbound, activity_id
from adapters.teams.pointing import Pointing
from adapters.teams.render import Stands
from adapters.teams.render_text import Json
from adapters.teams.replies import MESSAGE, Drawing, again, dialog, pressed, refused, sentences, taken, text_of
from adapters.teams.teams_text import Line, call_in, is_of_a_bot, is_off, replied_to
from adapters.teams.teams_text import read as read_line
from adapters.teams.watching import Watchers
from core.api import Address, Core, Filled, FormErrors, Notice, Plain, Text, Tone, Turn, View, called, msg

STRANGE = msg("This cannot be read any more, and nothing was recorded. Say: help – it tells what to type.")


@dataclass(frozen=True, slots=True)
class Listeners:
    """One method for each kind of activity; the reply's body, None for none. Raises StoreDown."""

    core: Core
    inbound: Inbound
    changes: Changes
    answers: Answers
    watchers: Watchers
    pointing: Pointing
    queues: WeakValueDictionary[Address, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def take(self, activity: Payload, place: Where) -> Json | None:
        """Hand an activity to whoever takes its kind; one that nobody takes is left alone."""
        match activity.get("type"):
            case "message":
                await self._message(activity, place)
            case "invoke":
                return await self._invoke(activity, place)
            case "installationUpdate":
                await self.changes.installed(activity, place)
            case "conversationUpdate":
                await self.changes.conversation(activity, place)
            case "messageReaction":
                await self.pointing.reacted(activity, place)
            case "messageUpdate":
                await self.changes.edited(activity, place)
            case "messageDelete":
                await self.changes.deleted(activity, place)
        return None

    async def _message(self, activity: Payload, place: Where) -> None:
        """A sentence, talk, or the press of an Action.Submit, which comes as a message without words."""
        if isinstance(activity.get("value"), dict):
            await self._submitted(activity, place)
            return
        if is_off(activity):
            return
        turn = await self._said(read_line(activity, place.direct), activity, place)
        if turn is None:
            return
        await self._answer(await self.core.hear(turn), turn, activity, place)

    async def _said(self, line: Line, activity: Payload, place: Where) -> Turn | None:
        """The turn of a line; None for talk that nobody reads. Talk keeps its order while people are looked up."""
        if line.called:
            return await self.inbound.message(activity, place, line)
        if is_of_a_bot(activity):
            return None
        room = Address(PLATFORM, place.tenant, place.room)
        quoted = replied_to(activity)
        thread, quotes = (place.thread, quoted) if place.thread else (quoted, None)
        async with self.queues.setdefault(room, asyncio.Lock()):
            if not await self.core.listens(room, thread, quotes) and not await self.core.reacts(room):
                return None  # a reaction tells no words, so those of its message are to be known by then
            return await self.inbound.message(activity, place, line)

    async def _submitted(self, activity: Payload, place: Where) -> None:
        try:
            carried = read(activity["value"])
        except ValueError:
            self.answers.answer(
                _said(Tone.BAD, self.core.say(STRANGE)),
                place,
                activity_id(activity),
                await self._who(activity, place),
                Drawing({}),
            )
            return
        if carried is None or isinstance(carried, Again):
            return
        turn = await self._turn(carried, activity["value"], activity, place, aloud=True)
        await self._answer(await self._heard(turn), turn, activity, place)

    async def _answer(self, answer: View | FormErrors | None, turn: Turn, activity: Payload, place: Where) -> None:
        wrong: Mapping[str, str] = {}
        if isinstance(answer, FormErrors):
            wrong, answer = answer.fields, answer.form or _said(Tone.BAD, sentences(answer.fields))
        if answer is not None:
            drawing = replace(await self._drawing(turn.room), wrong=wrong)
            message = str(activity.get("replyToId") or "") or activity_id(activity)
            self.answers.answer(answer, place, message, turn.account, drawing)

    async def _invoke(self, activity: Payload, place: Where) -> Json:
        """A press or a dialog; any other invoke gets an empty reply."""
        value = part(activity, "value")
        match activity.get("name"):
            case "adaptiveCard/action":
                return await self._action(part(part(value, "action"), "data"), activity, place)
            case "composeExtension/fetchTask":
                return await self._pick(activity, place)
            case "task/fetch" | "task/submit" | "composeExtension/submitAction":
                return await self._dialog(part(value, "data"), activity, place)
            case _:
                return {}

    async def _pick(self, activity: Payload, place: Where) -> Json:
        """“Capture in Tandem” in a message's menu: a dialog that holds the form, or why there is none."""
        picked = await self.pointing.picked(activity, place)
        return dialog(await self.core.hear(picked), await self._drawing(picked.room))

    async def _action(self, data: Mapping[str, Any], activity: Payload, place: Where) -> Json:
        try:
            carried = read(data)
        except ValueError:
            carried = None
        if carried is None:
            return {"statusCode": 200, "type": MESSAGE, "value": self.core.say(STRANGE)}
        if isinstance(carried, Again):
            return await self._again(activity, place)
        turn = await self._turn(carried, data, activity, place, aloud=isinstance(carried, Asked))
        answer = await self._heard(turn)
        drawing = await self._drawing(turn.room)
        if isinstance(carried, Said):
            return pressed(answer, drawing)
        return self._filled(carried, answer, drawing, activity, place)

    async def _again(self, activity: Payload, place: Where) -> Json:
        """The card of a message as it is now, for whoever looks at it or goes back to it."""
        who = await self.inbound.speaker(activity, place)
        room, message = place.address(who.identity.user), str(activity.get("replyToId") or "")
        drawing = await self._drawing(room)
        card = await self.core.card_at(room, message, who)
        users = await self.watchers.of(place.way, drawing.accounts) if card is not None else ()
        return again(card, drawing, users)

    def _filled(
        self, asked: Asked, answer: View | FormErrors | None, drawing: Drawing, activity: Payload, place: Where
    ) -> Json:
        """The reply to a form. One that is taken goes: nobody shall fill it in again."""
        message = str(activity.get("replyToId") or "")
        stands = Stands.MESSAGE if asked.posted else Stands.CARD
        if refused(answer) or not isinstance(answer, View):
            return pressed(answer, drawing, stands)
        if not asked.posted:
            return taken(answer, drawing)
        if message and not for_one_alone(answer):
            self.answers.replace(answer, place, message, drawing)
        return pressed(answer, drawing, stands)

    async def _dialog(self, data: Mapping[str, Any], activity: Payload, place: Where) -> Json:
        try:
            carried = read(data)
        except ValueError:
            carried = None
        if carried is None or isinstance(carried, Again):
            return {"task": {"type": "message", "value": self.core.say(STRANGE)}}
        turn = await self._turn(carried, data, activity, place, aloud=False)
        return dialog(await self._heard(turn), await self._drawing(turn.room))

    async def _heard(self, turn: Turn) -> View | FormErrors | None:
        """What the core answers; a form that it refuses stays open, with the refusal above what was typed."""
        answer = await self.core.hear(turn)
        if isinstance(turn.act, Filled) and isinstance(answer, Notice) and refused(answer):
            form = await self.core.form_again(turn)
            return answer if form is None else FormErrors({"": text_of(called(answer, call_in(turn.room)))}, form)
        return answer

    async def _turn(
        self, carried: Said | Asked, data: Mapping[str, Any], activity: Payload, place: Where, aloud: bool
    ) -> Turn:
        """The turn of a press or a form; what is not said `aloud` is seen by whoever acted alone."""
        if isinstance(carried, Asked):
            return await self.inbound.form(activity, place, carried, data, aloud)
        return await self.inbound.press(activity, place, carried, aloud)

    async def _drawing(self, room: Address) -> Drawing:
        return Drawing(await self.core.accounts(room), self.core.is_aside, self.core.say, call=call_in(room))

    async def _who(self, activity: Payload, place: Where) -> Any:
        return await self.inbound.speaker(activity, place)


def _said(tone: Tone, sentence: str) -> Notice:
    return Notice(tone, (Text((Plain(sentence),)),))
