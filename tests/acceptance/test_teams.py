"""The story in Teams: really signed over HTTP, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance import story
from tests.acceptance.aftermath import the_record_holds
from tests.acceptance.teams_stage import in_a_channel


async def test_a_transfer_s_day_in_teams(store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with in_a_channel(store_url) as stage:
        await story.the_whole_day(stage)
        await the_record_holds(stage, tmp_path, capsys)
