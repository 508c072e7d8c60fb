"""A hostile or unlucky Slack in front of the real core: a clear answer each time, nothing half done, nothing twice."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import pytest_asyncio
from psycopg import sql
from sqlalchemy.engine import make_url

from adapters.slack.render_carried import write_value
from core.api import Place
from core.features.actions.records import Action
from core.features.capa.records import Capa
from core.features.decisions.records import Decision
from core.features.questions.records import Note
from core.features.transfers.records import HeldLine
from tests.adapters.slack.desk import Desk, desk_at, in_full_swing
from tests.adapters.slack.listening import AOIFE, BEN, JOINT, MARTA
from tests.tools.block_kit import problems
from tests.tools.postgres import running_cluster
from tests.tools.slack_double import BOT

HOSTILE = (
    "<!channel> <!here|here> </at> <at>all</at>",
    "{{ 7*7 }} {% raw %} {0} {name} %s %(x)d",
    '#read("/etc/passwd") $x$ \\ `code` *b*',
    "x\0y\x1b[31mz",
    "\u202egnirts\u202c \u2066abc \u200f",
    "“PPQ-1” ‘it’ „so“ – … \u00a0",
    "by 31 February",
    'at:"31 Feb 2026 14:00" to:"99:99" tz:Mars/Olympus for:ages',
    "ACT-999 DEC-999 CAPA-999.9 MTG-001/PQ-99 NVT/ACT-1 XYZ/ACT-001",
    'reason: by to: side:both role:boss item: "',
    '"""" « » \'; DROP TABLE entries; --',
    "",
    "@Marta @nobody <@U09GONE> <@U06MARTA|marta> <#C01JOINT|joint>",
)
BROKE = "Something broke here"


@pytest_asyncio.fixture
async def desk(store_url: str) -> AsyncIterator[Desk]:
    async with desk_at(store_url) as desk:
        yield desk


def checked(reply: Any) -> str:
    """The words of a reply, which Slack must take and no bug may have written."""
    if not reply:
        return ""
    assert problems(reply) == []
    assert BROKE not in str(reply)
    return str(reply["text"])


def said_of(desk: Desk) -> Iterator[str]:
    """Every verb with four hostile ends in turn, two of them behind a record that stands."""
    refs = ("MTG-001", "MTG-001.1", "DEC-001", "ACT-001", "QUE-001", "RSK-001", "CAPA-001", "CAPA-001.1", "PQ-03")
    ends, about = itertools.cycle(HOSTILE), itertools.cycle(refs)
    for verb in sorted(kind.says for kind in desk.core.registry.messages.values() if kind.says):
        yield from (f"{verb} {next(ends)}", f"{verb} {next(about)} {next(ends)}")
        yield from (f"{verb} {next(ends)}", f"{verb} {next(about)} {next(ends)}")


async def test_whatever_follows_any_verb_is_answered_clearly(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    await in_full_swing(desk)
    speakers = itertools.cycle((AOIFE, MARTA, BEN))
    for sentence in said_of(desk):
        checked(await desk.say(sentence, next(speakers)))
    await desk.deliver()
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert set(desk.chains()) >= {"NVT/joint", "house"}
    for message in desk.slack.channels[JOINT].messages:
        assert "<!channel>" not in message["text"]


async def test_every_form_that_a_verb_opens_is_one_that_slack_takes(desk: Desk) -> None:
    """The double checks a modal as Slack does; one that it refuses would be answered by the sentence to type."""
    await in_full_swing(desk)
    for verb in sorted(kind.says for kind in desk.core.registry.messages.values() if kind.says):
        for sentence in (verb, f"{verb} ACT-001", f"{verb} DEC-001", f"{verb} CAPA-001", f"{verb} PQ-03"):
            reply = await desk.say(sentence)
            assert "Say it whole" not in str(reply), (sentence, reply)
    assert len(desk.slack.views) > 20
    assert {problem for view in desk.slack.views for problem in problems(_as_sent(view))} == set()


def _as_sent(view: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in view.items() if key not in ("id", "hash")}


@pytest.mark.parametrize("user", [AOIFE, "U08NOBODY"], ids=["a member", "a stranger"])
async def test_what_a_store_cannot_hold_is_kept_without_it(
    desk: Desk, user: str, caplog: pytest.LogCaptureFixture
) -> None:
    """By command and by mention: also a line that can be read in two ways, which is kept until its speaker chooses."""
    await desk.say("action the first one")
    halves = "\ud83d x\0y\x1b[31m \udfff \u202e"
    for verb in ("note", "action accept ACT-001"):
        event = {"type": "message", "channel": JOINT, "user": user, "text": f"<@{BOT}> {verb} {halves}"}
        assert (await desk.send.event({**event, "ts": desk.slack.now()}))[0] == 200
        text = f"{verb} {halves}".encode("utf-8", "surrogatepass")
        fields = f"command=%2Ftt&text={quote(text)}&user_id={user}&channel_id={JOINT}&trigger_id=t{verb[0]}"
        status, reply = await desk.send.post(fields.encode())
        assert status == 200
        assert checked(reply)
    await desk.adapter.idle()
    await desk.deliver()
    assert desk.chains()
    shown = json.dumps([*desk.slack.whispers, *desk.slack.channels[JOINT].messages])
    assert BROKE not in shown
    assert not any(sign in shown for sign in ("\\u0000", "\\u001b", "\\ud83d", "\\udfff"))
    assert len(desk.store.rows(Note)) == (2 if user == AOIFE else 0)
    assert [row.text for row in desk.store.rows(HeldLine)] != []
    assert all("\ufffd x\ufffdy\ufffd[31m" in row.text for row in desk.store.rows(HeldLine))
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_line_of_any_length_is_told_its_measure(desk: Desk) -> None:
    before = desk.chains()
    crowd = " ".join(f"<@U9{number:03}|p{number}>" for number in range(200))
    for said, told in (
        ("action " + "x" * 50_000, "50000 characters; 3000 are the most"),
        ("note " + "<!channel> " * 4545, "characters; 3000 are the most"),
        (f"meeting invite {crowd}", "Slack knows no account of p0"),
        (f"action send it {crowd} by Friday", "Slack knows no account of p0"),
    ):
        assert told in checked(await desk.say(said))
        assert await desk.line(said) == 200
        assert told in checked({key: desk.slack.whispers[-1][key] for key in ("text", "blocks")})
    assert desk.chains() == before


async def test_a_button_of_last_month_says_what_is_true_now(desk: Desk) -> None:
    await in_full_swing(desk)
    place = Place("NVT", "ACT-001", 1)
    await desk.say('action cancel ACT-001 reason:"the record was sent before"')
    desk.clock.advance(days=31)
    before = desk.chains()["NVT/joint"]
    for says, told in (
        ("action accept ACT-001", "ACT-001 is cancelled"),
        ("agenda next MTG-001.1", "has moved on since this card was drawn"),
        ("decision agree DEC-777", "no DEC-777"),
        ("frobnicate ACT-001", "frobnicate"),
    ):
        value = write_value(says, place)
        assert value
        status, _ = await desk.send.press(value, MARTA, JOINT, response_url=desk.slack.response_url)
        await desk.adapter.idle()
        assert status == 200
        assert told in checked({key: desk.slack.responses[-1][key] for key in ("text", "blocks")}), says
    assert desk.chains()["NVT/joint"] == before


async def test_a_form_that_is_sent_twice_at_once_is_one_record(desk: Desk) -> None:
    await desk.say("action")
    views = [{**desk.slack.views[-1], "hash": f"{number}.x"} for number in (1, 1, 2)]
    filled = {"text": {"type": "plain_text_input", "value": "send the record <!channel>"}}
    answers = await asyncio.gather(*(desk.send.submit(view, AOIFE, filled) for view in views))
    await desk.adapter.idle()
    assert [status for status, _ in answers] == [200] * 3
    assert [row.text for row in desk.store.rows(Action)] == ["send the record <!channel>"]


@pytest.mark.parametrize(
    "kinds", [("message", "app_mention", "message"), ("app_mention", "message", "app_mention")], ids=str
)
@pytest.mark.parametrize("at_once", [False, True], ids=["in turn", "at once"])
async def test_one_mention_is_one_record_however_it_arrives(desk: Desk, kinds: tuple[str, ...], at_once: bool) -> None:
    ts = desk.slack.now()
    told = [desk.line("decision we ship on Friday", ts=ts, type=kind) for kind in kinds]
    assert (await asyncio.gather(*told) if at_once else [await one for one in told]) == [200] * 3
    assert [row.ref for row in desk.store.rows(Decision)] == ["DEC-001"]
    assert len([entry for entry in desk.store.trail() if entry["record"] == "DEC-001"]) == 1


async def test_a_command_delivered_three_times_is_one_record(desk: Desk) -> None:
    for sentence in ("decision we ship on Friday", 'capa new "Hold time never challenged"', "transfer close NVT"):
        for _ in range(3):
            checked(await desk.say(sentence, trigger_id=f"13.37.{sentence[0]}"))
    kept = [entry["command_id"] for entry in desk.store.trail()]
    assert [len(list(same)) for key, same in itertools.groupby(kept) if "13.37" in key] != []
    assert len(desk.store.rows(Decision)) == len(desk.store.rows(Capa)) == 1


@contextmanager
def away(desk: Desk, store_url: str) -> Iterator[None]:
    """The store cannot be reached: its file is not there, or its server takes nobody."""
    if desk.core.store.is_sqlite:
        path = Path(make_url(store_url).database or "")
        desk.core.store.close()
        path.rename(path.with_suffix(".away"))
        path.mkdir()
        yield
        desk.core.store.close()
        path.rmdir()
        path.with_suffix(".away").rename(path)
        return
    cluster, name = running_cluster(), make_url(store_url).database or ""
    cluster._run(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
    cluster._run(sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}").format(name))
    yield
    cluster._run(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(sql.Identifier(name)))


async def test_without_its_store_slack_is_asked_again_and_then_it_is_one_record(desk: Desk, store_url: str) -> None:
    ts = desk.slack.now()
    fields = {
        "command": "/tt",
        "text": "note all are here",
        "user_id": AOIFE,
        "channel_id": JOINT,
        "trigger_id": "13.37.x",
    }
    with away(desk, store_url):
        assert await desk.line("decision we ship on Friday", ts=ts) == 503
        assert (await desk.send.post(urlencode(fields).encode()))[0] == 503
    for _ in range(2):
        assert await desk.line("decision we ship on Friday", ts=ts) == 200
        assert (await desk.send.post(urlencode(fields).encode()))[0] == 200
    assert [row.ref for row in desk.store.rows(Decision)] == ["DEC-001"]
    assert [row.ref for row in desk.store.rows(Note)] == ["NOT-001"]
