"""What can never be sent: it ends where it can be seen, the lead is told once, and nothing else waits for it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.api import Address, Core, Gone, TryLater
from core.kernel.delivering import Delivery
from core.kernel.outbox import Outbox
from core.kernel.pending import Pending
from core.kernel.posting import Attempt, Outlet, Post
from core.kernel.transfers import Room
from tests.kernel.test_outbox import OTHER, other_transfer
from tests.kernel.wire import Wire, raising, taking_and_raising
from tests.meeting_room import ROOM, MeetingRoom, anna, luis, marta, person, words

ANNA = Address("slack", "T1", "U-aoife", direct=True)
MARTA = Address("slack", "T2", "U-marta", direct=True)
LUIS = Address("slack", "T2", "U-luís", direct=True)
ARCHIVED = Gone("is_archived", "room")
CUT = TryLater("the line broke", after=1, in_doubt=True)


def attempts(toy: MeetingRoom, *states: str) -> list[str]:
    """What came of each try to send the posts that ended in `states`."""
    with toy.core.store.read() as connection:
        found = connection.execute(
            select(Attempt.result)
            .join(Post, Post.id == Attempt.post)
            .where(Post.state.in_(states))
            .order_by(Attempt.number)
        )
        return list(found.scalars())


def room_states(toy: MeetingRoom) -> list[str]:
    """Whether the transfer's rooms are open or lost."""
    with toy.core.store.read() as connection:
        return list(connection.execute(select(Room.state).where(Room.transfer == "NVT")).scalars())


def reports(wire: Wire) -> list[tuple[Address, str]]:
    """What the leads were told, and where."""
    return [(out.address, words(out.card)) for out in wire.sent if "could not be delivered" in words(out.card)]


async def rewrite(toy: MeetingRoom, **values: str) -> None:
    """Let the last post hold what another version of Tandem might have written."""
    with toy.core.store.write() as connection:
        connection.execute(update(Post).where(Post.id == toy.posts()[-1].id).values(**values))


async def test_a_card_whose_message_was_deleted_is_posted_anew(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.deliver()
    wire.messages.clear()
    await toy.say(anna, "badge return BDG-001")
    [again] = await toy.deliver()
    assert again.message is None
    assert [words(card).split("\n")[0] for card in toy.cards()] == ["BDG-001 · a #1"]
    assert toy.posts()[-1].message == "m2"
    assert reports(wire) == []


async def test_a_card_posted_anew_is_no_second_one_after_a_cut(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.deliver()
    wire.messages.clear()
    await toy.say(anna, "badge return BDG-001")
    wire.fails(ROOM, raising(Gone("message_not_found", "message")), taking_and_raising(CUT))
    await toy.deliver()
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert len(wire.messages) == 1
    assert toy.posts()[-1].state == "sent"


async def test_a_lost_room_is_marked_its_posts_end_and_the_leads_are_told_once(toy: MeetingRoom, wire: Wire) -> None:
    for name in "abc":
        await toy.say(anna, f"badge {name}")
    wire.fails(ROOM, raising(ARCHIVED))
    await toy.deliver()
    assert room_states(toy) == ["lost"]
    assert attempts(toy, "failed") == ["is_archived"] * 3
    assert len([out for out in wire.tried if out.address == ROOM]) == 1
    assert [address for address, _ in reports(wire)] == [ANNA, MARTA]
    assert "#joint" in reports(wire)[0][1]
    assert [entry["reason"] for entry in toy.trail() if entry["event"] == "RoomLost"] == ["is_archived"]


async def test_nothing_is_promised_to_a_lost_room_until_it_is_back(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    wire.fails(ROOM, raising(ARCHIVED))
    await toy.deliver()
    before = len(toy.posts())
    await toy.say(anna, "badge b")
    assert len(toy.posts()) == before
    assert not await toy.core.room_known(ROOM)
    await toy.core.news.room_back(ROOM)
    assert await toy.core.room_known(ROOM)
    await toy.say(anna, "badge return BDG-001")
    await toy.deliver()
    back, badge = [words(out.card) for out in wire.sent if out.address == ROOM]
    assert "can be reached again" in back
    assert "a #1" in badge


async def test_the_app_s_removal_ends_what_waits_and_does_not_report_for_ever(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    for place in (ROOM, ANNA, MARTA):
        wire.fails(place, *[raising(Gone("account_inactive", "app"))] * 9)
    await toy.deliver()
    assert room_states(toy) == ["lost"]
    assert await toy.deliver() == []
    assert len(wire.tried) == 3  # the room, and a report to each lead
    assert attempts(toy, "failed") == ["account_inactive"] * 3
    assert len([entry for entry in toy.trail() if entry["event"] == "PostUndelivered"]) == 2


async def test_a_person_who_cannot_be_written_to_is_told_of_once(toy: MeetingRoom, wire: Wire) -> None:
    wire.fails(LUIS, *[raising(Gone("user_disabled", "person"))] * 9)
    for day in range(2):
        await toy.say(anna, f"badge {day}")
        await _write_to(toy, LUIS)
        await toy.deliver()
    assert [post.state for post in toy.posts() if post.address == str(LUIS)] == ["failed"] * 2
    told = [out for out in wire.sent if "could not be delivered" in words(out.card)]
    assert [(out.address, out.message is None) for out in told] == [(ANNA, True), (MARTA, True)]
    assert "Luís Gonçalves" in words(told[0].card)
    events = [entry["event"] for entry in toy.trail()]
    assert (events.count("AccountLost"), events.count("PostUndelivered")) == (1, 2)


async def _write_to(toy: MeetingRoom, whom: Address) -> None:
    """Turn the last post into one for a person alone."""
    with toy.core.store.write() as connection:
        outlet: dict[str, Any] = {"address": str(whom), "platform": whom.platform, "tenant": whom.tenant}
        insert = sqlite.insert if toy.core.store.is_sqlite else postgresql.insert
        connection.execute(insert(Outlet).on_conflict_do_nothing().values(**outlet, channel=whom.channel, direct=True))
        connection.execute(update(Post).where(Post.id == toy.posts()[-1].id).values(address=str(whom)))


async def test_who_may_be_written_to_at_no_account_is_called_once(toy: MeetingRoom, wire: Wire) -> None:
    """Two guests of one person: what waits does not go to and fro between them."""
    again = person("Luís-again Gonçalves", "T1")
    await toy.say(marta, 'member same @p @q reason:"guest in their workspace"', p=luis, q=again)
    await toy.deliver()
    other = Address("slack", "T1", again.identity.user, direct=True)
    for place in (LUIS, other):
        wire.fails(place, *[raising(Gone("403", "person", there=True))] * 9)
    wire.tried.clear()
    await toy.say(anna, "badge a")
    await _write_to(toy, LUIS)
    await toy.deliver()
    assert [out.address for out in wire.tried if out.address.direct] == [LUIS, other]
    assert [post.state for post in toy.posts() if post.address == str(other)] == ["failed"]
    assert [entry["event"] for entry in toy.trail()].count("PersonCalled") == 1


async def test_a_post_that_the_platform_refuses_ends_alone(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.say(anna, "badge b")
    wire.fails(ROOM, raising(Gone("invalid_blocks")))
    await toy.deliver()
    assert wire.said(ROOM) == ["b #2"]
    assert attempts(toy, "failed") == ["invalid_blocks"]
    assert [address for address, _ in reports(wire)] == [ANNA, MARTA]
    assert "BDG-001" in reports(wire)[0][1]
    await toy.say(anna, "badge return BDG-001")
    await toy.deliver()
    assert wire.said(ROOM) == ["b #2", "a #1"]  # its next state is posted anew


async def test_each_lost_record_is_a_message_of_its_own(toy: MeetingRoom, wire: Wire) -> None:
    for name in "ab":
        await toy.say(anna, f"badge {name}")
        wire.fails(ROOM, raising(Gone("invalid_blocks")))
        await toy.deliver()
    told = [out for out in wire.sent if "could not be delivered" in words(out.card)]
    assert [(out.address, out.message) for out in told] == [(ANNA, None), (MARTA, None)] * 2
    shown = [words(card) for (address, _), card in wire.messages.items() if address == str(ANNA)]
    assert ["Where: #joint" in one for one in shown] == [True, True]
    assert [re.findall(r"BDG-\d+", one) for one in shown] == [["BDG-001"], ["BDG-002"]]


async def test_what_is_lost_again_on_another_day_is_told_again(toy: MeetingRoom, wire: Wire) -> None:
    for day in range(2):
        wire.fails(ROOM, raising(ARCHIVED))
        await toy.say(anna, f"badge {day}")
        await toy.deliver()
        toy.clock.advance(days=1)
        await toy.core.news.room_back(ROOM)
        await toy.deliver()
    told = [out for out in wire.sent if "could not be delivered" in words(out.card)]
    assert [(out.address, out.message) for out in told] == [(ANNA, None), (MARTA, None)] * 2


async def test_a_lost_message_to_somebody_alone_names_them(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await _write_to(toy, LUIS)
    wire.fails(LUIS, raising(Gone("invalid_blocks")))
    await toy.deliver()
    assert [address for address, _ in reports(wire)] == [ANNA, MARTA]
    assert "Where: Luís Gonçalves" in reports(wire)[0][1]


@pytest.mark.parametrize(
    "values",
    [
        {"card": "<card summary='x'><hologram/></card>"},
        {"card": "<card summary='x'><text>not closed</card>"},
        {"card": "<dance/>"},
        {"card": "<notice tone='good'><text>no card</text></notice>"},
        {"view": '{"zone": "UTC", "view": {"of": "another release"}}'},
        {"template": "badges/of_another_release"},
    ],
    ids=["a later shape", "no XML", "an unknown root", "no card", "another view", "an unknown template"],
)
async def test_a_card_that_cannot_be_read_ends_and_nothing_waits_for_it(
    toy: MeetingRoom, wire: Wire, values: dict[str, str]
) -> None:
    await toy.say(anna, "badge a")
    await rewrite(toy, **values)
    for name in "bcdefgh":
        await toy.say(anna, f"badge {name}")
    await toy.deliver()
    assert wire.said(ROOM) == [""]  # the list of the seven others
    assert len(attempts(toy, "failed")) == 1
    assert [address for address, _ in reports(wire)] == [ANNA, MARTA]
    assert [entry["event"] for entry in toy.trail()].count("PostUndelivered") == 1


@pytest.mark.parametrize("unreadable", ["a", "b", "c"], ids=["first", "in the middle", "last"])
async def test_a_card_that_cannot_be_read_takes_no_other_with_it(toy: MeetingRoom, wire: Wire, unreadable: str) -> None:
    for name in "abc":
        await toy.say(anna, f"badge {name}")
        if name == unreadable:
            await rewrite(toy, card="<card summary='x'><hologram/></card>")
    await toy.deliver()
    states = [(post.record, post.state) for post in toy.posts() if post.template == "toy/badge"]
    assert [state for _, state in states] == ["failed" if name == unreadable else "sent" for name in "abc"]
    assert len(wire.said(ROOM)) == 2
    assert await toy.deliver() == []  # and it does not wait again
    assert [entry["event"] for entry in toy.trail()].count("PostUndelivered") == 1


@pytest.mark.parametrize("undrawable", ["a", "b", "c"], ids=["first", "in the middle", "last"])
async def test_a_template_that_breaks_down_takes_no_other_card_with_it(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch, undrawable: str
) -> None:
    await other_transfer(toy)
    wire.traceless = True  # where a card that was sent is sent twice, if its mark is lost
    for name in "abc":
        await toy.say(anna, f"badge {name}")
        if name == undrawable:
            broken = toy.posts()[-1].id
    await toy.say(anna, "badge elsewhere", at=OTHER)
    markup = Core.markup

    def draw(self: Core, post: Pending) -> str:
        return str(1 // 0) if post.id == broken else markup(self, post)

    monkeypatch.setattr(Core, "markup", draw)
    await toy.deliver()
    assert wire.said(OTHER) == ["elsewhere #1"]
    assert wire.said(ROOM) == [f"{name} #{number}" for number, name in enumerate("abc", 1) if name != undrawable]
    assert attempts(toy, "failed") == ["its card cannot be drawn: ZeroDivisionError"]


async def test_cards_whose_list_cannot_be_drawn_go_out_one_by_one(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        await toy.say(anna, f"badge {number}")
    monkeypatch.setattr(Core, "listing", lambda *_: 1 // 0)
    await toy.deliver()
    assert wire.said(ROOM) == [f"{number} #{number + 1}" for number in range(7)]


async def test_a_template_that_cannot_be_read_now_is_read_later(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    await toy.say(anna, "badge a")

    def away(*_: object) -> str:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Core, "markup", away)
        await toy.deliver()
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]
    assert wire.looked_up == []


async def test_a_messenger_that_breaks_its_word_leaves_a_doubt(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    wire.fails(ROOM, taking_and_raising(KeyError("no message id")))
    await toy.deliver()
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]
    assert len(wire.looked_up) == 1


async def test_what_fails_before_the_call_is_no_doubt(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    await toy.say(anna, "badge a")

    def failing(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(Delivery, "_begin", failing)
        patch.setattr(Delivery, "_out", failing)
        await toy.deliver()
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1"]
    assert wire.looked_up == []


async def test_after_a_day_a_post_is_given_up(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    wire.fails(ROOM, *[raising(TryLater("503", after=3600))] * 30)
    for _ in range(25):
        await toy.deliver()
        toy.clock.advance(hours=1)
    await toy.deliver()
    post = next(post for post in toy.posts() if post.record == "BDG-001")
    assert post.state == "failed"
    assert len(attempts(toy, "failed")) == 26
    assert attempts(toy, "failed")[-1] == "tried for 24 hours: 503"
    assert [address for address, _ in reports(wire)] == [ANNA, MARTA]


async def test_the_lead_is_told_even_if_tandem_stops_in_between(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    await toy.say(anna, "badge a")
    wire.fails(ROOM, *[raising(Gone("invalid_blocks"))] * 2)
    dispatcher = toy.core.dispatcher({"slack": wire})

    def stopped(*_: object) -> None:
        raise KeyError("the process ended here")

    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "failed", stopped)
        with pytest.raises(KeyError):
            await dispatcher.drain()
    await toy.deliver()
    assert [address for address, _ in reports(wire)] == [ANNA, MARTA]
    assert [entry["event"] for entry in toy.trail()].count("PostUndelivered") == 1
    assert attempts(toy, "failed") == ["invalid_blocks"]


async def test_six_cards_become_one_list(toy: MeetingRoom, wire: Wire) -> None:
    for number in range(6):
        await toy.say(anna, f"badge {number}")
    [listed] = [out for out in await toy.deliver() if out.address == ROOM]
    assert [f"BDG-{number:03}" in words(listed.card) for number in range(1, 7)] == [True] * 6
    badges = [post for post in toy.posts() if post.template == "toy/badge"]
    assert {post.state for post in badges} == {"listed"}
    assert {post.listed_in for post in badges} == {listed.post}


async def test_five_cards_stay_five(toy: MeetingRoom, wire: Wire) -> None:
    for number in range(5):
        await toy.say(anna, f"badge {number}")
    assert len([out for out in await toy.deliver() if out.address == ROOM]) == 5


async def test_more_than_a_list_holds_are_several_lists_that_name_each_once(toy: MeetingRoom, wire: Wire) -> None:
    for number in range(60):
        await toy.say(anna, f"badge {number}")
    lists = [words(out.card) for out in await toy.deliver() if out.address == ROOM]
    assert [one.split("\n")[0] for one in lists] == [f"20 new records · list {part} of 3" for part in (1, 2, 3)]
    assert re.findall(r"BDG-\d+", " ".join(lists)) == [f"BDG-{number:03}" for number in range(1, 61)]


async def test_a_list_keeps_the_place_of_its_first_card(toy: MeetingRoom, wire: Wire) -> None:
    for number in range(6):
        await toy.say(anna, f"badge {number}")
    await toy.say(anna, "transfer stage kickoff")
    wire.fails(ROOM, *[raising(TryLater("ratelimited", after=5))] * 2)
    for _ in range(3):
        await toy.deliver()
        toy.clock.advance(seconds=5)
    shown = [words(out.card).split("\n")[0] for out in wire.sent if out.address == ROOM]
    assert shown == ["6 new records", "Product X 50 mg"]


async def test_what_gathers_while_a_room_cannot_be_reached_is_one_list_when_it_can(
    toy: MeetingRoom, wire: Wire
) -> None:
    wire.fails(ROOM, *[raising(TryLater("not there", after=5))] * 4)
    for number in range(12):
        await toy.say(anna, f"badge {number}")
        if number % 3 == 0:
            await toy.deliver()
            toy.clock.advance(seconds=5)
    await toy.deliver()
    shown = [words(out.card).split("\n")[0] for out in wire.sent if out.address == ROOM]
    assert shown == ["BDG-001 · 0 #1", "11 new records"]


async def test_a_change_of_one_in_a_list_is_posted_anew(toy: MeetingRoom, wire: Wire) -> None:
    for number in range(6):
        await toy.say(anna, f"badge {number}")
    await toy.deliver()
    await toy.say(anna, "badge return BDG-003")
    [card] = await toy.deliver()
    assert (card.message, "returned" in words(card.card)) == (None, True)


async def test_a_list_whose_line_was_cut_is_no_second_list(toy: MeetingRoom, wire: Wire) -> None:
    for number in range(6):
        await toy.say(anna, f"badge {number}")
    wire.fails(ROOM, taking_and_raising(CUT))
    await toy.deliver()
    toy.clock.advance(seconds=1)
    await toy.deliver()
    assert len(wire.messages) == 1
