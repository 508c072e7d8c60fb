"""The story across two platforms: the sponsor's people in Slack, the CMO's in Teams, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance import story
from tests.acceptance.aftermath import the_record_holds
from tests.acceptance.bridged_stage import across_two_platforms

pytestmark = pytest.mark.slack


async def test_a_transfer_s_day_across_two_platforms(
    store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with across_two_platforms(store_url) as stage:
        await story.the_whole_day(stage)
        await the_record_holds(stage, tmp_path, capsys)
