"""Days as people say them: one pattern finds the phrase at a place, and one small reader each reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from core.rules.calendar_days import bounds, checked_day, last_working_day, likely_year, month_end
from core.rules.day_pattern import DIGIT_LED, FIRST_WORD, WORD_LED
from core.rules.errors import BadDate, msg
from core.rules.setting import PAST, Days, Setting
from core.rules.vocabulary import MONTHS, PART_DAYS, RELATIVE, SHORT_DAYS, WEEKDAYS

_DAY_NUMBERS = {**WEEKDAYS, **SHORT_DAYS, **PART_DAYS}
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


def read_days(text: str, at: int, setting: Setting) -> tuple[Days, int] | None:
    """The day phrase that stands at a place in the text, and where it ends; an article stands before it.

    Raises BadDate for a day that no calendar holds, such as 31 February.
    """
    pattern: re.Pattern[str] | None = DIGIT_LED
    if not "0" <= text[at : at + 1] <= "9":
        first = FIRST_WORD.match(text, at)
        pattern = WORD_LED.get(first[0].lower()) if first else None
    found = pattern.match(text, at) if pattern else None
    if found is None or found.lastgroup is None:
        return None
    if found.lastgroup == "weekof":
        inner = None if _WEEK_OF.match(text, found.end()) else read_days(text, found.end(), setting)
        return _week_of(inner, setting)
    days = _READERS[found.lastgroup](found, setting)
    if days is not None and found.lastgroup == "weekday" and (dated := _own_date(text, found.end(), days, setting)):
        return dated
    return None if days is None else (days, found.end())


_OWN_DATE = re.compile(r"[,.]?[ ]++(?:(?:the|den|dem)[ ])?(?P<bracket>\(?)(?=\d)")


def _own_date(text: str, at: int, weekday: Days, setting: Setting) -> tuple[Days, int] | None:
    """The date that stands with a weekday, as in `Freitag, 24.04.`; asked about where it is no such day."""
    before = _OWN_DATE.match(text, at)
    found = DIGIT_LED.match(text, before.end()) if before else None
    if before is None or found is None or found.lastgroup is None:
        return None
    days, end = _READERS[found.lastgroup](found, setting), found.end()
    if days is None or (before["bracket"] and text[end : end + 1] != ")"):
        return None
    if days.day == weekday.day:
        days = days._replace(basis=weekday.basis)
    differs = days.day.weekday() != weekday.day.weekday()
    return days._replace(ask=days.ask or differs), end + len(before["bracket"])


def _week_of(inner: tuple[Days, int] | None, setting: Setting) -> tuple[Days, int] | None:
    """`The week of 20 April`: a span as any other."""
    if inner is None:
        return None
    first = inner[0].day - timedelta(days=inner[0].day.weekday())
    return Days(last_working_day(first, first + 6 * _DAY, setting), "span", True, first), inner[1]


def _iso(found: re.Match[str], _: Setting) -> Days:
    return Days(checked_day(int(found["iso_y"]), int(found["iso_m"]), int(found["iso_d"]), found[0]), "ISO")


def _numeric(found: re.Match[str], setting: Setting) -> Days:
    first, second = int(found["num_a"]), int(found["num_b"])
    if found["num_s"] == ".":
        return Days(
            checked_day(likely_year(found["num_y"], second, first, setting), second, first, found[0]), "D.M.YYYY"
        )
    return _slashes(first, second, found["num_y"], found[0], setting)


def _slashed(found: re.Match[str], setting: Setting) -> Days | None:
    first, second = int(found["sl_a"]), int(found["sl_b"])
    if (first > 12 and second > 12) or not (first and second):
        return None  # A ratio, not a date.
    return _slashes(first, second, None, found[0], setting)


def _slashes(first: int, second: int, year: str | None, said: str, setting: Setting) -> Days:
    """DD/MM or MM/DD by the setting; the other one, and ask, where that alone holds."""
    month_first = setting.month_first
    day, month = (second, first) if month_first else (first, second)
    turned = month > 12 >= day > 0
    if turned:
        month_first, day, month = not month_first, month, day
    basis = ("MM/DD" if month_first else "DD/MM") + ("/YYYY" if year else "")
    ask = turned or (first <= 12 and second <= 12 and first != second)
    return Days(checked_day(likely_year(year, month, day, setting), month, day, said), basis, ask)


def _dotted(found: re.Match[str], setting: Setting) -> Days | None:
    """`19.03.`; behind a verb of change, `reduce it by 2.5.`, an amount, or asked about where it looks like a day."""
    day, month = int(found["dot_d"]), int(found["dot_m"])
    changed = _is_change(found)
    if changed and len(found["dot_m"]) == 1:
        return None
    return Days(checked_day(likely_year(None, month, day, setting), month, day, found[0]), "D.M.", changed)


def _undotted(found: re.Match[str], setting: Setting) -> Days | None:
    """`by 27.03`, `by 27-03`; asked about where it may be a time of day, as `by 10.10`, or an amount."""
    day, month = int(found["un_d"]), int(found["un_m"] or found["un_mm"])
    if not 0 < day <= _MOST_DAYS:
        return None
    if found["un_mm"]:
        return None if _is_change(found) else _slashes(day, month, None, found[0], setting)
    timelike = day < _HOURS and month >= _FIRST_MINUTE
    return Days(
        checked_day(likely_year(None, month, day, setting), month, day, found[0]), "D.M.", timelike or _is_change(found)
    )


_MOST_DAYS, _HOURS, _FIRST_MINUTE = 31, 24, 10
_CHANGED = re.compile(
    r"(?<!\w)(?:(?:reduc|increas|decreas|rais|lower|dilut|exceed|adjust|differ|extend|deviat)(?:e|es|ed|s|ing)?"
    r"|drop(?:s|ped)?|fell|falls?|rises?|rose|gr[eo]ws?|shrinks?|shrank|cut|(?:is|was) off|(?:up|down))\b"
    r"[^.;?!]*(?<!\w)by \Z",
    re.IGNORECASE,
)
"""What begins a clause in which `by` and a number is an amount."""


def _is_change(found: re.Match[str]) -> bool:
    """Whether a number that follows `by` may say by how much something changes."""
    return _CHANGED.search(found.string, max(0, found.start() - _CLAUSE), found.start()) is not None


_CLAUSE = 60
"""Signs before a number in which the verb of its clause stands."""


def _dmonth(found: re.Match[str], setting: Setting) -> Days | None:
    return _named(found, (found["dm_d"], found["dm_m"], found["dm_y"] or found["dm_yy"]), setting)


def _monthd(found: re.Match[str], setting: Setting) -> Days | None:
    return _named(found, (found["md_d"], found["md_m"], found["md_y"]), setting)


def _named(found: re.Match[str], said: tuple[str, str, str | None], setting: Setting) -> Days | None:
    """Day, month by name and year; a weekday said before that is not that day's is asked about."""
    day, month = int(said[0]), MONTHS[said[1].lower()]
    first = FIRST_WORD.match(found[0])
    if first and first[0] in SHORT_DAYS:
        return None  # “will do, 20 March”
    read = checked_day(likely_year(said[2], month, day, setting), month, day, found[0])
    weekday = WEEKDAYS.get(first[0].lower()) if first else None
    return Days(read, "D Month", weekday is not None and weekday != read.weekday())


def _ending(found: re.Match[str], setting: Setting) -> Days:
    """The end of this or the next week (its Friday), month, quarter or year (its last calendar day)."""
    unit = _unit(found["end_u"] or found["end_s"].lower().removeprefix("eo"))
    ahead = -1 if found["end_l"] else int(found["end_n"] is not None)
    first, last = bounds(unit, ahead, setting)
    if unit == "week":
        last = first + 4 * _DAY
    return Days(last, PAST if ahead < 0 else f"{unit}-end")


def _unit(said: str) -> str:
    return {"w": "week", "s": "week", "m": "month", "q": "quarter", "t": "quarter"}.get(said[0].lower(), "year")


def _quarter(found: re.Match[str], setting: Setting) -> Days:
    month = int(found["q_n"]) * 3
    year = likely_year(found["q_y"], month, 28, setting)
    return Days(month_end(year, month), "quarter", first=date(year, month - 2, 1))


def _weekno(found: re.Match[str], setting: Setting) -> Days:
    number, today = int(found["wk_n"]), setting.today
    year = int(found["wk_y"] or today.isocalendar().year)
    try:
        first = date.fromisocalendar(year, number, 1)
        if not found["wk_y"] and (today - first).days > 183:
            year += 1
            first = date.fromisocalendar(year, number, 1)
    except ValueError:
        raise BadDate(
            msg("“{said}” is no week: {year} has no week {number}."),
            said=found[0].strip(),
            year=year,
            number=number,
        ) from None
    return Days(last_working_day(first, first + 6 * _DAY, setting), "span", not found["wk_e"], first)


def _monthpart(found: re.Match[str], setting: Setting) -> Days:
    """Early is the first ten days, mid the 15th, late the last third, the end the last calendar day."""
    month = MONTHS[found["mp_m"].lower()]
    year = likely_year(found["mp_y"], month, 28, setting)
    first, last = date(year, month, 1), month_end(year, month)
    if found["mp_e"]:
        return Days(last, "month-end")
    part = found["mp_p"].lower()
    if part.startswith("mi"):
        return Days(first.replace(day=15), "mid-month", True)
    if part == "late":
        first = first.replace(day=21)
    else:
        last = first.replace(day=10)
    return Days(last_working_day(first, last, setting), "span", True, first)


def _span(found: re.Match[str], setting: Setting) -> Days:
    """This week is its Friday; any other span its last working day, and ask."""
    unit = _unit(found["sp_u"] or found["sp_tu"] or found["sp_lu"] or found["sp_fr"])
    ahead = -1 if found["sp_l"] or found["sp_fl"] else int(found["sp_t"] is None)
    first, last = bounds(unit, ahead, setting)
    if unit == "week" and not ahead:
        return Days(first + 4 * _DAY, "week", first=first)
    return Days(last_working_day(first, last, setting), PAST if ahead < 0 else "span", True, first)


def _weekday(found: re.Match[str], setting: Setting) -> Days | None:
    """The coming one; on the same weekday the next week's, and ask."""
    name, week = found["wd"], (found["wd_w"] or "").lower()
    if name in {"sun", "sat", "wed"} and not _BY_WED.search(found.string, found.end() - _LED, found.end()):
        return None  # English words; the days are written with a capital.
    if name.lower() in SHORT_DAYS and not _is_short_day(name, found):
        return None
    this = _this(name, setting)
    if found["wd_fr"]:
        return _next(this, setting)
    if found["wd_l"]:
        return _last(this, setting)
    week = week or ("next" if found["wd_dn"] else "this" if found["wd_dt"] else "last" if found["wd_dl"] else "")
    if week == "last":
        return Days(this - _WEEK, PAST)
    if week:
        return Days(this + _WEEK if week == "next" else this, "weekday")
    today = setting.today
    ask = this == today or name.lower() in PART_DAYS
    if found["wd_k"]:  # “Monday week” is a week after the coming one.
        return Days((this if this > today else this + _WEEK) + _WEEK, "weekday", True)
    return Days(this if this > today else this + _WEEK, "weekday", ask)


_WEEK_OF = re.compile(r"week|w/c|woche", re.IGNORECASE)
_BY_WED = re.compile(
    r"(?<!\w)(?:(?:by|due|until|next|this|on)[ ](?:wed|sat)"
    r"|(?:it|them|needed|need|latest|eod|cob|before|till|that|for)[ ]wed)\Z"
)
_LED = 20
"""Signs before a short day's end in which a word stands that makes it a day."""
_CLOSING = re.compile(r"[ ]*+(?:[.,;!?)]|$|bitte|danke)", re.IGNORECASE)


def _is_short_day(name: str, found: re.Match[str]) -> bool:
    """Whether a German short name is the day: after `bis` and the like, with its capital or ending what is said."""
    led = _AFTER_BIS.search(found.string, found.start() - _LED, found.start())
    return led is not None and (
        name[0].isupper() or (name != "so" and _CLOSING.match(found.string, found.end()) is not None)
    )


_AFTER_BIS = re.compile(r"(?<!\w)(?:bis|am|spätestens|nächsten|kommenden|diesen)[ ]\Z", re.IGNORECASE)


def _weekthen(found: re.Match[str], setting: Setting) -> Days:
    """`nächste Woche Dienstag`: that day of the week named."""
    this = _this(found["wt"], setting)
    return Days(this + _WEEK if found["wt_n"] else this, "weekday")


def _afternext(_: re.Match[str], setting: Setting) -> Days:
    first, last = bounds("week", 2, setting)
    return Days(last_working_day(first, last, setting), "span", True, first)


def _turned(found: re.Match[str], setting: Setting) -> Days:
    """This, next, last or the coming weekday."""
    this = _this(found["tw"], setting)
    if found["tw_n"]:
        return _next(this, setting)
    if found["tw_l"]:
        return _last(this, setting)
    if found["tw_t"]:
        return Days(this, "weekday")
    today = setting.today
    return Days(this if this > today else this + _WEEK, "weekday", this == today)


def _this(name: str, setting: Setting) -> date:
    number = _DAY_NUMBERS[name.lower()]
    return setting.today + timedelta(days=number - setting.today.weekday())


def _next(this: date, setting: Setting) -> Days:
    """That day of the next Monday-to-Sunday week; ask when this week's is today or still ahead."""
    return Days(this + _WEEK, "weekday", this >= setting.today)


def _last(this: date, setting: Setting) -> Days:
    """The latest one that is over."""
    return Days(this if this < setting.today else this - _WEEK, PAST)


def _relative(found: re.Match[str], setting: Setting) -> Days:
    ahead = RELATIVE[re.sub(" +", " ", found[0].lower().replace("’", "'"))]
    return Days(setting.today + ahead * _DAY, PAST if ahead < 0 else "relative")


def _nth(found: re.Match[str], setting: Setting) -> Days:
    """The 15th: of this month, or of the next where it is past."""
    today, day = setting.today, int(found["nth_d"])
    if day >= today.day:
        return Days(checked_day(today.year, today.month, day, found[0]), "day of month")
    first = month_end(today.year, today.month) + _DAY
    return Days(checked_day(first.year, first.month, day, found[0]), "day of month")


def _month(found: re.Match[str], setting: Setting) -> Days | None:
    name = found["mo"]
    if not name[0].isupper():
        return None  # “may” and “mar” are words too; months are written with a capital.
    month = MONTHS[name.lower()]
    year = likely_year(found["mo_y"], month, 28, setting)
    first = date(year, month, 1)
    return Days(last_working_day(first, month_end(year, month), setting), "span", True, first)


_READERS: dict[str, Callable[[re.Match[str], Setting], Days | None]] = {
    "iso": _iso, "numeric": _numeric, "slashed": _slashed, "dotted": _dotted, "undotted": _undotted,
    "dmonth": _dmonth, "monthd": _monthd, "ending": _ending, "quarter": _quarter, "weekno": _weekno,
    "monthpart": _monthpart, "span": _span, "weekday": _weekday, "weekthen": _weekthen, "afternext": _afternext,
    "turned": _turned, "relative": _relative, "nth": _nth, "month": _month,
}  # fmt: skip
