"""Sentences in shorthand, without their noun, and texts that stand in quotes alone."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from core.kernel.errors import Unclear
from core.kernel.messages import Due
from core.speech import AskedForHelp, Incomplete, Understood, help_for
from core.speech.shape import shape_of
from core.speech.wording import example_of, pattern_of
from tests.speech.meeting_words import GRAMMAR, JURGEN, LUIS, MendRecord, SwapWords, heard


def swap(**parts: Any) -> Understood:
    return Understood(SwapWords(**parts))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("w/old/new/", swap(old="old", new="new")),
        ("  w/old/new/  ", swap(old="old", new="new")),
        ("w|a/b|c/d|", swap(old="a/b", new="c/d")),
        ("w/old//", swap(old="old")),
        ("w/ at / on /", swap(old=" at ", new=" on ")),
        ("w/a (b) [c]*/$1 \\1/", swap(old="a (b) [c]*", new="$1 \\1")),
        ('w/say "so"/say «this»/', swap(old='say "so"', new="say «this»")),
        ("w/by Friday/by Monday/", swap(old="by Friday", new="by Monday")),
        ("w/line 1\nline 2/line 3/", swap(old="line 1\nline 2", new="line 3")),
        ("w/old/new/ ACT-012", swap(old="old", new="new", record="ACT-012")),
        ("w/ACT-011/ACT-010/ act-12", swap(old="ACT-011", new="ACT-010", record="ACT-012")),
        ('w/old/new/ reason:"it was wrong"', swap(old="old", new="new", reason="it was wrong")),
        ("w/old/new/ ACT-012 reason:it was wrong", swap(old="old", new="new", record="ACT-012", reason="it was wrong")),
        ("w/@luis has it/@jurgen has it/", swap(old="@Luís Gonçalves has it", new="@Jürgen Weiß has it")),
        ('swap old:"old" new:"new" ACT-012', swap(old="old", new="new", record="ACT-012")),
    ],
)
def test_what_is_said_in_shorthand(said: str, meant: Understood) -> None:
    assert heard(said) == meant


@pytest.mark.parametrize("said", ["w/old/new", "w/old", "w//new/", "w/", "w|a/b/", "w/old/new/x"])
def test_what_begins_so_and_is_not_whole_says_how_it_is_said(said: str) -> None:
    with pytest.raises(Unclear, match="is not whole") as refused:
        heard(said)
    assert refused.value.examples == ("w/old/new/",)


def test_what_follows_must_be_a_part() -> None:
    with pytest.raises(Unclear, match="do not know what to do with “and more”"):
        heard("w/old/new/ and more")


def test_the_noun_alone_asks_for_the_words() -> None:
    reading = heard("swap")
    assert isinstance(reading, Incomplete)
    assert reading.missing == ("old",)


def test_help_shows_the_shorthand() -> None:
    assert pattern_of(shape_of(SwapWords)) == 'w/old/new/ [ACT-012] [reason:"the reason"]'
    assert example_of(shape_of(SwapWords)) == "w/old/new/"
    [noun] = help_for(GRAMMAR, lambda kind: True, "swap").nouns
    assert noun.lines[0].sentence.startswith("w/old/new/")
    assert heard("help swap") == AskedForHelp("swap")


def test_a_line_may_be_asked_whether_it_is_shorthand() -> None:
    assert GRAMMAR.in_shorthand("w/old/new/") is shape_of(SwapWords)
    assert GRAMMAR.in_shorthand("we say w/old/new/") is None


@pytest.mark.parametrize("said", ["w/" + "a" * 6000 + "/", "w" + "/" * 6000, "w|" + "/|" * 3000, "w/" + "\n" * 6000])
def test_none_makes_it_slow(said: str) -> None:
    began = time.perf_counter()
    with pytest.raises(Unclear):
        heard(said)
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ('mend ACT-012 "send it"', MendRecord(record="ACT-012", text="send it")),
        ('mend ACT-012 «send "it"»', MendRecord(record="ACT-012", text='send "it"')),
        ("mend ACT-012 @luis", MendRecord(record="ACT-012", owners=(LUIS,))),
        ("mend ACT-012 owner @luis and @jurgen", MendRecord(record="ACT-012", owners=(LUIS, JURGEN))),
        ("mend ACT-012 to @luis", MendRecord(record="ACT-012", owners=(LUIS,))),
        ("mend ACT-012 due 5 December", MendRecord(record="ACT-012", due=Due(date(2026, 12, 5)))),
        ("mend ACT-012 by 5 December", MendRecord(record="ACT-012", due=Due(date(2026, 12, 5)))),
        (
            "mend ACT-012 due 5 December reason:supplier late",
            MendRecord(record="ACT-012", due=Due(date(2026, 12, 5)), reason="supplier late"),
        ),
        (
            'mend ACT-012 reason:supplier late "send it"',
            MendRecord(record="ACT-012", text="send it", reason="supplier late"),
        ),
        ('mend ACT-012 "by Friday"', MendRecord(record="ACT-012", text="by Friday")),
        ("mend ACT-012, please", MendRecord(record="ACT-012")),
        ("mend ACT-012", MendRecord(record="ACT-012")),
    ],
)
def test_a_text_that_stands_in_quotes_alone(said: str, meant: MendRecord) -> None:
    assert heard(said) == Understood(meant)


@pytest.mark.parametrize("said", ["mend ACT-012 send it", 'mend ACT-012 then "send it"', "mend ACT-012 Friday"])
def test_words_without_quotes_are_no_text(said: str) -> None:
    with pytest.raises(Unclear, match="A new text stands in quotes") as refused:
        heard(said)
    assert refused.value.examples[-1] == "mend ACT-012 by Friday"
