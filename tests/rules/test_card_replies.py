"""What a reply to a record's card says, and what is talk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.card_replies import LONGEST, RECORDS, card_replies


def said(text: str, prefix: str) -> list[tuple[str, str]]:
    return [(one.says, one.rest) for one in card_replies(text, prefix)]


@pytest.mark.parametrize(
    ("text", "prefix", "says", "rest"),
    [
        ("done", "ACT", "action done", ""),
        ("Done.", "ACT", "action done", ""),
        ("it’s done!", "ACT", "action done", ""),
        ("erledigt", "ACT", "action done", ""),
        ("done: MBR-114 v4", "ACT", "action done", "MBR-114 v4"),
        ("Done, see MBR-114 v4.", "ACT", "action done", "see MBR-114 v4."),
        ("accept", "ACT", "action accept", ""),
        ("I decline because I am on leave", "ACT", "action decline", "I am on leave"),
        ("cancel it: the supplier has changed", "ACT", "action cancel", "the supplier has changed"),
        ("no longer needed", "ACT", "action cancel", ""),
        ("not me, Priya", "ACT", "action reassign", "Priya"),
        ("Not me - @Priya please", "ACT", "action reassign", "Priya"),
        ("give it to Priya Raghunathan.", "ACT", "action reassign", "Priya Raghunathan"),
        ("nicht ich, sondern Priya", "ACT", "action reassign", "Priya"),
        ("agree", "DEC", "decision agree", ""),
        ("We agree.", "DEC", "decision agree", ""),
        ("einverstanden", "DEC", "decision agree", ""),
        ("object", "DEC", "decision object", ""),
        ("I object: the hold time is not covered", "DEC", "decision object", "the hold time is not covered"),
        ("Einspruch, die Haltezeit fehlt", "DEC", "decision object", "die Haltezeit fehlt"),
        ("Answer: Luís does", "QUE", "question answer", "Luís does"),
        ("close it – the pump came", "RSK", "risk close", "the pump came"),
    ],
)
def test_what_is_said_of_the_record(text: str, prefix: str, says: str, rest: str) -> None:
    assert said(text, prefix)[0] == (says, rest)


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("done deal", "ACT"),
        ("done with the first part", "ACT"),
        ("accept, but by Monday", "ACT"),
        ("agreed, but not for batch 4", "DEC"),
        ("agree?", "DEC"),
        ("I agree with Luís that it rains", "DEC"),
        ("objective of the study", "DEC"),
        ("object storage is full", "DEC"),
        ("not me?", "ACT"),
        ("cancellation is late", "ACT"),
        ("close to finishing", "RSK"),
        ("answer", "QUE"),
        ("the answer: Luís", "QUE"),
        ("done", "DEC"),
        ("agree", "ACT"),
        ("done", "NOT"),
        ("done", "MTG"),
        ("", "ACT"),
        ("done: " + "x" * LONGEST, "ACT"),
    ],
)
def test_what_is_talk(text: str, prefix: str) -> None:
    assert said(text, prefix) == []


@given(st.text(max_size=1200), st.sampled_from(sorted(RECORDS)))
def test_any_text_is_read(text: str, prefix: str) -> None:
    for one in card_replies(text, prefix):
        assert one.rest in text
        assert len(one.rest) < len(text)
