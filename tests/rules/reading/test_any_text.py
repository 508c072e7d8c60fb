"""Any text at all is read: it ends, soon, without an exception, and names only people and days that can be."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.reading.reader import read
from core.rules.reading.shapes import EVERYBODY, Circle, Confirm, Kind, Line, Parent, Someone
from core.rules.setting import Setting

AOIFE = Someone("p1", "Aoife Ní Bhriain", "sponsor", frozenset({"lead"}), ("ANB",), "Tech transfer lead (chair)")
LUIS = Someone("p2", "Luís Gonçalves", "cmo", frozenset({"expert"}), ("Luis",), "Validation and engineering lead")
HUNG = Someone("p3", "Nguyễn Văn Hùng", "cmo", frozenset({"expert"}), ("Hùng", "Hung"), "QC laboratory lead")
JURGEN = Someone("p4", "Jürgen Weiß", "cmo", frozenset({"qa"}), (), "QA head")
PEOPLE = {one.id: one for one in (AOIFE, LUIS, HUNG, JURGEN)}
CIRCLE = Circle(PEOPLE, {"sponsor": "Norvane Therapeutics", "cmo": "Tarnbrook Manufacturing"})
MILESTONES = {"PPQ-1 start": date(2026, 4, 20), "next meeting": date(2026, 3, 26)}
SETTING = Setting(datetime(2026, 3, 12, 14, 30, tzinfo=UTC), "Europe/Dublin", MILESTONES)
LONGEST, TURNS = 0.02, 500_000
"""Seconds for the longest of lines, on a core that makes so many turns of a plain loop in as long."""
ROUNDS, TIMES = 12, 4

SAID = """
    Luís Hùng hung Aoife Jürgen Karen @Luís @sven \ufffc I we you someone everybody Norvane QA both heads of to will
    shall must should can could please pls bitte kannst du send check schickt prüft bis by due before until Friday
    Montag 20/03 19.03. 2026-03-20 31 February PPQ-1 the next meeting in 5 working days KW 17 if falls unless not no
    nicht already yesterday Decision: Action: #risk Frage: AI TODO: Owner: Task: Due: | ACT-017 CAPA-003.2 move done
    , . : ; - – — ( ) ? ! " “ ” ` > * → 😂 👍 agreed lose slot OOS batch 4471 failed just now every weekly
    count on me for over putting down may ask grateful if would appreciate let us have new one mine on got it make
    that actually Warsaw time mach ich kümmere mich schaust du von mir kommt fertig durch instead san 27/03 data plan
    (27.03.) owner deadline is owns thanks danke thx latest needed every first last of month each Peter from the lab
    10:00 CET IST EOD asap sorry mean and or und oder / & + I'll we'll let's proposal"""
WORDS = st.sampled_from([*SAID.split(), "\n"])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


@settings(deadline=None, max_examples=400)
@given(TEXTS, st.one_of(st.none(), TEXTS), st.sampled_from(["p1", "p2", "stranger", ""]))
def test_any_text_is_read(text: str, parent: str | None, author: str) -> None:
    answered = Parent(parent, "p3") if parent is not None else None
    reading = read(Line(text, author, ("p2", None, "p9"), answered), CIRCLE, SETTING)
    for item in reading.items:
        assert item.owners == (EVERYBODY,) or set(item.owners) <= set(PEOPLE)
        assert set(item.asked_of) <= {*PEOPLE, EVERYBODY}
        if item.due is not None and item.due.day < SETTING.today:
            assert Confirm.DUE in item.confirm
        if item.kind is Kind.ACTION:
            assert item.owners or Confirm.OWNER in item.confirm
            assert item.due or Confirm.DUE in item.confirm
        assert item.kind is not Kind.NONE
    assert reading.kind is (reading.items[0].kind if reading.items else Kind.NONE)


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_the_same_line_is_always_read_alike(text: str) -> None:
    line = Line(text, "p1", ("p2",))
    assert read(line, CIRCLE, SETTING) == read(line, CIRCLE, SETTING)


@settings(deadline=None, max_examples=200)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_a_quoted_line_is_nobodys_task(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in text.splitlines() or [""])
    assert not read(Line(quoted, "p1"), CIRCLE, SETTING).items


BUILT = [
    "by ", "by Friday ", "before before ", "Luís, ", "Luís and ", "Luís no sorry ",
    "Luís to send it by Friday, ", "@", "a", "1.", "12.03.", "in 5 ", "if ", "please ", "can you ",
    "I'll ", "... ", "((((", "))))", '"', "'", "`", "> ", "\n", "*", "_", "~", "- ", "😂", "👍", "\ufffc",
    "ا", "שלום ", "\u202e", "\u200b", "é", "Action: ", "Owner: x | Task: y | ", "ACT-017 ", "Friday ",
    "week of week of ", "not ", "3 days before ", "QA head of ", "both QA ", "wenn ", "Luís: x; ",
    "every Monday ", "http://", "<@", "e.g. ", "Decision: ", "#decision ", "?! ", "lose ",
    "by Friday, sorry, make that ", "Luís data, ", "data mine, ", "mach ich ", "count on Luís for ",
    "data from Luís by ", "instead of Luís ", "5pm Warsaw time ", "Friday, 27.03. ", "new one for Luís: ",
    "no x, no start, ",
    "owner Luís, ", "deadline is Friday, ", "thanks, ", "Luís is the owner. ", "the deadline for ", "that's Luís, ",
    "Peter from the lab ", "our consultant ", "every first Friday of ", "on the 15th of each month ", "(Luís) ",
    "dachte, Luís, ", "kidding, but ", "u. ", "für a b brauchen wir ", "von Luís kommt bis Freitag ",
    "limit 5 against ", "vor vor ", "Q1 ", "10:00 CET ", "d'ici ", "« ", "„", "PPQ-1 ", "next meeting ",
    "so bis ", "so until ", "bis so so ", "so ", "by wed wed ", "bis 27.03 ", "ich . ",
    "can you and Luís ", "Luís, can you, ", "10:00 ET ",
]  # fmt: skip


@pytest.mark.parametrize("unit", BUILT)
def test_a_line_of_four_thousand_signs_is_read_soon(unit: str) -> None:
    text = (unit * 4000)[:4000]
    line = Line(text, "p1", ("p2",) * text.count("\ufffc"))
    assert _is_in_time(line)


def test_fifty_mentions_are_read_soon_and_all_are_owners() -> None:
    people = {f"m{number}": replace(LUIS, id=f"m{number}", name=f"Member {number}") for number in range(50)}
    circle = Circle(people, CIRCLE.companies)
    line = Line("\ufffc " * 50 + "please read SOP-114 by Friday", "m1", tuple(people))
    assert set(read(line, circle, SETTING).items[0].owners) == set(people)
    assert _is_in_time(line)


def test_a_reply_to_a_line_of_four_thousand_signs_is_read_soon() -> None:
    line = Line("will do", "p2", (), Parent(("Luís to send it by Friday, " * 200)[:4000], "p1"))
    assert _is_in_time(line, lines=2)


def _is_in_time(line: Line, lines: int = 1) -> bool:
    """Whether a reading takes no longer on one core than so many of the longest `lines` may: in the best of some
    rounds, since whatever else runs only slows it. A core that is slower than that of LONGEST is given as much more as
    its loop takes longer."""
    read(line, CIRCLE, SETTING)
    return any(_reads(line) < lines * max(LONGEST, _loops()) for _ in range(ROUNDS))


def _reads(line: Line) -> float:
    began = time.process_time()
    for _ in range(TIMES):
        read(line, CIRCLE, SETTING)
    return (time.process_time() - began) / TIMES


def _loops() -> float:
    began, total = time.process_time(), 0
    for number in range(TURNS):
        total += number * number
    return time.process_time() - began
