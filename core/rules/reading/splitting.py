"""Takes a line apart: its words become parts, its parts sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from core.rules.dates import read_when
from core.rules.day_pattern import WORD_LED
from core.rules.due_phrases import DuePhrase, due_phrases, past_latest
from core.rules.errors import Unreadable
from core.rules.reading.asking_several import asked_together
from core.rules.reading.ends import ends_at, numbers_next
from core.rules.reading.grouping import grouped
from core.rules.reading.lexicon import Cue, Lexicon, is_german, sentence_lexicon
from core.rules.reading.monthly import may_be_monthly, monthly_in
from core.rules.reading.naming import TITLES, Names
from core.rules.reading.parts import CODES, DaySaid, Part, Scene, Sentence, Who, part_of
from core.rules.reading.roles import Roles
from core.rules.reading.shapes import EVERYBODY
from core.rules.reading.words import Word, spelling, word_set
from core.rules.vocabulary import MONTHS

_MARKS = {
    ",": ",", ":": ":", "-": "-", "–": "-", "—": "-", "(": "(", "[": "(", ")": ")", "]": ")", ".": ".", ";": ";",
    "?": "?", "!": "*", "|": "|", "/": "/", "&": "k", "+": "k", "…": ".", "•": "-", "·": "-", "=": "-",
}  # fmt: skip
_NUMBERED = re.compile(r"(?:kw|cw|w)\d\d?$")
_SENTENCE = re.compile(r"\s+[A-ZÄÖÜ@\ufffc]")
_BEFORE_DAY = word_set(
    """on at am um in im zum zur to for für by of von vom from ab since seit every jeden until bis for ist is"""
)
_GERMAN_VERBS = frozenset({"does", "infinitive"})
_ARTICLES = word_set("the die der den das dem")
_DAY_WORDS = (
    frozenset(map(spelling, WORD_LED))
    | frozenset(f"q{number}" for number in range(1, 5))
    | word_set("eod cob eob noon midday midnight")
)
_CLOSING = word_set("eod cob eob")
"""Times of day that need no word before them: `retest lot 22 EOD`."""
_HONOURS = word_set("san sama sensei kun chan")
"""What follows a name out of respect: `Hùng-san`."""
_AFTER_IS = word_set("on going taking doing handling responsible down now instead")
"""What follows where `Priya's` is `Priya is`."""
_JOBS = word_set("job task action turn todo part item plate desk court")
_CUT_SHORT = {"u": "k", "od": "r", "d": "N", "f": "N", "b": "N", "v": "N", "i": "N", "m": "N", "n": "N", "z": "N"}
"""German words as hurried people cut them short before a point, `u.`, `od.`, `d.`, with the part that each is."""
_JOKES = frozenset("🎅😂🤣😜🤪😝😛🙃😉😄😆😅😁😹🤡🙈")


@lru_cache(maxsize=128)
def _telling(names: Names, roles: Roles, lexicon: Lexicon) -> frozenset[str]:
    """Every word of letters with which anything but a plain word may begin, beside a milestone."""
    days = _BEFORE_DAY | _DAY_WORDS | MONTHS.keys()
    return frozenset().union(TITLES, days, _ARTICLES, _CUT_SHORT, names.firsts, roles.firsts, lexicon.firsts)


MOST_DAYS = 60
"""Days that are looked for in a line."""


class Splitting:
    """Takes a line's words apart, sentence by sentence."""

    def __init__(self, view: str, words: Sequence[Word], scene: Scene) -> None:
        self._view, self._words, self._scene = view, words, scene
        self.german = is_german(words, view)
        self._lexicon = sentence_lexicon(self.german)
        author = scene.circle.people.get(scene.author)
        self._side = author.side if author else ""
        self._starts = [word.start for word in words]
        self._names, self._titles = scene.names.firsts, scene.roles.firsts
        self._telling = _telling(scene.names, scene.roles, self._lexicon)
        self._mention = self._days = 0
        try:
            self._dues = {phrase.start: phrase for phrase in due_phrases(view, scene.setting)}
        except Unreadable:
            self._dues = {}
        monthly = monthly_in(view, 0, len(view), scene.setting) if may_be_monthly(view) else ()
        self._monthly = {found.start: found.when for found in monthly}

    def sentences(self) -> list[Sentence]:
        """The sentences of the line, each with its parts."""
        parts = asked_together(grouped(self._parts()))
        found: list[Sentence] = []
        begin, new_line = 0, True
        for place, part in enumerate(parts):
            if part.code in ".?*\n;," and ends_at(self._view, parts, place):
                end = place - 1 if numbers_next(parts, begin, place) else place + (part.code not in "\n;,")
                self._keep(found, parts[begin:end], new_line)
                begin, new_line = place + 1, part.code == "\n" or (new_line and begin == place)
        self._keep(found, parts[begin:], new_line)
        return found

    def _keep(self, found: list[Sentence], parts: list[Part], new_line: bool) -> None:
        if any(part.code not in "-.?*,;:\n" for part in parts):
            found.append(self._sentence(parts, new_line))
        elif parts and found and parts[0].code in "?*":
            found[-1] = self._sentence([*found[-1].parts, *parts], found[-1].new_line)

    def _sentence(self, parts: list[Part], new_line: bool) -> Sentence:
        first = bisect_left(self._starts, parts[0].start)
        last = bisect_left(self._starts, parts[-1].end)
        while first and self._words[first - 1].low in "#[*" and self._words[first - 1].end == self._words[first].start:
            first -= 1  # a hash belongs to its tag
        while last < len(self._words) and self._words[last].kind == "mark" and self._words[last].low not in _MARKS:
            last += 1  # a sign that is no part, such as %
        end = max(parts[-1].end, self._words[last - 1].end)
        return Sentence(self._view, parts[0].start, end, parts, self._words[first:last], new_line=new_line)

    def _parts(self) -> list[Part]:
        parts: list[Part] = []
        place = 0
        while place < len(self._words):
            word = self._words[place]
            part, length = (self._name_or_word(word), 1) if self._is_plain(word) else self._part(place, word)
            if part is not None:
                parts.append(part)
            place += length
        return parts

    def _part(self, place: int, word: Word) -> tuple[Part | None, int]:
        if word.start in self._monthly:
            when = self._monthly[word.start]
            end, length = self._until(place, when.end)
            return Part("D", word.start, end, DaySaid(when, "every", self._scene.setting.today), word.low), length
        if word.start in self._dues:
            return self._due(place, self._dues[word.start])
        if word.kind == "word":
            return self._worded(place, word)
        match word.kind:
            case "mention":
                return self._mentioned(word), 1
            case "hidden":
                return Part("_", word.start, word.end, low="_"), 1
            case "ref":
                return Part("R", word.start, word.end, word.low.upper(), word.low), 1
            case "arrow":
                return Part(">", word.start, word.end, low="->"), 1
            case "line":
                return Part("\n", word.start, word.end, low="\n"), 1
            case "mark":
                return self._mark(place, word)
        return self._worded(place, word)

    def _is_plain(self, word: Word) -> bool:
        """Whether it can be nothing but a plain word: a first look."""
        start, _, kind, low = word
        return (
            low not in self._telling
            and kind == "word"
            and low.isascii()
            and low.isalpha()
            and low not in self._scene.milestones
            and start not in self._dues
            and start not in self._monthly
        )

    def _due(self, place: int, phrase: DuePhrase) -> tuple[Part, int]:
        end, length = self._until(place, phrase.end)
        return Part("d", phrase.start, end, phrase, self._words[place].low), length

    def _until(self, place: int, end: int) -> tuple[int, int]:
        """Where a phrase ends and how many words it takes, without the point that ends its sentence."""
        if self._view[end - 1] == "." and _SENTENCE.match(self._view, end) and self._view[end - 2].isalpha():
            end -= 1
        last = place
        while last < len(self._words) and self._words[last].start < end:
            last += 1
        return end, max(1, last - place)

    def _mentioned(self, word: Word) -> Part:
        who = self._scene.mentions[self._mention] if self._mention < len(self._scene.mentions) else None
        self._mention += 1
        if who is None or who not in self._scene.circle.people:
            return Part("U", word.start, word.end, Who((), True, True), "@")
        return Part("M", word.start, word.end, Who((who,), False, True), "@")

    def _mark(self, place: int, word: Word) -> tuple[Part | None, int]:
        if word.low == "@" and place + 1 < len(self._words) and self._words[place + 1].start == word.end:
            return self._at(place)
        if (
            word.low in ":;"
            and self._words[place + 1 : place + 2]
            and (cue := self._lexicon.at(self._words, place))
            and cue.name == "joke"
        ):
            return Part("j", word.start, self._words[place + cue.length - 1].end, low=":)"), cue.length
        code = _MARKS.get(word.low)
        if code is None:
            return (Part("j", word.start, word.end, low=word.low), 1) if word.low in _JOKES else (None, 1)
        if (
            code == "-"
            and word.start > 0
            and word.end < len(self._view)
            and self._view[word.start - 1].isalnum()
            and self._view[word.end].isalnum()
        ):
            return None, 1  # in a compound word
        return Part(code, word.start, word.end, low=word.low), 1

    def _at(self, place: int) -> tuple[Part, int]:
        """A name after an @."""
        word = self._words[place]
        named = self._scene.names.at(self._words, place + 1, self._view)
        if named is not None:
            end = self._words[place + named.length].end
            return Part("M", word.start, end, Who(named.people, len(named.people) > 1, True), "@"), named.length + 1
        following = self._words[place + 1]
        if following.low in ("here", "channel", "all", "everyone", "team", "attendees", "alle"):
            return Part("E", word.start, following.end, Who((EVERYBODY,), False, True), "@all"), 2
        if following.low == "tandem":
            return Part("l", word.start, following.end, low="@tandem"), 2
        length = 2
        while place + length + 1 < len(self._words) and self._words[place + length].low in "._-":
            mark, later = self._words[place + length : place + length + 2]
            if later.kind != "word" or mark.start != self._words[place + length - 1].end or later.start != mark.end:
                break
            length += 2
        return Part("U", word.start, self._words[place + length - 1].end, Who((), True, True), "@"), length

    def _worded(self, place: int, word: Word) -> tuple[Part, int]:
        low = word.low
        if self.german and low in _CUT_SHORT and self._view[word.end : word.end + 1] == ".":
            return Part(_CUT_SHORT[low], word.start, word.end + 1, None, low), 2
        if low in TITLES and (titled := self._titled(place)) is not None:
            return titled
        if low in MONTHS and (day := self._day(place, word)) is not None:
            return day
        if low.endswith("'s") and (job := self._job(place)) is not None:
            return job
        if (low in self._names or not low.isascii()) and (named := self._named(place)) is not None:
            return named
        if (low in _BEFORE_DAY or self._begins_day(low)) and (day := self._day(place, word)) is not None:
            return day
        cue = self._lexicon.at(self._words, place)
        if cue is not None and cue.length > 1 and (free := self._before_due(place, cue.length)) < cue.length:
            cue = self._lexicon.at(self._words[: place + free], place)
        if cue is not None and cue.name in _GERMAN_VERBS and self._is_noun(place, word, cue):
            cue = None
        if low in self._titles and (cue is None or cue.length < 2) and (role := self._role(place)) is not None:
            return role
        if cue is not None:
            return self._cued(place, word, cue)
        if low in _ARTICLES and place + 1 < len(self._words) and (role := self._role(place + 1)) is not None:
            part, length = role
            return part._replace(start=word.start, low=low), length + 1
        return Part("0", word.start, word.end, None, low) if low[0].isdigit() else self._name_or_word(word), 1

    def _name_or_word(self, word: Word) -> Part:
        """A word by whose capital alone anything can be told."""
        start, end, _, low = word
        return part_of(("G" if self._view[start].isupper() else "N", start, end, None, low))

    def _before_due(self, place: int, length: int) -> int:
        """How many of some words stand before a due phrase: `dry run` and `by Friday`, not `run by` and `Friday`."""
        for ahead in range(1, length):
            if self._words[place + ahead].start in self._dues:
                return ahead
        return length

    def _is_noun(self, place: int, word: Word, cue: Cue) -> bool:
        """Whether a German verb's form is a noun, by its capital within a sentence: `der Bericht`."""
        if not self._view[word.start].isupper() or not place or not cue.value.endswith("n"):
            return False
        return self._words[place - 1].kind == "word"

    def _named(self, place: int) -> tuple[Part, int] | None:
        named = self._scene.names.at(self._words, place, self._view)
        if named is None:
            return None
        first, last, length = self._words[place], self._words[place + named.length - 1], named.length
        initial = length > 1 and last.end - last.start == 1 and self._view[last.end : last.end + 1] == "."
        who = Who(named.people, len(named.people) > 1)
        after = self._words[place + length : place + length + 2]
        joined = len(after) > 1 and after[0].low == "-" and after[0].start == last.end
        if after and after[joined].low in _HONOURS:
            last, length = after[joined], length + 1 + joined
        return Part("P", first.start, last.end, who, first.low), length + initial

    def _job(self, place: int) -> tuple[Part, int] | None:
        """`Marta's job`, `the list is Marta's`: Marta, as whose it is."""
        word, following = self._words[place], self._words[place + 1 : place + 2]
        ends = not following or following[0].kind != "word" or following[0].low in _AFTER_IS
        if not ends and following[0].low not in _JOBS:
            return None
        bare = word._replace(end=word.end - 2, low=word.low[:-2])
        named = self._scene.names.at([bare], 0, self._view)
        if named is None:
            return None
        end = word.end if ends else following[0].end
        return Part("P", word.start, end, Who(named.people, len(named.people) > 1), bare.low), 1 if ends else 2

    def _role(self, place: int) -> tuple[Part, int] | None:
        """A role or a company."""
        role = self._scene.roles.at(self._words, place, self._side)
        if role is None:
            return None
        first, last = self._words[place], self._words[place + role.length - 1]
        code = "P" if role.people else "C"
        return Part(code, first.start, last.end, Who(role.people, role.ask, titled=True), first.low), role.length

    def _cued(self, place: int, word: Word, cue: Cue) -> tuple[Part, int]:
        end = self._words[place + cue.length - 1].end
        value: Any = cue.value
        match cue.name:
            case "everybody":
                value = Who((EVERYBODY,))
            case "someone":
                value = Who((), True)
            case "i" | "me":
                value = self._scene.speaker
            case "we":
                value = Who(self._scene.speaker.people, True)
        return part_of((CODES[cue.name], word.start, end, value, word.low)), cue.length

    def _titled(self, place: int) -> tuple[Part, int] | None:
        """`Dr. Petersen`, `Frau Kowalczyk`."""
        at = place + 1
        if at < len(self._words) and self._words[at].low == ".":
            at += 1
        if at >= len(self._words) or self._words[at].kind != "word":
            return None
        if not self._view[self._words[at].start].isupper() and not self._view.islower():
            return None
        start = self._words[place].start
        if named := self._scene.names.at(self._words, at, self._view):
            end = self._words[at + named.length - 1].end
            return Part(
                "P", start, end, Who(named.people, len(named.people) > 1), self._words[at].low
            ), at - place + named.length
        return Part("U", start, self._words[at].end, Who((), True), self._words[at].low), at - place + 1

    def _begins_day(self, low: str) -> bool:
        return (
            low in _DAY_WORDS
            or low[0].isdigit()
            or low in self._scene.milestones
            or (low[-1].isdigit() and _NUMBERED.match(low) is not None)
        )

    def _day(self, place: int, word: Word) -> tuple[Part, int] | None:
        """A day or time that no word for due stands before, with the preposition before it."""
        at = place
        preposition = ""
        if word.low in _BEFORE_DAY and place + 1 < len(self._words):
            preposition, at = word.low, place + 1
            if self._words[at].low in ("the", "dem", "der", "den", "our", "unserem") and at + 1 < len(self._words):
                at += 1
        first = self._words[at]
        if self._days >= MOST_DAYS or first.kind != "word" or not self._begins_day(first.low):
            return None
        try:
            when = read_when(self._view, first.start, self._scene.setting)
        except Unreadable:
            return None
        if when is not None and when.days.basis == "span" and place and self._words[place - 1].low.isdigit():
            return None  # of a day that does not exist, such as 31 February
        timed = when is not None and when.clock is not None and when.days.basis == "time"
        if when is None or (timed and not preposition and first.low not in _CLOSING):
            return None
        if first.low[0].isdigit() and when.days.basis == "time" and preposition not in ("at", "um", "by", "bis"):
            return None
        self._days += 1
        end, length = self._until(place, past_latest(self._view, when.end))
        return Part("D", word.start, end, DaySaid(when, preposition, self._scene.setting.today), word.low), length
