"""The rehearsal's routes against whoever sends anything: a sentence or a refusal, and nothing half done."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from core.features.actions.records import Action
from tests.adapters.rehearsal.stage import OPEN, Stage
from tests.meeting_room import MeetingRoom

HOSTILE = (
    '<!channel> </at> {{ 7*7 }} #read("x") x\0y\x1b[31m \ud83d \u202egnirts <script>alert(1)</script> “q” ]]> &amp;'
)
BROKE = "Something broke here"


def rows(stage: Stage) -> list[str]:
    return [row.text for row in MeetingRoom(stage.core, stage.clock).rows(Action)]


async def opened(stage: Stage) -> Stage:
    await stage.say("aoife", OPEN)
    await stage.say("aoife", "/tt member add @marta side:cmo role:lead")
    return stage


async def test_hostile_text_is_shown_as_text_and_kept_once(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await opened(stage)
    await stage.say("aoife", f"/tt note {HOSTILE}")
    await stage.say("aoife", f"/tt action accept ACT-001 {HOSTILE}")
    await stage.say("siobhan", f"/tt risk {HOSTILE}")
    await stage.settled()
    for who in ("aoife", "marta"):
        for direct in (False, True):
            page = stage.soup(who, direct)
            assert page.find("script") is None
            assert BROKE not in page.get_text()
    assert "<!channel> </at> {{ 7*7 }}" in stage.seen("marta")
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("/tt action " + "x" * 50_000, "50000 characters; 3000 are the most"),
        ("/tt action " + "@marta " * 200 + "send it", "send it"),
        ("/tt action send it by 31 February", "no date"),
        ('/tt meeting new "PPQ" at:"tomorrow 10:00" tz:Mars/Olympus', "Mars/Olympus"),
        ("/tt action accept ACT-999", "There is no ACT-999"),
        ("/tt", "help"),
        ("/tt action “send the ‘record’” by Friday", "send the ‘record’"),
    ],
    ids=["long", "crowd", "31 February", "zone", "unknown", "empty", "curly"],
)
async def test_what_a_person_gets_wrong_is_told(stage: Stage, said: str, told: str) -> None:
    await opened(stage)
    await stage.say("aoife", said)
    await stage.settled()
    assert told in stage.seen("aoife")
    assert BROKE not in stage.seen("aoife")


@pytest.mark.parametrize(
    "act",
    [
        {"says": "action accept ACT-001", "place": {"transfer": "N\0T", "record": "ACT-001", "version": 1}},
        {"says": "action accept ACT-001", "place": {"transfer": "\ud83d", "record": "\0", "version": -1}},
        {"says": f"action accept {HOSTILE}", "place": {"transfer": "NVT", "record": "ACT-001", "version": 1}},
        {"says": "frobnicate"},
    ],
    ids=["a transfer that cannot be", "half a character", "hostile text", "no verb"],
)
async def test_a_button_that_nobody_drew_is_answered(stage: Stage, act: dict[str, Any]) -> None:
    await opened(stage)
    response = await stage.post("press", "aoife", **act)
    assert response.status in (200, 400)
    await stage.settled()
    assert BROKE not in stage.seen("aoife")


async def form_of(stage: Stage) -> dict[str, Any]:
    """What the page holds of an open form for an action."""
    answer = await stage.say("aoife", "/tt action")
    form = BeautifulSoup(answer["form"], "html.parser").form
    assert form is not None
    place = str(form["data-place"])
    return {"message": form["data-message"], "given": form["data-given"], "place": json.loads(place) if place else None}


async def test_a_form_sent_twice_is_one_record(stage: Stage) -> None:
    await opened(stage)
    carried = await form_of(stage)
    act = {"who": "aoife", "side": "sponsor", "values": {"text": HOSTILE}, **carried}
    for sent in ("act-same-0001", "act-same-0001", "act-anew-0002"):
        response = await stage.client.post("/rehearsal/fill", data=json.dumps({**act, "id": sent}), headers=JSON)
        assert response.status == 200, await response.text()
    assert len(rows(stage)) == 1


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "forged",
    [
        {"message": "NoSuchMessage"},
        {"message": "Nó\ud83d\0"},
        {"message": "HoldLine"},
        {"given": "[]"},
        {"given": "{"},
        {"given": '{"text": 7, "owners": "x", "nothing": {}}'},
        {"given": '{"owners": ["\\u0000"]}'},
        {"values": {"nothing": "x"}},
        {"values": {"text": ["a", "b"]}},
        {"values": {"text": "x", "owners": {"people": ["person:\0", "nobody", "person:\ud83d"]}}},
        {"values": {"text": "x", "due": "2026-02-31"}},
        {"values": {"text": "x", "due": "\0"}},
        {"place": {"transfer": "\0", "record": None, "version": None}},
    ],
    ids=lambda forged: str(forged).encode("ascii", "replace").decode()[:40],
)
async def test_a_form_that_nobody_opened_is_refused(
    stage: Stage, forged: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    await opened(stage)
    carried = await form_of(stage)
    act = {"id": "act-same-0001", "who": "aoife", "side": "sponsor", "values": {"text": "x"}, **carried, **forged}
    response = await stage.client.post("/rehearsal/fill", data=json.dumps(act), headers=JSON)
    assert response.status in (200, 400), await response.text()
    assert BROKE not in await response.text()
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert len(rows(stage)) <= 1
