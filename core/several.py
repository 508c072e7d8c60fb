"""A direct message of somebody of several transfers who names none: one answer for all of them, or a choice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from core.forms import Forms
from core.kernel.access import TransferOf
from core.kernel.door import Door
from core.kernel.errors import NotFound, Refused, msg
from core.kernel.messages import Question
from core.speech import Ambiguous, Incomplete, Namesakes, Reading, Understood, literal_for
from core.spots import Spot, Spots
from core.turn_views import Which
from core.view import (
    Block,
    Bold,
    Button,
    Buttons,
    Card,
    Divider,
    Fields,
    List,
    Picture,
    Plain,
    Table,
    Text,
    Title,
    View,
    plain,
)

LINES = 20
"""Lines of lists that one card for several transfers shows in all."""
FEWEST = 3
BUTTONS = 8


class Several:
    """Answers for the transfers that a turn could be about."""

    def __init__(self, door: Door, spots: Spots, forms: Forms) -> None:
        self._door, self._spots, self._forms = door, spots, forms

    async def joined(self, spot: Spot, question: Question, answer: Callable[[Spot, Question], Awaitable[View]]) -> View:
        """One answer over all the transfers where the speaker may ask it. Raises Refused where none is."""
        answers: list[tuple[TransferOf, View]] = []
        refused: list[Refused] = []
        for there in spot.among:
            try:
                answers.append((there.facts, await answer(there, question)))
            except Refused as no:
                refused.append(no)
        if not answers:
            raise refused[0]
        title = self._door.words.translate(msg("In all your transfers"))
        return replace(joined(title, question.says or "", answers), training=self._door.training)

    def which(self, heard: Sequence[tuple[Spot, Reading]]) -> list[Which]:
        """The transfers in which a sentence makes sense and its speaker may say it. Raises Refused where none is.

        `says` is empty where it would carry what somebody wrote.
        """
        found: list[Which] = []
        refused: list[Refused] = []
        for there, reading in heard:
            try:
                found.append(self._way(there, reading))
            except Refused as no:
                refused.append(no)
        if not found:
            raise _in_all(refused, [there.facts.code for there, _ in heard])
        return found

    def _way(self, there: Spot, reading: Reading) -> Which:
        code, title = there.facts.code, there.facts.title
        if isinstance(reading, Namesakes):
            return Which(code, title, (), "")
        assert isinstance(reading, (Understood, Incomplete, Ambiguous))
        meant = reading.readings[-1] if isinstance(reading, Ambiguous) else reading
        self._spots.check(there, meant.kind)
        told = self._forms.told(there, meant.kind, meant.values)
        literal = literal_for(meant.kind, meant.values, there.hearing)
        return Which(code, title, told, f"{code}/{literal}" if literal is not None else "")


def _in_all(refused: Sequence[Refused], codes: Sequence[str]) -> Refused:
    """What every transfer refuses: one that knows the record would have told of its own reason."""
    first = next((no for no in refused if not isinstance(no, NotFound)), None)
    return first or NotFound(refused[0].sentence, **{**refused[0].values, "transfer": ", ".join(codes)})


def joined(title: str, sentence: str, answers: Sequence[tuple[TransferOf, View]]) -> Card:
    """The answers of several transfers to `sentence` as one card; what is pressed there names its transfer."""
    lines, pressed = max(FEWEST, LINES // len(answers)), max(1, BUTTONS // len(answers))
    blocks: list[Block] = [Title((Plain(title),))]
    for facts, view in answers:
        blocks += _section(facts, view, f"{facts.code}/{sentence}", lines, pressed)
    summary = "; ".join(f"{facts.code} – {_summary(view)}" for facts, view in answers)
    return Card(summary, tuple(blocks))


def _section(facts: TransferOf, view: View, sentence: str, lines: int, pressed: int) -> list[Block]:
    heading: Block = Text((Bold(f"{facts.code} · {facts.title}"),))
    found: list[Block] = []
    for block in view.blocks:
        match block:
            case Title(spans):
                heading = Text((Bold(f"{facts.code} · {facts.title}"), Plain(" – "), *spans))
            case List():
                found.append(_shortened(block, facts.code, sentence, lines))
            case Buttons(buttons):
                found.append(Buttons(tuple(_named(button, facts.code) for button in buttons[:pressed])))
            case Text() | Fields() | Table() | Picture() | Divider():
                found.append(block)
    return [heading, *found]


def _shortened(block: List, code: str, sentence: str, lines: int) -> List:
    """The first items of a list; the rest is a press away, in that transfer alone."""
    cut = max(0, len(block.items) - lines)
    more = sentence if cut else block.more and f"{code}/{block.more}"
    return replace(block, items=block.items[:lines], more=more, left=block.left + cut)


def _named(button: Button, code: str) -> Button:
    if button.says is None:
        return button
    return replace(button, label=f"{code} · {button.label}", says=f"{code}/{button.says}")


def _summary(view: View) -> str:
    if isinstance(view, Card):
        return view.summary
    return next((plain(block.spans) for block in view.blocks if isinstance(block, Text)), "")
