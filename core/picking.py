"""A message that somebody picked: read as if it were said now, and shown in a form to whoever picked it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from core.features.capture.making import ACTION, LONGEST, Proposed, command_for
from core.features.capture.picking import CaptureAll, CaptureMessage, already, records_made, stands
from core.features.meetings.records import headline
from core.forms import Forms
from core.kernel.asking import Asking
from core.kernel.door import Door
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Audience
from core.kernel.messages import Due
from core.kernel.picks import Pick, Picks
from core.kernel.turn import Picked, Pressed, Said, Turn
from core.kernel.work import Ask
from core.origins import cleaned, origin_of
from core.overheard import OFF, Overheard, Overhears
from core.release import software
from core.speech import clean, sentence_for
from core.spots import Spot, Spots
from core.view import Bold, Form, Plain, Text

LISTED = 40
"""Of what one message is marked as so many are shown; all are recorded."""


@dataclass(frozen=True, slots=True)
class Picking:
    """Opens the form for a message; what it makes is said at the door as any other form's message."""

    door: Door
    asking: Asking
    spots: Spots
    forms: Forms
    overhears: Overhears
    picks: Picks

    async def form_for(self, picked: Picked) -> Form:
        """The form, filled in with what the message was read as; what it is marked as several times over, as a list.

        Raises Refused for one that cannot be captured.
        """
        presser = Turn(picked.delivery, picked.room, picked.by, picked.at, Pressed("capture"))
        spot = await self.spots.at_home(cleaned(presser))
        if spot is None:
            raise Refused(msg("No transfer lives here, so nothing can be captured. Choose a message in a room of one."))
        self.spots.check(spot, CaptureMessage)
        line = await self._line(picked, spot)
        overheard = await self.overhears.alone(line)
        read_by = f"{software()}, rule {overheard.reading.rule}"[:160]
        marked = [replace(one, text=_with_files(one.text, picked.files)) for one in overheard.marked]
        if len(marked) > 1:
            pick = await asyncio.to_thread(self._keep, spot, line, read_by, marked)
            return await self._list(spot, line, pick, marked)
        values = _filled_in(overheard)
        values["text"] = _with_files(values["text"], picked.files)
        is_read = "kind" in values
        items = [Proposed(kind=values["kind"], text=values["text"])] if is_read else []
        values["pick"] = await asyncio.to_thread(self._keep, spot, line, read_by if is_read else "", items)
        form = await self.forms.ask(spot, Ask(CaptureMessage, values, about=self._about(spot, line)))
        return replace(form, says=self._typed(values, spot))

    async def _list(self, spot: Spot, line: Spot, pick: str, marked: Sequence[Proposed]) -> Form:
        """The form that records each of several things, as the sentences that would."""
        form = await self.forms.ask(spot, Ask(CaptureAll, {"pick": pick}, about=self._about(spot, line)))
        told = Text((Plain(self.door.words.translate(msg("What you send is recorded, each by itself:"))),))
        short = [self._sentence(replace(one, text=headline(one.text)), spot) for one in marked[:LISTED]]
        more = (Text((Plain(f"… + {len(marked) - LISTED}"),)),) if marked[LISTED:] else ()
        typed = "\n".join(self._sentence(one, spot) for one in marked)
        return replace(form, blocks=(*form.blocks, told, *map(_listed, short), *more), says=typed)

    async def _line(self, picked: Picked, spot: Spot) -> Spot:
        """Where the message stands, heard at the time when it was written. Raises Refused."""
        if picked.line is None or not isinstance(picked.line.act, Said):
            raise Refused(msg("An app wrote this message, so it is nobody's word. What people say can be captured."))
        turn = cleaned(picked.line)
        said = turn.act
        assert isinstance(said, Said)
        assert spot.directory is not None
        if not said.text.strip() and not picked.files:
            raise Refused(msg("There are no words in this message to capture."))
        author = turn.account.identity
        if author not in spot.directory.by_identity:
            raise Refused(
                msg("{name} does not belong to this transfer, so nothing is recorded in their name. A lead adds them:"),
                name=turn.account.name,
                examples=(f'member add "{turn.account.name[:60]}" side:cmo role:expert',),
            )
        if OFF.match(said.text) and author != picked.by.identity:
            raise NotAllowed(
                msg("{name} began this message with [off], so only they can have it recorded."), name=turn.account.name
            )
        return replace(spot, turn=turn, hearing=replace(spot.hearing, now=turn.at))

    def _keep(self, spot: Spot, line: Spot, proposed_by: str, items: Sequence[Proposed] = ()) -> str:
        """Keep the message for its form, under an id that all who pick it now share: it becomes one record.

        Raises Refused where it has become one, or where the room is the other company's own.
        """
        assert spot.directory is not None
        origin = origin_of(line.turn, self.door.clock.now())
        actor = self.door.actor(spot.turn.account, spot.directory)
        with self.asking.reads(
            spot.directory, actor, origin_of(spot.turn, spot.hearing.now), aloud=spot.turn.aloud
        ) as reads:
            made = records_made(origin.message or "", origin.room, reads)
            if living := [row for row in made if stands(row)]:
                raise already(living)
        whole = f"{spot.directory.transfer} {line.turn.delivery} {origin.sha256} {len(made)}"
        pick = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self.picks.keep(Pick(pick, spot.directory.transfer, origin, proposed_by, items), self.door.clock.now())
        return pick

    def _about(self, spot: Spot, line: Spot) -> str:
        """Who said it and when, above the form; in a company's own room, whose record it will be."""
        assert spot.directory is not None
        zone = spot.hearing.zone
        at = line.turn.at.astimezone(ZoneInfo(zone))
        told = f"{line.turn.account.name}, {at:%a} {at.day} {at:%b %Y %H:%M} ({zone})"
        here = spot.directory.audience_at(spot.turn.room)
        if here == Audience.JOINT:
            return told
        own = self.door.words.translate(
            msg("This room is {company}’s own: what is recorded here stays with {company}.")
        )
        return f"{told} – {own.format(company=spot.directory.company(here.side))}"

    def _typed(self, values: dict[str, Any], spot: Spot) -> str:
        """What can be typed where no form opens: the record's own sentence."""
        if "kind" not in values:
            return sentence_for(CaptureMessage, values, spot.hearing)
        wanted = Proposed(
            kind=values["kind"],
            text=values["text"],
            owners=values["owners"] if values["kind"] == ACTION else (),
            due=values.get("due"),
        )
        return self._sentence(wanted, spot)

    def _sentence(self, wanted: Proposed, spot: Spot) -> str:
        command = command_for(wanted, self.door.words.translate)
        return sentence_for(type(command), vars(command), spot.hearing)


def _filled_in(overheard: Overheard) -> dict[str, Any]:
    """What the form shows: the one thing that the message was read as; else all its words, and of several what they
    have in common."""
    items = [overheard.proposed(item) for item in overheard.reading.items]
    kinds = {item.kind for item in items}
    if len(items) == 1:
        one = items[0]
        people = one.owners or one.asked_of
        return {"kind": one.kind, "text": one.text[:LONGEST], "owners": people, **_due(one.due)}
    text = overheard.said.strip()[:LONGEST]
    if len(kinds) != 1:
        return {"text": text, "owners": ()}
    people = tuple(dict.fromkeys(person for item in items for person in item.owners or item.asked_of))
    dues = {item.due for item in items}
    return {"kind": items[0].kind, "text": text, "owners": people, **_due(dues.pop() if len(dues) == 1 else None)}


def _listed(sentence: str) -> Text:
    """A sentence with its noun as a label."""
    noun, _, rest = sentence.partition(" ")
    return Text((Bold(noun.capitalize()), Plain(f": {rest}")))


def _due(due: Due | None) -> dict[str, Any]:
    return {"due": due} if due is not None else {}


def _with_files(text: str, files: Sequence[str]) -> str:
    """The text with the names of what is attached to the message."""
    if not files:
        return text
    named = f"[{', '.join(clean(name) for name in files)}]"
    return f"{text[: max(0, LONGEST - len(named) - 1)]} {named}".strip()[:LONGEST]
