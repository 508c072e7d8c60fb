"""The minutes as a person reads them: in Chromium, on a desk, on a phone and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import documents
from core.examples import contracts
from core.features import shipped
from core.kernel.registry import Registry
from core.kernel.templates import Words
from tests.tools.browser import chromium, opened

pytestmark = pytest.mark.browser

BROKEN = """() => {
  const broken = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (word[0].length < 30 && range.getClientRects().length > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("width", [1440, 900, 390])
@pytest.mark.parametrize("example", ["usual", "with_checklist"])
async def test_no_word_of_the_minutes_is_broken(tmp_path: Path, width: int, example: str) -> None:
    contract = next(one for one in contracts(Registry.of(shipped())) if one.name == "minutes/minutes")
    view = contract.examples()[example]
    page = documents.html(Words(), "minutes", view, training=False, sha256="0" * 64)
    async with chromium() as browser, opened(browser, width, 900) as paper:
        await paper.set_content(page)
        assert await paper.evaluate(BROKEN) == []
        assert await paper.evaluate("document.documentElement.scrollWidth") <= width
        await paper.screenshot(path=tmp_path / "minutes.png", full_page=True)
        if width > 800:  # no paper is as narrow as a phone
            await paper.emulate_media(media="print")
            assert await paper.evaluate(BROKEN) == []
