"""People of one name are told apart wherever they are named, and nobody else's name changes."""

from __future__ import annotations

from pathlib import Path

from core.api import Account, Card, Identity, PersonSpan
from core.features.minutes.records import Minutes
from tests.export.test_agreeing import found_in_file, written
from tests.meeting_room import MeetingRoom, anna, luis, marta, said_once, words

twin = Account(Identity("slack", "T2", "U-twin"), "Luís Gonçalves", "Europe/Warsaw")
LUIS, TWIN = "Luís Gonçalves (Slack …U-luís)", "Luís Gonçalves (luis.g@tarnbrook.example)"


@said_once
async def two(room: MeetingRoom) -> MeetingRoom:
    """Two experts of one company and name in a meeting that runs, with something of each."""
    await room.opened()
    await room.say(marta, "member add @p role:expert email:luis.g@tarnbrook.example", p=twin)
    await room.say(anna, 'meeting new "Review" at:"9 Mar 2026 09:10" for:60m')
    await room.say(anna, "meeting start")
    await room.say(anna, "action send the batch record @p by 16 March", p=luis)
    await room.say(anna, "action send the protocol @p by 16 March", p=twin)
    await room.say(twin, "decision three batches")
    await room.say(marta, 'capa new "Hold time"')
    await room.say(marta, 'capa line CAPA-001 correction "do it" @p by 20 March', p=luis)
    return room


async def test_people_of_one_name_are_told_apart_in_cards_and_lists(room: MeetingRoom) -> None:
    await two(room)
    members, actions = words(await room.say(marta, "member list")), words(await room.say(anna, "action list"))
    for shown in (members, actions):
        assert LUIS in shown
        assert TWIN in shown
    assert "Marta Kowalczyk ·" in members
    plan = await room.say(marta, "capa CAPA-001")
    assert isinstance(plan, Card)
    assert LUIS in words(plan)
    spans = [span for block in plan.blocks for item in getattr(block, "items", ()) for span in item]
    assert [one.name for one in spans if isinstance(one, PersonSpan)] == ["Luís Gonçalves"], "it is a mention still"


async def test_a_line_that_passes_from_one_to_the_other_tells_which(room: MeetingRoom) -> None:
    await two(room)
    await room.say(marta, 'capa assign CAPA-001.1 @p reason:"on leave"', p=twin)
    card = words(await room.say(marta, "capa CAPA-001"))
    assert TWIN in card
    sent = [words(out.card) for out in await room.deliver()]
    assert any(LUIS in said and TWIN in said for said in sent), sent
    await room.say(anna, "meeting end anyway")
    text = room.rows(Minutes)[0].markdown.replace("\\", "")
    assert f"{LUIS} → {TWIN}" in text.replace("**", ""), text


async def test_refusals_name_the_right_one(room: MeetingRoom) -> None:
    await two(room)
    assert f"ACT-001 is {LUIS}’s" in words(await room.say(twin, "action accept ACT-001"))
    assert LUIS in words(await room.say(twin, "capa accept CAPA-001.1"))


async def test_minutes_tell_them_apart_and_an_export_agrees_with_its_trail(room: MeetingRoom, tmp_path: Path) -> None:
    await two(room)
    await room.say(luis, "note so it is")
    await room.say(anna, "meeting end anyway")
    text = room.rows(Minutes)[0].markdown
    for part in (
        "- Luís Gonçalves (Slack …U-luís): present",
        "### Luís Gonçalves (Slack …U-luís) (Tarnbrook",
        "### Luís Gonçalves (luis.g@tarnbrook.example) (Tarnbrook",
        "proposed by Luís Gonçalves (luis.g@tarnbrook.example) (Tarnbrook",
    ):
        assert part in text.replace("\\", "")
    assert found_in_file(written(room, tmp_path / "export.json"), room, 5) == []


async def test_whose_accounts_are_one_person_s_is_told_from_nobody(room: MeetingRoom) -> None:
    await two(room)
    await room.say(marta, "member same @p @q", p=luis, q=twin)
    assert "Luís Gonçalves ·" in words(await room.say(marta, "member list"))
    assert "(Slack" not in words(await room.say(anna, "action list"))
