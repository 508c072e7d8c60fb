"""Buttons and modals: heard once, answered to the one who pressed or filled in."""

import json

import pytest

from adapters.slack.render_carried import write_value
from core.api import (
    Address,
    Card,
    ChoiceInput,
    Form,
    FormErrors,
    Identity,
    Notice,
    Option,
    PeopleInput,
    Place,
    Plain,
    Pressed,
    Text,
    TextInput,
    Tone,
)
from tests.adapters.slack.listening import AOIFE, BEN, CMO, JOINT, MARTA
from tests.adapters.slack.test_sentences import recorded
from tests.tools.block_kit import problems
from tests.tools.slack_double import TEAM, error

PLACE = Place("NVT", "ACT-012", 3)
ACCEPT = write_value("action accept ACT-012", PLACE)
DONE = Notice(Tone.GOOD, (Text((Plain("Accepted."),)),))
REFUSED = Notice(Tone.BAD, (Text((Plain("31 February does not exist."),)), Text((Plain("Say 28 February."),))))
FORM = Form(
    "Action",
    (
        TextInput("text", "What"),
        PeopleInput("owners", "Who", many=True, required=False),
        ChoiceInput("side", "Side", (Option("cmo", "CMO"), Option("sponsor", "Sponsor")), required=False),
    ),
    "Record",
    "RecordAction",
    '{"stage":"kickoff"}',
    'action "…" @p by …',
    place=PLACE,
)


async def pressed(office, value=ACCEPT, user=AOIFE, **more):
    answer = await office.send.press(value, user, JOINT, response_url=office.slack.response_url, **more)
    await office.adapter.idle()
    return answer


async def opened(office, form=FORM, **more):
    office.core.answer = form
    await pressed(office, **more)
    return office.slack.views[-1]


async def submitted(office, view, user=AOIFE, team=TEAM, **values):
    answer = await office.send.submit(view, user, values, team)
    await office.adapter.idle()
    return answer


async def test_a_press_is_heard_with_its_sentence_and_place(office):
    office.core.answer = DONE
    assert await pressed(office, trigger_id="13.37.x") == (200, "")
    turn = office.turn
    assert turn.act == Pressed("action accept ACT-012", PLACE)
    assert (turn.delivery, turn.room) == (f"slack:{TEAM}/press/13.37.x", Address("slack", TEAM, JOINT))
    [answer] = office.slack.responses
    assert (answer["response_type"], answer["replace_original"], answer["text"]) == ("ephemeral", False, "Accepted.")
    assert problems({key: answer[key] for key in ("text", "blocks")}) == []


async def test_in_a_thread_the_answer_is_in_the_thread_and_what_was_pressed_stays(office):
    office.core.answer = DONE
    await pressed(office, container={"is_ephemeral": True, "thread_ts": "1.2"})
    assert office.slack.responses[0]["replace_original"] is False
    assert office.slack.responses[0]["thread_ts"] == office.turn.thread == "1.2"


async def test_without_a_response_url_the_answer_is_whispered(office):
    office.core.answer = DONE
    await office.send.press(ACCEPT, AOIFE, JOINT, container={"thread_ts": "1.2"})
    await office.adapter.idle()
    assert (office.slack.whispers[0]["user"], office.slack.whispers[0]["thread_ts"]) == (AOIFE, "1.2")


async def test_nothing_to_say_is_nothing_said(office):
    await pressed(office)
    assert office.slack.responses == office.slack.whispers == []


@pytest.mark.parametrize("value", ["", "{}", '{"says": 7}', "action accept ACT-012", "[]"])
async def test_a_button_that_tandem_did_not_draw_is_answered(office, value):
    assert (await pressed(office, value))[0] == 200
    assert office.core.turns == []
    assert "cannot be read" in office.slack.responses[0]["text"]


async def test_a_button_to_a_page_needs_no_answer(office):
    action = {"type": "button", "action_id": "open:0", "action_ts": "1767326130.289415"}
    payload = recorded("chatsdk_actions_reactions_slack_action.json") | {"actions": [action]}
    assert await office.send.interaction(payload) == (200, "")
    assert office.core.turns == []


async def test_a_recorded_press_is_heard(office):
    payload = recorded("chatsdk_actions_reactions_slack_action.json")
    payload["actions"][0]["value"] = ACCEPT
    payload["response_url"] = office.slack.response_url
    office.core.answer = DONE
    assert (await office.send.interaction(payload))[0] == 200
    await office.adapter.idle()
    assert (office.turn.thread, office.turn.room.channel) == ("1767326125.870439", "C00FAKECHAN1")
    assert office.turn.account.identity == Identity("slack", "T00FAKE00AA", "U00FAKEUSER1")
    assert office.slack.responses[0]["thread_ts"] == "1767326125.870439"


async def test_a_press_opens_a_form_that_remembers_its_room(office):
    view = await opened(office, container={"thread_ts": "1.2"})
    assert problems({key: view[key] for key in view if key not in ("id", "hash")}) == []
    office.core.answer = DONE
    office.core.turns.clear()
    answer = await submitted(
        office, view,
        text={"type": "plain_text_input", "value": "Send it"},
        owners={"type": "multi_users_select", "selected_users": [BEN, MARTA]},
        side={"type": "static_select", "selected_option": None},
    )  # fmt: skip
    assert answer == (200, "")
    turn = office.turn
    assert turn.delivery == f"slack:{TEAM}/form/{view['id']}/{view['hash']}"
    assert (turn.room, turn.thread) == (Address("slack", TEAM, JOINT), "1.2")
    filled = turn.act
    assert (filled.message, json.loads(filled.given), filled.place) == ("RecordAction", {"stage": "kickoff"}, PLACE)
    assert (filled.values["text"], filled.values["side"]) == ("Send it", "")
    assert [account.identity.tenant for account in filled.values["owners"]] == [TEAM, CMO]
    [whisper] = office.slack.whispers
    assert (whisper["channel"], whisper["user"], whisper["thread_ts"]) == (JOINT, AOIFE, "1.2")


async def test_a_form_sent_twice_is_one_delivery(office):
    view = await opened(office)
    office.core.turns.clear()
    for _ in range(2):
        await submitted(office, view, text={"type": "plain_text_input", "value": "Send it"})
    assert len({turn.delivery for turn in office.core.turns}) == 1


async def test_a_bad_form_stays_open_with_a_sentence_at_each_input(office):
    view = await opened(office)
    office.core.answer = FormErrors({"text": "Say at least 5 characters.", "stage": "There is no stage x."})
    status, reply = await submitted(office, view, text={"type": "plain_text_input", "value": "x"})
    assert (status, reply["response_action"]) == (200, "errors")
    assert reply["errors"] == {"text": "Say at least 5 characters. There is no stage x."}


async def test_a_refused_form_stays_open_too(office):
    view = await opened(office)
    office.core.answer = REFUSED
    _, reply = await submitted(office, view, text={"type": "plain_text_input", "value": "x"})
    assert reply["errors"] == {"text": "31 February does not exist.\nSay 28 February."}
    assert office.slack.whispers == []


async def test_a_form_may_lead_to_another(office):
    view = await opened(office)
    office.core.answer = FORM
    _, reply = await submitted(office, view, text={"type": "plain_text_input", "value": "x"})
    assert reply["response_action"] == "update"
    assert problems(reply["view"]) == []
    assert json.loads(reply["view"]["private_metadata"])["channel"] == JOINT


async def test_a_form_is_answered_by_a_card(office):
    view = await opened(office)
    office.core.answer = Card("ACT-001", (Text((Plain("Recorded."),)),))
    await submitted(office, view, text={"type": "plain_text_input", "value": "x"})
    assert office.slack.whispers[0]["text"] == "ACT-001"


@pytest.mark.parametrize("metadata", ["", "{}", "[]", '{"channel":"C1"}', "d57850a7-5bab-414d-b11e-ca355b55d629"])
async def test_a_form_that_tandem_did_not_open_is_refused(office, metadata):
    view = await opened(office) | {"private_metadata": metadata}
    office.core.turns.clear()
    _, reply = await submitted(office, view, text={"type": "plain_text_input", "value": "x"})
    assert "cannot be read" in reply["errors"]["text"]
    assert office.core.turns == []


async def test_a_recorded_submission_is_of_another_app(office):
    status, _ = await office.send.interaction(recorded("chatsdk_modals_slack_viewsubmission.json"))
    assert status == 404
    payload = recorded("chatsdk_modals_slack_viewsubmission.json")
    payload["view"]["callback_id"] = "form"
    _, reply = await office.send.interaction(payload)
    assert list(reply["errors"]) == ["message"]


async def test_a_press_whose_trigger_expired_gets_the_sentence(office):
    office.core.answer = FORM
    office.slack.fails("views.open", error("expired_trigger_id"))
    await pressed(office)
    assert 'action "…" @p by …' in office.slack.responses[0]["text"]


async def test_inputs_show_the_people_who_are_known(office):
    office.core.people = {"P1": BEN}
    form = Form("Who", (PeopleInput("owner", "Who", ("P1",)),), "Go", "M", "{}", "…")
    view = await opened(office, form)
    assert view["blocks"][0]["element"]["initial_user"] == BEN
