"""Cards as Microsoft's own renderer draws them in Chromium: what people wrote is read as they wrote it."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.teams.render import card_content
from core.api import Bold, Button, Buttons, Card, Field, Fields, List, PersonSpan, Plain, Table, Text, Title
from tests.tools.adaptive_pictures import blank, examples, shown
from tests.tools.browser import chromium, opened

pytestmark = pytest.mark.browser

WRITTEN = "**b** _i_ ~s~ [x](https://evil.example) `c` &amp; <b>h</b> | 1. - # \\ {{DATE(2026-01-01T00:00:00Z)}}"
MARTA = PersonSpan("p1", "Marta Kowalczyk")
EVERYWHERE = Card(
    "hostile",
    (
        Title((Plain(WRITTEN),)),
        Text((Plain(WRITTEN),)),
        Text((Plain(WRITTEN), MARTA)),
        Text((Bold(WRITTEN), MARTA)),
        Fields((Field("a", (Plain(WRITTEN), MARTA)),)),
        List(((Plain(WRITTEN), MARTA),)),
        Table(("a",), (((Plain(WRITTEN), MARTA),),)),
        Buttons((Button(WRITTEN, "mine"),)),
    ),
)
MADE = "() => [...document.querySelectorAll('#card a, #card em, #card code, #card s, #card h1, #card li')].length"


async def test_what_people_wrote_is_read_as_they_wrote_it() -> None:
    async with chromium() as browser, opened(browser) as page:
        await blank(page)
        words = await shown(page, card_content(EVERYWHERE, {"p1": "aad-1"}))
        words = words.replace("\u2060", "").replace("\u200b", "")
        assert words.count(WRITTEN) == 7
        assert words.count(WRITTEN[:60]) == 8  # a button's title is cut
        assert await page.evaluate(MADE) == 0
        assert await page.locator("#card .at").count() == 5


async def test_every_shipped_card_is_drawn() -> None:
    async with chromium() as browser, opened(browser) as page:
        await blank(page)
        drawn: dict[str, Any] = examples(["usual", "largest", "hostile"])
        assert len(drawn) > 100
        for name, card in drawn.items():
            assert (await shown(page, card)).strip(), name
