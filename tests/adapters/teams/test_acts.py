"""Buttons, forms and answers in Teams: what is pressed and filled in, and where the answer goes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.api import (
    Button,
    Buttons,
    Card,
    ChoiceInput,
    DateInput,
    Filled,
    Form,
    FormErrors,
    Notice,
    Option,
    PeopleInput,
    Place,
    Plain,
    Pressed,
    Sentence,
    Text,
    TextInput,
    Title,
    Tone,
)
from tests.adapters.teams.listening import ALONE, CHANNEL, MEETING, Office, luis, marta
from tests.tools.bot_connector import TENANT, refusal

CARD = Card(
    "ACT-012 · verify the batch record",
    (
        Title((Plain("ACT-012 verify the batch record"),)),
        Buttons((Button("Done", "action done ACT-012"), Button("Cancel", "action cancel ACT-012"))),
    ),
    place=Place("NVT", "ACT-012", 3),
)
LINK = Card(
    "Your page", (Title((Plain("Your page"),)), Buttons((Button("Open", href="https://tandem.example/t/NVT"),)))
)
NOTICE = Notice(Tone.GOOD, (Text((Plain("ACT-012: done."),)),))
NO = Notice(Tone.BAD, (Text((Plain("ACT-012 is done; it needs *nothing*."),)),))
FORM = Form(
    "New action",
    (
        TextInput("text", "What", "verify", longest=300),
        DateInput("due", "By when"),
        PeopleInput("owners", "Who", many=True),
        ChoiceInput("side", "Side", (Option("cmo", "CMO"), Option("sponsor", "Sponsor")), ("cmo",)),
    ),
    "Record",
    "record_action",
    '{"meeting":"MTG-001"}',
    "action … @who by …",
    place=Place("NVT"),
)


def actions(card: dict) -> dict[str, dict]:
    """The actions of a card by their titles."""
    rows = [element["actions"] for element in card["body"] if element["type"] == "ActionSet"]
    return {action["title"]: action for row in rows for action in row}


async def posted(office: Office, room: str = CHANNEL) -> dict:
    """The card that the bot answers to a line."""
    await office.line("@Tandem agenda", room=room)
    office.core.turns.clear()
    return office.teams.cards(room)[-1]


async def test_an_answer_stands_below_the_line(office: Office) -> None:
    office.core.answer = NOTICE
    await office.line("@Tandem action done ACT-012", id="17")
    _, answer = office.teams.conversations[CHANNEL].messages
    assert answer["root"] == "17"
    assert answer["summary"] == "✓ ACT-012: done." or answer["summary"] == "ACT-012: done."


async def test_a_sentence_to_type_begins_with_the_mention_where_people_talk_and_alone_without(office: Office) -> None:
    office.core.answer = Notice(Tone.BAD, (Text((Sentence("action list"),)),))
    for room, shown in ((MEETING, "@Tandem action list"), (ALONE, "action list")):
        await office.line("@Tandem acton", room=room)
        assert f'"text": "{shown}"' in json.dumps(office.teams.cards(room)[-1])


async def test_an_answer_in_a_thread_stands_in_it(office: Office) -> None:
    office.core.answer = NOTICE
    office.teams.conversations[CHANNEL].messages.append({"id": "11"})
    await office.line("@Tandem action done ACT-012", id="17", thread="11")
    assert office.teams.conversations[CHANNEL].messages[-1]["root"] == "11"


@pytest.mark.parametrize("room", [MEETING, ALONE])
async def test_chats_have_no_threads(office: Office, room: str) -> None:
    office.core.answer = NOTICE
    await office.line("@Tandem action done ACT-012", room=room)
    assert office.teams.conversations[room].messages[-1]["root"] is None


async def test_a_page_s_link_is_its_asker_s_alone(office: Office) -> None:
    office.core.answer = LINK
    await office.line("@Tandem minutes show")
    assert office.teams.cards(CHANNEL) == []
    (card,) = office.teams.cards(f"a:1{marta.user:x<120}")
    assert actions(card)["Open"]["url"] == "https://tandem.example/t/NVT"


async def test_whom_teams_lets_nobody_write_to_is_told_so(office: Office) -> None:
    office.core.answer = LINK
    office.teams.unreachable = {marta.user}
    await office.line("@Tandem minutes show")
    (card,) = office.teams.cards(CHANNEL)
    assert "open one with Tandem" in card["fallbackText"]
    assert "https://tandem.example" not in str(card)


async def test_a_press_is_heard_with_its_place(office: Office) -> None:
    office.core.answer = CARD
    card = await posted(office)
    office.core.answer = NOTICE
    status, reply = await office.send.press(actions(card)["Done"], luis, CHANNEL, "17")
    turn = office.turn
    assert turn.act == Pressed("action done ACT-012", Place("NVT", "ACT-012", 3))
    assert turn.account.identity.user == luis.user
    assert not turn.aloud  # only the presser sees the reply
    assert turn.delivery.startswith(f"teams:{TENANT}/press/")
    assert (status, reply) == (
        200, {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "ACT-012: done."}
    )  # fmt: skip


async def test_an_old_client_presses_too(office: Office) -> None:
    office.core.answer = CARD
    card = await posted(office)
    office.core.answer = NOTICE
    shown = office.teams.conversations[CHANNEL].messages[-1]
    await office.send.submit(actions(card)["Done"]["fallback"], luis, CHANNEL, shown["id"])
    await office.adapter.idle()
    assert office.turn.act == Pressed("action done ACT-012", Place("NVT", "ACT-012", 3))
    assert office.turn.aloud  # the answer is a message in the room
    assert "ACT-012: done." in office.teams.cards(CHANNEL)[-1]["fallbackText"]
    assert office.teams.conversations[CHANNEL].messages[-1]["root"] == shown["root"]


@pytest.mark.parametrize(
    "data",
    [{}, {"actionId": "info"}, {"tandem": {}}, {"tandem": {"says": 7}}, {"tandem": []}, {"tandem": {"place": 1}}, None],
)
async def test_a_button_of_nobody_s_is_answered_and_does_nothing(office: Office, data: dict | None) -> None:
    status, reply = await office.send.press({"type": "Action.Execute", "data": data or {}}, marta, CHANNEL)
    assert status == 200
    assert "nothing was recorded" in reply["value"]
    assert (await office.send.submit({"data": data or {"x": 1}}, marta, CHANNEL))[0] == 200
    status, reply = await office.send.dialog("fetch", data or {}, marta, CHANNEL)
    assert "nothing was recorded" in reply["task"]["value"]
    assert office.core.turns == []


async def test_a_press_that_shows_more_shows_it_to_the_presser(office: Office) -> None:
    office.core.answer = CARD
    card = await posted(office)
    _, reply = await office.send.press(actions(card)["Done"], luis, CHANNEL)
    assert reply["type"] == "application/vnd.microsoft.card.adaptive"
    assert "ACT-012" in str(reply["value"]["body"])


async def test_a_press_whose_card_stands_in_the_room_needs_no_words(office: Office) -> None:
    office.core.answer = CARD
    card = await posted(office)
    office.core.answer = None
    assert (await office.send.press(actions(card)["Done"], luis, CHANNEL))[1]["value"] == "✓"


async def test_a_button_that_asks_opens_a_dialog(office: Office) -> None:
    office.core.answer, office.core.forms = CARD, {"action cancel ACT-012"}
    card = await posted(office)
    cancel = actions(card)["Cancel"]
    assert cancel["type"] == "Action.Submit"
    assert cancel["data"]["msteams"] == {"type": "task/fetch"}
    office.core.answer = FORM
    _, reply = await office.send.dialog("fetch", cancel["data"], luis, CHANNEL)
    assert office.turn.act == Pressed("action cancel ACT-012", Place("NVT", "ACT-012", 3))
    shown = reply["task"]["value"]
    assert (reply["task"]["type"], shown["title"]) == ("continue", "New action")
    office.core.turns.clear()
    office.core.answer = NOTICE
    record = actions(shown["card"]["content"])["Record"]
    assert record["type"] == "Action.Submit"
    filled = {"text": "verify it", "due": "2026-03-13", "owners": f"{luis.user},{marta.user}", "side": "sponsor"}
    _, reply = await office.send.dialog("submit", record["data"], luis, CHANNEL, **filled)
    act = office.turn.act
    assert isinstance(act, Filled)
    assert (act.message, act.given, act.place) == ("record_action", '{"meeting":"MTG-001"}', Place("NVT"))
    assert {name: act.values[name] for name in ("text", "due", "side")} == {
        "text": "verify it", "due": "2026-03-13", "side": "sponsor",
    }  # fmt: skip
    assert [one.name for one in act.values["owners"]] == [luis.name, marta.name]  # type: ignore[union-attr]
    assert reply == {"task": {"type": "message", "value": "ACT-012: done."}}


async def test_a_dialog_that_needs_nothing_says_what_was_done(office: Office) -> None:
    office.core.answer = None
    data = {"tandem": {"says": "action done ACT-012"}}
    assert await office.send.dialog("fetch", data, luis, CHANNEL) == (200, {})
    office.core.answer = NO
    _, reply = await office.send.dialog("fetch", data, luis, CHANNEL)
    assert reply["task"] == {"type": "message", "value": "ACT-012 is done; it needs *nothing*."}


async def test_a_dialog_is_headed_once(office: Office) -> None:
    office.core.answer = CARD
    _, reply = await office.send.dialog("fetch", {"tandem": {"says": "mine"}}, luis, CHANNEL)
    shown = reply["task"]["value"]
    assert shown["title"] == "ACT-012 verify the batch record"
    assert [element["type"] for element in shown["card"]["content"]["body"]] == ["ActionSet"]


async def test_a_sentence_that_asks_gets_a_form_below_it(office: Office) -> None:
    office.core.answer = FORM
    card = await posted(office)
    form_id = office.teams.conversations[CHANNEL].messages[-1]["id"]
    office.core.answer = NOTICE
    filled = {"text": "verify it", "due": "", "owners": "", "side": "cmo"}
    _, reply = await office.send.press(actions(card)["Record"], marta, CHANNEL, form_id, **filled)
    await office.adapter.idle()
    act = office.turn.act
    assert isinstance(act, Filled)
    assert act.values == {"text": "verify it", "due": "", "owners": (), "side": "cmo"}
    assert office.turn.aloud
    assert reply["value"] == "ACT-012: done."
    shown = office.teams.cards(CHANNEL)
    assert len(shown) == 1
    assert "done" in shown[0]["fallbackText"]  # nobody shall fill it in again
    assert "Input" not in str(shown[0])


async def test_a_form_in_the_place_of_a_record_s_card_leaves_the_card_to_the_others(office: Office) -> None:
    office.core.answer = CARD
    card = await posted(office)
    shown = office.teams.conversations[CHANNEL].messages[-1]["id"]
    office.core.answer = FORM
    _, reply = await office.send.press(actions(card)["Cancel"], luis, CHANNEL, shown)
    form = reply["value"]
    office.core.answer = NOTICE
    _, reply = await office.send.press(actions(form)["Record"], luis, CHANNEL, shown, text="it is booked")
    await office.adapter.idle()
    assert reply["type"] == "application/vnd.microsoft.card.adaptive"  # what was done, and the form no more
    assert "Input" not in str(reply["value"])
    assert office.teams.cards(CHANNEL) == [card]


async def test_a_form_that_is_not_taken_stays(office: Office) -> None:
    office.core.answer = FORM
    card = await posted(office)
    form_id = office.teams.conversations[CHANNEL].messages[-1]["id"]
    office.core.answer = FormErrors({"due": "Give a day to come."})
    _, reply = await office.send.press(actions(card)["Record"], marta, CHANNEL, form_id, text="x")
    await office.adapter.idle()
    assert "Give a day to come." in str(reply["value"])
    assert "Input.Text" in str(office.teams.cards(CHANNEL)[0])
    _, reply = await office.send.dialog("submit", actions(card)["Record"]["data"], marta, CHANNEL, text="x")
    assert "Give a day to come." in str(reply["task"]["value"])
    office.core.answer = NO
    await office.send.press(actions(card)["Record"], marta, CHANNEL, form_id, text="x")
    await office.adapter.idle()
    assert "Input.Text" in str(office.teams.cards(CHANNEL)[0])


async def test_a_form_is_shown_again_with_what_was_filled_in(office: Office) -> None:
    office.core.answer = FORM
    card = await posted(office)
    form_id = office.teams.conversations[CHANNEL].messages[-1]["id"]
    typed = TextInput("text", "What", "typed already", longest=300)
    office.core.answer = FormErrors({"due": "Give a day to come."}, replace(FORM, blocks=(typed, *FORM.blocks[1:])))
    _, reply = await office.send.press(actions(card)["Record"], marta, CHANNEL, form_id, text="typed already")
    assert reply["type"] == "application/vnd.microsoft.card.adaptive"
    assert "Give a day to come." in str(reply["value"])
    assert "typed already" in str(reply["value"])
    _, reply = await office.send.dialog("submit", actions(card)["Record"]["data"], marta, CHANNEL)
    assert reply["task"]["type"] == "continue"
    assert "Give a day to come." in str(reply["task"]["value"]["card"])
    await office.send.submit(actions(card)["Record"]["fallback"], marta, CHANNEL, form_id)
    await office.adapter.idle()
    assert "Give a day to come." in str(office.teams.cards(CHANNEL)[-1])


async def test_a_form_that_is_refused_keeps_what_was_typed(office: Office) -> None:
    office.core.answer = FORM
    card = await posted(office)
    form_id = office.teams.conversations[CHANNEL].messages[-1]["id"]
    office.core.answer = NO
    office.core.again = replace(FORM, blocks=(TextInput("text", "What", "typed already", longest=300),))
    _, reply = await office.send.press(actions(card)["Record"], marta, CHANNEL, form_id, text="typed already")
    assert reply["type"] == "application/vnd.microsoft.card.adaptive"
    assert "typed already" in str(reply["value"])
    assert "it needs" in str(reply["value"])
    _, reply = await office.send.dialog("submit", actions(card)["Record"]["data"], marta, CHANNEL)
    assert "typed already" in str(reply["task"]["value"]["card"])


async def test_members_are_chosen_from_a_list(office: Office) -> None:
    options = (Option("p-1", "Marta Kowalczyk (Tarnbrook)"), Option("p-2", "Jürgen Weiß (Tarnbrook)"))
    office.core.answer = replace(FORM, blocks=(PeopleInput("owner", "Who", ("p-2",), options=options),))
    card = await posted(office)
    shown = next(one for one in card["body"] if one["type"] == "Input.ChoiceSet")
    assert shown["value"] == "p-2"
    assert [choice["title"] for choice in shown["choices"]] == [option.label for option in options]
    office.core.answer = NOTICE
    await office.send.press(actions(card)["Record"], marta, CHANNEL, "17", owner="p-1")
    act = office.turn.act
    assert isinstance(act, Filled)
    assert act.values == {"owner": ("p-1",)}


async def test_a_form_of_an_old_client(office: Office) -> None:
    office.core.answer = FORM
    record = actions(await posted(office))["Record"]
    office.core.answer = FormErrors({"due": "Give a day to come."})
    shown = office.teams.conversations[CHANNEL].messages[-1]
    await office.send.submit(record["fallback"], marta, CHANNEL, shown["id"], text="x")
    await office.adapter.idle()
    assert "Give a day to come." in str(office.teams.cards(CHANNEL)[-1])


async def test_an_answer_is_brought_where_teams_asks_for_patience(office: Office) -> None:
    office.core.answer = NOTICE
    office.teams.fails("POST", refusal(429, "Throttled", Retry_After="0"), refusal(502), refusal(412))
    await office.send.line("@Tandem mine", marta, CHANNEL)
    await office.adapter.idle()
    assert len(office.teams.cards(CHANNEL)) == 1
