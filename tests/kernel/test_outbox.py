"""The outbox: each room's posts in order, each once, at the platform's pace."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import event

from core.api import Address, TryLater
from core.kernel.delivering import BACKOFF
from core.kernel.posting import ToPersonHere
from core.kernel.work import Work
from tests.acceptance.stage import until
from tests.kernel.wire import Wire, hanging, meanwhile, raising
from tests.meeting_room import ROOM, MeetingRoom, anna, words
from tests.toy_feature.commands import ReturnBadge
from tests.toy_feature.records import Badge

OTHER = Address("slack", "T1", "C-other")


async def other_transfer(toy: MeetingRoom) -> None:
    """A second transfer in a room of its own, with all that it says at first sent."""
    await toy.say(anna, 'transfer new "Y" sponsor:S cmo:C tz:Europe/Dublin code:YYY', at=OTHER)
    await toy.deliver()
    toy.inbox.sent.clear()


def whispering(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `badge return` answer the speaker alone, in the room."""

    def whisper(cmd: ReturnBadge, work: Work) -> None:
        assert work.actor.person
        work.post(ToPersonHere(work.actor.person), "toy/badge", badge=work.get(Badge, cmd.badge))

    monkeypatch.setitem(toy.core.registry.handlers, ReturnBadge, whisper)  # type: ignore[arg-type]


def states(toy: MeetingRoom) -> list[str]:
    """The state of each badge's post, in order."""
    return [post.state for post in toy.posts() if post.template == "toy/badge"]


async def test_a_room_s_posts_arrive_in_order_each_once(toy: MeetingRoom, wire: Wire) -> None:
    for name in "abc":
        await toy.say(anna, f"badge {name}")
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1", "b #2", "c #3"]
    assert await toy.deliver() == []
    assert states(toy) == ["sent"] * 3


async def test_an_update_takes_the_place_of_the_one_not_sent_yet(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.say(anna, "badge b")
    await toy.say(anna, "badge return BDG-001")
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1", "b #2"]
    assert "returned" in words(wire.sent[0].card)
    assert states(toy) == ["sent", "sent", "replaced"], "they changed places"


async def test_an_update_of_what_was_sent_changes_its_message(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.deliver()
    await toy.say(anna, "badge return BDG-001")
    [changed] = await toy.deliver()
    assert changed.message == "m1"
    assert len(wire.messages) == 1
    posts = [post for post in toy.posts() if post.template == "toy/badge"]
    assert [(post.message, post.link) for post in posts] == [("m1", "https://chat.example/m1")] * 2


async def test_a_limit_holds_its_room_for_the_platform_s_own_delay_and_no_other(toy: MeetingRoom, wire: Wire) -> None:
    await other_transfer(toy)
    wire.fails(ROOM, raising(TryLater("ratelimited", after=30)))
    await toy.say(anna, "badge a")
    await toy.say(anna, "badge b")
    await toy.say(anna, "badge elsewhere", at=OTHER)
    await toy.deliver()
    assert (wire.said(ROOM), wire.said(OTHER)) == ([], ["elsewhere #1"])
    toy.clock.advance(seconds=29)
    assert await toy.deliver() == []
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1", "b #2"]
    assert wire.looked_up == []


async def test_without_a_delay_of_the_platform_s_the_pauses_grow(toy: MeetingRoom, wire: Wire) -> None:
    wire.fails(ROOM, *[raising(TryLater("503"))] * 4)
    await toy.say(anna, "badge a")
    await toy.deliver()
    for pause in BACKOFF[:4]:
        toy.clock.advance(seconds=pause - 0.001)
        assert await toy.deliver() == []
        toy.clock.advance(seconds=0.001)
        await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]
    assert len(wire.tried) == 5


@pytest.mark.parametrize("after", [0.0, -5.0, float("nan")])
async def test_a_platform_that_asks_for_no_pause_gets_one(toy: MeetingRoom, wire: Wire, after: float) -> None:
    wire.fails(ROOM, *[raising(TryLater("ratelimited", after=after))] * 3)
    await toy.say(anna, "badge a")
    await toy.deliver()
    assert len(wire.tried) == 1
    for pause in BACKOFF[:3]:
        toy.clock.advance(seconds=pause)
        await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]


@pytest.mark.parametrize("after", [1e9, 1e30, float("inf")])
async def test_a_pause_beyond_reason_is_an_hour(toy: MeetingRoom, wire: Wire, after: float) -> None:
    wire.fails(ROOM, raising(TryLater("ratelimited", after=after)))
    await toy.say(anna, "badge a")
    await toy.deliver()
    toy.clock.advance(minutes=59)
    assert await toy.deliver() == []
    toy.clock.advance(minutes=1)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]


async def test_a_change_while_its_room_is_held_takes_the_place_too(toy: MeetingRoom, wire: Wire) -> None:
    wire.fails(ROOM, raising(TryLater("ratelimited", after=5)))
    await toy.say(anna, "badge a")
    await toy.say(anna, "badge b")
    await toy.deliver()
    await toy.say(anna, "badge return BDG-001")
    toy.clock.advance(seconds=5)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1", "b #2"]
    assert "returned" in words(wire.sent[0].card)


async def test_a_change_keeps_the_place_however_often_its_room_is_held(toy: MeetingRoom, wire: Wire) -> None:
    wire.fails(ROOM, *[raising(TryLater("ratelimited", after=5))] * 3)
    await toy.say(anna, "badge a")
    await toy.say(anna, "badge b")
    await toy.say(anna, "badge return BDG-001")
    for _ in range(4):
        await toy.deliver()
        toy.clock.advance(seconds=5)
    assert wire.said(ROOM) == ["a #1", "b #2"]
    assert "returned" in words(wire.sent[0].card)


async def test_many_cards_as_one_list_keep_their_place_when_the_room_is_held(toy: MeetingRoom, wire: Wire) -> None:
    wire.fails(ROOM, raising(TryLater("ratelimited", after=5)))
    for name in "abcdef":
        await toy.say(anna, f"badge {name}")
    await toy.say(anna, "badge return BDG-001")
    await toy.say(anna, "meeting new Review at:2026-03-12T14:00 for:60m")
    await toy.deliver()
    await toy.say(anna, "badge g")
    toy.clock.advance(seconds=5)
    await toy.deliver()
    listed, *others = [words(out.card) for out in wire.sent if out.address == ROOM]
    assert "BDG-001" in listed
    assert "BDG-006" in listed
    assert ["Review" in other for other in others] == [True, False]
    assert wire.said(ROOM)[-1] == "g #7"


async def test_a_fault_that_nobody_foresaw_is_tried_again(
    toy: MeetingRoom, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    wire.fails(ROOM, raising(ZeroDivisionError("a bug in an adapter")))
    await toy.say(anna, "badge a")
    await toy.deliver()
    assert "could not be sent" in caplog.text
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]


async def test_a_platform_without_a_messenger_here_waits(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.core.dispatcher({}).drain()
    toy.clock.advance(seconds=30)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]


async def test_an_answer_to_one_person_waits_behind_no_card(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        await toy.say(anna, f"badge {name}")
    whispering(toy, monkeypatch)
    await toy.say(anna, "badge return BDG-002")
    await toy.deliver()
    assert wire.said(ROOM) == ["b #2", "a #1", "b #2", "c #3"]
    assert [(out.only_for, out.address) for out in wire.whispers] == [("U-aoife", ROOM)]


async def test_an_answer_overtakes_cards_that_are_being_sent(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        await toy.say(anna, f"badge {name}")
    whispering(toy, monkeypatch)
    wire.fails(ROOM, meanwhile(lambda: toy.say(anna, "badge return BDG-003")))
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1", "c #3", "b #2", "c #3"]


async def test_one_key_for_two_people_in_a_room_is_two_cards(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whisper(cmd: ReturnBadge, work: Work) -> None:
        for member in work.directory.holding("qa"):
            work.post(ToPersonHere(member.person), "toy/badge", key="who", badge=work.get(Badge, cmd.badge))

    monkeypatch.setitem(toy.core.registry.handlers, ReturnBadge, whisper)  # type: ignore[arg-type]
    await toy.say(anna, "badge a")
    await toy.say(anna, "badge return BDG-001")
    await toy.deliver()
    assert sorted(out.only_for for out in wire.whispers if out.only_for) == ["U-jürgen", "U-priya"]


async def test_a_platform_that_hangs_in_one_room_holds_up_no_other(toy: MeetingRoom, wire: Wire) -> None:
    await other_transfer(toy)
    there = asyncio.Event()

    async def arrived() -> None:
        there.set()

    wire.fails(ROOM, hanging)
    wire.fails(OTHER, meanwhile(arrived))
    await toy.say(anna, "badge a")
    working = asyncio.create_task(toy.core.work({"slack": wire}))
    await asyncio.wait_for(wire.hanging.wait(), 5)
    await toy.say(anna, "badge elsewhere", at=OTHER)
    await asyncio.wait_for(there.wait(), 5)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert wire.said(ROOM) == []


async def test_what_was_sent_long_ago_is_not_read_again(toy: MeetingRoom, wire: Wire) -> None:
    """The queues are read by their partial indexes, whose size is what waits and not what ever was."""
    asked: list[tuple[str, object]] = []
    event.listen(toy.core.store.reading, "before_cursor_execute", lambda *seen: asked.append((seen[2], seen[3])))
    toy.core.posted.next_up(1, toy.clock.now())
    toy.core.jobs()._due(toy.clock.now())
    explain = "EXPLAIN QUERY PLAN" if toy.core.store.is_sqlite else "EXPLAIN"
    with toy.core.store.read() as connection:
        if not toy.core.store.is_sqlite:
            # So small a store is sooner read whole; forbidden that, the planner takes an index if one serves.
            for way in ("seqscan", "bitmapscan"):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        plans = [
            str(connection.exec_driver_sql(f"{explain} {statement}", given).all())
            for statement, given in list(asked)
            if statement.startswith("SELECT")
        ]
    assert "ix_posts_unsent" in plans[0]
    assert "ix_jobs_due" in plans[1]


async def test_the_worker_ends_when_told_even_as_something_is_announced(toy: MeetingRoom) -> None:
    dispatcher = toy.core.dispatcher({})
    worker = asyncio.create_task(dispatcher.run())
    await until(lambda: asyncio.sleep(0, bool(dispatcher._wake._waiters)), "the worker to wait for news")
    dispatcher.wake()
    worker.cancel()
    done, _ = await asyncio.wait({worker}, timeout=10)
    assert worker in done
    assert worker.cancelled()
