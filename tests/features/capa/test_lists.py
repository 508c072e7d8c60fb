"""CAPAs in lists, on an agenda, in one's own list and in an export; and one company's own that the other never sees."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from core.kernel.ids import Side
from tests.features.capa.plans import HOLD_TIME, RETRAIN, in_a_meeting, opened, with_lines
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, tomas, words


async def test_lists_say_what_is_to_be_done(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(anna, 'capa new "Filter integrity failed twice"')
    shown = words(await room.say(luis, "capa list"))
    assert shown.startswith("Open CAPA (2)")
    assert "CAPA-001 Hold time was never challenged · draft · 2 lines to do, next Fri 20 Mar 2026" in shown
    assert "2 not accepted yet" in shown
    assert words(await room.say(luis, "capa")) == shown
    assert "(1)" in words(await room.say(luis, "capa list mine"))
    assert "No CAPA waits for you." in words(await room.say(tomas, "capa list mine"))
    assert "Nothing is overdue." in words(await room.say(tomas, "capa list overdue"))
    room.clock.set(datetime(2026, 3, 23, 9, tzinfo=UTC))
    overdue = words(await room.say(tomas, "capa list overdue"))
    assert "1 overdue" in overdue
    assert "(2)" in words(await room.say(tomas, "capa list all"))
    assert "There is no page 3" in words(await room.say(tomas, "capa list page:3"))


async def test_a_long_list_has_pages(room: MeetingRoom) -> None:
    await with_lines(room)
    for number in range(11):
        await room.say(anna, f'capa new "number {number}"')
    first = await room.say(anna, "capa list")
    assert "(12)" in words(first)
    assert "CAPA-011" not in words(first)
    assert "CAPA-012" in words(await room.press(anna, "capa list open page:2"))


async def test_nothing_is_said_so(room: MeetingRoom) -> None:
    await room.opened()
    assert "There is none. To open one:" in words(await room.say(anna, "capa list"))
    assert words(await room.say(luis, "capa list")).endswith("There is none.")  # an expert opens none
    assert "There is no CAPA-007" in words(await room.say(luis, "capa CAPA-007"))
    kinds = words(await room.say(luis, "capa kinds"))
    assert kinds.count("\n") == 3
    assert "ICH Q10" in kinds
    shown = words(await room.say(luis, "help capa"))
    assert "capa accept CAPA-001.2" in shown
    assert "capa new" not in shown  # an expert may not


async def test_one_line_shows_its_capa(room: MeetingRoom) -> None:
    await with_lines(room)
    assert words(await room.say(luis, "capa CAPA-001.2")) == words(await room.say(luis, "capa capa-1"))


async def test_they_stand_in_one_s_own_list_and_among_the_overdue(room: MeetingRoom) -> None:
    await with_lines(room)
    own = words(await room.say(luis, "mine"))
    assert "CAPA-001.1 correction: retrain the operators of line 4 · Fri 20 Mar 2026 · not accepted yet" in own
    assert "Nothing waits for you" not in own
    assert own.startswith("Your actions (0) · 1 CAPA line\n")
    assert "CAPA" not in words(await room.say(priya, "mine"))
    assert "CAPA" not in words(await room.say(priya, "overdue"))
    room.clock.set(datetime(2026, 3, 23, 9, tzinfo=UTC))
    assert "CAPA-001.1" in words(await room.say(priya, "overdue"))


async def test_an_agenda_names_those_that_are_open(room: MeetingRoom) -> None:
    await with_lines(room)
    await in_a_meeting(room)
    assert "Open CAPA: CAPA-001 · 2 lines to do" in words(await room.say(anna, "agenda"))
    room.clock.set(datetime(2026, 3, 23, 9, tzinfo=UTC))
    assert "2 lines to do · 1 overdue" in words(await room.say(anna, "agenda"))


async def test_a_posted_agenda_counts_a_line_at_once(room: MeetingRoom) -> None:
    await opened(room)
    await in_a_meeting(room)

    async def counted() -> str:
        await room.deliver()
        agenda = next(words(card) for card in reversed(room.cards()) if "Open CAPA" in words(card))
        return next(line for line in agenda.splitlines() if line.startswith("Open CAPA"))

    assert await counted() == "Open CAPA: CAPA-001 · 0 lines to do"
    await room.say(anna, RETRAIN, l=luis)
    assert await counted() == "Open CAPA: CAPA-001 · 1 line to do"
    await room.say(anna, HOLD_TIME, j=jurgen)
    assert await counted() == "Open CAPA: CAPA-001 · 2 lines to do"
    await room.say(anna, 'undo CAPA-001.2 reason:"said twice"')
    assert await counted() == "Open CAPA: CAPA-001 · 1 line to do"
    room.clock.set(datetime(2026, 3, 23, 9, tzinfo=UTC))
    await room.say(anna, HOLD_TIME, j=jurgen)
    assert await counted() == "Open CAPA: CAPA-001 · 2 lines to do · 1 overdue"
    await room.say(anna, "capa assign CAPA-001.1 by 30 March")
    assert await counted() == "Open CAPA: CAPA-001 · 2 lines to do"


async def test_whoever_ends_a_meeting_sees_the_lines_that_nobody_does(room: MeetingRoom) -> None:
    await with_lines(room)
    await in_a_meeting(room)
    assert "CAPA lines" not in words(await room.say(anna, "meeting end"))
    await room.say(jurgen, 'capa decline CAPA-001.2 reason:"I approve it"')
    room.clock.advance(minutes=20)
    assert "CAPA lines without an owner: CAPA-001.2" in words(await room.say(anna, "meeting end"))


def exported(room: MeetingRoom, side: Side | None = None) -> list[dict[str, Any]]:
    with room.reads_as(side) as reads:
        return list(room.core.registry.exporters["capas"](reads))


async def test_the_export_is_the_contract_s(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(jurgen, 'capa decline CAPA-001.2 reason:"I approve it"')
    assert exported(room) == [
        {
            "id": "CAPA-001",
            "transfer": "NVT",
            "state": "draft",
            "created_at": "2026-03-09T09:00:00.000Z",
            "created_by": "Aoife Ní Bhriain",
            "title": "Hold time was never challenged",
            "signal": None,
            "lines": [
                {
                    "id": "CAPA-001.1",
                    "kind": "correction",
                    "text": "retrain the operators of line 4",
                    "owner": "Luís Gonçalves",
                    "due": "2026-03-20",
                    "state": "planned",
                },
                {
                    "id": "CAPA-001.2",
                    "kind": "corrective",
                    "text": "challenge the hold time at full scale",
                    "owner": None,
                    "due": "2026-03-27",
                    "state": "planned",
                },
            ],
            "effectiveness": {"owner": None, "criterion": None, "due": None, "outcome": None},
        }
    ]


async def test_the_buttons_of_a_list_open_what_they_name(room: MeetingRoom) -> None:
    await with_lines(room)
    listed = await room.say(marta, "capa list")
    assert "retrain the operators" in words(await room.press(marta, buttons(listed)["CAPA-001"]))
