"""Cards as Microsoft's own renderer draws them, for eyes: `python -m tests.tools.adaptive_pictures FOLDER usual`.

Teams' words are read by a Markdown parser with HTML switched off, and times are put in, as its clients do.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from core.api import Card
from core.examples import contracts
from core.features import shipped
from core.kernel.registry import Registry
from core.kernel.templates import Words
from core.view import Form, PersonSpan, parse
from tests.tools.browser import chromium, opened
from tests.tools.presence import require_or_skip

Json = dict[str, Any]
STYLE = """
body { font: 14px "Segoe UI", "Noto Sans", sans-serif; margin: 16px; background: #f5f5f5; }
#card { width: 560px; background: white; border: 1px solid #ddd; border-radius: 6px; padding: 4px; }
.ac-pushButton { padding: 5px 12px; border: 1px solid #bbb; border-radius: 4px; background: white; margin: 2px; }
.style-positive { background: #5b5fc7; color: white; }
.style-destructive { color: #c4314b; }
.at { color: #5b5fc7; font-weight: 600; }
.message { width: 560px; background: white; border: 1px solid #ddd; border-radius: 6px; padding: 8px; margin: 6px 0; }
.reply { margin-left: 40px; }
.sender { font-weight: 600; }
#talk { columns: 3; column-gap: 20px; }
#talk .message { break-inside: avoid; }
"""
NEWEST = 24
"""Messages that a picture of a conversation shows."""
DRAWN = """
window.drawn = json => {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    const md = window.markdownit({ html: false });
    result.outputHtml = md.render(text).replace(/&lt;at&gt;(.*?)&lt;\\/at&gt;/g, '<span class="at">$1</span>');
    result.didProcess = true;
  };
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig({ fontFamily: "Segoe UI, Noto Sans, sans-serif",
    actions: { maxActions: 6, actionAlignment: "left", actionsOrientation: "horizontal" },
    containerStyles: { default: { foregroundColors: {
      good: { default: "#237b4b" }, warning: { default: "#f8d22a" }, attention: { default: "#c4314b" } } } } });
  card.parse(json, new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5));
  return card.render();
}
"""
DRAW = """
json => {
  const place = document.getElementById("card");
  place.replaceChildren(drawn(json));
  return place.innerText;
}
"""
TALK = """
messages => {
  const talk = document.body.appendChild(document.createElement("div"));
  talk.id = "talk";
  document.getElementById("card").remove();
  for (const one of messages) {
    const place = talk.appendChild(document.createElement("div"));
    place.className = one.root ? "message reply" : "message";
    const said = document.createElement("div");
    said.className = "sender";
    said.textContent = one.from?.name ? `${one.from.name}: ${one.text.replace(/<at>(.*?)<.at>/g, "@$1")}` : "Tandem";
    place.append(said, ...(one.attachments || []).map(part => drawn(part.content)));
  }
}
"""


async def blank(page: Page) -> None:
    """A page on which cards can be drawn."""
    library = require_or_skip("adaptivecards")
    markdown = library.parents[2] / "markdown-it" / "dist" / "markdown-it.min.js"
    await page.set_content(f"<style>{STYLE}</style><div id=card></div>")
    for script in (library, markdown):
        await page.add_script_tag(content=script.read_text(encoding="utf-8"))
    await page.add_script_tag(content=DRAWN)


async def shown(page: Page, card: Json) -> str:
    """Draw a card; the words that a person reads."""
    words: str = await page.evaluate(DRAW, json.loads(json.dumps(card)))
    return words


async def screenshot(browser: Browser, messages: Sequence[Json], zone: str, path: Path) -> None:
    """The newest messages of a conversation, each post with its replies below it, as a reader in `zone` sees them."""
    first = {one["id"]: at for at, one in enumerate(messages)}
    ordered = sorted(messages, key=lambda one: first[one.get("root") or one["id"]])
    async with opened(browser, 1960, 1000, zone) as page:
        await blank(page)
        await page.evaluate(TALK, json.loads(json.dumps(ordered[-NEWEST:])))
        await page.screenshot(path=path, full_page=True)


def examples(names: Iterable[str]) -> dict[str, Json]:
    """The shipped cards in their examples, as Teams gets them."""
    from adapters.teams.render import card_content, notice_content  # noqa: PLC0415 - only where pictures are made

    found = {}
    for contract in contracts(Registry.of(shipped())):
        for name in set(names) & contract.examples().keys():
            view = parse(Words().card(contract.name, contract.examples()[name], "Europe/Dublin"))
            assert not isinstance(view, Form)
            people = {one: f"aad-{one}" for one in _people(view)}
            drawn = card_content(view, people) if isinstance(view, Card) else notice_content(view, people)
            found[f"{contract.name.replace('/', '-')}-{name}"] = drawn
    return found


def _people(view: Any) -> list[str]:
    """Everybody whom a view shows."""
    match view:
        case PersonSpan(person):
            return [person]
        case tuple():
            return [one for part in view for one in _people(part)]
        case _ if hasattr(view, "__dataclass_fields__"):
            return [one for name in view.__dataclass_fields__ for one in _people(getattr(view, name))]
        case _:
            return []


async def main(folder: Path, names: list[str]) -> None:
    """A picture of each card's examples."""
    async with chromium() as browser, opened(browser, 620, 800) as page:
        await blank(page)
        for name, card in examples(names or ["usual"]).items():
            await shown(page, card)
            await page.locator("#card").screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
