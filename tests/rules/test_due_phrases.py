"""Due phrases: which day each means on Thursday 12 March 2026, 14:30 in Dublin, and what is left of the sentence."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.due_phrases import DuePhrase, find_due
from core.rules.errors import BadDate, Unreadable
from core.rules.setting import Setting

LINES = Path(__file__).parents[2] / ".." / "shared" / "data" / "lines.jsonl"

MILESTONES = {
    "PPQ-1 start": date(2026, 4, 20),
    "PPQ-2 start": date(2026, 5, 18),
    "PPQ-2 end": date(2026, 5, 29),
    "next meeting": date(2026, 3, 26),
    "Q1 review": date(2026, 4, 8),
    "Kick-off": date(2026, 3, 30),
}
THURSDAY = Setting(datetime(2026, 3, 12, 14, 30, tzinfo=UTC), "Europe/Dublin", MILESTONES)


def heard(text: str, setting: Setting = THURSDAY) -> DuePhrase:
    found = find_due(text, setting)
    assert found is not None, text
    return found


def said(day: date) -> Setting:
    return replace(THURSDAY, now=datetime(day.year, day.month, day.day, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("phrase", "day", "ask", "basis"),
    [
        ("by Friday", "2026-03-13", False, "weekday"),
        ("by fri", "2026-03-13", False, "weekday"),
        ("by Thursday", "2026-03-19", True, "weekday"),
        ("by Wednesday", "2026-03-18", False, "weekday"),
        ("by next Friday", "2026-03-20", True, "weekday"),
        ("by next Thursday", "2026-03-19", True, "weekday"),
        ("by next Tuesday", "2026-03-17", False, "weekday"),
        ("by this Friday", "2026-03-13", False, "weekday"),
        ("by this Tuesday", "2026-03-10", True, "weekday"),
        ("by Tuesday next week", "2026-03-17", False, "weekday"),
        ("by the coming Monday", "2026-03-16", False, "weekday"),
        ("until Monday", "2026-03-16", False, "weekday"),
        ("till Monday", "2026-03-16", False, "weekday"),
        ("no later than Monday", "2026-03-16", False, "weekday"),
        ("by Monday at the latest", "2026-03-16", False, "weekday"),
        ("due on Monday", "2026-03-16", False, "weekday"),
        ("bis Montag", "2026-03-16", False, "weekday"),
        ("bis zum 5. April", "2026-04-05", False, "D Month"),
        ("bis nächsten Dienstag", "2026-03-17", False, "weekday"),
        ("d’ici vendredi", "2026-03-13", False, "weekday"),
        ("d'ici mardi prochain", "2026-03-17", False, "weekday"),
        ("due 2026-12-05", "2026-12-05", False, "ISO"),
        ("Due: 2026-12-05", "2026-12-05", False, "ISO"),
        ("due 2026-03-11", "2026-03-11", True, "ISO"),
        ("by 5 December", "2026-12-05", False, "D Month"),
        ("by 5th of December", "2026-12-05", False, "D Month"),
        ("by Dec 5 2026", "2026-12-05", False, "D Month"),
        ("by December 5th, 2026", "2026-12-05", False, "D Month"),
        ("by 05-DEC-2026", "2026-12-05", False, "D Month"),
        ("by 05DEC2026", "2026-12-05", False, "D Month"),
        ("by Friday 13 March", "2026-03-13", False, "D Month"),
        ("by Monday, 13 March", "2026-03-13", True, "D Month"),
        ("by 4 March", "2026-03-04", True, "D Month"),
        ("by 29 February 2028", "2028-02-29", False, "D Month"),
        ("by 5.12.2026", "2026-12-05", False, "D.M.YYYY"),
        ("bis 5.12.", "2026-12-05", False, "D.M."),
        ("by 27/03/2026", "2026-03-27", False, "DD/MM/YYYY"),
        ("by 27/3", "2026-03-27", False, "DD/MM"),
        ("by 03/04", "2026-04-03", True, "DD/MM"),
        ("by 03/04/2026", "2026-04-03", True, "DD/MM/YYYY"),
        ("by 04/04", "2026-04-04", False, "DD/MM"),
        ("by 03/27/2026", "2026-03-27", True, "MM/DD/YYYY"),
        ("by the 15th", "2026-03-15", False, "day of month"),
        ("by the 5th", "2026-04-05", False, "day of month"),
        ("this week", "2026-03-13", False, "week"),
        ("by this week", "2026-03-13", False, "week"),
        ("by end of week", "2026-03-13", False, "week-end"),
        ("by EOW", "2026-03-13", False, "week-end"),
        ("by next week", "2026-03-20", True, "span"),
        ("next week", "2026-03-20", True, "span"),
        ("by end of month", "2026-03-31", False, "month-end"),
        ("by the end of the month", "2026-03-31", False, "month-end"),
        ("by EOM", "2026-03-31", False, "month-end"),
        ("bis Ende April", "2026-04-30", False, "month-end"),
        ("by end of next month", "2026-04-30", False, "month-end"),
        ("by year end", "2026-12-31", False, "year-end"),
        ("by Q1", "2026-03-31", False, "quarter"),
        ("by end of Q2", "2026-06-30", False, "quarter"),
        ("by Q1 2027", "2027-03-31", False, "quarter"),
        ("by mid-April", "2026-04-15", True, "mid-month"),
        ("bis Mitte April", "2026-04-15", True, "mid-month"),
        ("by early May", "2026-05-08", True, "span"),
        ("by late May", "2026-05-29", True, "span"),
        ("by May", "2026-05-29", True, "span"),
        ("by KW 17", "2026-04-24", True, "span"),
        ("by next month", "2026-04-30", True, "span"),
        ("in 2 weeks", "2026-03-26", False, "relative"),
        ("in two weeks", "2026-03-26", False, "relative"),
        ("in 2 weeks' time", "2026-03-26", False, "relative"),
        ("due in a week", "2026-03-19", False, "relative"),
        ("in 5 days", "2026-03-17", False, "relative"),
        ("in 5 working days", "2026-03-19", False, "relative"),
        ("within 3 business days", "2026-03-17", False, "relative"),
        ("in 5 Werktagen", "2026-03-19", False, "relative"),
        ("in 8 Tagen", "2026-03-19", True, "relative"),
        ("in 1 month", "2026-04-12", False, "relative"),
        ("today", "2026-03-12", False, "relative"),
        ("by today", "2026-03-12", False, "relative"),
        ("tomorrow", "2026-03-13", False, "relative"),
        ("by the day after tomorrow", "2026-03-14", False, "relative"),
        ("by tomorrow morning", "2026-03-13", True, "relative"),
        ("before Friday", "2026-03-12", False, "weekday-1wd"),
        ("before Monday", "2026-03-13", False, "weekday-1wd"),
        ("before 5 April", "2026-04-03", False, "D Month-1wd"),
        ("before end of month", "2026-03-31", False, "month-end"),
        ("before today", "2026-03-11", True, "relative-1wd"),
    ],
)
def test_a_day(phrase: str, day: str, ask: bool, basis: str) -> None:
    read = heard(f"send the batch record {phrase}").reading
    assert (read.day.isoformat(), read.at, read.ask, read.basis) == (day, None, ask, basis)


@pytest.mark.parametrize(
    ("phrase", "day", "ask", "basis"),
    [
        ("bis spätestens Freitag", "2026-03-13", False, "weekday"),
        ("bis Freitag spätestens", "2026-03-13", False, "weekday"),
        ("spätestens am Freitag", "2026-03-13", False, "weekday"),
        ("bis einschließlich Freitag", "2026-03-13", False, "weekday"),
        ("bis 19.03.", "2026-03-19", False, "D.M."),
        ("bis zum 19. März", "2026-03-19", False, "D Month"),
        ("bis März", "2026-03-31", True, "span"),
        ("bis zum 15.", "2026-03-15", False, "day of month"),
        ("bis 15. des Monats", "2026-03-15", False, "day of month"),
        ("bis Mi 12 Uhr", "2026-03-18", False, "weekday"),
        ("bis Mo, 16.03.", "2026-03-16", False, "weekday"),
        ("bis Freitagmittag", "2026-03-13", True, "weekday"),
        ("bis morgen früh", "2026-03-13", True, "relative"),
        ("bis übermorgen", "2026-03-14", False, "relative"),
        ("übermorgen", "2026-03-14", False, "relative"),
        ("bis Feierabend", "2026-03-12", False, "time"),
        ("diese Woche", "2026-03-13", False, "week"),
        ("nächste Woche", "2026-03-20", True, "span"),
        ("bis nächste Woche Dienstag", "2026-03-17", False, "weekday"),
        ("bis Dienstag nächster Woche", "2026-03-17", False, "weekday"),
        ("bis übernächste Woche", "2026-03-27", True, "span"),
        ("bis Wochenende", "2026-03-13", False, "week-end"),
        ("bis Ende KW 17", "2026-04-24", False, "span"),
        ("innerhalb von 3 Arbeitstagen", "2026-03-17", False, "relative"),
        ("binnen einer Woche", "2026-03-19", False, "relative"),
        ("3 Tage vor PPQ-1", "2026-04-17", False, "milestone:PPQ-1 start-3d"),
        ("vor PPQ-1", "2026-04-17", False, "milestone:PPQ-1 start-1wd"),
        ("vor dem Start von PPQ-1", "2026-04-17", False, "milestone:PPQ-1 start-1wd"),
        ("vor dem nächsten Meeting", "2026-03-25", False, "milestone:next meeting-1wd"),
        ("bis zum nächsten Meeting", "2026-03-26", False, "milestone:next meeting"),
        ("fällig am 19.03.", "2026-03-19", False, "D.M."),
        ("Termin 11.12.2026", "2026-12-11", False, "D.M.YYYY"),
        ("Frist: 19.03.", "2026-03-19", False, "D.M."),
        ("by the week of 20 April", "2026-04-24", True, "span"),
        ("by the week after next", "2026-03-27", True, "span"),
        ("by Monday week", "2026-03-23", True, "weekday"),
        ("in a fortnight", "2026-03-26", False, "relative"),
        ("by end April", "2026-04-30", False, "month-end"),
        ("by latest Friday", "2026-03-13", False, "weekday"),
        ("deadline Friday", "2026-03-13", False, "weekday"),
        ("a week from Friday", "2026-03-20", False, "weekday+7d"),
        ("by wed", "2026-03-18", False, "weekday"),
        ("by 20.03.26", "2026-03-20", False, "D.M.YYYY"),
    ],
)
def test_a_day_in_german_and_in_looser_words(phrase: str, day: str, ask: bool, basis: str) -> None:
    read = heard(f"send the batch record {phrase}").reading
    assert (read.day.isoformat(), read.ask, read.basis) == (day, ask, basis)


@pytest.mark.parametrize("text", ["hold it in week 3 of stability", "send it vor Ort", "that was vor 3 Tagen"])
def test_more_that_is_no_due_phrase(text: str) -> None:
    assert find_due(text, THURSDAY) is None


def test_the_only_milestone_of_a_name_may_be_called_by_its_first_word() -> None:
    one = replace(THURSDAY, milestones={"PPQ-1 start": date(2026, 4, 20)})
    assert heard("send it before the PPQ", one).reading.day == date(2026, 4, 17)
    assert find_due("send it before PPQ-2", one) is None


def test_a_time_keeps_the_zone_that_it_was_said_in() -> None:
    assert heard("send it by 20 March 14:00 CET").reading.zone == "Europe/Berlin"
    assert heard("send it by 3 April 14:00 CET").reading.zone == ""
    assert heard("send it by 14:00 UTC on 1 April").reading.zone == "UTC"
    assert heard("send it by Friday 14:00").reading.zone == ""


@pytest.mark.parametrize(
    ("phrase", "day", "ask", "basis"),
    [
        ("by PPQ-1", "2026-04-20", False, "milestone:PPQ-1 start"),
        ("by ppq 1 start", "2026-04-20", False, "milestone:PPQ-1 start"),
        ("before PPQ-1", "2026-04-17", False, "milestone:PPQ-1 start-1wd"),
        ("before the start of PPQ-1", "2026-04-17", False, "milestone:PPQ-1 start-1wd"),
        ("before the next meeting", "2026-03-25", False, "milestone:next meeting-1wd"),
        ("before kick-off", "2026-03-27", False, "milestone:Kick-off-1wd"),
        ("by PPQ-2 end", "2026-05-29", False, "milestone:PPQ-2 end"),
        ("by Q1 review", "2026-04-08", False, "milestone:Q1 review"),
        ("3 days before PPQ-1", "2026-04-17", False, "milestone:PPQ-1 start-3d"),
        ("by 3 days before PPQ-1", "2026-04-17", False, "milestone:PPQ-1 start-3d"),
        ("two days before the next meeting", "2026-03-24", False, "milestone:next meeting-2d"),
        ("the day before PPQ-1", "2026-04-19", False, "milestone:PPQ-1 start-1d"),
        ("a week before PPQ-1", "2026-04-13", False, "milestone:PPQ-1 start-7d"),
        ("3 working days before PPQ-1", "2026-04-15", False, "milestone:PPQ-1 start-3wd"),
        ("2 working days after PPQ-1", "2026-04-22", False, "milestone:PPQ-1 start+2wd"),
        ("1 hour before the next meeting", "2026-03-26", True, "milestone:next meeting"),
        ("3 days before 5 December", "2026-12-02", False, "D Month-3d"),
    ],
)
def test_a_milestone(phrase: str, day: str, ask: bool, basis: str) -> None:
    read = heard(f"send the batch record {phrase}").reading
    assert (read.day.isoformat(), read.ask, read.basis) == (day, ask, basis)


@pytest.mark.parametrize(
    "phrase", ["by PPQ-3", "before PPQ-2", "before PPQ", "before PPQ-1.2", "before PPQ-10", "before next release"]
)
def test_no_such_milestone_or_several_that_fit_give_no_date(phrase: str) -> None:
    assert find_due(f"send the batch record {phrase}", THURSDAY) is None


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("by yesterday", "2026-03-11"),
        ("by the day before yesterday", "2026-03-10"),
        ("bis gestern", "2026-03-11"),
        ("by last Friday", "2026-03-06"),
        ("by last Thursday", "2026-03-05"),
        ("by Friday last week", "2026-03-06"),
        ("d'ici vendredi dernier", "2026-03-06"),
        ("due last week", "2026-03-06"),
        ("by the end of last month", "2026-02-28"),
        ("by last quarter", "2025-12-31"),
    ],
)
def test_a_day_that_is_said_as_past_is_a_due_phrase_and_asked_about(phrase: str, day: str) -> None:
    found = heard(f"send the batch record {phrase}")
    assert (found.reading.day.isoformat(), found.reading.ask) == (day, True)
    assert found.rest(f"send the batch record {phrase}") == "send the batch record"


@pytest.mark.parametrize(
    "text",
    [
        "find out why line 4 stood still until yesterday",
        "compare it with what was there before last Friday",
        "say what happened yesterday",
        "sort the list by last name",
        "repeat the test by the last batch",
    ],
)
def test_a_past_day_that_tells_what_was_is_no_due_phrase(text: str) -> None:
    assert find_due(text, THURSDAY) is None


def test_a_past_milestone_is_asked_about() -> None:
    setting = replace(THURSDAY, milestones={"Kick-off": date(2026, 3, 2)})
    assert heard("send it by kick-off", setting).reading.ask


@pytest.mark.parametrize(
    ("phrase", "day", "at", "ask"),
    [
        ("by EOD", "2026-03-12", "2026-03-12T17:00", False),
        ("by EOD tomorrow", "2026-03-13", "2026-03-13T17:00", False),
        ("by tomorrow EOD", "2026-03-13", "2026-03-13T17:00", False),
        ("by close of business on Friday", "2026-03-13", "2026-03-13T17:00", False),
        ("by 1 April 2026 17:00", "2026-04-01", "2026-04-01T16:00", False),
        ("by 13 March 17:00", "2026-03-13", "2026-03-13T17:00", False),
        ("by 17:00 Europe/Dublin on 1 April 2026", "2026-04-01", "2026-04-01T16:00", False),
        ("by Friday 2 pm", "2026-03-13", "2026-03-13T14:00", False),
        ("by noon tomorrow", "2026-03-13", "2026-03-13T12:00", False),
        ("by 15:00", "2026-03-12", "2026-03-12T15:00", False),
        ("by 14:00", "2026-03-12", "2026-03-12T14:00", True),
        ("before Friday 14:00", "2026-03-13", "2026-03-13T14:00", False),
        ("by 14:00 UTC on 1 April", "2026-04-01", "2026-04-01T14:00", False),
        ("by 20 March 14:00 CET", "2026-03-20", "2026-03-20T13:00", False),
        ("by 3 April 14:00 CET", "2026-04-03", "2026-04-03T13:00", True),
        ("by Friday 14:00 IST", "2026-03-13", "2026-03-13T14:00", True),
        ("by 2026-04-03T14:00Z", "2026-04-03", "2026-04-03T14:00", False),
        ("by 14 March 01:00 Asia/Tokyo", "2026-03-13", "2026-03-13T16:00", False),
        ("by midnight", "2026-03-12", "2026-03-13T00:00", True),
        ("by 29 March 01:30", "2026-03-29", "2026-03-29T01:30", True),
        ("by 25 October 01:30", "2026-10-25", "2026-10-25T00:30", True),
        ("in 2 hours", "2026-03-12", "2026-03-12T16:30", False),
        ("within 24 hours", "2026-03-13", "2026-03-13T14:30", False),
        ("today 16:00", "2026-03-12", "2026-03-12T16:00", False),
    ],
)
def test_a_time(phrase: str, day: str, at: str, ask: bool) -> None:
    read = heard(f"send the batch record {phrase}").reading
    assert read.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert (read.day.isoformat(), read.ask) == (day, ask)


def test_eod_said_after_five_is_asked_about() -> None:
    evening = replace(THURSDAY, now=datetime(2026, 3, 12, 18, tzinfo=UTC))
    assert heard("send it by EOD", evening).reading.ask


def test_today_is_the_meetings_day() -> None:
    late = replace(THURSDAY, now=datetime(2026, 3, 12, 23, 30, tzinfo=UTC), zone="Asia/Tokyo")
    assert heard("send it today", late).reading.day == date(2026, 3, 13)


@pytest.mark.parametrize(
    ("on", "phrase", "day", "ask"),
    [
        (date(2026, 3, 13), "this week", date(2026, 3, 13), False),
        (date(2026, 3, 14), "this week", date(2026, 3, 13), True),
        (date(2026, 3, 15), "by Monday", date(2026, 3, 16), False),
        (date(2026, 3, 15), "by next Monday", date(2026, 3, 16), False),
        (date(2026, 3, 16), "by next Monday", date(2026, 3, 23), True),
        (date(2026, 3, 31), "by end of month", date(2026, 3, 31), False),
        (date(2026, 1, 31), "in 1 month", date(2026, 2, 28), False),
        (date(2026, 12, 20), "by 5 January", date(2027, 1, 5), False),
        (date(2026, 12, 20), "by Q1", date(2027, 3, 31), False),
        (date(2026, 12, 20), "by KW 2", date(2027, 1, 15), True),
        (date(2026, 4, 20), "by Q1", date(2026, 3, 31), True),
    ],
)
def test_the_day_on_which_it_is_said_counts(on: date, phrase: str, day: date, ask: bool) -> None:
    read = heard(f"send the batch record {phrase}", said(on)).reading
    assert (read.day, read.ask) == (day, ask)


NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@settings(deadline=None)
@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 6))
def test_any_weekday_on_any_day(on: date, weekday: int) -> None:
    coming = heard(f"send it by {NAMES[weekday]}", said(on)).reading
    assert coming.day.weekday() == weekday
    assert on < coming.day <= on + timedelta(7)
    assert coming.ask == (on.weekday() == weekday)
    following = heard(f"send it by next {NAMES[weekday]}", said(on)).reading
    assert following.day.weekday() == weekday
    assert following.day.isocalendar().week == (on + timedelta(7)).isocalendar().week
    assert following.ask == (weekday >= on.weekday())


def test_holidays_are_no_working_days() -> None:
    easter = replace(THURSDAY, holidays={date(2026, 4, 3), date(2026, 4, 6), date(2026, 3, 17)})
    assert heard("send it in 5 working days", easter).reading.day == date(2026, 3, 20)
    assert heard("send it before 7 April", easter).reading.day == date(2026, 4, 2)
    assert heard("send it by 3 April", easter).reading.day == date(2026, 4, 3)
    later = replace(easter, now=datetime(2026, 3, 26, 9, tzinfo=UTC))
    assert heard("send it next week", later).reading.day == date(2026, 4, 2)


def test_a_transfer_may_put_the_month_first() -> None:
    american = replace(THURSDAY, month_first=True)
    assert heard("send it by 04/03", american).reading.day == date(2026, 4, 3)
    assert heard("send it by 03/27/2026", american).reading.ask is False
    assert heard("send it by 5.4.2026", american).reading.day == date(2026, 4, 5)


@pytest.mark.parametrize(
    "text",
    [
        "the auditor visits on 20 March",
        "the second MCC lot is not released on 1 April",
        "the call is at 14:00",
        "reduce the LOD limit by 2.5 %",
        "reduce it by 2.5.",
        "split the lot by 40/60",
        "dilute by 1:100",
        "get it signed by Marta",
        "get it signed by may be two people",
        "send it by email",
        "it is late due to the delay",
        "hold the lot until further notice",
        "check everything before release",
        "prepare the agenda for next week",
        "review the report of today",
        "look at the numbers from today",
        "confirm that it dissolves in 30 minutes at pH 7",
        "hold it in 2 weeks of quarantine",
        "extend the hold by 5 days",
        "extend the hold by 2 hours",
        "the overdue Friday report",
        "standby Friday crew",
        "Marta posts the open-action list every Monday",
        "use the 3 days of data",
        "today's numbers are wrong",
        "by the 2nd batch",
        "",
        "by",
        "due ",
    ],
)
def test_what_is_no_due_phrase(text: str) -> None:
    assert find_due(text, THURSDAY) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("verify the batch record \ufffc by Friday", "verify the batch record \ufffc"),
        ("verify by Friday the batch record", "verify the batch record"),
        ("By Friday, verify the batch record", "verify the batch record"),
        ("\ufffc to raise the change control today", "\ufffc to raise the change control"),
        ("to raise the change control today \ufffc", "to raise the change control \ufffc"),
        ("send the signed PPQ protocol by Friday.", "send the signed PPQ protocol."),
        ("training records for line 4, due 27/03/2026", "training records for line 4"),
        ("mock recall (by Friday), then the report", "mock recall, then the report"),
        ("Task: mock recall | Due: 2026-05-08", "Task: mock recall"),
        ("close the gap list by end of month?", "close the gap list?"),
        ("send it by Friday\nand tell Marta", "send it\nand tell Marta"),
        ("send it by Monday at the latest, please", "send it, please"),
        ("report İstanbul by Friday", "report İstanbul"),
        ("by Friday", ""),
    ],
)
def test_what_is_left(text: str, rest: str) -> None:
    assert heard(text).rest(text) == rest


@pytest.mark.parametrize(
    ("text", "day", "ask", "rest"),
    [
        ("have the lot released by 1 April, due Friday", "2026-03-13", False, "have the lot released by 1 April"),
        ("ship it before PPQ-1 by Friday", "2026-03-13", False, "ship it before PPQ-1"),
        ("hold it until Monday, report by Friday", "2026-03-13", False, "hold it until Monday, report"),
        ("ship it by Friday so that Ben can check it in 2 weeks", "2026-03-13", False, None),
        ("ship it by Friday or by Monday", "2026-03-16", True, "ship it by Friday or"),
        ("ship it by Friday, that is by 13 March", "2026-03-13", False, "ship it by Friday, that is"),
    ],
)
def test_of_several_the_strongest_is_meant_and_the_last_of_those(
    text: str, day: str, ask: bool, rest: str | None
) -> None:
    found = heard(text)
    assert (found.reading.day.isoformat(), found.reading.ask) == (day, ask)
    assert rest is None or found.rest(text) == rest


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("by 31 February", "“31 February” is no date: February 2026 has 28 days. Write one such as 28 February."),
        ("by 29 February 2027", "February 2027 has 28 days"),
        ("by 2026-13-01", "“2026-13-01” is no date: there is no month 13"),
        ("due 2026-02-31", "February 2026 has 28 days"),
        ("by 31.4.2026", "April 2026 has 30 days"),
        ("by 31/04", "April 2026 has 30 days"),
        ("by 99/99/2026", "no month 99"),
        ("by 0 March", "March 2026 has 31 days"),
        ("by 9999-12-31", "too far away"),
        ("in 9999 weeks", "“9999 weeks” is too far away"),
        ("by KW 60", "2026 has no week 60"),
        ("by 25:00", "“25:00” is no time of day"),
        ("by Friday 14:75", "“14:75” is no time of day"),
    ],
)
def test_a_day_that_does_not_exist(phrase: str, told: str) -> None:
    with pytest.raises(BadDate) as refused:
        find_due(f"send the batch record {phrase} please", THURSDAY)
    assert told in str(refused.value)


WORDS = st.sampled_from(
    [
        "by", "due", "before", "until", "in", "within", "bis", "d'ici", "the", "next", "this", "end", "of",
        "mid", "early", "day", "week", "month", "working", "days", "hours", "after", "Friday", "friday",
        "May", "may", "5", "31", "12", "2026", "5th", "Dec", "December", "14:00", "25:00", "2", "pm", "EOD",
        "CET", "IST", "UTC", "Europe/Dublin", "Europe/X", "today", "tomorrow", "morgen", "Q1", "KW", "17",
        "PPQ-1", "PPQ-2", "start", "meeting", "03/04", "27/03/2026", "2026-12-05", "2026-13-01", "5.12.",
        "31.2.2026", "0", "9999", "KW60", "a", "an", "one", "zwei", "Tagen", "ouvrés", "jours", "mars",
        "mardi", "latest", "from", "now", "'", "(", ")", ",", ".", ":", "-", "İ", "ſat", "½", "٣",
        "\ufffc", "Kw", "", " ", "\n", "\t", "\x00", "\ud800",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=14).map(" ".join))
def test_any_words_are_read_or_refused(text: str) -> None:
    try:
        found = find_due(text, THURSDAY)
    except Unreadable as refused:
        str(refused)  # fits its values
        return
    if found:
        assert 0 <= found.start < found.end <= len(text)
        assert found.reading.at is None or found.reading.at.tzinfo is UTC
        assert text[found.start : found.end] == text[found.start : found.end].strip()
        assert len(found.rest(text)) <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "by ", "due ", " ", "in 2 weeks ", "1 ", "3 days before ", "today ", "by Monday ", "the next ", "\ufffc", "(",
        "please ", "by the end of ", "1 day from ", "A", "1", "PPQ ", "by PPQ ", "by Dec ", "d'", "/", "today, ",
    ],
)  # fmt: skip
def test_fifty_thousand_characters_take_no_longer_than_their_length(piece: str) -> None:
    text = "by Dec " + " " * 20_000 + piece * (30_000 // len(piece))
    start = time.process_time()
    find_due(text, THURSDAY)
    assert time.process_time() - start < 2


def lines() -> list[dict[str, Any]]:
    if not LINES.exists():
        return []
    return [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]


RECORDED = [(line, item) for line in lines() for item in line["expected"]["items"] if item["due_basis"]]


@pytest.mark.skipif(not RECORDED, reason="the recorded lines are not at hand")
def test_the_recorded_lines() -> None:
    read = 0
    for line, item in RECORDED:
        setting = Setting(
            datetime.fromisoformat(line["now"]),
            line["tz"],
            {name: date.fromisoformat(day[:10]) for name, day in line["milestones"].items()},
        )
        if item["due_basis"] == "recurring":
            continue
        due = heard(line["text"], setting).reading
        assert (due.day.isoformat(), due.basis) == (item["due_date"], item["due_basis"]), line["id"]
        assert due.ask == ("due" in item["confirm_what"]), line["id"]
        read += 1
    assert read == 12


@pytest.mark.parametrize(
    ("phrase", "day", "ask"),
    [
        ("by Friday, 27.03.", "2026-03-27", False),
        ("by Friday 27/03", "2026-03-27", False),
        ("by Friday (27th)", "2026-03-27", False),
        ("by Friday the 27th", "2026-03-27", False),
        ("bis Freitag, den 27.3.,", "2026-03-27", False),
        ("by Thursday 2026-03-26", "2026-03-26", False),
        ("by Friday 26/03", "2026-03-26", True),
        ("bis Freitag (26.03.)", "2026-03-26", True),
        ("by Friday 3/4", "2026-04-03", True),
        ("by Friday 10:30", "2026-03-13", False),
        ("bis KW 17.", "2026-04-24", True),
        ("bis zum 20. das Angebot", "2026-03-20", False),
        ("by Wensday", "2026-03-18", False),
        ("by tomorow", "2026-03-13", False),
        ("the last working day before PPQ-1", "2026-04-17", False),
    ],
)
def test_a_weekday_with_its_own_date_is_that_date(phrase: str, day: str, ask: bool) -> None:
    read = heard(f"send the batch record {phrase}").reading
    assert (read.day.isoformat(), read.ask) == (day, ask)


@pytest.mark.parametrize(
    ("phrase", "at", "zone", "ask"),
    [
        ("by 17:00 Warsaw time on Monday", "2026-03-16T16:00", "Europe/Warsaw", False),
        ("by 4pm Warsaw time Monday", "2026-03-16T15:00", "Europe/Warsaw", False),
        ("by Monday 9 am Polish time", "2026-03-16T08:00", "Europe/Warsaw", False),
        ("by noon (Dublin) on Monday", "2026-03-16T12:00", "Europe/Dublin", False),
        ("bis 10 Uhr polnischer Zeit am Montag", "2026-03-16T09:00", "Europe/Warsaw", False),
        ("bis 10 Uhr am Montag", "2026-03-16T10:00", "", False),
        ("by 10:00 your time on Monday", "2026-03-16T10:00", "", True),
        ("by 10:00 Gotham time on Monday", "2026-03-16T10:00", "", True),
    ],
)
def test_a_time_is_that_of_the_place_that_is_said_with_it(phrase: str, at: str, zone: str, ask: bool) -> None:
    read = heard(f"send the batch record {phrase}").reading
    assert read.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert (read.zone, read.ask) == (zone, ask)


def test_the_day_is_told_where_the_time_was_said() -> None:
    tokyo = replace(THURSDAY, zone="Asia/Tokyo")
    read = heard("send it by 17:00 Warsaw time on Friday", tokyo).reading
    assert (read.day_said, read.day) == (date(2026, 3, 13), date(2026, 3, 14))
