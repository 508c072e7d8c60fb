"""Accounts that are lost and come back: marked for all transfers, with an entry and a word to the leads of each."""

import asyncio
import threading

import pytest

from core.api import Address
from core.features.actions.records import Action
from core.features.questions.commands import TakeNote
from core.features.transfers.accounts import LoseAccount
from core.kernel.access import SYSTEM
from core.kernel.door import Envelope
from core.kernel.errors import Refused
from core.kernel.ids import TransferId
from tests.meeting_room import MeetingRoom, anna, luis, marta, priya, words
from tests.two_transfers import SECOND, twice_opened

LUIS = Address("slack", "T2", "U-luís", direct=True)


def events(room: MeetingRoom, transfer: str) -> list[str]:
    return [entry["event"] for entry in room.trail(transfer) if entry["event"].startswith("Account")]


async def test_an_account_lost_is_told_of_in_each_of_its_transfers(room: MeetingRoom) -> None:
    await twice_opened(room)
    for _ in range(2):  # the platform says it twice
        await room.core.news.person_left(luis.identity, "deactivated")
    assert (events(room, "NVT"), events(room, "NVB")) == (["AccountLost"], ["AccountLost"])
    told = [out for out in await room.deliver() if "could not be delivered" in words(out.card)]
    assert sorted(out.address.channel for out in told) == ["U-aoife", "U-jürgen", "U-marta", "U-priya"]
    assert all("Luís Gonçalves" in words(out.card) for out in told)


async def test_two_reports_in_one_group_make_one_entry(room: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    await twice_opened(room)
    entered, go = threading.Event(), threading.Event()
    handlers = room.core.registry.handlers
    record = handlers[TakeNote]

    def hold(command: TakeNote, work: object) -> object:
        entered.set()
        assert go.wait(10)
        return record(command, work)

    monkeypatch.setitem(handlers, TakeNote, hold)  # type: ignore[arg-type]
    noted = asyncio.create_task(room.say(anna, "note the writer is busy meanwhile"))
    assert await asyncio.to_thread(entered.wait, 5)
    lost = LoseAccount(identity=luis.identity, why="deactivated")
    twice = [room.core.writer.submit(Envelope(lost, f"left:{n}", TransferId("NVB"), SYSTEM)) for n in range(2)]
    go.set()
    results = await asyncio.gather(noted, *map(asyncio.wrap_future, twice), return_exceptions=True)
    assert isinstance(results[2], Refused)
    assert events(room, "NVB") == ["AccountLost"]


async def test_whoever_speaks_is_back_in_each_of_their_transfers(room: MeetingRoom) -> None:
    await twice_opened(room)
    await room.core.news.person_left(luis.identity, "deactivated")
    assert "no chat account" in words(await room.say(anna, "member list"))

    await room.say(luis, "action send the batch record @me by Friday", me=luis)
    assert [action.text for action in room.rows(Action)] == ["send the batch record"]
    assert "no chat account" not in words(await room.say(anna, "member list"))
    assert "no chat account" not in words(await room.say(priya, "member list", at=SECOND))
    assert events(room, "NVT") == events(room, "NVB") == ["AccountLost", "AccountBack"]

    await room.say(luis, "action list")
    assert events(room, "NVT") == ["AccountLost", "AccountBack"]


async def test_a_lost_account_heard_in_a_direct_message_is_back(room: MeetingRoom) -> None:
    await room.opened()
    await room.core.news.person_left(luis.identity, "deactivated")
    assert "Luís Gonçalves · expert" in words(await room.say(luis, "member list", at=LUIS))
    assert events(room, "NVT") == ["AccountLost", "AccountBack"]


async def test_an_account_that_the_platform_knows_as_active_again_is_back(room: MeetingRoom) -> None:
    await twice_opened(room)
    await room.core.news.person_back(luis.identity)
    assert events(room, "NVT") == []
    await room.core.news.person_left(luis.identity, "deactivated")
    await room.core.news.person_back(luis.identity)
    await room.core.news.person_back(luis.identity)
    assert events(room, "NVT") == events(room, "NVB") == ["AccountLost", "AccountBack"]
    await room.core.news.person_left(luis.identity, "deactivated again")
    assert events(room, "NVB") == ["AccountLost", "AccountBack", "AccountLost"]


async def test_a_lead_is_not_told_of_their_own_lost_account(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    await room.core.news.person_left(marta.identity, "deactivated")
    assert [out.address.channel for out in await room.deliver()] == ["U-aoife"]
