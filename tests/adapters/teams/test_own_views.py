"""Whoever presses a shared card sees the answer alone and finds the card again; each sees what they may press."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from core.api import Address, Button, Buttons, Card, Core, Options, Outgoing, Place, Plain, Text, Title
from core.features.actions.records import Action
from core.kernel.clock import SetClock
from core.kernel.database import Store
from tests.adapters.teams.listening import (
    ALONE,
    CHANNEL,
    JOINT,
    MEETING,
    Office,
    guest,
    luis,
    marta,
    office,
    other_luis,
)
from tests.adapters.teams.test_acts import CARD, FORM, NOTICE, actions, posted
from tests.meeting_room import START, MeetingRoom
from tests.tools.adaptive_cards import problems
from tests.tools.bot_connector import TENANT, person, refusal

SHOWN = "application/vnd.microsoft.card.adaptive"
LIST = Card("Checklist", (Title((Plain("Checklist"),)), Buttons((Button("Evidence…", "checklist evidence PQ-03"),))))
PEOPLE = {"p-marta": marta.user, "p-luis": luis.user, "p-elsewhere": "00000000-0000-4000-8000-999999999999"}


def out(address: Address = JOINT, card: Card = CARD, **more: Any) -> Outgoing:
    """A post of the transfer's own."""
    return Outgoing("post-1", address, card, PEOPLE, **more)


async def sent(office: Office, **more: Any) -> dict[str, Any]:
    """A card that Tandem posts in the channel by itself."""
    await office.line("@Tandem agenda")
    await office.adapter.messenger.send(out(**more))
    return office.teams.cards(CHANNEL)[-1]


async def test_a_button_that_only_shows_something_shows_it_in_a_dialog(office: Office) -> None:
    office.core.answer, office.core.forms = CARD, {"action done ACT-012"}
    card = await posted(office)
    done = actions(card)["Done"]
    assert done["data"]["msteams"] == {"type": "task/fetch"}
    office.core.answer = LIST
    _, reply = await office.send.dialog("fetch", done["data"], luis, CHANNEL)
    assert not office.turn.aloud
    shown = reply["task"]["value"]["card"]["content"]
    assert problems(shown) == []
    evidence = actions(shown)["Evidence…"]
    assert evidence["type"] == "Action.Submit"  # a dialog knows nothing else
    assert "msteams" not in evidence["data"]
    assert office.teams.cards(CHANNEL) == [card]

    office.core.turns.clear()
    office.core.answer = FORM  # and what is pressed in it goes on in it
    _, reply = await office.send.dialog("submit", evidence["data"], luis, CHANNEL)
    assert office.turn.act.says == "checklist evidence PQ-03"  # type: ignore[union-attr]
    assert reply["task"]["value"]["title"] == "New action"


@pytest.mark.parametrize("answer", [CARD, FORM])
async def test_what_stands_in_a_card_s_place_leads_back_to_it(office: Office, answer: Any) -> None:
    office.core.answer = CARD
    card = await posted(office)
    message = office.teams.conversations[CHANNEL].messages[-1]["id"]
    office.core.answer = answer
    _, reply = await office.send.press(actions(card)["Done"], luis, CHANNEL, message)
    assert problems(reply["value"]) == []
    way_back = actions(reply["value"])["Back to the card"]
    office.core.turns.clear()
    office.core.stands = CARD
    _, reply = await office.send.press(way_back, luis, CHANNEL, message)
    assert (reply["statusCode"], reply["type"]) == (200, SHOWN)
    assert "ACT-012 verify the batch record" in str(reply["value"]["body"])
    assert "Back to the card" not in actions(reply["value"])
    [(room, looked_at, account)] = office.core.looked
    assert (room, looked_at, account.identity.user) == (JOINT, message, luis.user)
    assert office.core.turns == []  # nothing was said


async def test_a_form_that_was_taken_leads_back_too(office: Office) -> None:
    office.core.answer = CARD
    card = await posted(office)
    office.core.answer = FORM
    _, reply = await office.send.press(actions(card)["Cancel"], luis, CHANNEL, "17")
    office.core.answer = NOTICE
    _, reply = await office.send.press(actions(reply["value"])["Record"], luis, CHANNEL, "17", text="x")
    assert "Back to the card" in actions(reply["value"])


async def test_a_card_that_nobody_knows_takes_no_place(office: Office) -> None:
    _, reply = await office.send.press({"type": "Action.Execute", "data": {"tandem": {"again": True}}}, luis, CHANNEL)
    assert (reply["statusCode"], reply["type"]) == (404, "application/vnd.microsoft.error")
    assert (await office.send.submit({"data": {"tandem": {"again": True}}}, luis, CHANNEL))[0] == 200
    assert office.core.turns == []


async def test_members_who_are_there_have_a_view_of_their_own_by_teams_own_ids(office: Office) -> None:
    office.core.people = PEOPLE
    card = await sent(office)
    assert card["refresh"]["userIds"] == [marta.handle, luis.handle]
    assert all(one.startswith("29:") for one in card["refresh"]["userIds"])
    assert problems(card) == []
    office.core.stands = CARD
    message = office.teams.conversations[CHANNEL].messages[-1]["id"]
    status, reply = await office.send.press(card["refresh"]["action"], luis, CHANNEL, message)
    assert (status, reply["type"]) == (200, SHOWN)
    assert reply["value"]["refresh"] == card["refresh"]


async def test_a_room_s_members_are_asked_for_once(office: Office) -> None:
    await sent(office)
    for _ in range(3):
        await office.adapter.messenger.send(out())
    assert len([path for _, path in office.teams.calls if path.endswith("/pagedmembers")]) == 1


async def test_a_room_that_does_not_tell_its_members_gets_the_same_card_for_everybody(office: Office) -> None:
    office.teams.fails("GET", refusal(403, "Forbidden"))
    card = await sent(office)
    assert "refresh" not in card
    assert actions(card)["Done"]


async def test_a_card_without_buttons_and_a_person_s_own_chat_need_none(office: Office) -> None:
    assert "refresh" not in await sent(office, card=Card("Moved", (Text((Plain("MTG-001 moved"),)),)))
    await office.line("@Tandem agenda", room=ALONE)
    await office.adapter.messenger.send(out(Address("teams", TENANT, marta.user, direct=True)))
    assert "refresh" not in office.teams.cards(ALONE)[-1]


async def test_sixty_at_most_and_never_more_than_the_message_holds(office: Office) -> None:
    crowd = [person(f"Person{number}", 100 + number) for number in range(80)]
    office.teams.conversations[MEETING].members = crowd
    await office.line("@Tandem agenda", crowd[0], room=MEETING)
    people = {f"p-{one.user}": one.user for one in crowd}
    long = Card("Long", (*(Text((Plain("word " * 700),)) for _ in range(9)), *CARD.blocks), place=Place("NVT"))
    for card in (CARD, long):
        await office.adapter.messenger.send(Outgoing("p", Address("teams", TENANT, MEETING), card, people))
    short, heavy = office.teams.cards(MEETING)[-2:]
    assert len(short["refresh"]["userIds"]) == 60
    assert len(heavy.get("refresh", {}).get("userIds", [])) < 60  # the connector took it


@pytest_asyncio.fixture
async def channel(store: Store) -> AsyncIterator[tuple[Office, Core]]:
    """A channel with a real core behind it, in which Marta leads, Luís is an expert and the other Luís an auditor."""
    core = Core.over(store, Options(clock=SetClock(START), open_to_all=True))
    core.start()
    async with office(core) as here:
        await here.line('@Tandem transfer new "X" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT side:cmo')
        for who, role in ((luis, "expert"), (other_luis, "auditor")):
            named = f"<at>{who.name}</at>"
            await here.line(f"@Tandem member add {named} side:cmo role:{role}", mentions=[(who,)])
        await here.line("@Tandem decision we go with three batches")
        await core.dispatcher({"teams": here.adapter.messenger}).drain()
        yield here, core
    await core.close()


async def test_each_sees_the_card_as_it_is_now_with_what_they_may_press(channel: tuple[Office, Core]) -> None:
    here, core = channel
    message = next(
        one["id"] for one in here.teams.conversations[CHANNEL].messages if "DEC-001" in str(one.get("summary"))
    )
    shown = here.teams.cards(CHANNEL)[-1]
    assert marta.handle in shown["refresh"]["userIds"]

    async def seen_by(who: Any) -> list[str]:
        _, reply = await here.send.press(shown["refresh"]["action"], who, CHANNEL, message)
        assert "three batches" in str(reply["value"]["body"])
        assert problems(reply["value"]) == []
        return list(actions(reply["value"]))

    assert await seen_by(marta) == list(actions(shown))
    expert, auditor, stranger = await seen_by(luis), await seen_by(other_luis), await seen_by(guest)
    assert "Agree" not in expert
    assert "Object…" in expert
    assert auditor == []
    assert stranger == list(actions(shown))  # who is told on a press what is missing

    await here.line('@Tandem decision object DEC-001 reason:"hold time"', luis)
    await core.dispatcher({"teams": here.adapter.messenger}).drain()
    _, reply = await here.send.press(shown["refresh"]["action"], other_luis, CHANNEL, message)
    assert "hold time" in str(reply["value"]["body"])


async def test_what_a_message_of_another_room_shows_is_not_told(channel: tuple[Office, Core]) -> None:
    here, _ = channel
    message = here.teams.conversations[CHANNEL].messages[-1]["id"]
    again = {"type": "Action.Execute", "data": {"tandem": {"again": True}}}
    _, reply = await here.send.press(again, marta, MEETING, message)
    assert reply["statusCode"] == 404


async def test_a_form_of_the_room_is_sent_once_and_goes_on_saying_what_it_made(channel: tuple[Office, Core]) -> None:
    here, core = channel
    await here.line("@Tandem action")
    form = here.teams.conversations[CHANNEL].messages[-1]["id"]
    record = actions(here.teams.cards(CHANNEL)[-1])["Record"]
    await here.send.press(record, marta, CHANNEL, form, text="send the record")
    await here.adapter.idle()
    said = str(here.teams.cards(CHANNEL))
    _, reply = await here.send.press(record, luis, CHANNEL, form, text="send mine")
    await here.adapter.idle()
    assert "has sent this form already: ACT-001." in reply["value"]
    assert "@Tandem action" in reply["value"]
    assert str(here.teams.cards(CHANNEL)) == said
    await here.send.press(record, marta, CHANNEL, form, text="send the record again")
    await here.adapter.idle()
    assert str(here.teams.cards(CHANNEL)) == said
    await here.send.submit(record["fallback"], marta, CHANNEL, form, text="send the record")
    await here.adapter.idle()
    assert [row.text for row in MeetingRoom(core, SetClock(START)).rows(Action)] == ["send the record"]
