"""Two web processes on one store: what Slack delivers to both is one act, and is answered once."""

import asyncio
from contextlib import AsyncExitStack

import pytest_asyncio
from sqlalchemy import select

from adapters.slack import SlackAdapter, SlackKeys
from core.api import Core, Options
from core.kernel.audit import Entry
from tests.adapters.slack.listening import AOIFE, CMO, JOINT, MARTA, serving
from tests.tools.slack_double import BOT, SECRET, Channel, Sender, SlackDouble

OPEN = 'transfer new "Product X 50 mg" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT'


@pytest_asyncio.fixture
async def slack():
    async with SlackDouble() as slack:
        slack.channels[JOINT] = Channel("joint")
        slack.person(AOIFE, "Aoife Ní Bhriain")
        slack.person(MARTA, "Marta Kowalczyk", CMO, "Europe/Warsaw")
        yield slack


@pytest_asyncio.fixture
async def processes(slack, store_url):
    """Two senders, each to a process of its own."""
    async with AsyncExitStack() as stack:
        found = []
        for _ in range(2):
            core = Core.create(store_url, Options(open_to_all=True))
            core.start()
            stack.push_async_callback(core.close)
            adapter = SlackAdapter(core, SlackKeys("xoxb-test", SECRET, None, slack.api_url))
            await adapter.start()
            stack.push_async_callback(adapter.close)
            found.append((Sender(await stack.enter_async_context(serving(adapter))), adapter, core))
        yield found


def entries(core, command):
    with core.store.read() as connection:
        found = connection.execute(select(Entry.command_id, Entry.body)).all()
    return {row.command_id for row in found if f'"command":"{command}"' in row.body}


async def test_a_mention_that_reaches_both_is_one_record_and_one_answer(slack, processes):
    (first, adapter, core), (second, other, _) = processes
    await first.command(OPEN, AOIFE, JOINT)
    line = {"channel": JOINT, "user": AOIFE, "ts": slack.now(), "channel_type": "channel"}
    line["text"] = f"<@{BOT}> member add <@{MARTA}> side:cmo role:lead"
    answers = [await first.event({**line, "type": "message"}), await second.event({**line, "type": "app_mention"})]
    await asyncio.gather(adapter.idle(), other.idle())
    assert [status for status, _ in answers] == [200, 200]
    assert len(entries(core, "AddMember")) == 1
    assert len(slack.whispers) == 1


async def test_the_same_delivery_three_times_is_one_record(slack, processes):
    (first, _, core), (second, _, _) = processes
    await first.command(OPEN, AOIFE, JOINT)
    told = [
        (await sender.command("transfer stage kickoff", AOIFE, JOINT, trigger_id="13.37.x"))[0]
        for sender in (first, second, first)
    ]
    assert told == [200, 200, 200]
    assert len(entries(core, "SetStage")) == 1
