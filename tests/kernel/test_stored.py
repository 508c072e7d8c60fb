"""What an earlier release stored is loaded by today's code: commands by upcasts, cards by the parser, views drawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.kernel import stored
from core.kernel.drawing import Drawing
from core.kernel.messages import Command
from core.kernel.templates import Words
from core.view import Card, parse
from tests.stored.samples import HERE, REGISTRY, cards_today, commands_today, sample, today, views_today

RELEASES = sorted(folder for folder in HERE.iterdir() if (folder / "commands.json").is_file())


def read(release: Path, name: str) -> dict[str, Any]:
    """A release's samples, by name."""
    found: dict[str, Any] = json.loads((release / f"{name}.json").read_text(encoding="utf-8"))
    return found


COMMANDS = [
    pytest.param(name, kept, id=f"{release.name}-{name}")
    for release in RELEASES
    for name, kept in read(release, "commands").items()
]
CARDS = [
    pytest.param(markup, id=f"{release.name}-{name}")
    for release in RELEASES
    for name, markup in read(release, "cards").items()
]


VIEWS = [
    pytest.param(name, kept, id=f"{release.name}-{name}")
    for release in RELEASES
    for name, kept in read(release, "views").items()
]
DRAWING = Drawing(REGISTRY, Words())


@pytest.mark.parametrize(("name", "kept"), COMMANDS)
def test_a_stored_command_loads(name: str, kept: dict[str, Any]) -> None:
    command = stored.load(REGISTRY.messages, name, kept["version"], kept["body"])
    assert isinstance(command, Command)
    assert command.called() == name


@pytest.mark.parametrize("markup", CARDS)
def test_a_posted_card_is_read(markup: str) -> None:
    card = parse(markup)
    assert isinstance(card, Card)
    assert card.summary


@pytest.mark.parametrize(("name", "kept"), VIEWS)
def test_a_view_that_waits_is_drawn(name: str, kept: str) -> None:
    card = parse(DRAWING.markup(name, kept))
    assert isinstance(card, Card)
    assert card.summary


@pytest.mark.parametrize("kind", [kind for kind in REGISTRY.messages.values() if issubclass(kind, Command)])
def test_what_is_stored_comes_back_the_same(kind: type[Command]) -> None:
    command = sample(kind)
    assert stored.load(REGISTRY.messages, kind.called(), kind.version, stored.dump(command)) == command


def test_today_s_release_is_among_them_whole() -> None:
    """A command or card that is new or changed since: `python -m tests.stored` writes the samples anew."""
    folder = HERE / today()
    assert read(folder, "commands") == commands_today()
    assert read(folder, "cards").keys() == cards_today().keys()
    assert read(folder, "views").keys() == views_today().keys()
