"""The minutes of 200 items as Markdown and as a page, beside the least that Jinja2 can do: a table of the same rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jinja2 import Environment

from bot.bench.figures import Comparison, Figure
from core import documents
from core.examples import Contract, contracts
from core.features import shipped
from core.features.minutes.actions import ActionLine, OwnerLines
from core.features.minutes.contents import MinutesView
from core.kernel.clock import monotonic
from core.kernel.registry import Registry
from core.kernel.templates import Words

ITEMS = 200
TIMES = 20
BARE = """<table>{% for line in lines %}
<tr><td>{{ line.ref }}</td><td>{{ line.text }}</td><td>{{ line.state }}</td><td>{{ line.due }}</td></tr>{% endfor %}
</table>"""


async def minutes() -> list[Figure]:
    """Documents a second; the ratio says how many bare tables one set of minutes costs."""
    view, lines = _minutes_of_200_items()
    words, bare = Words(), Environment(autoescape=True).from_string(BARE)

    def both() -> None:
        text = documents.markdown(words, "minutes", view, training=False)
        documents.html(words, "minutes", view, training=False, sha256=documents.fingerprint(text))

    async def ours() -> float:
        began = monotonic()
        for _ in range(TIMES):
            both()
        return TIMES / (monotonic() - began)

    async def theirs() -> float:
        began = monotonic()
        for _ in range(TIMES):
            bare.render(lines=lines)
        return TIMES / (monotonic() - began)

    return [await Comparison(f"minutes of {ITEMS} items, Markdown and page", "a second").of(ours, theirs)]


def _minutes_of_200_items() -> tuple[MinutesView, tuple[ActionLine, ...]]:
    usual: MinutesView = _contract("minutes/minutes").examples()["usual"]
    lines = tuple(
        ActionLine(f"ACT-{number:03d}", f"Verify batch record {number}", date(2026, 3, 13), None, "open", ())
        for number in range(1, ITEMS + 1)
    )
    return replace(usual, owners=(OwnerLines(usual.chair, lines),), action_count=ITEMS), lines


def _contract(name: str) -> Contract:
    return next(one for one in contracts(Registry.of(shipped())) if one.name == name)
