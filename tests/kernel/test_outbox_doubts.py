"""The outbox after a crash: what may have been taken is looked up before it is sent again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from core.api import Outgoing, TryLater
from core.kernel.delivering import CALL_SECONDS, Delivery
from core.kernel.drawn import card_of
from core.kernel.outbox import LEASE, Failed, GiveWay, Outbox
from core.kernel.pending import Claim, Drawn
from tests.kernel.test_outbox import whispering
from tests.kernel.wire import Wire, hanging, meanwhile, raising, taking_and_hanging, taking_and_raising
from tests.meeting_room import ROOM, MeetingRoom, anna, words

CUT = TryLater("the line broke", after=1, in_doubt=True)


@contextmanager
def another_worker(toy: MeetingRoom) -> Iterator[Outbox]:
    """What a worker of another process does in one transaction."""
    with toy.core.store.write() as connection:
        yield Outbox(connection)


def claims(toy: MeetingRoom) -> list[Claim]:
    """What another worker gets when it asks for the room."""
    with another_worker(toy) as worker:
        return worker.claim([str(ROOM)], {}, toy.clock.now())


def claimed(toy: MeetingRoom) -> Claim:
    """The room in the hands of another worker."""
    [claim] = claims(toy)
    return claim


def begun(toy: MeetingRoom, claim: Claim) -> str:
    """The markup of the claim's first post, which is marked as being sent."""
    post = claim.posts[0]
    markup = toy.core.markup(post)
    with another_worker(toy) as worker:
        worker.begin(Drawn(post, markup), claim, toy.clock.now())
    return markup


async def test_a_worker_that_is_stopped_in_a_call_leaves_a_doubt(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    wire.fails(ROOM, taking_and_hanging)
    sending = asyncio.create_task(toy.core.dispatcher({"slack": wire}).drain())
    await wire.hanging.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert toy.posts()[-1].state == "sending"
    assert await toy.deliver() == []  # the call may be under way still
    toy.clock.advance(seconds=CALL_SECONDS)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]
    assert len(wire.looked_up) == 1
    assert (toy.posts()[-1].state, toy.posts()[-1].message) == ("sent", "m1")


@pytest.mark.parametrize("taken", [True, False])
async def test_a_worker_that_is_killed_in_a_call_leaves_a_doubt(toy: MeetingRoom, wire: Wire, taken: bool) -> None:
    await toy.say(anna, "badge a")
    claim = claimed(toy)
    markup = begun(toy, claim)
    if taken:
        card = card_of(claim.posts[0], markup, toy.core)
        wire.take(Outgoing(claim.posts[0].id, claim.address, card, {}))
    assert await toy.deliver() == []  # the room is still in the dead worker's hands
    toy.clock.advance(seconds=LEASE.total_seconds() + 1)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]
    assert wire.looked_up == [claim.posts[0].id]
    assert toy.posts()[-1].state == "sent"


@pytest.mark.parametrize("taken", [True, False])
async def test_a_list_that_a_killed_worker_was_sending_keeps_its_place(
    toy: MeetingRoom, wire: Wire, taken: bool
) -> None:
    for name in "abcdef":
        await toy.say(anna, f"badge {name}")
    await toy.say(anna, "meeting new Review at:2026-03-12T14:00 for:60m")
    wire.fails(ROOM, taking_and_hanging if taken else hanging)
    sending = asyncio.create_task(toy.core.dispatcher({"slack": wire}).drain())
    await wire.hanging.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    toy.clock.advance(seconds=CALL_SECONDS)
    await toy.deliver()
    said = [words(card) for card in toy.cards()]
    assert ["BDG-006" in card for card in said] == [True, False]
    assert "Review" in said[1]


@pytest.mark.parametrize("fault", [taking_and_raising(CUT), raising(CUT)])
async def test_a_line_that_was_cut_is_a_doubt(toy: MeetingRoom, wire: Wire, fault: object) -> None:
    await toy.say(anna, "badge a")
    await toy.say(anna, "badge b")
    wire.fails(ROOM, fault)  # type: ignore[arg-type]
    await toy.deliver()
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1", "b #2"]
    assert len(wire.looked_up) == 1


async def test_a_change_waits_until_the_doubt_about_its_card_is_cleared_up(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    wire.fails(ROOM, taking_and_raising(CUT))
    await toy.deliver()
    for name in "bcdef":
        await toy.say(anna, f"badge {name}")
    await toy.say(anna, "badge return BDG-001")
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert [(out.message, words(out.card).split()[0]) for out in wire.sent] == [
        (None, "BDG-001"), *((None, f"BDG-{number:03}") for number in range(2, 7)), ("m1", "BDG-001"),
    ]  # fmt: skip


async def test_a_look_up_that_fails_leaves_the_doubt(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    wire.fails(ROOM, taking_and_raising(CUT))
    await toy.deliver()
    find, wire.find = wire.find, raising(TryLater("ratelimited", after=5))  # type: ignore[method-assign,assignment]
    toy.clock.advance(seconds=1)
    await toy.deliver()
    wire.find = find  # type: ignore[method-assign]
    toy.clock.advance(seconds=5)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]


async def test_what_leaves_no_trace_is_sent_once_more_at_most(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    await toy.say(anna, "badge a")
    await toy.deliver()
    whispering(toy, monkeypatch)
    await toy.say(anna, "badge return BDG-001")
    wire.fails(ROOM, *[taking_and_raising(CUT)] * 5)
    for _ in range(5):
        await toy.deliver()
        toy.clock.advance(seconds=1)
    assert len(wire.whispers) == 2
    [post] = [post for post in toy.posts() if post.only_for]
    assert post.state == "failed"
    assert [entry["reason"] for entry in toy.trail() if entry["record"] == f"post:{post.id}"] == [
        "it broke off twice and leaves no trace: it may not have been seen"
    ]


async def test_two_workers_send_no_post_twice_and_each_room_in_order(toy: MeetingRoom, wire: Wire) -> None:
    for number in range(20):
        await toy.say(anna, f"badge {number}")
        toy.clock.advance(hours=8)  # the reminders, which have no key, are due
        await toy.core.jobs().run_due()
    workers = [toy.core.dispatcher({"slack": wire}) for _ in range(3)]
    for _ in range(2):
        await asyncio.gather(*(worker.drain() for worker in workers))
    assert len({out.post for out in wire.sent}) == len(wire.sent)
    assert {post.state for post in toy.posts() if post.record != "NVT"} == {"sent", "listed"}
    numbers = [post.number for post in toy.posts() if post.address == str(ROOM) and post.state == "sent"]
    sent = {post.id: post.number for post in toy.posts()}
    order = [sent[out.post] for out in wire.sent if out.address == ROOM]
    assert order == [number for number in numbers if number in order], "the list stands in its first card's place"


async def test_a_worker_whose_time_ran_out_gives_the_room_up(toy: MeetingRoom, wire: Wire) -> None:
    for name in "abc":
        await toy.say(anna, f"badge {name}")

    async def too_long() -> None:
        toy.clock.advance(seconds=LEASE.total_seconds() + 1)
        await toy.core.dispatcher({"slack": wire}).drain()

    wire.fails(ROOM, meanwhile(too_long))
    await toy.core.dispatcher({"slack": wire}).drain()
    assert wire.said(ROOM) == ["a #1", "b #2", "c #3"]
    assert {post.state for post in toy.posts() if post.record != "NVT"} == {"sent"}


async def test_a_worker_that_comes_back_late_does_not_take_the_other_s_hold(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    claim = claimed(toy)
    begun(toy, claim)
    toy.clock.advance(seconds=LEASE.total_seconds() + 1)
    claimed(toy)
    with another_worker(toy) as late:
        late.retry(claim.posts[0], claim, Failed(CUT, toy.clock.now(), begun=True), toy.clock.now())
        late.release(claim)
    assert claims(toy) == []


async def test_a_hold_that_was_given_back_ends_no_later_one_of_the_same_worker(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    first = claimed(toy)
    with another_worker(toy) as worker:
        worker.retry(first.posts[0], first, Failed(CUT, toy.clock.now(), begun=False), toy.clock.now())
    second = claimed(toy)
    with another_worker(toy) as worker:
        worker.release(first)
    assert claims(toy) == []
    with another_worker(toy) as worker:
        worker.release(second)
    assert claims(toy) != []


async def test_a_room_is_held_on_while_its_posts_are_sent(toy: MeetingRoom, wire: Wire) -> None:
    for number in range(4):
        await toy.say(anna, f"badge {number}")

    async def half_the_lease() -> None:
        toy.clock.advance(seconds=LEASE.total_seconds() / 2)
        assert await toy.core.dispatcher({"slack": wire}).drain() is False

    wire.fails(ROOM, *[meanwhile(half_the_lease)] * 4)
    await toy.core.dispatcher({"slack": wire}).drain()
    assert wire.said(ROOM) == ["0 #1", "1 #2", "2 #3", "3 #4"]


async def test_a_call_without_an_answer_in_time_is_a_doubt(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.kernel.delivering.CALL_SECONDS", 0.05)
    await toy.say(anna, "badge a")
    wire.fails(ROOM, hanging)
    await toy.deliver()
    assert toy.posts()[-1].state == "sending"
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]
    assert len(wire.looked_up) == 1


async def test_a_platform_without_look_ups_is_sent_each_post_once_more_at_most(toy: MeetingRoom, wire: Wire) -> None:
    wire.traceless = True
    await toy.say(anna, "badge a")
    wire.fails(ROOM, *[taking_and_raising(CUT)] * 5)
    for _ in range(5):
        await toy.deliver()
        toy.clock.advance(seconds=1)
    assert wire.said(ROOM) == ["a #1", "a #1"]
    assert [post.state for post in toy.posts() if post.record == "BDG-001"] == ["failed"]


async def test_what_the_platform_did_not_take_is_no_doubt(toy: MeetingRoom, wire: Wire) -> None:
    wire.traceless = True
    await toy.say(anna, "badge a")
    wire.fails(ROOM, *[raising(TryLater("429", after=1))] * 3, raising(CUT), raising(TryLater("429", after=1)))
    for _ in range(6):
        await toy.deliver()
        toy.clock.advance(seconds=1)
    assert wire.said(ROOM) == ["a #1"]
    assert {post.state for post in toy.posts() if post.record == "BDG-001"} == {"sent"}


async def test_a_doubt_is_cleared_by_no_limit_where_nothing_can_be_looked_up(toy: MeetingRoom, wire: Wire) -> None:
    wire.traceless = True
    await toy.say(anna, "badge a")
    limit = raising(TryLater("429", after=1))
    wire.fails(ROOM, taking_and_raising(CUT), limit, limit, taking_and_raising(CUT), taking_and_raising(CUT))
    for _ in range(6):
        await toy.deliver()
        toy.clock.advance(seconds=1)
    assert wire.said(ROOM) == ["a #1", "a #1"]
    assert [post.state for post in toy.posts() if post.record == "BDG-001"] == ["failed"]


async def test_a_worker_that_stood_still_before_its_call_makes_none(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a machine that sleeps does: meanwhile another worker has looked, found nothing and sent it."""
    await toy.say(anna, "badge a")
    out = Delivery._out

    async def still(self: Delivery, drawn: Drawn) -> Outgoing:
        outgoing = await out(self, drawn)
        toy.clock.advance(seconds=LEASE.total_seconds() + 1)
        monkeypatch.setattr(Delivery, "_out", out)
        await toy.core.dispatcher({"slack": wire}).drain()
        return outgoing

    monkeypatch.setattr(Delivery, "_out", still)
    await toy.core.dispatcher({"slack": wire}).drain()
    assert wire.said(ROOM) == ["a #1"]
    assert toy.posts()[-1].state == "sent"


async def test_a_clock_that_is_set_back_holds_no_room_for_long(toy: MeetingRoom, wire: Wire) -> None:
    worker = toy.core.dispatcher({"slack": wire})
    await toy.say(anna, "badge a")
    toy.clock.advance(days=400)
    claimed(toy)
    toy.clock.advance(days=-400)
    await worker.drain()
    assert wire.said(ROOM) == ["a #1"]
    wire.fails(ROOM, raising(TryLater("429", after=30)))
    await toy.say(anna, "badge b")
    toy.clock.advance(hours=10)
    await worker.drain()
    toy.clock.advance(hours=-10)
    await worker.drain()
    assert wire.said(ROOM) == ["a #1", "b #2"]


async def test_a_change_is_made_again_until_it_is_known_to_stand(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.deliver()
    wire.traceless = True
    await toy.say(anna, "badge return BDG-001")
    wire.fails(ROOM, *[taking_and_raising(CUT)] * 3)
    for _ in range(4):
        await toy.deliver()
        toy.clock.advance(seconds=1)
    assert [out.message for out in wire.sent] == [None, *["m1"] * 4]
    assert [post.state for post in toy.posts() if post.record == "BDG-001"] == ["sent", "sent"]


async def test_a_worker_that_is_stopped_as_it_claims_leaves_neither_hold_nor_doubt(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    await toy.say(anna, "badge a")
    claiming, may_go_on, claim = threading.Event(), threading.Event(), Outbox.claim

    def slowly(self: Outbox, *asked: Any) -> list[Claim]:
        claiming.set()
        assert may_go_on.wait(20)
        return claim(self, *asked)

    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "claim", slowly)
        working = asyncio.create_task(toy.core.dispatcher({"slack": wire}).run())
        assert await asyncio.to_thread(claiming.wait, 20)
        working.cancel()
        may_go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await working
    assert wire.tried == []
    assert (toy.posts()[-1].state, toy.posts()[-1].tries) == ("waiting", 0)
    assert len(claims(toy)) == 1


async def test_a_worker_that_is_stopped_lets_its_call_arrive(toy: MeetingRoom, wire: Wire) -> None:
    for name in "ab":
        await toy.say(anna, f"badge {name}")
    under_way, may_arrive = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        under_way.set()
        await may_arrive.wait()

    wire.fails(ROOM, meanwhile(slow))
    working = asyncio.create_task(toy.core.dispatcher({"slack": wire}).run())
    await under_way.wait()
    working.cancel()
    asyncio.get_running_loop().call_later(0.05, may_arrive.set)
    with pytest.raises(asyncio.CancelledError):
        await working
    assert [(post.state, post.tries) for post in toy.posts() if post.template == "toy/badge"] == [
        ("sent", 1), ("waiting", 0),
    ]  # fmt: skip
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1", "b #2"]
    assert wire.looked_up == []


async def test_a_worker_that_is_stopped_as_a_claim_fails_stops(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    await toy.say(anna, "badge a")
    claiming, may_go_on = threading.Event(), threading.Event()

    def failing(*_: object) -> list[Claim]:
        claiming.set()
        assert may_go_on.wait(20)
        raise OSError("the disk is gone")

    monkeypatch.setattr(Outbox, "claim", failing)
    working = asyncio.create_task(toy.core.dispatcher({"slack": wire}).run())
    assert await asyncio.to_thread(claiming.wait, 20)
    working.cancel()
    await asyncio.sleep(0)  # it is told of it while the claim is under way
    may_go_on.set()
    done, _ = await asyncio.wait({working}, timeout=10)
    assert working in done
    assert working.cancelled()


async def test_a_list_whose_commit_was_not_heard_of_is_no_second_list(toy: MeetingRoom, wire: Wire) -> None:
    for name in "abcdef":
        await toy.say(anna, f"badge {name}")
    claim = claimed(toy)
    card = "<card summary='6 new records'/>"
    with another_worker(toy) as worker:
        listed = worker.list_together(claim, claim.posts, card, toy.clock.now())
    with pytest.raises(GiveWay), another_worker(toy) as worker:
        worker.list_together(claim, claim.posts, card, toy.clock.now())
    assert [post.id for post in toy.posts() if post.unsent and post.address == str(ROOM)] == [listed.id]


async def test_what_waited_for_a_day_untried_is_tried_as_often_as_all(toy: MeetingRoom, wire: Wire) -> None:
    for name in "abc":
        await toy.say(anna, f"badge {name}")
    toy.clock.advance(hours=60)  # the worker was down over a weekend
    wire.fails(ROOM, raising(TryLater("429", after=1)))
    await toy.deliver()
    assert wire.said(ROOM) == []
    toy.clock.advance(seconds=2)
    await toy.deliver()
    assert wire.said(ROOM)[:3] == ["a #1", "b #2", "c #3"]
    assert "failed" not in {post.state for post in toy.posts()}
