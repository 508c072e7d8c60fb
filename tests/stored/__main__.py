"""Write the samples of today's release anew: `python -m tests.stored`, before it is released and never after."""

from __future__ import annotations

import json

from tests.stored.samples import HERE, cards_today, commands_today, today, views_today


def main() -> None:
    """Write `commands.json`, `cards.json` and `views.json` of today's release."""
    folder = HERE / today()
    folder.mkdir(exist_ok=True)
    for name, samples in (("commands", commands_today()), ("cards", cards_today()), ("views", views_today())):
        text = json.dumps(samples, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{folder.name}/{name}.json: {len(samples)}")


main()
