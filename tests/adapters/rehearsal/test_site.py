"""The page's server: who may ask, what is heard, and that nothing shown is lost or doubled."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from adapters.rehearsal.guide import load_guide
from adapters.rehearsal.rooms import Entry, Rooms
from core.api import Address, StoreDown
from tests.adapters.rehearsal.stage import OPEN, Stage, staged


async def events(
    stage: Stage, last: int = 0, sponsor: str = "aoife", cmo: str = "marta", rehearsal: int = 1
) -> list[dict[str, Any]]:
    """The lines that a page gets when it connects, having heard all up to change `last`."""
    query = {"rehearsal": str(rehearsal), "sponsor": sponsor, "cmo": cmo}
    headers = {"Last-Event-ID": str(last)} if last else {}
    found: list[dict[str, Any]] = []
    async with stage.client.get("/rehearsal/stream", params=query, headers=headers) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        while True:
            chunk = (await asyncio.wait_for(response.content.readuntil(b"\n\n"), 5)).decode()
            if "event: guide" in chunk:
                return found
            if "event: line" in chunk:
                fields = dict(row.split(": ", 1) for row in chunk.strip().splitlines())
                found.append({"change": int(fields["id"]), **json.loads(fields["data"])})


def pane(lines: list[dict[str, Any]], name: str) -> str:
    html = "".join(line["html"] for line in lines if line["pane"] == name)
    return BeautifulSoup(html, "html.parser").get_text(" ", strip=True)


async def test_the_front_door_leads_to_the_rooms(stage: Stage):
    page = await stage.client.get("/")
    assert page.url.path == "/rehearsal"
    assert "TRAINING" in (await page.text()).upper()
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]


async def test_the_page_holds_no_script_or_style_of_its_own_and_all_that_it_names_is_there(stage: Stage):
    for path in ("/rehearsal", "/rehearsal/cards"):
        soup = BeautifulSoup(await (await stage.client.get(path)).text(), "html.parser")
        assert not [script for script in soup.select("script") if not script.get("src")]
        assert not soup.select("style, [style], [onclick]")
        for one in soup.select("script[src], link[href], img[src]"):
            asset = await stage.client.get(str(one.get("src") or one.get("href")))
            assert asset.status == 200, one


@pytest.mark.parametrize("name", ["rooms.db", "..%2fcast.json", "cast.json", "index.html"])
async def test_nothing_but_assets_is_an_asset(stage: Stage, name: str):
    assert (await stage.client.get(f"/rehearsal/assets/{name}")).status == 404


@pytest.mark.parametrize("path", ["/", "/rehearsal", "/rehearsal/cards", "/rehearsal/state", "/rehearsal/stream",
                                  "/rehearsal/assets/main.js"])  # fmt: skip
async def test_a_rebound_name_is_refused_everywhere(stage: Stage, path: str):
    for host in ("evil.example", "evil.example:80", "127.0.0.1:1", ""):
        response = await stage.client.get(path, headers={"Host": host}, allow_redirects=False)
        assert response.status == 403, host
        assert "127.0.0.1" in await response.text()


async def test_another_sites_page_cannot_speak_here(stage: Stage):
    act = {"id": "act-00000001", "who": "aoife", "side": "sponsor", "text": OPEN}
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        response = await stage.client.post("/rehearsal/say", json=act, headers={"Origin": origin})
        assert response.status == 403, origin
    plain = await stage.client.post("/rehearsal/say", data=json.dumps(act), headers={"Content-Type": "text/plain"})
    assert plain.status == 415
    assert stage.seen("aoife") == ""
    own = f"http://127.0.0.1:{stage.client.port}"
    assert (await stage.client.post("/rehearsal/say", json=act, headers={"Origin": own})).status == 200


@pytest.mark.parametrize("body", [
    {}, {"id": "1"}, {"id": "act-00000001", "who": "nobody", "side": "sponsor", "text": "hello"}, [], "hello",
    {"id": "act-00000001", "who": "aoife", "side": "third", "text": "hello"},
    {"id": "act-00000001", "who": "aoife", "side": "sponsor", "text": ""},
    {"id": "../../../etc", "who": "aoife", "side": "sponsor", "text": "hello"},
])  # fmt: skip
async def test_what_no_page_sends_is_refused_in_a_sentence(stage: Stage, body: object):
    response = await stage.client.post("/rehearsal/say", json=body)
    assert response.status == 400
    assert (await response.text()).strip()


async def test_a_sentence_opens_a_transfer_in_both_rooms(stage: Stage):
    await stage.say("aoife", OPEN)
    await stage.settled()
    for who in ("aoife", "marta"):
        assert "Product X 50 mg" in stage.seen(who)
        assert "Training" in stage.seen(who)
    assert "/tt transfer new" not in stage.seen("marta")


async def test_the_bots_name_calls_it_too_and_plain_chat_is_only_shown(stage: Stage):
    await stage.say("aoife", OPEN.replace("/tt", "@Tandem"))
    assert stage.core.directories.transfers_of(stage.site.cast.by_slug["aoife"].account().identity) == ["NVT"]
    await stage.say("aoife", "the /tt command is easy")
    await stage.say("aoife", "/ttx")
    before = len(stage.soup("aoife").select("li"))
    await stage.say("aoife", "[off] between us")
    assert len(stage.soup("aoife").select("li")) == before + 1


async def test_an_answer_is_for_the_speaker_alone(stage: Stage):
    await stage.say("aoife", OPEN)
    await stage.say("aoife", "/tt nonsense")
    assert "Only you see this" in stage.seen("aoife")
    assert "Only you see this" not in stage.seen("priya")
    assert "nonsense" in stage.seen("priya")


async def test_a_mention_is_an_account_however_it_is_spelt(stage: Stage):
    await stage.say("aoife", OPEN)
    await stage.say("aoife", "/tt member add @Marta Kowalczyk side:cmo role:lead")
    await stage.say("marta", "/tt member add @jurgen role:qa")
    await stage.say("marta", "/tt member add @Luís role:expert")
    await stage.say("aoife", "/tt member list")
    for name in ("Marta Kowalczyk", "Jürgen Weiß", "Luís Gonçalves"):
        assert name in stage.seen("aoife")
    mentions = [one.get_text() for one in stage.soup("marta").select(".said .mention")]
    assert mentions == ["@Jürgen Weiß", "@Luís Gonçalves"]


async def test_the_same_line_sent_three_times_stands_once_and_is_done_once(stage: Stage):
    act = {"id": "act-00000001", "who": "aoife", "side": "sponsor", "text": OPEN}
    for _ in range(3):
        assert (await stage.client.post("/rehearsal/say", json=act)).status == 200
    await stage.settled()
    assert len(stage.soup("aoife").select(".said")) == 1
    assert len(stage.soup("aoife").select(".post")) == 1
    assert len(stage.soup("aoife").select(".answer")) == 1


async def test_a_form_opens_complains_and_is_taken(stage: Stage):
    await stage.say("aoife", OPEN)
    opened = await stage.say("aoife", "/tt member add")
    assert "Training" in opened["form"]
    inputs = BeautifulSoup(opened["form"], "html.parser").select("[data-input]")
    empty = {str(one["data-input"]): {"people": []} if one["data-kind"] == "people" else "" for one in inputs}
    refused = await stage.fill("aoife", opened["form"], **empty)
    assert "role" in refused["errors"]
    picker = next(str(one["data-input"]) for one in inputs if one["data-kind"] == "people")
    given = {picker: {"people": ["marta"]}, "side": "cmo", "role": "lead"}
    taken = await stage.fill("aoife", opened["form"], **{**empty, **given})
    assert taken == {}
    assert "Marta Kowalczyk" in stage.seen("aoife")
    assert [says.split()[:2] for _, says in stage.site.rooms.taken(1)][-1] == ["member", "add"]  # the guide ticks it


async def test_a_refused_form_stays_open_with_what_was_wrong(stage: Stage):
    await stage.say("aoife", OPEN)
    opened = await stage.say("aoife", "/tt member add")
    before = stage.seen("aoife")
    refused = await stage.fill("aoife", opened["form"], account={"people": []}, side="cmo", role="lead")
    assert list(refused["errors"]) == [""]
    assert "Say who" in refused["errors"][""]
    assert stage.seen("aoife") == before


async def test_a_press_does_what_its_button_says(stage: Stage):
    await stage.say("aoife", OPEN)
    await stage.settled()
    answer = await stage.press("aoife", "Add a person")
    assert "form" in answer


async def test_what_is_shown_to_be_typed_is_heard_when_it_is_typed(stage: Stage):
    """The example of a refusal, in the room and alone with Tandem: typed as it stands, it plans a meeting."""
    await stage.say("aoife", OPEN)
    for direct in (False, True):
        call = "" if direct else "/tt "
        await stage.say("aoife", f"{call}meeting start", direct=direct)
        example = stage.soup("aoife", direct).select(".sentence")[-1].get_text()
        assert example.startswith(f"{call}meeting new ")
        await stage.say("aoife", example, direct=direct)
        assert "is planned for" in stage.soup("aoife", direct).select(".answer")[-1].get_text(" ")
        await stage.say("aoife", f'{call}meeting cancel reason:"only an example"', direct=direct)


@pytest.mark.parametrize("text", ["/help", "tt mine", "help", "/action send it"])
async def test_who_nearly_calls_tandem_is_told_how(stage: Stage, text: str):
    await stage.say("aoife", OPEN)
    await stage.say("aoife", text)
    told = stage.soup("aoife").select(".answer")[-1]
    assert "begins with its call" in told.get_text(" ")
    assert told.select(".sentence")[0].get_text() == "/tt help"
    assert "begins with its call" not in stage.seen("marta")
    await stage.say("aoife", "helpful as ever")
    assert stage.soup("aoife").select(".answer")[-1] == told


async def test_a_form_shows_the_sentence_to_type_with_its_call(stage: Stage):
    await stage.say("aoife", OPEN)
    form = (await stage.say("aoife", "/tt meeting new"))["form"]
    assert "<code>/tt meeting new " in form


async def test_one_can_ask_tandem_alone(stage: Stage):
    await stage.say("aoife", OPEN)
    await stage.say("aoife", "help", direct=True)
    assert "help" in stage.seen("aoife", direct=True)
    assert "Tandem" in stage.seen("aoife", direct=True)
    assert stage.seen("priya", direct=True) == ""


@pytest.mark.parametrize("text", [
    "/tt", "/tt   ", "/tt action \x00 \x1b[31m do", "/tt note \ud800 half", "/tt note " + "x" * 50_000,
    "/tt note {{7*7}} <script>alert(1)</script> #read(\"/etc/passwd\")", "/tt note \u202egnirts",
    "/tt note " + "@Marta Kowalczyk " * 200,
])  # fmt: skip
async def test_hostile_lines_get_a_clear_answer(stage: Stage, text: str):
    await stage.say("aoife", OPEN)
    await stage.say("aoife", text)
    assert "Something broke" not in stage.seen("aoife")
    assert stage.soup("aoife").select("script") == []
    lines = await events(stage)
    assert len(json.dumps(lines)) < 200_000


async def test_news_resume_where_they_ended(stage: Stage):
    await stage.say("aoife", OPEN)
    await stage.settled()
    first = await events(stage)
    assert "Product X" in pane(first, "sponsor")
    assert "Product X" in pane(first, "cmo")
    changes = [line["change"] for line in first]
    assert changes == sorted(set(changes))
    again = await events(stage, last=changes[len(changes) // 2])
    assert [line["change"] for line in again] == changes[len(changes) // 2 + 1 :]
    assert await events(stage, last=changes[-1]) == []
    await stage.say("marta", "good morning")
    assert pane(await events(stage, last=changes[-1]), "cmo").endswith("good morning")


async def test_a_stream_is_told_at_once(stage: Stage):
    query = {"rehearsal": "1", "sponsor": "aoife", "cmo": "marta"}
    async with stage.client.get("/rehearsal/stream", params=query) as response:
        await response.content.readuntil(b"event: guide")
        await stage.say("aoife", "good morning")
        heard = await asyncio.wait_for(response.content.readuntil(b"good morning"), 0.4)
    assert b"event: line" in heard


async def test_a_stream_does_not_hold_up_the_end(stage: Stage):
    query = {"rehearsal": "1", "sponsor": "aoife", "cmo": "marta"}
    response = await stage.client.get("/rehearsal/stream", params=query)
    await response.content.readuntil(b"event: guide")
    await asyncio.wait_for(stage.client.server.close(), 3)


async def test_times_are_those_of_whoever_reads(stage: Stage):
    await stage.say("tomas", "good morning")
    in_dublin = await events(stage, sponsor="aoife")
    in_prague = await events(stage, sponsor="tomas")
    in_tokyo = await events(stage, sponsor="yuki")
    assert ["09:00" in pane(in_dublin, "sponsor"), "10:00" in pane(in_prague, "sponsor"),
            "18:00" in pane(in_tokyo, "sponsor")] == [True] * 3  # fmt: skip


async def test_a_restart_loses_nothing_that_was_shown(stage: Stage, sqlite_url: str, tmp_path):
    await stage.say("aoife", OPEN)
    await stage.settled()
    before = await events(stage)
    await stage.client.close()
    await stage.core.close()
    after = await staged(sqlite_url, tmp_path / "rooms.db", stage.clock)
    try:
        assert await events(after) == before
        await after.say("aoife", "/tt transfer show")
        assert "Product X" in after.seen("aoife")
    finally:
        await after.client.close()
        await after.core.close()


async def test_a_store_that_is_down_is_said_and_the_line_can_be_sent_again(stage: Stage):
    hear = stage.core.hear

    async def down(turn: object) -> None:
        raise StoreDown("OperationalError")

    stage.core.hear = down  # type: ignore[method-assign, assignment]
    act = {"id": "act-00000001", "who": "aoife", "side": "sponsor", "text": OPEN}
    response = await stage.client.post("/rehearsal/say", json=act)
    assert response.status == 503
    assert "nothing was recorded" in (await response.json())["error"]
    stage.core.hear = hear  # type: ignore[method-assign]
    assert (await stage.client.post("/rehearsal/say", json=act)).status == 200
    await stage.settled()
    assert "Product X 50 mg" in stage.seen("marta")
    assert len(stage.soup("aoife").select(".said")) == 1


async def test_the_guide_moves_on_with_what_was_done(stage: Stage):
    state = await (await stage.client.get("/rehearsal/state")).json()
    assert state["guide"][0]["says"] == OPEN
    await stage.say("aoife", "/tt transfer new nonsense:1")
    assert stage.site.rooms.taken(1) == []
    await stage.say("aoife", OPEN)
    await stage.say("aoife", "/tt member add @marta side:cmo role:lead")
    assert (await guided(stage))["done"][:3] == [True, True, False]


async def test_one_can_start_anew_beside_what_is_kept(stage: Stage):
    first = await stage.client.get("/rehearsal/anew")
    assert first.url.query["rehearsal"] == "1"
    await stage.say("aoife", OPEN)
    second = await stage.client.get("/rehearsal/anew")
    assert second.url.query["rehearsal"] == "2"
    state = await (await stage.client.get("/rehearsal/state?rehearsal=2")).json()
    assert state["rehearsal"] == 2
    assert "code:NVT2" in state["guide"][0]["says"]
    await stage.say("aoife", state["guide"][0]["says"], rehearsal=2)
    aoife = stage.site.cast.by_slug["aoife"]
    assert stage.core.directories.transfers_of(aoife.account(2).identity) == ["NVT2"]


async def test_each_rehearsal_has_its_own_direct_messages(stage: Stage):
    for number, code in ((1, "NVT"), (2, "NVT2")):
        await stage.say("aoife", OPEN.replace("NVT", code), rehearsal=number)
        await stage.say("aoife", f"/tt action the first of {code} @aoife by Friday", rehearsal=number)
        await stage.say("aoife", "mine", direct=True, rehearsal=number)
        await stage.settled()
    first = pane(await events(stage), "sponsor-direct")
    second = pane(await events(stage, rehearsal=2), "sponsor-direct")
    assert "ACT-001 the first of NVT " in first
    assert "NVT2" not in first
    assert "ACT-001 the first of NVT2" in second
    assert "the first of NVT " not in second


async def test_what_is_no_rehearsal_is_refused(stage: Stage):
    """The next is there once something was done in the newest, and not before."""
    for number in (2, 99, 10_000):
        response = await stage.post("say", "aoife", text="good morning", rehearsal=number)
        assert response.status == 400
    response = await stage.post("press", "aoife", says="mine", rehearsal=2)
    assert "There is no rehearsal 2: the last one is 1." in await response.text()
    assert stage.site.rooms.newest_rehearsal() == 1
    await stage.say("aoife", OPEN)
    await stage.say("aoife", "good morning", rehearsal=2)
    assert (await stage.post("say", "aoife", text="good morning", rehearsal=3)).status == 400


async def test_the_guide_names_what_this_rehearsal_made(stage: Stage):
    await stage.say("aoife", OPEN)
    await stage.say("aoife", "/tt member add @marta side:cmo role:lead")
    await stage.say("aoife", "/tt action send the protocol @aoife by Friday")
    await stage.settled()
    assert "/tt action accept ACT-001" in (await guided(stage))["says"]
    await stage.say("aoife", "/tt action send the report @aoife by Friday")
    await stage.say("aoife", "/tt decision we ship on Friday")
    await stage.say("aoife", "/tt decision we ship on Monday")
    await stage.settled()
    says = (await guided(stage))["says"]
    assert {"/tt action accept ACT-002", "/tt decision agree DEC-002"} <= set(says)


async def test_a_meeting_started_from_the_chairs_direct_message_is_ticked(stage: Stage):
    await stage.say("aoife", OPEN)
    await stage.say("aoife", '/tt meeting new "Review" at:"in 10 minutes" for:60m')
    await stage.settled()
    stage.clock.advance(minutes=10)
    await stage.settled()
    await stage.say("aoife", "meeting start", direct=True)
    guide = await guided(stage)
    assert guide["done"][[step.title for step in load_guide()].index("Start")]


async def guided(stage: Stage) -> dict[str, Any]:
    """What the page's guide shows."""
    query = {"rehearsal": "1", "sponsor": "aoife", "cmo": "marta"}
    async with stage.client.get("/rehearsal/stream", params=query) as response:
        await response.content.readuntil(b"event: guide\ndata: ")
        found: dict[str, Any] = json.loads(await response.content.readuntil(b"\n\n"))
    return found


def test_two_pages_of_one_file_see_each_other(tmp_path):
    """As when a script plays in a process of its own beside the server."""
    here, there = Rooms(tmp_path / "rooms.db"), Rooms(tmp_path / "rooms.db")
    room, at = Address("rehearsal", "training", "sponsor"), datetime(2026, 3, 9, tzinfo=UTC)
    here.add(Entry(room, "said", "say:1", "good morning", "aoife"), at)
    there.add(Entry(room, "said", "say:2", "hello", "priya"), at)
    heard = [(line.change, line.entry.body) for line in here.since(0, 1, ["aoife"])]
    assert heard == [(1, "good morning"), (2, "hello")]
    here.close()
    there.close()


async def test_a_stranger_is_asked_for_and_their_line_is_kept(stage: Stage):
    await stage.say("aoife", OPEN)
    await stage.say("siobhan", "/tt risk the stability samples are late")
    await stage.settled()
    assert "Siobhán O'Rourke" in stage.seen("aoife", direct=True)
    assert "RSK-001" not in stage.seen("aoife")
