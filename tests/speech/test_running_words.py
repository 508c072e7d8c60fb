"""The short words of a running meeting: signs as phones type them, who comes first, and a time within the words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.kernel.errors import Unclear
from core.kernel.ids import Ref
from core.kernel.messages import SaidTime
from core.speech import AskedForHelp, Incomplete, form_for
from tests.speech.meeting_words import (
    JURGEN,
    LUIS,
    ROOM,
    AcceptAction,
    LeaveQueue,
    Mine,
    RemindUs,
    ShowAgenda,
    WantFloor,
    WhoIsHere,
    heard,
    message,
)
from tests.speech.test_forms import filled


@pytest.mark.parametrize("said", ["q-", "Q-", "q–", "q—", "q−", "q‐", "q-:", " q- "])
def test_a_dash_is_a_dash(said: str) -> None:
    assert message(said) == LeaveQueue()


@pytest.mark.parametrize("said", ["q+", "Q+", "q＋", "q+:", "q+."])
def test_a_plus_is_a_plus(said: str) -> None:
    assert message(said) == WantFloor()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("who is here?", WhoIsHere()),
        ("Who is here", WhoIsHere()),
        ("who's here?", WhoIsHere()),
        ("who’s here?", WhoIsHere()),
        ("present?", WhoIsHere()),
        ("agenda?", ShowAgenda()),
        ("mine?", Mine()),
        ("raise hand", WantFloor()),
        ("raise hand about the filter", WantFloor(text="about the filter")),
    ],
)
def test_asked_in_other_words(said: str, kind: object) -> None:
    assert message(said) == kind


def test_a_mark_behind_a_free_text_stays_in_it() -> None:
    assert message("action accept ACT-012") == AcceptAction(action=Ref("ACT-012"))
    assert getattr(message("action list?"), "text", None) == "list?"
    assert heard("?") == AskedForHelp()
    with pytest.raises(Unclear):
        heard("who is there")


@pytest.mark.parametrize(
    ("said", "person", "meeting", "text"),
    [
        ("q+ to ask about the filter", None, None, "to ask about the filter"),
        ("q+ to ask @luis about the filter", None, None, "to ask @Luís Gonçalves about the filter"),
        ("q+ about MTG-002", None, None, "about MTG-002"),
        ("q+ @luis", LUIS, None, ""),
        ("q+ @luis to ask @jurgen", LUIS, None, "ask @Jürgen Weiß"),
        ("q+ MTG-002", None, "MTG-002", ""),
        ("q+ MTG-002 to ask", None, "MTG-002", "to ask"),
        ("q+ @jurgen MTG-002 the hold time", JURGEN, "MTG-002", "the hold time"),
    ],
)
def test_who_and_which_count_only_where_they_come_first(
    said: str, person: str | None, meeting: str | None, text: str
) -> None:
    assert message(said) == WantFloor(person=person, meeting=meeting, text=text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "minutes", "span", "text"),
    [
        ("remind us in 20 minutes to check line 4", 20, True, "to check line 4"),
        ("remind us to check line 4 in 20 minutes", 20, True, "to check line 4"),
        ("remind us in half an hour to check", 30, True, "to check"),
        ("remind us at 15:30 to stop", 60, False, "to stop"),
        ("remind us by 15:30, stop", 60, False, "stop"),
        ("remind us at:15:30 to stop", 60, False, "to stop"),
        ('remind us at:"in 20 minutes" to stop at 16:00', 20, True, "to stop at 16:00"),
        ("remind us to sample at 14:00 in 10 minutes", 10, True, "to sample at 14:00"),
        ("remind us tomorrow at 14:30 to call @luis", 24 * 60, False, "to call @Luís Gonçalves"),
    ],
)
def test_a_time_stands_in_the_words(said: str, minutes: int, span: bool, text: str) -> None:
    assert message(said) == RemindUs(at=SaidTime(ROOM.now + timedelta(minutes=minutes), span), text=text)


@pytest.mark.parametrize("said", ["at 13:00", "at 25:00", "in 0 minutes", "in 30 hours", "at midnight"])
def test_a_time_that_cannot_be_is_refused(said: str) -> None:
    with pytest.raises(Unclear, match=r"past today|no time of day|outside|more than one way"):
        message(f"remind us {said} to check")


def test_a_time_that_was_not_said_is_asked_for() -> None:
    reading = heard("remind us to check line 4")
    assert isinstance(reading, Incomplete)
    assert reading.missing == ("at",)
    form = form_for(RemindUs, reading.values, ROOM)
    assert form.says == "remind us to check line 4 in 20 minutes"
    expected = RemindUs(at=SaidTime(ROOM.now + timedelta(minutes=20), span=True), text="to check line 4")
    assert filled(form, RemindUs, at="in 20 minutes") == expected
    assert filled(form, RemindUs, at="20m") == expected


def test_a_form_that_shows_a_time_keeps_it() -> None:
    said = SaidTime(ROOM.now + timedelta(minutes=20), span=True)
    form = form_for(RemindUs, {"at": said}, ROOM)
    assert filled(form, RemindUs, text="stop") == RemindUs(at=said, text="stop")
