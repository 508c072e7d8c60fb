"""The cards of CAPA in every example: what is expected of whom, in few buttons, and one line for notifications."""

from __future__ import annotations

import pytest

from core.examples import contracts
from core.features import shipped
from core.features.transfers.owners import MAY_OWN
from core.kernel.registry import Registry
from core.kernel.role_table import RoleTable
from core.kernel.templates import Words
from core.options import ROLES
from core.speech import Grammar
from core.view import Buttons, Card, Notice, parse
from tests.meeting_room import buttons, words

REGISTRY = Registry.of(shipped())
CARDS = {one.name: one.examples() for one in contracts(REGISTRY) if one.name.startswith("capa/")}
EXAMPLES = [(template, name) for template, examples in CARDS.items() for name in examples]


def drawn(template: str, name: str) -> Card | Notice:
    view = parse(Words().card(template, CARDS[template][name], "Europe/Dublin"))
    assert isinstance(view, Card | Notice)
    return view


@pytest.mark.parametrize(("template", "name"), EXAMPLES)
def test_buttons_are_few_and_can_be_said(template: str, name: str) -> None:
    view = drawn(template, name)
    verbs = Grammar(REGISTRY.messages.values()).nouns["capa"].verbs
    for says in buttons(view).values():
        noun, _, rest = says.partition(" ")
        assert says == "mine" or (noun == "capa" and (rest.split()[0] in verbs or rest.startswith("CAPA-"))), says
    for block in view.blocks:
        if isinstance(block, Buttons):
            assert len(block.buttons) <= 5
            assert sum(button.style == "main" for button in block.buttons) <= 1


@pytest.mark.parametrize("template", [name for name in CARDS if name != "capa/kinds"])
def test_what_people_wrote_stands_as_they_wrote_it(template: str) -> None:
    shown = words(drawn(template, "hostile"))
    for mark in ("<!channel>", "</at>", "{{7*7}}", "]]>", "&amp;", '#read("x")'):
        assert mark in shown


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("usual", ["Accept", "Decline…", "Owner or date…"]),
        ("accepted", ["Owner or date…"]),
        ("declined", ["Name an owner…"]),
    ],
)
def test_a_line_says_what_is_expected(example: str, expected: list[str]) -> None:
    assert list(buttons(drawn("capa/line", example))) == expected


def test_a_plan_offers_what_it_lacks_first() -> None:
    for example, first in (("new", "correction"), ("usual", "preventive")):
        [block] = [block for block in drawn("capa/plan", example).blocks if isinstance(block, Buttons)]
        assert [button.says for button in block.buttons if button.style == "main"] == [f"capa line CAPA-001 {first}"]
    assert buttons(drawn("capa/plan", "approved")) == {}


def test_each_tone_is_a_reason_to_look() -> None:
    tones = {name: drawn("capa/plan", name).tone for name in ("usual", "unowned", "overdue")}
    assert tones == {"usual": "plain", "unowned": "warn", "overdue": "bad"}


def test_who_may_own_is_what_the_role_table_says() -> None:

    assert RoleTable.read([ROLES]).allowed["capa.own"] == MAY_OWN
