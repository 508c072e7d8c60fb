"""The due phrase in a sentence, `by Friday` or `3 days before PPQ-1`: where it stands and which day it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.rules.counted import NUMBER, read_counted
from core.rules.dates import When, read_when
from core.rules.setting import PAST, Days, Setting
from core.rules.vocabulary import WEEKDAYS, any_of
from core.rules.working_days import eve_of
from core.rules.zones import Shaky

_DAY_NAME = any_of(WEEKDAYS)
_DAY_BEGINS = rf"\d|{_DAY_NAME}|(?:q[1-4]|kw|ende|mitte|anfang|end[ ]of|mid|eo[wmq]|next|nächste[rn]?)\b"
_INTRODUCED = re.compile(
    rf"""(?<!\w)(?:
      (?P<by>(?:(?:at[ ](?:the[ ])?)?latest[ ](?:by|on)|by(?:[ ]latest)?|(?:no|not)[ ]later[ ]than
        |nicht[ ]später[ ]als(?:[ ]am)?
        |(?:bis|spätestens)(?:[ ](?:bis|spätestens|einschließlich|inklusive|zum|zur|am))*
        |d['’]ici(?:[ ](?:le|au|à))?)[ ]++)
    | (?P<due>(?:due|fällig(?:keit)?)(?:[ ]date)?(?:[ ]*+[:=][ ]*+|[ ]++)(?:is[ ])?
        |(?:deadline|termin|frist|stichtag|target(?:[ ]date)?)(?:[ ]*+[:=][ ]*+
          |[ ](?:is[ ](?:the[ ])?|ist[ ](?:der[ ]|am[ ])?)?(?={_DAY_BEGINS})))
    | (?P<before>(?:before|b4|prior[ ]to|ahead[ ]of|avant(?:[ ]le)?|vor)[ ]++)
    | (?P<until>(?:un|['’])?till?[ ]++)
    | (?P<within>(?:in|within|dans|innerhalb(?:[ ]von)?|binnen|in[ ]spätestens)[ ]++
        (?=(?:the[ ]next[ ]|de[rn][ ]nächsten[ ])?{NUMBER}))
    | (?P<after>(?:after|from|nach|après)[ ])
    )""",
    re.VERBOSE | re.ASCII,
)
"""Searched for in lower case: several times as fast as a pattern that ignores case."""

_LINK = re.compile(
    r"(?:(?P<by>by|on|at|until|till|no later than|am|zum|bis(?: zum| spätestens)?|spätestens(?: am)?)"
    r"|(?P<before>before|prior to|ahead of)|(?P<within>in|within))[ ]++",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"[ ](?:(?P<before>before|prior to|ahead of|vor|avant)|(?P<now>from (?:now|today)\b)"
    r"|(?P<after>after|nach|après|from))"
    r"[ ]*+",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:the next|de[rn] nächsten)[ ]++", re.IGNORECASE)
_TIME = re.compile(r"(?:['’]s?)? (?:time|from now)\b", re.IGNORECASE)
_LATEST = re.compile(
    r",?[ ]++(?:at (?:the )?(?:very )?latest|latest|spätestens)\b(?! (?:bis|am|zum|by|on)\b)", re.IGNORECASE
)
_CLOSING = " \t\n\ufffc.,;!?)]"
_TAIL = re.compile(r"(?:[\s\ufffc.,;!?)\]]|\b(?:please|pls|bitte|thanks)\b)*+\Z", re.IGNORECASE)
_ALONE = re.compile(
    r"""(?<![\w/-])(?:at[ ]++)?(?P<phrase>(?:EOD|COB|end[ ]of[ ](?:the[ ])?day)[ ]++(?:today|tomorrow)
      |today|tonight|tomorrow|(?:this|next)[ ]week|EOD|COB|EOW|EOM|(?:the[ ])?end[ ]of[ ](?:the[ ])?(?:day|week|month)
      |(?:next|this|coming)[ ](?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|heute|morgen|übermorgen
      |(?:diese|nächste)[ ]Woche
      |aujourd['’]hui|demain)(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)
_LAST_WORDS = {
    "today", "tonight", "tomorrow", "week", "eod", "cob", "eow", "eom", "day", "month", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "heute", "morgen", "übermorgen", "woche",
    "aujourd'hui", "aujourd’hui",
    "demain", "morning", "afternoon", "evening", "noon", "please", "pls", "bitte", "thanks",
}  # fmt: skip
"""What a sentence ends with that may end in a day alone; or in a digit, of a time."""

_CONTENT = re.compile(
    r"(?:^|[\s(])(?:for|of|from|since|after|about|on|during|in|as|than|with|and|or|until|by|before|à|für|von|ab|pour"
    r"|early|late|mid|the|every|guten)[ ]++\Z",
    re.IGNORECASE,
)
_STRENGTHS = {"due": 5, "by": 4, "before": 3, "until": 3, "after": 3, "within": 2}


@dataclass(frozen=True, slots=True)
class DueReading:
    """What a due phrase means: a day in the meeting's zone, and the UTC moment where a time was said.

    `ask`: it is a guess, or past. `basis` is the rule that read it, such as `weekday` or `milestone:PPQ-1 start-3d`.
    `zone` is the IANA zone that a time was said in, empty for the meeting's own.
    `shaky`: the clocks skip that time or show it twice.
    """

    day: date
    at: datetime | None
    ask: bool
    basis: str
    zone: str = ""
    shaky: Shaky | None = None

    @property
    def day_said(self) -> date:
        """The day where the time is the one that was said, which may be another than the meeting's."""
        return self.at.astimezone(ZoneInfo(self.zone)).date() if self.at is not None and self.zone else self.day


@dataclass(frozen=True, slots=True)
class DuePhrase:
    """A due phrase as read, and from where to where it stands in its text; of two the one of more `strength` counts."""

    reading: DueReading
    start: int
    end: int
    strength: int = 0

    def rest(self, text: str) -> str:
        """The text without the phrase, and without the brackets or punctuation that only served it."""
        head, tail = text[: self.start].rstrip(" \t"), text[self.end :].lstrip(" \t")
        if head.endswith(("(", "[")) and tail.startswith((")", "]")):
            head, tail = head[:-1].rstrip(" \t"), tail[1:].lstrip(" \t")
        if not tail or tail[0] in ".,;:!?)\n":
            head = head.rstrip(" \t,;:|–—-")
        if not head:
            return tail.lstrip(" \t,;:|–—.-")
        return head + ("" if not tail or tail[0] in ".,;:!?)\n" else " ") + tail


def find_due(text: str, setting: Setting) -> DuePhrase | None:
    """The due phrase of a sentence, or None where it has none.

    `due` goes before `by`, that before `before` and `until`, that before `in 2 weeks`, and all before a `today` at
    the end; of two alike the last is meant, and asked about where they name different days. A milestone that is
    not stored, or a name that fits several, is no due phrase. Raises BadDate and BadZone for a day or time that
    does not exist.
    """
    return strongest(due_phrases(text, setting)) or _alone(text, setting)


def due_phrases(text: str, setting: Setting) -> list[DuePhrase]:
    """Every phrase of a text that begins with a word for a due date, in order. Raises BadDate and BadZone."""
    phrases: list[DuePhrase] = []
    at = 0
    lowered = _lowered(text)
    while found := _INTRODUCED.search(lowered, at):
        kind = found.lastgroup or ""
        start = _count_before(text, at, found.start()) if kind in {"before", "after"} else None
        if start is not None:
            phrase = _read(text, start, start, "after", setting)
        else:
            phrase = _read(text, found.start(), found.end(), kind, setting)
        at = phrase.end if phrase else found.end()
        if phrase is not None:
            phrases.append(replace(phrase, strength=_STRENGTHS[kind]))
    return phrases


def strongest(phrases: Iterable[DuePhrase]) -> DuePhrase | None:
    """The phrase that is meant where there are several, see `find_due`."""
    best: DuePhrase | None = None
    for phrase in phrases:
        if best is None or phrase.strength > best.strength:
            best = phrase
        elif phrase.strength == best.strength:
            differ = _differ(best.reading, phrase.reading)
            best = replace(phrase, reading=replace(phrase.reading, ask=True)) if differ else phrase
    return best


def _lowered(text: str) -> str:
    """In lower case, each sign at its place."""
    lowered = text.lower()
    if len(lowered) != len(text):  # “İ” becomes two signs.
        return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
    return lowered


def _differ(one: DueReading, other: DueReading) -> bool:
    return (one.day, one.at) != (other.day, other.at)


def _count_before(text: str, low: int, at: int) -> int | None:
    """Where `3 working days ` begins that stands just before a place, but not before `low`."""
    space = at - 1
    for _ in range(3):
        space = text.rfind(" ", low, max(space, low))
        start = low if space < 0 else space + 1
        counted = read_counted(text, start)
        if counted and counted.end == at - 1:
            return start
        if space < 0:
            break
    return None


def _read(text: str, start: int, at: int, kind: str, setting: Setting) -> DuePhrase | None:
    """The phrase that `start`s with an introducing word of a kind and goes on `at` a place."""
    if kind == "due" and (link := _LINK.match(text, at)):
        kind, at = link.lastgroup or "", link.end()
    if kind == "within":
        when = _counted(text, at, setting)
    else:
        when = _offset(text, at, setting)
        if when is None and kind != "after":
            when = read_when(text, at, setting)
            if when is not None and kind in ("before", "until") and when.days.basis == PAST:
                return None  # It tells what was, as in “why line 4 stood still until yesterday”.
            if when is not None and kind == "before":
                when = _before(when, setting)
    if when is None:
        return None
    return DuePhrase(due_reading(when, setting), start, past_latest(text, when.end))


def past_latest(text: str, end: int) -> int:
    """Where a day that ends at a place ends with the `at the latest` that may follow."""
    latest = _LATEST.match(text, end)
    return latest.end() if latest else end


def _counted(text: str, at: int, setting: Setting) -> When | None:
    """`in 2 weeks`; hours and minutes only at the end, since processes are said to take them."""
    following = _NEXT.match(text, at)
    counted = read_counted(text, following.end() if following else at)
    if counted is None or text.startswith(" of ", counted.end):
        return None
    if counted.on_the_clock and not _TAIL.match(text, counted.end):
        return None
    timed = _TIME.match(text, counted.end)
    return When(counted.after(setting), None, timed.end() if timed else counted.end)


def _offset(text: str, at: int, setting: Setting) -> When | None:
    """`3 days before PPQ-1`, `2 weeks from now`; hours before a milestone are on its day, and asked about."""
    counted = read_counted(text, at)
    between = _OFFSET.match(text, counted.end) if counted else None
    if counted is None or between is None:
        return None
    if between["now"]:
        return When(counted.after(setting), None, between.end())
    anchor = read_when(text, between.end(), setting)
    if anchor is None or anchor.clock is not None:
        return None
    days, sign = anchor.days, -1 if between["before"] else 1
    if counted.on_the_clock:
        return anchor._replace(vague=True)
    shifted = counted.shift(days.first if sign < 0 and days.first else days.day, sign, setting.holidays)
    basis = f"{days.basis}{'-' if sign < 0 else '+'}{counted.short()}"
    return When(Days(shifted, basis, days.ask), None, anchor.end, anchor.vague)


def _before(when: When, setting: Setting) -> When:
    """The last working day before a day or milestone; a time said, or the end of something, is itself the limit."""
    days = when.days
    if when.clock is not None or days.basis.endswith("-end"):
        return when
    eve = eve_of(days.first or days.day, setting.holidays)
    return when._replace(days=Days(eve, f"{days.basis}-1wd", days.ask))


def _alone(text: str, setting: Setting) -> DuePhrase | None:
    """`today` and the like at the end of a sentence, unless a word before it makes it part of what is said."""
    end = len(text.rstrip(_CLOSING))
    last = text[max(0, end - 20) : end].rsplit(None, 1)[-1:]
    if not last or not (last[0].lower() in _LAST_WORDS or last[0][-1].isdigit()):
        return None
    for found in _ALONE.finditer(text, max(0, end - 60)):
        when = read_when(text, found.start("phrase"), setting)
        if when is None or not _TAIL.match(text, when.end):
            continue
        if not _CONTENT.search(text[max(0, found.start() - 20) : found.start()]):
            return DuePhrase(due_reading(when, setting), found.start(), when.end)
    return None


def due_reading(when: When, setting: Setting) -> DueReading:
    """A day or time that was said as a due date; one that is past is asked about."""
    day, at, ask = when.moment(setting)
    past = at < setting.now if at is not None else day < setting.today
    return DueReading(day, at, ask or past, when.days.basis, when.zone(), when.shaky(setting))
