"""Lines in Teams that call nobody: heard where the owner consented and the core listens, answered below the line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import pytest_asyncio

from core.api import MENTION, Core, Options
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.features.decisions.records import Decision
from core.kernel.clock import SetClock
from core.kernel.database import Store
from tests.adapters.teams.listening import CHANNEL, MEETING, Office, guest, luis, marta, office
from tests.adapters.teams.test_messenger import knows, out
from tests.meeting_room import START, MeetingRoom
from tests.tools.bot_connector import BOT, TENANT, refusal

PLEASE = f"<at>{luis.name}</at> please send the signed PPQ protocol by Friday."
QUOTE = (
    '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1771290107407">\r\n'
    '<strong itemprop="mri" itemid="8:orgid:x">Marta Kowalczyk</strong><span itemprop="time" itemid="1771290107407">'
    '</span>\r\n<p itemprop="preview">someone needs to chase the excipient CoA</p>\r\n</blockquote>\r\n'
)


async def test_talk_is_handed_in_where_the_core_listens(office: Office) -> None:
    office.core.listened.add(CHANNEL)
    assert await office.line(PLEASE, mentions=[(luis,)], id="1771290107407") == (200, "")
    turn = office.turn
    assert turn.act.called is False
    assert turn.act.text == f"{MENTION} please send the signed PPQ protocol by Friday."
    assert [one.name for one in turn.act.mentions] == [luis.name]
    assert (turn.delivery, turn.act.message) == (f"teams:{TENANT}/{CHANNEL}/1771290107407", "1771290107407")
    assert (turn.thread, turn.aloud) == (None, True)


async def test_a_reply_in_a_channel_says_which_thread_it_stands_in(office: Office) -> None:
    office.core.listened.add(CHANNEL)
    await office.line("I can take that one", thread="1771290107407")
    assert office.turn.thread == "1771290107407"


async def test_a_reply_in_a_chat_is_one_by_its_quote_and_says_only_its_own_words(office: Office) -> None:
    office.core.listened.add(MEETING)
    html = f"{QUOTE}<p>I can take that one</p>"
    text = "Marta Kowalczyk\r\nsomeone needs to chase the excipient CoA\r\n\r\nI can take that one"
    await office.line(text, room=MEETING, attachments=[{"contentType": "text/html", "content": html}])
    assert (office.turn.thread, office.turn.act.text) == ("1771290107407", "I can take that one")


async def test_a_reply_in_a_channel_s_thread_tells_which_message_it_quotes(office: Office) -> None:
    office.core.listened.add(CHANNEL)
    html = f"{QUOTE}<p>done: MBR-114 v4</p>"
    text = "Marta Kowalczyk\r\nsomeone needs to chase the excipient CoA\r\n\r\ndone: MBR-114 v4"
    await office.line(text, thread="1771290000000", attachments=[{"contentType": "text/html", "content": html}])
    turn = office.turn
    assert (turn.thread, turn.quotes, turn.act.text) == ("1771290000000", "1771290107407", "done: MBR-114 v4")


async def test_a_quoted_message_may_stand_among_the_attachments(office: Office) -> None:
    office.core.listened.add(CHANNEL)
    quoted = {"contentType": "messageReference", "id": "1771290107407", "content": '{"messageId":"1771290107407"}'}
    html = '<attachment id="1771290107407"></attachment><p>done</p>'
    twin = {"contentType": "text/html", "content": html}
    for attachments in ([quoted], [twin, quoted], [quoted, twin, {"contentType": "messageReference", "id": "no id"}]):
        await office.line("done", thread="1771290000000", attachments=attachments)
        turn = office.core.turns[-1]
        assert (turn.thread, turn.quotes, turn.act.text) == ("1771290000000", "1771290107407", "done")


async def test_where_nobody_listens_nobody_is_looked_up(office: Office) -> None:
    assert await office.line(PLEASE, mentions=[(luis,)]) == (200, "")
    assert (office.core.turns, office.teams.calls) == ([], [])


@pytest.mark.parametrize("words", ["[off] did we tell them?", " [OFF] x"])
async def test_off_stays_off(office: Office, words: str) -> None:
    office.core.listened.add(CHANNEL)
    await office.line(words)
    assert office.core.turns == []


async def test_an_app_says_nothing(office: Office) -> None:
    office.core.listened.add(CHANNEL)
    for sender in ({"id": BOT, "name": "Tandem"}, {"id": "28:other", "name": "Other"}, {"id": "x", "role": "bot"}):
        await office.send.activity("message", marta, CHANNEL, text="please send it by Friday", **{"from": sender})
    assert office.core.turns == []


async def test_talk_keeps_its_order_while_people_are_looked_up(office: Office) -> None:
    office.core.listened.add(CHANNEL)
    first = office.line(f"<at>{luis.name}</at> line 0", mentions=[(luis, "29:1ghost")])
    await asyncio.gather(first, *(office.line(f"line {number}") for number in range(1, 8)))
    assert [turn.act.text[-1] for turn in office.core.turns] == [str(number) for number in range(8)]


async def test_what_belongs_to_a_line_stands_below_it(office: Office) -> None:
    await knows(office)
    await office.line("someone needs to chase it", id="17")
    sent = await office.adapter.messenger.send(out(thread="17", marks="17"))
    message = office.teams.conversations[CHANNEL].messages[-1]
    assert (message["id"], message["root"]) == (sent.message, "17")
    await office.adapter.messenger.send(out(type(out().address)("teams", TENANT, MEETING), thread="17"))
    assert office.teams.conversations[MEETING].messages[-1]["root"] is None


async def test_a_line_that_is_gone_takes_no_room_with_it(office: Office) -> None:
    await knows(office)
    root = await office.adapter.messenger.send(out())
    office.core.roots["MTG-001"] = root.message or ""
    await office.adapter.messenger.send(out(thread="4711", under="MTG-001"))
    assert office.teams.conversations[CHANNEL].messages[-1]["root"] == root.message
    office.teams.fails("POST", refusal(403, "BotNotInConversationRoster"))
    with pytest.raises(Exception, match="BotNotInConversationRoster"):
        await office.adapter.messenger.send(out(thread="4711"))


@dataclass
class Desk:
    """A real core behind the adapter, with a meeting that runs in the channel; Marta chairs it."""

    office: Office
    core: Core
    clock: SetClock

    @property
    def store(self) -> MeetingRoom:
        return MeetingRoom(self.core, self.clock)

    async def deliver(self) -> None:
        while await self.core.jobs().run_due():
            pass
        await self.core.dispatcher({"teams": self.office.adapter.messenger}).drain()

    def below(self, root: str) -> list[dict]:
        """Tandem's messages below a line."""
        return [one for one in self.office.teams.conversations[CHANNEL].messages if one.get("root") == root]


@pytest_asyncio.fixture
async def desk(store: Store) -> AsyncIterator[Desk]:
    clock = SetClock(START)
    core = Core.over(store, Options(clock=clock, open_to_all=True))
    core.start()
    async with office(core) as opened:
        await opened.line(
            '@Tandem transfer new "X" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT side:cmo'
        )
        for who, role in ((luis, "side:cmo role:expert"), (guest, "side:sponsor role:lead")):
            await opened.line(f"@Tandem member add <at>{who.name}</at> {role}", mentions=[(who,)])
        await opened.line('@Tandem meeting new "Review" at:"in 10 minutes" for:60m')
        clock.set(clock.now() + timedelta(minutes=10))
        await opened.line("@Tandem meeting start")
        made = Desk(opened, core, clock)
        await made.deliver()
        yield made
    await core.close()


async def test_a_natural_line_gets_one_compact_card_below_it_that_changes_in_place(desk: Desk) -> None:
    await desk.office.line(PLEASE, guest, mentions=[(luis,)], id="1700")
    await desk.deliver()
    [card] = desk.below("1700")
    drawn = json.dumps(card["attachments"][0]["content"], ensure_ascii=False)
    assert all(words in drawn for words in ("Record this action?", "send the signed PPQ protocol", "Fri 13 Mar 2026"))
    assert "Only who said it" not in drawn
    [row] = desk.store.rows(Proposal)
    assert (row.aloud, row.told) == (True, [])
    confirm = next(one for one in _actions(card) if one["title"] == "Confirm")
    _, reply = await desk.office.send.press(confirm, luis, CHANNEL, card["id"])
    assert "Recorded as" in json.dumps(reply)
    await desk.deliver()
    [card] = desk.below("1700")
    assert "Recorded as" in json.dumps(card["attachments"][0]["content"])
    assert [one.text for one in desk.store.rows(Action)] == ["send the signed PPQ protocol"]


async def test_a_tagged_line_gets_a_short_reply(desk: Desk) -> None:
    await desk.office.line("Action: order the filters by Monday", luis, id="1701")
    await desk.deliver()
    assert ["Recorded: ACT-001" in one["summary"] for one in desk.below("1701")] == [True]
    await desk.office.line("Action: order the filters by Monday", luis, id="1701")
    await desk.deliver()
    assert len(desk.below("1701")) == 1


async def test_what_somebody_says_of_a_record_is_offered_below(desk: Desk) -> None:
    await desk.office.line("Action: order the filters by Monday", luis, id="1702")
    await desk.deliver()
    await desk.office.line("I can take that one", luis, thread="1702", id="1703")
    await desk.office.adapter.idle()
    assert any("Do you take ACT-001 on?" in one["summary"] for one in desk.below("1702"))


def _card_of(desk: Desk, ref: str, room: str = CHANNEL) -> dict:
    return next(one for one in desk.office.teams.conversations[room].messages if ref in str(one.get("summary")))


async def test_a_reply_below_a_record_s_card_is_its_sentence_also_between_meetings(desk: Desk) -> None:
    await desk.office.line("@Tandem meeting end anyway", marta)
    await desk.office.line("@Tandem decision the hold time is challenged", luis)
    await desk.deliver()
    card = _card_of(desk, "DEC-001")
    assert card["root"] is None
    for who, text, number in ((marta, "lunch?", "1800"), (marta, "Agreed.", "1801"), (guest, "agree", "1802")):
        await desk.office.line(text, who, thread=card["id"], id=number)
    await desk.deliver()
    [decision] = desk.store.rows(Decision)
    assert (decision.state, len(decision.agreed_by)) == ("agreed", 2)
    assert [one.get("summary") for one in desk.below(card["id"]) if one["id"] not in ("1800", "1801", "1802")] == []


async def test_below_the_meeting_s_post_a_reply_names_the_record(desk: Desk) -> None:
    await desk.office.line("@Tandem decision the hold time is challenged", luis)
    await desk.deliver()
    root = _card_of(desk, "DEC-001")["root"]
    await desk.office.line("agree", marta, thread=root, id="1810")
    assert [len(one.agreed_by) for one in desk.store.rows(Decision)] == [0]
    await desk.office.line("DEC-001: agree", marta, thread=root, id="1811")
    await desk.office.line("agree DEC-001", guest, thread=root, id="1812")
    assert [len(one.agreed_by) for one in desk.store.rows(Decision)] == [2]


def _actions(message: dict) -> list[dict]:
    found: list[dict] = []

    def look(value) -> None:  # type: ignore[no-untyped-def]
        if isinstance(value, dict):
            if str(value.get("type", "")).startswith("Action."):
                found.append(value)
            for one in value.values():
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)

    look(message["attachments"][0]["content"])
    return found
