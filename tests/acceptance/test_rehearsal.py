"""The story in the rehearsal room, in a browser, with pictures to look at in var/screenshots."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.aftermath import the_record_holds
from tests.acceptance.browser_stage import in_chromium
from tests.acceptance.story import the_whole_day
from tests.tools.stores import EmptyStores

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


async def test_a_transfer_s_day_in_the_rehearsal_room(
    stores: EmptyStores, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with in_chromium(stores, tmp_path) as stage:
        await the_whole_day(stage)
        await the_record_holds(stage, tmp_path, capsys)
