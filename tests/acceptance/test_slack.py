"""The story in Slack: really signed over HTTP on both databases, and its first meeting over Socket Mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance import story
from tests.acceptance.aftermath import exported, the_record_holds
from tests.acceptance.slack_stage import over_a_socket, over_http

pytestmark = pytest.mark.slack


async def test_a_transfer_s_day_over_http(store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with over_http(store_url) as stage:
        await story.the_whole_day(stage)
        await the_record_holds(stage, tmp_path, capsys)


async def test_a_day_begins_over_socket_mode(sqlite_url: str, tmp_path: Path) -> None:
    async with over_a_socket(sqlite_url) as stage:
        await story.people_come_together(stage)
        await story.somebody_unknown_speaks(stage)
        await story.a_meeting_is_prepared(stage)
        rows = exported(stage.core, tmp_path / "export.json")
        assert [row["text"] for row in rows["agenda"]][1] == "Open redlines of MBR-114"
