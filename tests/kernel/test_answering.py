"""An answer is drawn when its command is committed: a template that breaks must not say that nothing was recorded."""

from __future__ import annotations

from pathlib import Path

from core.api import Core, Options
from core.features.actions.records import Action
from core.kernel.clock import SetClock
from tests.meeting_room import START, MeetingRoom, anna, words


async def test_a_company_s_template_that_breaks_hides_no_record(store_url: str, tmp_path: Path) -> None:
    template = tmp_path / "cards/actions/recorded/card.xml"
    template.parent.mkdir(parents=True)
    template.write_text("<notice tone='good'><text>{{ 1 // 0 }}</text></notice>", encoding="utf-8")
    clock = SetClock(START)
    core = Core.create(store_url, Options(clock=clock, open_to_all=True, overrides=(tmp_path,)))
    core.start()
    room = MeetingRoom(core, clock)
    await room.opened()
    answer = await room.say(anna, "action send the batch record")
    assert "ACT-001" in words(answer)
    assert "nothing was recorded" not in words(answer)
    assert [action.ref for action in room.rows(Action)] == ["ACT-001"]
    await core.close()
