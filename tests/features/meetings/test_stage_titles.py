"""A stage is called by its checklist's title wherever people read it."""

from __future__ import annotations

import pytest

from core.api import ChoiceInput, Form
from tests.meeting_room import MeetingRoom, anna, words


async def test_the_agenda_the_checklist_and_the_minutes_call_a_stage_alike(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "First" at:"9 Mar 2026 10:00" for:60m stage:kickoff')
    title = "Kick-off / knowledge transfer"
    assert f"Stage: {title}" in words(await room.say(anna, "agenda"))
    assert title in words(await room.say(anna, "checklist"))
    await room.say(anna, "meeting start MTG-001")
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    [minutes] = [card for card in map(words, room.cards()) if "Minutes" in card]
    assert "kickoff" not in minutes


@pytest.mark.parametrize("sentence", ["meeting new", "transfer new", "transfer stage"])
async def test_a_form_calls_the_stages_so_too(room: MeetingRoom, sentence: str) -> None:
    if sentence != "transfer new":
        await room.opened()
    form = await room.say(anna, sentence)
    assert isinstance(form, Form)
    [stages] = [block for block in form.blocks if isinstance(block, ChoiceInput) and block.name == "stage"]
    shown = {option.value: option.label for option in stages.options}
    assert shown["ppq_readiness"] == "PPQ readiness"
    assert shown["deviation_capa_review"] == "Deviation / CAPA review"
    assert len(shown) == 8
