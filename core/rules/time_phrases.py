"""The time in a sentence that asks for one, `in 20 minutes` or `at 15:30`: where it stands and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.rules.counted import read_counted
from core.rules.dates import parse_moment, read_when
from core.rules.errors import BadDate, msg
from core.rules.setting import Setting
from core.rules.spans import parse_minutes
from core.rules.vocabulary import RELATIVE, WEEKDAYS, any_of

_INTRODUCED = re.compile(
    rf"""(?<![\w@])(?:
      (?P<within>(?:in|within|dans)[ ]++)
    | (?P<at>(?:at|by|on|um|am|bis|before|à|le)[ ]++)
    | (?P<day>(?={any_of([*RELATIVE, *WEEKDAYS])})|\A\s*+(?=\d{{1,2}}:\d\d))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NEXT = re.compile(r"the next[ ]++", re.IGNORECASE)
_HALVES = (
    (re.compile(r"(?:a |an |one )?half(?: an|-an| a)? ?-?hour\b|(?:einer |eine )?halben? stunde\b", re.IGNORECASE), 30),
    (re.compile(r"(?:a )?quarter of an hour\b|(?:einer )?viertelstunde\b", re.IGNORECASE), 15),
    (re.compile(r"(?:an|one) hour and a half\b|anderthalb stunden\b", re.IGNORECASE), 90),
)
_TENS = {
    name: number
    for number, names in (
        (15, "fifteen fünfzehn quinze"),
        (20, "twenty zwanzig vingt"),
        (25, "twenty-five fünfundzwanzig"),
        (30, "thirty dreißig dreissig trente"),
        (40, "forty vierzig quarante"),
        (45, "forty-five fünfundvierzig"),
        (50, "fifty fünfzig cinquante"),
        (60, "sixty sechzig soixante"),
        (90, "ninety neunzig"),
    )
    for name in names.split()
}
_WORDED = re.compile(rf"(?P<tens>{any_of(_TENS)})[ ]++(?:minutes?|minuten|mins?)\b", re.IGNORECASE)
_DIGITS = re.compile(
    r"""(?:[-\u2212][ ]?)?\d{1,3}(?:[.,]\d{1,2})?[ ]?(?:hours?|hrs?|h|stunden?|heures?)
          (?:[ ]?(?:and[ ]|und[ ]|et[ ])?\d{1,3}[ ]?(?:minutes?|minuten|mins?|m))?(?![\w])
      | (?:[-\u2212][ ]?)?\d{1,4}[ ]?(?:minutes?|minuten|mins?|m)(?![\w])""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_YESTERDAY = re.compile(r"(?:yesterday|gestern)\b", re.IGNORECASE)
_LAST = re.compile(r"(?:last|letzten?|letzter|vorigen?)[ ]++(?=\w)", re.IGNORECASE)
_TIME = re.compile(r"(?:['’]s?)? (?:time|from now)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A moment (UTC) and where it was said; `span`: as a length of time from now."""

    at: datetime
    span: bool
    start: int
    end: int


def find_time(text: str, setting: Setting) -> TimePhrase | None:
    """The time that a sentence begins with, else the last one in it, or None where it has none.

    Raises BadDate and BadSpan for one that does not exist, is past today, or can be read in two ways.
    """
    begins = len(text) - len(text.lstrip())
    found: tuple[int, TimePhrase] | None = None
    at = 0
    while introduced := _INTRODUCED.search(text, at):
        end = _end_of(text, introduced, setting)
        at = max(end or introduced.end(), introduced.start() + 1)
        if end is None:
            continue
        found = (introduced.end(), TimePhrase(setting.now, introduced["within"] is not None, introduced.start(), end))
        if introduced.start() <= begins:
            break
    if found is None:
        return None
    said, phrase = found
    return TimePhrase(_moment(text[said : phrase.end], phrase.span, setting), phrase.span, phrase.start, phrase.end)


def refuse_day_alone(text: str, setting: Setting) -> None:
    """Raises BadDate where a sentence that says no time begins with a day: one that is over, or lacks its time."""
    begins = len(text) - len(text.lstrip())
    introduced = _INTRODUCED.match(text, begins)
    at = introduced.end() if introduced is not None and introduced["within"] is None else begins
    if gone := _YESTERDAY.match(text, at):
        raise _over(gone[0])
    last = _LAST.match(text, at)
    when = read_when(text, last.end() if last else at, setting)
    if when is None or when.clock is not None or when.days.basis == "milestone":
        return
    said = text[at : when.end]
    if last is not None or when.days.day < setting.today:
        raise _over(said)
    raise BadDate(msg("“{said}” names no time. Write such as {day} 14:00."), said=said, day=when.days.day.isoformat())


def _over(said: str) -> BadDate:
    return BadDate(msg("“{said}” is over. Say when it is to be."), said=said)


def read_time(text: str, setting: Setting) -> TimePhrase:
    """The time that a text is, `in 20 minutes`, `15:30`, `tomorrow 9:00`. Raises BadDate and BadSpan."""
    said = text.strip()
    for phrase in (said, f"in {said}"):
        found = find_time(phrase, setting)
        if found is not None and (found.start, found.end) == (0, len(phrase)):
            return found
    return TimePhrase(parse_moment(said, setting), False, 0, len(said))


def _end_of(text: str, introduced: re.Match[str], setting: Setting) -> int | None:
    """Where a time phrase ends that is introduced there; None where none is."""
    at = introduced.end()
    if introduced["within"] is None:
        when = read_when(text, at, setting)
        return when.end if when is not None and when.clock is not None else None
    following = _NEXT.match(text, at)
    length = _length(text, following.end() if following else at)
    if length is None:
        return None
    timed = _TIME.match(text, length[1])
    return timed.end() if timed else length[1]


def _length(text: str, at: int) -> tuple[int, int] | None:
    """Minutes, and where the length of time that stands at a place ends."""
    for pattern, minutes in _HALVES:
        if half := pattern.match(text, at):
            return minutes, half.end()
    if digits := _DIGITS.match(text, at):
        return parse_minutes(digits[0].replace("und", "and").replace(" et ", " and ")), digits.end()
    if worded := _WORDED.match(text, at):
        return _TENS[worded["tens"].lower()], worded.end()
    counted = read_counted(text, at)
    if counted is None or not counted.on_the_clock:
        return None
    return counted.number * (60 if counted.unit == "hour" else 1), counted.end


def _moment(said: str, span: bool, setting: Setting) -> datetime:
    if not span:
        return parse_moment(said, setting)
    following = _NEXT.match(said)
    length = _length(said, following.end() if following else 0)
    assert length is not None  # it was found by the same rule
    return setting.now.astimezone(UTC) + timedelta(minutes=length[0])
