"""The gallery: every card in its usual, largest and hostile example, as the platforms would get it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from adapters.slack.render import card_message, notice_message
from adapters.teams.render import card_content, notice_content
from core import documents
from core.examples import Contract, contracts
from core.features import shipped
from core.kernel.database import Base, Store
from core.kernel.heartbeat import Worker
from core.kernel.ids import PersonId
from core.kernel.messages import Command, Message
from core.kernel.registry import Registry
from core.kernel.role_table import RoleTable
from core.kernel.templates import SHIPPED, Words
from core.options import ROLES
from core.speech import AskedForHelp, Grammar, Hearing, Incomplete, Understood, help_for, understand
from core.view import (
    Buttons,
    Card,
    Fields,
    Form,
    List,
    PersonSpan,
    RefSpan,
    Span,
    Spans,
    Table,
    Text,
    TimeSpan,
    Title,
    View,
    parse,
    plain,
)
from tests.tools import adaptive_cards
from tests.tools.block_kit import problems

REGISTRY = Registry.of(shipped())
CONTRACTS = contracts(REGISTRY)
WORDS = Words()
GRAMMAR = Grammar(kind for kind in REGISTRY.messages.values() if kind.says)
HEARING = Hearing(datetime(2026, 3, 9, 9, tzinfo=UTC), "Europe/Dublin")
PLAIN_SENTENCE = re.compile(
    r"([A-Z0-9]{2,12}/)?[a-z0-9_ :,+-]*(([A-Z]{2,6}-\d[\d.]*(/[A-Z]{2,6}-\d\d)?|@[0-9a-f]{32}|@p-\w+)[a-z0-9_ :,-]*)*"
)
"""Literals, references and people's ids: what a button may carry, and no word of a person's."""
A_TIME = re.compile(r"\b\d\d:\d\d\b")
A_BARE_TIME = re.compile(r"[^\n]{0,20}\b\d\d:\d\d\b(?! UTC\)| \(?[A-Z][a-z]+/[A-Z])[^\n]{0,20}")
A_ROW = 5
MOST_ROWS = 2
A_ROW_EACH = {"capture/proposals"}
"""Cards that ask of several things, each in a row of its own."""

EXAMPLES = [
    pytest.param(contract, name, id=f"{contract.name}-{name}")
    for contract in CONTRACTS
    for name in sorted(contract.examples())
]


def drawn(contract: Contract, name: str) -> View:
    """One example as a card, notice or form."""
    return parse(WORDS.card(contract.name, contract.examples()[name], "Europe/Dublin"))


def lines(view: View) -> Iterator[Spans]:
    """Every line of a view."""
    for block in view.blocks:
        match block:
            case Title(line) | Text(line):
                yield line
            case Fields(fields):
                yield from (field.value for field in fields)
            case List(items):
                yield from items
            case Table(rows=rows):
                yield from (cell for row in rows for cell in row)


def spans(view: View) -> Iterator[Span]:
    """Every span of a view."""
    return (span for line in lines(view) for span in line)


def sentences(view: View) -> list[str]:
    """Every sentence that a view's buttons and lists carry."""
    found = []
    for block in view.blocks:
        match block:
            case Buttons(buttons):
                found += [button.says for button in buttons if button.says]
            case List(more=more) | Table(more=more) if more:
                found.append(more)
    return found


@pytest.mark.parametrize(("contract", "name"), EXAMPLES)
def test_it_is_read_at_a_glance(contract: Contract, name: str) -> None:
    """No two people run into one another, and no two values bear one label, but of companies of one name."""
    view = drawn(contract, name)
    for line in lines(view):
        for one, between, other in zip(line, line[1:], line[2:], strict=False):
            stuck = isinstance(one, PersonSpan) and isinstance(other, PersonSpan) and not plain((between,)).strip()
            assert not stuck, plain(line)
    for block in view.blocks:
        if isinstance(block, Fields) and name not in ("largest", "hostile", "hostile_checklist"):
            labels = [field.label for field in block.fields]
            assert len(set(labels)) == len(labels), labels


@pytest.mark.parametrize(("contract", "name"), EXAMPLES)
def test_every_time_of_day_bears_its_zone(contract: Contract, name: str) -> None:
    """A card says a time by its mark, which each platform draws in its reader's zone, never in words of its own."""
    said_by_people = str(contract.examples()[name])
    written = (plain((span,)) for span in spans(drawn(contract, name)) if not isinstance(span, TimeSpan))
    assert [time for words in written for time in A_TIME.findall(words) if time not in said_by_people] == []


@pytest.mark.parametrize("name", ["usual", "largest"])
def test_every_time_of_day_in_the_minutes_bears_its_zone(name: str) -> None:
    [minutes] = [contract for contract in CONTRACTS if contract.name == "minutes/minutes"]
    view = minutes.examples()[name]
    for text in (
        documents.markdown(WORDS, "minutes", view, training=False),
        documents.html(WORDS, "minutes", view, training=False, sha256="0" * 64),
    ):
        assert A_TIME.search(text)
        assert A_BARE_TIME.findall(text) == []


def test_no_template_lacks_a_view_and_no_view_a_template() -> None:
    folders = {file.parent.relative_to(SHIPPED / "cards").as_posix() for file in SHIPPED.glob("cards/*/*/card.xml")}
    assert folders == {contract.name for contract in CONTRACTS}


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_every_card_has_its_three_examples(contract: Contract) -> None:
    assert {"usual", "largest", "hostile"} <= contract.examples().keys()


NUMBERED = {
    prefix
    for feature in REGISTRY.features
    for file in feature.folder.glob("*.py")
    for prefix in re.findall(r'\bnumber\("([A-Z]+)"', file.read_text(encoding="utf-8"))
}
"""What references of records begin with, as the features number them."""


@pytest.mark.parametrize(("contract", "name"), EXAMPLES)
def test_its_records_are_called_as_records_are(contract: Contract, name: str) -> None:
    """A transfer is called by its code, and an item of a checklist, PQ-03, by its stage."""
    named = {span.ref.rpartition("/")[2] for span in spans(drawn(contract, name)) if isinstance(span, RefSpan)}
    records = {ref for ref in named if "-" in ref and not re.fullmatch(r"[A-Z]+-\d\d", ref)}
    assert {ref for ref in records if ref.partition("-")[0] not in NUMBERED} == set()


@pytest.mark.parametrize(("contract", "name"), EXAMPLES)
def test_slack_takes_it(contract: Contract, name: str) -> None:
    view = drawn(contract, name)
    assert not isinstance(view, Form)
    message = card_message(view) if isinstance(view, Card) else notice_message(view)
    assert problems(message) == []


def in_teams(view: View) -> dict[str, Any]:
    """The Adaptive Card of a view in which everybody can be mentioned."""
    assert not isinstance(view, Form)
    people = {span.person: f"aad-{span.person}" for span in spans(view) if isinstance(span, PersonSpan)}
    return card_content(view, people) if isinstance(view, Card) else notice_content(view, people)


@pytest.mark.parametrize(("contract", "name"), EXAMPLES)
def test_teams_takes_it(contract: Contract, name: str) -> None:
    assert adaptive_cards.problems(in_teams(drawn(contract, name))) == []


def test_the_renderer_of_teams_draws_every_card() -> None:
    shown = [(one.id, in_teams(drawn(*one.values))) for one in EXAMPLES]
    told = adaptive_cards.told_by_renderer([card for _, card in shown])
    assert {name: complaints for (name, _), complaints in zip(shown, told, strict=True) if complaints} == {}


@pytest.mark.parametrize(("contract", "name"), [one for one in EXAMPLES if not str(one.id).startswith("speech/")])
def test_its_buttons_can_be_said(contract: Contract, name: str) -> None:
    """Each is a sentence of references and literals that the grammar understands, or has a form for.

    The nouns of the help card's examples are made up; its real ones are the grammar's own.
    """
    view = drawn(contract, name)
    shown = {PersonId(span.person): span.name for span in spans(view) if isinstance(span, PersonSpan)}
    hearing = replace(HEARING, names=shown)
    for sentence in sentences(view):
        assert PLAIN_SENTENCE.fullmatch(sentence), sentence
        assert isinstance(understand(sentence, (), GRAMMAR, hearing), Understood | Incomplete | AskedForHelp), sentence
    rows = [len(block.buttons) for block in view.blocks if isinstance(block, Buttons)]
    assert max(rows, default=0) <= A_ROW
    assert len(rows) <= MOST_ROWS or contract.name in A_ROW_EACH


@pytest.mark.parametrize("kind", REGISTRY.messages.values(), ids=lambda kind: kind.called())
def test_every_message_says_who_may(kind: type[Message]) -> None:
    assert kind.needs in RoleTable.read([ROLES]).allowed


def test_every_permission_is_some_message_s() -> None:
    asked = {kind.needs for kind in REGISTRY.messages.values()}
    assert RoleTable.read([ROLES]).allowed.keys() - asked == set()


@pytest.mark.parametrize(
    "kind", [kind for kind in REGISTRY.messages.values() if kind.says], ids=lambda kind: kind.called()
)
def test_everything_that_can_be_said_is_in_the_help(kind: type[Message]) -> None:
    assert kind.says
    noun = kind.says.partition(" ")[0]
    lines = [line for one in help_for(GRAMMAR, lambda _: True, noun, WORDS.translate).nouns for line in one.lines]
    assert [line for line in lines if line.sentence.startswith(kind.says) and line.meaning == kind.help()]
    assert kind.help().endswith(".")


@pytest.mark.parametrize(
    "kind",
    [kind for kind in REGISTRY.messages.values() if issubclass(kind, Command) and not kind.says],
    ids=lambda kind: kind.called(),
)
def test_what_nobody_can_say_says_what_it_does(kind: type[Message]) -> None:
    assert kind.help()


def test_the_migrated_schema_is_the_one_that_the_records_name(store_url: str) -> None:
    assert Worker.__table__ in Base.metadata.sorted_tables  # the core itself does not name it
    store = Store(store_url)
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_shipped})
        differences: list[Any] = compare_metadata(context, Base.metadata)
    store.close()
    assert differences == []


def _is_shipped(thing: Any, name: str | None, kind: str, *_: object) -> bool:
    """The toy feature's table is only in its own tests' stores."""
    table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", None)
    return table not in ("badges", "alembic_version")
