"""What a meeting did to records from before it stands in its minutes, in every form."""

from __future__ import annotations

import threading

import pytest
from bs4 import BeautifulSoup

from core import documents
from core.examples import contracts
from core.features import shipped
from core.features.decisions.commands import AgreeDecision
from core.features.meetings.ending import EndMeeting
from core.features.minutes.commands import view_of
from core.features.minutes.records import Minutes
from core.kernel.door import Envelope
from core.kernel.ids import Ref, TransferId
from core.kernel.registry import Registry
from core.kernel.work import Work
from tests.features.meetings.planned import started
from tests.meeting_room import MeetingRoom, anna, luis, marta, words

MINUTES = next(one for one in contracts(Registry.of(shipped())) if one.name == "minutes/minutes")


@pytest.mark.parametrize("name", MINUTES.examples())
def test_no_example_shows_one_record_as_this_meeting_s_and_as_an_earlier_one(name: str) -> None:
    """What is earlier was numbered before what this meeting made."""
    view = MINUTES.examples()[name]
    made = [*view.decisions, *(one for owner in view.owners for one in owner.actions), *view.questions, *view.risks]
    for one in view.earlier:
        kind, _, number = one.ref.partition("-")
        assert all(int(number) < int(other.ref[4:]) for other in made if other.ref.startswith(kind)), one.ref


async def test_what_a_neighbour_in_the_commit_did_stands_in_the_minutes(
    room: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was agreed and the end were said so close to one another that one commit holds both."""
    await room.opened()
    for line in ("decision the 3-batch design", "decision two sites"):
        await room.say(anna, line)
    await started(room)
    handlers, entered, go = room.core.registry.handlers, threading.Event(), threading.Event()
    agree = handlers[AgreeDecision]

    def hold(command: AgreeDecision, work: Work) -> object:
        entered.set()
        assert go.wait(8)
        return agree(command, work)

    monkeypatch.setitem(handlers, AgreeDecision, hold)
    said = ((AgreeDecision(decision=Ref("DEC-001")), marta), (AgreeDecision(decision=Ref("DEC-002")), marta))
    waiting = []
    for number, (command, who) in enumerate((*said, (EndMeeting(anyway="anyway"), anna))):
        waiting.append(room.core.writer.submit(Envelope(command, f"c{number}", TransferId("NVT"), who)))
        assert entered.wait(8)
    go.set()
    for answer in waiting:
        answer.result(8)
    assert [(one.ref, one.after) for one in view_of(room.rows(Minutes)[0]).earlier] == [
        ("DEC-001", "agreed"),
        ("DEC-002", "agreed"),
    ]


async def test_what_was_settled_in_the_meeting_is_named_with_how_it_stood(room: MeetingRoom) -> None:
    await room.opened()
    for line in ("decision the 3-batch design", "decision two sites", "decision left alone", "question who signs?"):
        await room.say(anna, line)
    await room.say(marta, "decision agree DEC-002")
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await started(room)
    await room.say(marta, "decision agree DEC-001")
    await room.say(anna, 'decision reverse DEC-002 reason:"one is enough"')
    await room.say(marta, 'decision reverse DEC-002 reason:"so say we"')
    await room.say(luis, "action accept ACT-001")
    await room.say(luis, 'action done ACT-001 evidence:"sent"')
    await room.say(marta, "question answer QUE-001 QA does")
    await room.say(anna, "decision made here")
    await room.say(marta, "decision agree DEC-004")
    await room.say(anna, "meeting end anyway")
    await room.deliver()

    [minutes] = room.rows(Minutes)
    view = view_of(minutes)
    assert [(one.ref, one.before, one.after, one.by.name if one.by else None) for one in view.earlier] == [
        ("DEC-001", "proposed", "agreed", "Marta Kowalczyk"),
        ("DEC-002", "agreed", "reversed", "Marta Kowalczyk"),
        ("ACT-001", "open", "done, not verified", "Luís Gonçalves"),
        ("QUE-001", "open", "answered", "Marta Kowalczyk"),
    ]
    assert "## Earlier records (4)" in minutes.markdown
    assert "agreed → **reversed**" in minutes.markdown
    html = BeautifulSoup(
        documents.html(room.core.door.words, "minutes", view, training=False, sha256=minutes.sha256), "html.parser"
    )
    assert html.select_one("#earlier .count").get_text() == "4"
    assert [one.get_text() for one in html.select("#earlier .ref")] == [one.ref for one in view.earlier]
    card = next(words(card) for card in room.cards() if card.summary.startswith("Minutes"))
    assert "Earlier records (4)" in card


async def test_a_meeting_that_changed_nothing_older_says_nothing_of_it(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision left alone")
    await started(room)
    await room.say(anna, "note all is well")
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    assert "Earlier records" not in room.rows(Minutes)[0].markdown
