"""The actions' cards in every example: few buttons that say what can be said, and one line for notifications."""

from __future__ import annotations

import pytest

from core.examples import contracts
from core.features import shipped
from core.kernel.registry import Registry
from core.kernel.templates import Words
from core.speech import Grammar
from core.view import Buttons, Card, Notice, parse
from tests.meeting_room import buttons, words

REGISTRY = Registry.of(shipped())
CARDS = {one.name: one.examples() for one in contracts(REGISTRY) if one.name.startswith("actions/")}
EXAMPLES = [(template, name) for template, examples in CARDS.items() for name in examples]


def drawn(template: str, name: str) -> Card | Notice:
    view = parse(Words().card(template, CARDS[template][name], "Europe/Dublin"))
    assert isinstance(view, (Card, Notice))
    return view


@pytest.mark.parametrize("template", list(CARDS))
def test_every_card_has_its_examples(template: str) -> None:
    assert {"usual", "largest", "hostile"} <= set(CARDS[template])


@pytest.mark.parametrize(("template", "name"), EXAMPLES)
def test_buttons_are_few_and_can_be_said(template: str, name: str) -> None:
    card = drawn(template, name)
    assert isinstance(card, Notice) or "\n" not in card.summary
    nouns = Grammar(REGISTRY.messages.values()).nouns
    for says in buttons(card).values():
        noun, verb = nouns[says.split()[0]], says.partition(" ")[2].partition(" ")[0]
        assert verb in noun.verbs or (noun.own and not noun.takes_text), says
    for block in card.blocks:
        if isinstance(block, Buttons):
            assert len(block.buttons) <= 5
            assert sum(button.style == "main" for button in block.buttons) <= 1


@pytest.mark.parametrize("template", list(CARDS))
def test_what_people_wrote_stands_as_they_wrote_it(template: str) -> None:
    shown = words(drawn(template, "hostile"))
    for mark in ("<!channel>", "</at>", "{{7*7}}", "]]>", "&amp;", '#read("x")'):
        assert mark in shown


def test_each_state_says_what_is_expected() -> None:
    assert list(buttons(drawn("actions/item", "usual"))) == ["Accept", "Done…", "Decline…", "Reassign…"]
    assert list(buttons(drawn("actions/item", "missing"))) == ["Owner and date…", "Cancel…"]
    assert list(buttons(drawn("actions/item", "no_date"))) == ["Set a date…", "Accept", "Done…", "Decline…"]
    assert list(buttons(drawn("actions/item", "accepted"))) == ["Done…", "Reassign…"]
    assert list(buttons(drawn("actions/item", "newcomer"))) == ["Add Ben Stranger…", "Name an owner…", "Cancel…"]
    newcomers = ["Add Ben Stranger…", "Yes, Fri 13 Mar 2026", "Another date…", "Accept", "Decline…"]
    assert list(buttons(drawn("actions/item", "newcomers"))) == newcomers
    assert list(buttons(drawn("actions/item", "declined"))) == ["Name an owner…", "Cancel…"]
    for over in ("done", "cancelled"):
        assert buttons(drawn("actions/item", over)) == {}
    assert words(drawn("actions/reminder", "late")).startswith("Was due on Fri 13 Mar 2026: ACT-012")
    assert words(drawn("actions/reminder", "today")).startswith("Due today: ACT-012")
