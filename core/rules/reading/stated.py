"""Half of a task, stated as a fact: of a thing its deadline or its owner, while the other half is said apart, as in
`Deadline for the gap assessment is 18 Dec, Jürgen is the owner`."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.rules.due_phrases import DueReading, due_reading
from core.rules.reading.notes import DEADLINES, HOLDING, OVER, Notes
from core.rules.reading.owners import confirming
from core.rules.reading.parts import Part, Scene, Sentence, Who, words_said
from core.rules.reading.shapes import Confirm, Item, Kind
from core.rules.reading.summaries import summary
from core.rules.reading.things import NO_THINGS
from core.rules.reading.words import word_set
from core.rules.setting import PAST

_CHARGE = HOLDING | word_set("action lead job task pen aufgabe job")
_OF = word_set("for of on für von zum zur des der")
_LINKS = word_set(
    """goes go to is are stays stay lies lie sits sit rests remains with on by liegt liegen bleibt bleiben ist sind bei
    an geht gehen macht machen übernimmt übernehmen erledigt hat habe hab haben bekommt kriegt gehört kümmert kümmern
    sich now still handled done made owned assigned von mach mache übernehme wird gemacht yours deins dein eures euer
    belongs falls fall for"""
)
_KEEPING = word_set(
    """own owns has have takes take gets get hat habe hab übernimmt übernehme macht mache mach bekommt kriegt picks
    handles handle betreut"""
)
_TAKEN = re.compile(r"(?:Ih?|h)[yvK]")
_TAKEN_ON = frozenset(
    {"take", "take over", "take on", "pick up", "get", "sign up", "volunteer", "grab", "accept", "own"}
)
_ONTO = word_set("on over for up with")
_PLACES = word_set("to with on by an bei von for")
_YOURS = word_set("yours deins dein eures euer deine")
_LEADING = "lku,-."
_ORDERS = "pv"
"""How a command begins, which states nothing."""
_THING = frozenset("NGvg0fRyztKpDk/-PXCn")
_BAD = frozenset("xQVi_qAacJ")
_NEEDING = word_set("needs need braucht brauchen fehlt fehlen without ohne missing noch still wir für")


class Half(NamedTuple):
    """What a thing is called, and whichever of its owner and its day is said with it."""

    text: str
    who: Who | None = None
    due: DueReading | None = None
    nobody: bool = False
    trigger: str = ""

    def with_notes(self, notes: Notes) -> Half:
        """It with what notes say; it is another thing's where they name somebody else."""
        return self._replace(who=self.who or notes.who, due=self.due or notes.due, nobody=self.nobody or notes.nobody)

    @property
    def item(self) -> Item | None:
        """The action that it is where owner and day are known, or said to be nobody's yet."""
        if self.due is None or (self.who is None and not self.nobody):
            return None
        people = self.who.people if self.who is not None else ()
        asks: tuple[Confirm, ...] = confirming(people, self.who, self.due)
        return Item(
            Kind.ACTION, self.text, people, self.due, asks, rule="owner and due date stated", trigger=self.trigger
        )


def half_in(sentence: Sentence, scene: Scene, text: str) -> Half | None:
    """The half of a task that a sentence states."""
    if not _BAD.isdisjoint(sentence.row) or "?" in sentence.row or sentence.mark("rule") or sentence.mark("social"):
        return None
    if words_said(sentence, sentence.parts) & OVER:
        return None
    first = len(sentence.row) - len(sentence.row.lstrip(_LEADING))
    last = len(sentence.row.rstrip("*.,;jlp:-"))
    stated = _Stated(sentence, first, last, text, scene)
    return (
        stated.deadline()
        or stated.holder()
        or stated.taken()
        or stated.held()
        or stated.holding()
        or stated.needing()
        or stated.due()
    )


def thing_in(sentence: Sentence, text: str) -> Half | None:
    """The thing that a sentence names and nothing more, of which notes may say whose it is and by when."""
    if not _BAD.isdisjoint(sentence.row) or "?" in sentence.row:
        return None
    first = len(sentence.row) - len(sentence.row.lstrip(_LEADING))
    parts = sentence.parts[first : len(sentence.row.rstrip("*.,;jlp:-"))]
    if not 0 < len(parts) <= _LONGEST:
        return None
    if any(part.code not in "NGvg0Rz/-k" or part.low in NO_THINGS for part in parts):
        return None
    text = summary(text, parts[0].start, parts[-1].end)
    return Half(text, trigger=text)


_LONGEST = 9
"""Words of what names a thing and says nothing."""


class _Stated:
    """The ways to state it, each tried on the same words."""

    def __init__(self, sentence: Sentence, first: int, last: int, text: str, scene: Scene) -> None:
        self._sentence, self._parts = sentence, sentence.parts[first:last]
        self._row, self._text, self._setting, self._speaker = (
            sentence.row[first:last],
            text,
            scene.setting,
            scene.speaker,
        )

    def deadline(self) -> Half | None:
        """`The deadline for the matrix is 27 March`, `Frist für die Matrix: 27.03.`"""
        at = self._named(DEADLINES)
        if at is None or self._row[-1:] not in ("d", "D"):
            return None
        link = len(self._row[:-1].rstrip("b:,-"))
        return self._half(at, link, due=self._day(-1))

    def holder(self) -> Half | None:
        """`Owner of the template: Zeynep`, `verantwortlich für die Liste ist Björn`."""
        at = self._named(HOLDING)
        if at is None or self._row[-1:] not in ("P", "M", "I", "m"):
            return None
        link = len(self._row[:-1].rstrip("bw:,-"))
        return self._half(at, link, who=self._parts[-1].value) if link < len(self._row) - 1 else None

    def taken(self) -> Half | None:
        """`I've taken on the report`, `I signed up for the audit`."""
        found = _TAKEN.match(self._row)
        taking = self._parts[found.end() - 1] if found else None
        if found is None or taking is None or (taking.code != "K" and taking.value not in _TAKEN_ON):
            return None
        at = found.end() + (self._parts[found.end() :] != [] and self._parts[found.end()].low in _ONTO)
        return self._half(at, len(self._row), who=self._speaker) if self._definite(at) else None

    def held(self) -> Half | None:
        """`Zeynep is responsible for the photos`, `Hùng owns the comparison`, `Björn, the booking is yours`."""
        if self._row[:1] not in ("P", "M", "I", "4"):
            return None
        who = self._speaker if self._row[0] == "4" else self._parts[0].value
        if self._row[1:2] in (",", "-", ":") and self._parts[-1].low in _YOURS:
            return self._half(2, len(self._row.rstrip("N").rstrip("b")), who=who)
        at = next((place for place in range(1, min(6, len(self._parts))) if self._parts[place].low in _OF), None)
        told = words_said(self._sentence, self._parts[1:at]) if at is not None else set()
        if at is not None and told & _CHARGE and told <= _CHARGE | _BEING | _KEEPING:
            return self._half(at + 1, len(self._row), who=who)
        if self._row[1:2] == "o" and words_said(self._sentence, self._parts[1:2]) & (HOLDING | {"own"}):
            return self._half(2, len(self._row), who=who)
        if self._parts[1:2] and self._parts[1].low in _KEEPING and " " not in str(self._parts[1].value or ""):
            return self._half(2, len(self._row), who=who) if self._definite(2) else None
        return None

    def holding(self) -> Half | None:
        """`The memo goes to Tomáš`, `die Messung liegt bei Hùng`, `the report is yours, Luís`, `Notes: Zeynep`."""
        if self._row[-1:] == "7":
            return self._half(0, len(self._row[:-1].rstrip("b:,-")), who=self._speaker)
        if self._row[-1:] not in ("P", "M", "I", "m"):
            return None
        link = len(self._parts) - 1
        while link and (
            self._row[link - 1] in ":->,bp" or words_said(self._sentence, self._parts[link - 1 : link]) <= _LINKS
        ):
            link -= 1
        between = self._parts[link:-1]
        if all(part.low in _PLACES or part.code == "," for part in between):
            return None
        return self._half(0, link, who=self._parts[-1].value) if self._row[0] not in _ORDERS else None

    def needing(self) -> Half | None:
        """`The report needs an owner`, `für den Plan brauchen wir noch einen Verantwortlichen`."""
        words = words_said(self._sentence, self._parts)
        if not words & HOLDING or not words & _NEEDING:
            return None
        link = next((at for at, part in enumerate(self._parts) if part.code == "n" or part.low in _NEEDING - _OF), 0)
        said = words_said(self._sentence, self._parts[link:])
        start = int(self._parts[0].low in _OF)
        clear = said & HOLDING and said <= HOLDING | _NEEDING | word_set("a an one einen eine ein jemanden")
        return self._half(start, link, nobody=True) if clear else None

    def due(self) -> Half | None:
        """`The audit report is due 23 March`, `der Plan ist bis 20.03. fällig`."""
        end = len(self._row)
        while end and self._parts[end - 1].low in DEADLINES and self._row[end - 1] != "d":
            end -= 1
        marked = self._row[end - 2 : end] in (":D", "-D")
        told = self._row[:1] in tuple(_ORDERS) and not (
            self._row[0] == "v" and len(self._row) > 1 and self._parts[1].low in _OF
        )
        if (self._row[end - 1 : end] != "d" and not marked) or told:
            return None
        return self._half(0, len(self._row[: end - 1].rstrip("b,:-")), due=self._day(end - 1))

    def _named(self, words: frozenset[str]) -> int | None:
        """Where the thing begins whose deadline or owner is named first: `the deadline for …`."""
        at = 0
        while at < min(4, len(self._parts)) and self._parts[at].low in _BEFORE:
            at += 1
        begun = at
        while at < len(self._parts) and words_said(self._sentence, self._parts[at : at + 1]) <= words | {"date"}:
            at += 1
        return at + 1 if begun < at < len(self._parts) and self._parts[at].low in _OF else None

    def _day(self, place: int) -> DueReading | None:
        part = self._parts[place]
        if part.code == "d":
            reading: DueReading = part.value.reading
            return reading
        return due_reading(part.value.when, self._setting) if part.value.when.days.basis != PAST else None

    def _definite(self, at: int) -> bool:
        """Whether a thing is one that is known: not `owns a boat`."""
        return at < len(self._parts) and self._parts[at].low not in ("a", "an", "ein", "eine", "einen", "no", "kein")

    def _half(
        self, first: int, last: int, *, who: Who | None = None, due: DueReading | None = None, nobody: bool = False
    ) -> Half | None:
        """The half about the parts from `first` to `last`, if they name a thing."""
        things: list[Part] = self._parts[first:last]
        if not things or not set(self._row[first:last]) <= _THING or any(part.low in NO_THINGS for part in things):
            return None
        if who is None and due is None and not nobody:
            return None
        naming = [part for part in things if part.low not in _PRONOUNS]
        if not any(part.code in "GgvRyf0" or len(part.low) > _SHORT for part in naming):
            return None
        text = summary(self._text, things[0].start, things[-1].end)
        trigger = self._text[self._parts[0].start : things[0].start].strip() or text
        return Half(text, who, due, nobody, trigger)


_BEFORE = word_set("the a our die der das unsere unser new neue neuer")
_PRONOUNS = word_set("it this that das es dies they them he she everything alles was what")
_BEING = word_set(
    "is are the an a am bin ist sind be will wird becomes stays remains bleibt der die as down now jetzt got"
)
_SHORT = 3
"""Letters of a word that names a thing by itself."""
