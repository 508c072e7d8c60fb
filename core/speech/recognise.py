"""Finding a message's parts wherever they stand in a sentence, before anything is judged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.kernel.messages import (
    Day,
    Due,
    Minutes,
    Moment,
    Part,
    People,
    Quoted,
    Reason,
    Reference,
    SaidTime,
    TimeSaid,
    Value,
    Words,
)
from core.kernel.turn import MENTION
from core.rules import typography
from core.speech import leftover, readings
from core.speech.hearing import Hearing
from core.speech.mentions import Who, groups
from core.speech.shape import HIDDEN, TAKEN, Bare, Person, Shape, Slot

_BLANK = re.compile(r"[ \t]*")
_TOKEN = re.compile(rf"[^\s{HIDDEN}{TAKEN}]+")
_UNSAID = f" \t\n{TAKEN}"
"""What may stand before the first word: blanks, and what a part took."""
_ANOTHER = re.compile(r"(?:(?:and|und|&|\+|,)\s*)?(?:[\w-]+/)?([a-z][a-z0-9]{1,9})-[a-z]{0,2}\d", re.IGNORECASE)
_RUNS_ON = (Reason, Value, Moment, TimeSaid, Minutes, Day)


@dataclass(slots=True)
class Found:
    """What was found in a sentence: every part as it was said, and the words that no part took."""

    shape: Shape
    named: list[tuple[Slot, str]] = field(default_factory=list)
    people: list[tuple[Slot | None, Who]] = field(default_factory=list)
    references: list[tuple[Slot, str, str]] = field(default_factory=list)
    bare: list[tuple[Slot, str]] = field(default_factory=list)
    due: Due | None = None
    time: SaidTime | None = None
    words: str = ""
    unplaced: str = ""

    @property
    def only_named(self) -> bool:
        """Whether nothing but named values was said."""
        return not (self.people or self.references or self.bare or self.due or self.time or self.words or self.unplaced)


def recognise(shape: Shape, text: str, people: Sequence[Who], hearing: Hearing) -> Found:
    """Take a sentence, without noun and verb, apart. Raises Refused for a due phrase that names no day."""
    ear = _Ear(shape, text, people)
    ear.named_values()
    ear.mentions()
    ear.references()
    if shape.due is not None and (due := readings.find_due(ear.view.replace(TAKEN, MENTION), hearing)):
        ear.found.due = due.due
        ear.take(due.start, due.end)
    ear.time(hearing)
    ear.bare()
    ear.words()
    return ear.found


class _Ear:
    """One sentence being taken apart. `view` is as long as `text`, with the parts taken so far masked."""

    def __init__(self, shape: Shape, text: str, people: Sequence[Who]) -> None:
        self.shape, self.text, self.people = shape, text, people
        self.found = Found(shape)
        self.cuts: list[tuple[int, int]] = []
        self.view = typography.seen(text)
        self.quotes = {start: (end, inner) for start, end, inner in typography.quoted(self.view)}
        for start, (end, _) in self.quotes.items():
            self._mask(start, end)

    def _mask(self, start: int, end: int, mask: str = HIDDEN) -> None:
        self.view = self.view[:start] + mask * (end - start) + self.view[end:]

    def take(self, start: int, end: int) -> None:
        """Cut a stretch out of the words, with the brackets that hold it alone."""
        if self.view[start - 1 : start] == "(" and self.view[end : end + 1] == ")":
            start, end = start - 1, end + 1
        self.cuts.append((start, end))
        self._mask(start, end, TAKEN)

    def _said(self, start: int, end: int) -> str:
        if self.text.find(MENTION, start, end) < 0:
            return self.text[start:end]
        return leftover.named(self.text, start, end, [who.name for who in self.people])

    def named_values(self) -> None:
        """Take `key:value` and `key:"quoted value"` for each key that the message has."""
        if self.shape.keys is None or ":" not in self.view:
            return
        keys = list(self.shape.keys.finditer(self.view))
        following = [key.start() for key in keys[1:]] + [len(self.view)]
        values = {self._after_blanks(key.end()) for key in keys}
        runs_on = self._free_text_is_quoted(values)
        for key, limit in zip(keys, following, strict=False):
            slot = self.shape.keyed[key[1].lower()]
            if isinstance(slot.part, Bare):
                self._bare_with_key(slot, key.start(), key.end())
            else:
                self._value(slot, key, limit, runs_on)

    def _after_blanks(self, at: int) -> int:
        blank = _BLANK.match(self.view, at)
        return blank.end() if blank else at

    def _free_text_is_quoted(self, values: set[int]) -> bool:
        """Whether nothing but a named value itself can want the words that follow it."""
        words = self.shape.words
        if words is None or not self.shape.takes_text:
            return True
        return isinstance(words.part, Quoted) and any(at not in values for at in self.quotes)

    def _value(self, slot: Slot, key: re.Match[str], limit: int, runs_on: bool) -> None:
        at = self._after_blanks(key.end())
        if quote := self.quotes.get(at):
            self.found.named.append((slot, self._said(at + 1, quote[0] - 1)))
            self.take(key.start(), quote[0])
            return
        if at > key.end() and self.shape.words is not None and isinstance(self.shape.words.part, Words):
            return
        end = self._value_end(slot, at, limit, runs_on)
        said = typography.without_ends_of_turns(self._said(at, end)).strip().rstrip(",;")
        self.found.named.append((slot, said.strip(typography.QUOTES)))
        self.take(key.start(), end)

    def _value_end(self, slot: Slot, at: int, limit: int, runs_on: bool) -> int:
        """Where a value without quotes ends: behind its first word, or before what another part wants."""
        token = _TOKEN.match(self.view, at, limit)
        first = token.end() if token else at
        if not (runs_on and isinstance(slot.part, _RUNS_ON)):
            return first
        stops = [limit]
        if self.shape.words is not None:
            stops.append(self.view.find(HIDDEN, first, limit))
        if not isinstance(slot.part, Reason):
            stops.append(self.view.find(MENTION, first, limit))
            references = (shape.search(self.view, first, limit) for _, shape in self.shape.references)
            stops += [found.start() for found in references if found]
        return min(stop for stop in stops if stop >= 0)

    def _bare_with_key(self, slot: Slot, start: int, at: int) -> None:
        """`chair:@p`, `item:2`: taken where it fits; else it stays words."""
        if isinstance(slot.part, Person):
            standing = [group for group in groups(self.view) if group.places[0] == self._after_blanks(at)]
            for group in standing:
                places = group.places if isinstance(slot.part, People) else group.places[:1]
                self.found.people += [(slot, self._who(place)) for place in places]
                self.take(start, places[-1] + 1)
            return
        token = _TOKEN.match(self.view, at)
        if token is None:
            return
        for shape in (*self.shape.references, *self.shape.bare):
            if shape[0] is slot and (found := shape[1].fullmatch(token[0].rstrip(",;."))):
                self._keep(slot, found)
                self.take(start, token.end())

    def _who(self, place: int) -> Who:
        return self.people[self.text.count(MENTION, 0, place)]

    def mentions(self) -> None:
        """Take the mentions that stand alone, where a part wants people."""
        if MENTION not in self.view or not self._wants_people():
            return
        for group in groups(self.view):
            if self.shape.leading and self.view[: group.start].strip(_UNSAID):
                self._mask(group.start, group.end)
                continue
            people = [self._who(place) for place in group.places]
            self.found.people += [(None, who) for who in people]
            if not self.shape.takes_text:
                # Nobody reads the words: the `to` of `reassign ACT-012 to @ben` goes with the mention.
                lead = self.view[: group.start].rstrip().rfind(" ") + 1
                self.take(lead if group.leans else group.start, group.end)
            elif group.leans or self._keeps(people):
                self._mask(group.start, group.end)
            else:
                self.take(group.start, group.end)

    def _wants_people(self) -> bool:
        if not self.found.people:
            return bool(self.shape.people)
        taken = {slot.name for slot, _ in self.found.people if slot is not None}
        return any(slot.name not in taken for slot in self.shape.people)

    def _keeps(self, people: list[Who]) -> bool:
        """An unknown one that may stay in the words keeps its whole group there, so that they still read."""
        return self.shape.keeps and any(who.person is None for who in people)

    def references(self) -> None:
        """Take the first reference of each prefix that the message has."""
        if not self.shape.references:
            return
        taken = {slot.name for slot, _, _ in self.found.references}
        for slot, shape in self.shape.references:
            if slot.name not in taken and (found := self._reference(slot, shape)):
                self._keep(slot, found)
                self.take(*found.span())

    def _reference(self, slot: Slot, shape: re.Pattern[str]) -> re.Match[str] | None:
        """The first reference of a shape, or none where it only counts before all words and does not stand there."""
        found = shape.search(self.view)
        leading = isinstance(slot.part, Reference) and slot.part.leading
        return None if found and leading and self.view[: found.start()].strip(_UNSAID) else found

    def _keep(self, slot: Slot, found: re.Match[str]) -> None:
        if found.re.groups == 3:
            self.found.references.append((slot, (found[1] or "").upper(), reference(found, slot.part)))
        else:
            self.found.bare.append((slot, found[1]))

    def time(self, hearing: Hearing) -> None:
        """Take the time that is said in the words, where a part wants one and none was named."""
        slot = self.shape.time
        if slot is None or any(named is slot for named, _ in self.found.named):
            return
        if said := readings.find_time(self.view.replace(TAKEN, MENTION), hearing):
            self.found.time = said.time
            self.take(said.start, said.end)

    def bare(self) -> None:
        """Take the words, numbers and orders that stand alone."""
        if not self.shape.bare:
            return
        taken = {slot.name for slot, _ in (*self.found.bare, *self.found.named)}
        for slot, shape in self.shape.bare:
            if slot.name not in taken and (found := shape.search(self.view)):
                self.found.bare.append((slot, found[1]))
                self.take(*found.span())

    def words(self) -> None:
        """What is left is the free text where the message has one, else nobody knows what it is for."""
        pieces = leftover.gaps(self.cuts, len(self.text))
        quote = self._first_quote(pieces) if self.quotes else None
        if quote is not None and self.shape.words is not None and self._alone(quote):
            start, (end, _) = quote, self.quotes[quote]
            words = self._said(start + 1, end - 1).strip()
            self.found.words = "" if leftover.is_unseen(words) else words
            self.cuts.append((start, end))
            pieces = leftover.gaps(self.cuts, len(self.text))
            self.found.unplaced = self._rest(pieces)
        elif not self.shape.takes_text:
            self.found.unplaced = self._rest(pieces)
        else:
            self.found.words = _unclosed(leftover.joined([self._said(*piece) for piece in pieces]))
            if self._begins_with_another(self.found.words):
                self.found.words, self.found.unplaced = "", self.found.words

    def _begins_with_another(self, words: str) -> bool:
        """Whether a text that wants quotes begins with a second record of the kind that the sentence is about."""
        if self.shape.words is None or not isinstance(self.shape.words.part, Quoted):
            return False
        kinds = {kept.rpartition("/")[2].partition("-")[0] for slot, _, kept in self.found.references if slot.required}
        another = _ANOTHER.match(typography.seen(words))
        return another is not None and another[1].upper() in kinds

    def _first_quote(self, pieces: list[tuple[int, int]]) -> int | None:
        for start, end in pieces:
            for at in sorted(self.quotes):
                if start <= at < end:
                    return at if not self.view[start:at].strip() else None
            if self.text[start:end].strip():
                return None
        return None

    def _alone(self, quote: int) -> bool:
        """Quotes around all the words, or around the one text in quotes that the message wants."""
        if self.shape.words is not None and isinstance(self.shape.words.part, Words):
            return not self._rest(leftover.gaps([*self.cuts, (quote, self.quotes[quote][0])], len(self.text)))
        return True

    def _rest(self, pieces: list[tuple[int, int]]) -> str:
        rest = leftover.joined([self._said(*piece) for piece in pieces])
        return "" if leftover.is_courtesy(rest) else rest


def reference(found: re.Match[str], part: Part) -> str:
    """A reference as records bear it: capitals, three digits at least, two within another record, a line's as few."""
    number, dot, line = found[3].partition(".")
    holder, slash, prefix = found[2].upper().rpartition("/")
    digits = 2 if slash else part.digits if isinstance(part, Reference) else 3
    if slash:
        kind, _, within = holder.rpartition("-")
        holder = f"{kind}-{_numbered(within, 3)}"
    return f"{holder}{slash}{prefix}-{_numbered(number, digits)}{dot}{int(line) if line else ''}"


def _numbered(number: str, digits: int) -> str:
    own = number[:-1].rstrip("0123456789").upper()  # ACT-S001: of the sponsor's own series
    return f"{own}{int(number[len(own) :]):0{digits}d}"


def _unclosed(text: str) -> str:
    """A quote that was opened and never closed is a slip."""
    return (
        text[1:].strip()
        if text[:1] in typography.QUOTES and not any(q in text[1:] for q in typography.QUOTES)
        else text
    )
