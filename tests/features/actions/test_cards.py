"""The actions' cards in every example: few buttons that say what can be said, and one line for notifications."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from core.examples import contracts
from core.features import shipped
from core.features.actions.views import ItemView
from core.kernel.complements import Complement, Offer
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
    assert buttons(drawn("actions/item", "done")) == {"Not done…": "action reopen ACT-012"}
    assert buttons(drawn("actions/item", "cancelled")) == {}
    assert words(drawn("actions/reminder", "late")).startswith("Was due on Fri 13 Mar 2026: ACT-012")
    assert words(drawn("actions/reminder", "today")).startswith("Due today: ACT-012")


@pytest.mark.parametrize(("owned", "due", "guessed", "accepted", "newcomer"), list(product([True, False], repeat=5)))
def test_whatever_an_action_lacks_its_card_has_five_buttons_at_most(
    owned: bool, due: bool, guessed: bool, accepted: bool, newcomer: bool
) -> None:
    """What it lacks comes first; what a later feature offers comes last, and not before a guessed date is settled."""
    usual = CARDS["actions/item"]["usual"]
    assert isinstance(usual, ItemView)
    action = replace(
        usual.action,
        open=True,
        owners=usual.action.owners[:1] if owned else (),
        lacks_owner=not owned,
        due=usual.action.due if due else None,
        guessed=guessed and due,
        newcomers=("Zeynep Şahin",) if newcomer else (),
    )
    offers = Complement(offers=(Offer("CAPA…", "capa from ACT-012"),))
    view = replace(usual, action=action, all_accepted=owned and accepted, added=offers)
    labels = list(buttons(parse(Words().card("actions/item", view, "Europe/Dublin"))))
    assert 2 <= len(labels) <= 5
    assert ("CAPA…" in labels) is not action.guessed
    assert "CAPA…" in (labels[-1], "CAPA…" if action.guessed else "")
    if newcomer:
        assert labels[0] == "Add Zeynep Şahin…"
