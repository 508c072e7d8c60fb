"""The story across two platforms: the sponsor's people in Slack, the CMO's in Teams, on both databases.

Pictures to look at are kept in var/screenshots: Slack's page, and Teams' cards as Microsoft's renderer draws them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance import story
from tests.acceptance.aftermath import the_record_holds
from tests.acceptance.bridged_stage import across_two_platforms
from tests.tools.browser import chromium

pytestmark = pytest.mark.slack


@pytest.mark.browser
async def test_a_transfer_s_day_across_two_platforms_with_pictures(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with chromium() as browser, across_two_platforms(sqlite_url, browser) as stage:
        await story.the_whole_day(stage)
        await the_record_holds(stage, tmp_path, capsys)


@pytest.mark.postgres
async def test_a_transfer_s_day_across_two_platforms(
    postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with across_two_platforms(postgres_url) as stage:
        await story.the_whole_day(stage)
        await the_record_holds(stage, tmp_path, capsys)
