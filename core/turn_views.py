"""The answers that belong to no feature: a refusal, a thing done already, help, and what a handler drew."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.kernel.door import Reply
from core.kernel.errors import Busy, Refused, WhichOne
from core.kernel.ids import SERIES, TransferId
from core.kernel.templates import Words
from core.speech import HelpView
from core.view import Card, Form, Notice, Place, Text, View, parse, plain

log = logging.getLogger("tandem")

_REFERENCE = re.compile(rf"[A-Z]{{2,6}}-{SERIES}\d{{3,}}(\.\d+|/[A-Z]{{2,6}}-\d{{2,}})?$")
_NAMED = re.compile(rf"[A-Z0-9]{{2,12}}(-{SERIES}\d{{3,}}(\.\d+)?)?$")


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A refusal: what was wrong and what would be right, with sentences to type instead."""

    sentence: str
    tone: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListingView:
    """Many new records, or many lines of talk, in one card; the `part`th of `parts` where one does not hold them."""

    lines: tuple[str, ...]
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class RecordsView:
    """References, for an answer that only names them; `said`: the line of the card that shows what was done."""

    records: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A held line and what came of hearing it again, in a few words."""

    line: str
    words: str


@dataclass(frozen=True, slots=True)
class HeardView:
    """Several held lines that were heard again."""

    lines: tuple[HeardLine, ...]


@dataclass(frozen=True, slots=True)
class Which:
    """A transfer that may be meant, and a line for each record there that the sentence is about; `says` is the
    sentence of its button."""

    code: str
    title: str
    told: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class WhichView:
    """The transfers to choose from, for a sentence that names none; `text` is what was said, where it was kept."""

    transfers: tuple[Which, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One of several that may be meant: its reference or id, the words that tell it apart, its button's sentence."""

    value: str
    words: str
    says: str


@dataclass(frozen=True, slots=True)
class ChooseView:
    """What may be meant, as `question` asks; `text` is what was said, where it was kept until it is chosen.

    `named`: the values are references, which a button may bear. `more` counts those that are not shown.
    """

    question: str
    ways: tuple[Way, ...]
    named: bool
    more: int
    text: str = ""


MOST_WAYS = 10

BuiltIn = {
    "turns/refused": RefusedView,
    "turns/again": RecordsView,
    "turns/done": RecordsView,
    "turns/heard": HeardView,
    "turns/which": WhichView,
    "turns/choose": ChooseView,
    "speech/help": HelpView,
    "outbox/list": ListingView,
    "outbox/talk": ListingView,
}
"""The views of the templates that no feature brings."""


@dataclass(frozen=True, slots=True)
class FormErrors:
    """A submitted form with inputs that cannot stand: a sentence for each, by input name.

    `form` shows what was filled in, for a platform where a submitted form does not stay.
    """

    fields: Mapping[str, str]
    form: Form | None = None


class Answers:
    """Draws answers in one language; `training` marks those of a rehearsal."""

    def __init__(self, words: Words, training: bool) -> None:
        self._words, self._training = words, training

    def refusal(self, refused: Refused) -> View:
        """A notice that says no."""
        tone = "warn" if isinstance(refused, Busy) else "bad"
        view = RefusedView(self._words.refusal(refused), tone, refused.examples)
        return self._draw("turns/refused", view)

    def broken(self, error_id: str) -> View:
        """A notice for a bug: nothing was recorded, and the id under which the log has it."""
        return self.refusal(_Broken(error_id))

    def help(self, view: HelpView, zone: str) -> View:
        """The card of what may be said."""
        return self._draw("speech/help", view, zone)

    def listing(self, listing: ListingView, talk: bool = False) -> str:
        """The markup of one card that names many: new records, or lines of `talk`."""
        return self._words.card("outbox/talk" if talk else "outbox/list", listing, "UTC")

    def reply(self, reply: Reply, transfer: TransferId, quiet: bool) -> View | None:
        """What a command's reply says; nothing where it is `quiet` and the handler drew no answer of its own."""
        references = records_of(reply)
        if reply.again:
            return self._draw("turns/again", RecordsView(references))
        if quiet and (reply.answer is None or reply.aside):
            return None
        answer = self._committed(reply.answer, transfer) if reply.answer else None
        if answer is not None:
            return answer
        card = self._committed(reply.shown, transfer) if reply.shown else None
        return self._draw("turns/done", RecordsView(references, card.summary if isinstance(card, Card) else ""))

    def _committed(self, draw: Callable[[], str], transfer: TransferId) -> View | None:
        """What a template makes of what is committed by now; a fault of its own must not say that nothing was."""
        try:
            return self.drawn(draw(), transfer)
        except Exception:  # a company's template may raise whatever Python can
            log.exception("an answer of %s could not be drawn", transfer)
            return None

    def done(self, transfer: TransferId) -> View:
        """That it is done, where nothing else was said."""
        return self.drawn(self._words.card("turns/done", RecordsView(()), "UTC"), transfer)

    def heard(self, lines: Sequence[tuple[str, View]]) -> View:
        """What came of each of several held lines."""
        return self._draw("turns/heard", HeardView(tuple(HeardLine(line, _in_short(view)) for line, view in lines)))

    def which(self, transfers: Sequence[Which], text: str = "") -> View:
        """The choice between transfers."""
        return self._draw("turns/which", WhichView(tuple(transfers), text))

    def choose(self, which: WhichOne, ways: Sequence[Way], text: str, transfer: TransferId | None) -> View:
        """The choice between what may be meant, pressed where it was asked."""
        named = all(_NAMED.match(way.value) for way in ways)
        shown, more = tuple(ways[:MOST_WAYS]), len(ways[MOST_WAYS:])
        view = ChooseView(self._words.refusal(which), shown, named, more, text)
        return self.drawn(self._words.card("turns/choose", view, "UTC"), transfer)

    def drawn(self, markup: str, transfer: TransferId | None) -> View:
        """A view from the markup that the door drew."""
        return parse(markup, training=self._training, place=Place(transfer) if transfer else None)

    def _draw(self, template: str, view: object, zone: str = "UTC") -> View:
        drawn: Card | Form | Notice = self.drawn(self._words.card(template, view, zone), None)
        return replace(drawn, training=self._training)


def records_of(reply: Reply) -> tuple[str, ...]:
    """The records that a command made or changed, as people name them; of a line, what it stands in."""
    named = [name for name in reply.records if _REFERENCE.match(name)]
    return tuple(name for name in named if _holder(name) not in named)


def _holder(name: str) -> str:
    """The record that a line or an item stands in, which names it as well; nothing for one that stands alone."""
    return name.rpartition("/")[0] or name.rpartition(".")[0]


def _in_short(view: View) -> str:
    if isinstance(view, Card):
        return view.summary
    texts = [plain(block.spans) for block in view.blocks if isinstance(block, Text)]
    if isinstance(view, Notice) and view.tone == "bad":  # with what would be right
        return " ".join([*texts[:1], " / ".join(texts[1:])]).strip()
    return texts[0] if texts else view.title if isinstance(view, Form) else ""


class _Broken(Refused):
    def __init__(self, error_id: str) -> None:
        super().__init__(
            "Something broke here, and nothing was recorded. Say it again; if it breaks again, tell your "
            "administrator this number: {error_id}.",
            error_id=error_id,
        )
