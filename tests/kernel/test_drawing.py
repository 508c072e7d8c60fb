"""A promised card waits as the view of its template, and comes out as if it had been drawn at once."""

from __future__ import annotations

from datetime import date

import pytest

from core.examples import ZONE, contracts
from core.kernel.drawing import CannotDraw, Drawing, keep
from core.kernel.templates import Words
from tests.stored.samples import REGISTRY

EXAMPLES = [
    pytest.param(contract.name, view, id=f"{contract.name}-{name}")
    for contract in contracts(REGISTRY)
    if contract.name in REGISTRY.views
    for name, view in contract.examples().items()
]


@pytest.mark.parametrize(("name", "view"), EXAMPLES)
def test_a_kept_view_draws_the_same_card(name: str, view: object) -> None:
    shared = Words()
    assert Drawing(REGISTRY, shared).markup(name, keep(view, ZONE)) == shared.card(name, view, ZONE)


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"zone": "UTC", "view": {"of": "another time"}}'])
def test_what_cannot_be_drawn_says_so(kept: str) -> None:
    with pytest.raises(CannotDraw, match="actions/item"):
        Drawing(REGISTRY, Words()).markup("actions/item", kept)
    with pytest.raises(CannotDraw, match="no/such"):
        Drawing(REGISTRY, Words()).markup("no/such", keep({"day": date(2026, 3, 13)}, "UTC"))
