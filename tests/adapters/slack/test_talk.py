"""Lines of a channel that call nobody: handed in only where the core listens, in order, and marked with a reaction."""

import asyncio
import json

import pytest

from adapters.slack.render_carried import write_value
from core.api import Card, Notice, Place, Plain, Text, Tone
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.features.decisions.records import Decision
from tests.adapters.slack.desk import desk_at, in_full_swing
from tests.adapters.slack.listening import AOIFE, BEN, JOINT, MARTA
from tests.adapters.slack.test_messenger import CARD, OUT, messenger, slack  # noqa: F401 - fixtures
from tests.tools.slack_double import BOT, TEAM, error, hang, rate_limited

PLEASE = f"<@{MARTA}> please send the signed PPQ protocol by Friday."
ANSWER = Card("PRP-001", (Text((Plain("Recorded as ACT-001"),)),), instead=True)


async def test_talk_is_handed_in_where_the_core_listens(office):
    office.core.listened.add(JOINT)
    assert (await office.line(PLEASE, ts="1767224888.280449"))[0] == 200
    turn = office.turn
    assert turn.act.called is False
    assert (turn.delivery, turn.act.message, turn.act.captured) == (
        f"slack:{TEAM}/{JOINT}/1767224888.280449",
        "1767224888.280449",
        PLEASE,
    )
    assert [account.name for account in turn.act.mentions] == ["Marta Kowalczyk"]
    assert turn.thread is None


async def test_a_reply_says_which_thread_it_stands_in(office):
    office.core.listened.add(JOINT)
    await office.line("I can take that one", ts="1767224889.1", thread_ts="1767224888.2")
    assert office.turn.thread == "1767224888.2"


async def test_where_nobody_listens_nobody_is_looked_up(office):
    assert (await office.line(PLEASE))[0] == 200
    assert office.core.turns == []
    assert office.slack.called("users.info") == []


async def test_what_calls_tandem_still_calls_it(office):
    office.core.listened.add(JOINT)
    await office.line(f"<@{BOT}> mine")
    assert (office.turn.act.called, office.turn.act.text) == (True, "mine")


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("[off] did we tell them?", {}),
        ("is away", {"subtype": "me_message"}),
        ("Recorded: ACT-001", {"bot_id": "B0TANDEM"}),
        ("hello", {"bot_id": "B0OTHER", "subtype": "bot_message"}),
        ("<@U05BEN> has joined the channel", {"subtype": "channel_join"}),
    ],
)
async def test_what_stays_out(office, text, more):
    office.core.listened.add(JOINT)
    await office.line(text, **more)
    await office.line(text, user=BOT)
    assert office.core.turns == []


async def test_the_answer_to_talk_is_whispered(office):
    office.core.listened.add(JOINT)
    office.core.answer = Notice(Tone.GOOD, (Text((Plain("Mark ACT-017 done?"),)),))
    await office.line("I've finished ACT-017", thread_ts="1.2")
    [whisper] = office.slack.whispers
    assert (whisper["user"], whisper["thread_ts"], whisper["text"]) == (AOIFE, "1.2", "Mark ACT-017 done?")


@pytest.mark.usefixtures("hurried")
async def test_talk_keeps_its_order_while_people_are_looked_up(office):
    office.core.listened.add(JOINT)
    office.slack.fails("users.info", hang)
    users = [BEN, *[AOIFE] * 9]
    await asyncio.gather(*(office.line(f"line {number}", user) for number, user in enumerate(users)))
    assert [turn.act.text for turn in office.core.turns] == [f"line {number}" for number in range(10)]


async def test_a_line_that_is_delivered_again_is_heard_once(office):
    office.core.listened.add(JOINT)
    await asyncio.gather(*(office.line(PLEASE, ts="1767224888.1") for _ in range(3)))
    assert len(office.core.turns) == 1


async def test_a_press_on_a_card_that_only_its_presser_sees_is_answered_in_its_place(office):
    office.core.answer = ANSWER
    value = write_value("proposal confirm PRP-001", Place("NVT", "PRP-001", 1))
    for container, place in (({"is_ephemeral": True}, True), ({}, False)):
        await office.send.press(value, AOIFE, JOINT, response_url=office.slack.response_url, container=container)
        await office.adapter.idle()
        assert office.slack.responses[-1]["replace_original"] is place
    listed = write_value("proposal confirm PRP-001", Place("NVT"))
    more = {"container": {"is_ephemeral": True}, "response_url": office.slack.response_url}
    await office.send.press(listed, AOIFE, JOINT, **more)
    await office.adapter.idle()
    assert office.slack.responses[-1]["replace_original"] is False  # a list holds the others too


MARKED = {"marks": "1767224888.1", "thread": "1767224888.1"}


def marked(out=OUT):
    return type(out)(out.post, out.address, CARD, {}, **MARKED)


async def test_a_mark_is_a_reaction(slack, messenger):  # noqa: F811
    assert (await messenger.send(marked())).message is None
    assert slack.reactions == [(JOINT, "1767224888.1", "white_check_mark")]
    await messenger.send(marked())  # after a doubt
    assert len(slack.reactions) == 1
    assert slack.channels[JOINT].messages == []


@pytest.mark.parametrize("code", ["missing_scope", "not_reactable", "too_many_reactions"])
async def test_where_no_reaction_can_stand_a_short_reply_says_it(slack, messenger, code):  # noqa: F811
    slack.fails("reactions.add", error(code))
    await messenger.send(marked())
    [reply] = slack.channels[JOINT].messages
    assert (reply["thread_ts"], reply["metadata"]["event_payload"]) == ("1767224888.1", {"post": "post-1"})


async def test_a_message_that_is_gone_needs_no_mark(slack, messenger):  # noqa: F811
    slack.fails("reactions.add", error("message_not_found"))
    await messenger.send(marked())
    assert slack.channels[JOINT].messages == []


async def test_who_is_not_in_the_channel_gets_it_in_their_own_conversation(slack, messenger):  # noqa: F811
    slack.outside.add(BEN)
    sent = await messenger.send(type(OUT)("post-1", OUT.address, CARD, {}, only_for=BEN))
    assert slack.whispers == []
    [message] = slack.channels[slack.directs[BEN]].messages
    assert sent.message == message["ts"]


async def test_people_talk_and_one_press_makes_the_record(sqlite_url):
    async with desk_at(sqlite_url) as desk:
        await in_full_swing(desk)
        ts = desk.slack.now()
        line = {"type": "message", "channel": JOINT, "user": BEN, "channel_type": "channel", "text": PLEASE, "ts": ts}
        for _ in range(2):
            assert (await desk.send.event(line))[0] == 200
        await desk.deliver()
        shown = [one for one in desk.slack.whispers if "PRP-001" in json.dumps(one)]
        assert {one["user"] for one in shown} == {BEN, AOIFE}
        button = next(
            element
            for block in shown[0]["blocks"]
            if block["type"] == "actions"
            for element in block["elements"]
            if element["text"]["text"] == "Confirm"
        )
        more = {"container": {"is_ephemeral": True}, "response_url": desk.slack.response_url}
        await desk.send.press(button["value"], BEN, JOINT, **more)
        await desk.adapter.idle()
        answer = desk.slack.responses[-1]
        assert answer["replace_original"] is True
        assert "ACT-002" in json.dumps(answer["blocks"])
        before = len(desk.slack.whispers)
        await desk.deliver()
        assert len(desk.slack.whispers) == before  # what was shown to one alone is not shown again
        [proposal] = desk.store.rows(Proposal)
        assert (proposal.state, proposal.record) == ("confirmed", "ACT-002")
        [_, action] = desk.store.rows(Action)
        assert action.text == "send the signed PPQ protocol"
        desk.chains()


async def test_tagged_lines_are_marked_at_slack_s_pace_and_cards_do_not_wait(sqlite_url):
    async with desk_at(sqlite_url) as desk:
        await in_full_swing(desk)
        lines = []
        for number in range(3):
            ts = desk.slack.now()
            lines.append(ts)
            await desk.send.event({
                "type": "message", "channel": JOINT, "user": AOIFE, "channel_type": "channel",
                "text": f"Action: order filter {number}", "ts": ts,
            })  # fmt: skip
        desk.slack.fails("reactions.add", rate_limited(30))
        await desk.deliver()
        assert all(f"ACT-00{number}" in json.dumps(desk.slack.channels[JOINT].messages) for number in (2, 3, 4))
        assert desk.slack.reactions == []
        desk.clock.advance(seconds=31)
        await desk.deliver()
        assert [ts for _, ts, _ in desk.slack.reactions] == lines


async def test_a_reply_below_a_record_s_card_is_its_sentence_also_between_meetings(sqlite_url):
    async with desk_at(sqlite_url) as desk:
        await desk.say("decision the hold time is challenged")
        await desk.deliver()
        [card] = [one for one in desk.slack.channels[JOINT].messages if "DEC-001" in json.dumps(one)]
        line = {"type": "message", "channel": JOINT, "channel_type": "channel", "thread_ts": card["ts"]}
        for user, text, ts in (
            (MARTA, "lunch?", "1767224888.1"),
            (MARTA, "agreed", "1767224888.2"),
            (MARTA, "agreed", "1767224888.2"),
            (BEN, "object", "1767224888.3"),
        ):
            assert (await desk.send.event({**line, "user": user, "text": text, "ts": ts}))[0] == 200
        await desk.adapter.idle()
        await desk.deliver()
        [decision] = desk.store.rows(Decision)
        assert (decision.state, len(decision.agreed_by)) == ("agreed", 2)
        assert card["text"] == "DEC-001 · the hold time is challenged · agreed"
        [whisper] = [one for one in desk.slack.whispers if one.get("thread_ts") == card["ts"]]
        assert (whisper["user"], "DEC-001" in json.dumps(whisper)) == (BEN, True)
        desk.chains()
