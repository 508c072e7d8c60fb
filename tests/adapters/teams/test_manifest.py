"""The app package: what Teams' schema asks, and commands that Tandem understands."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from datetime import UTC, datetime

import pytest

from adapters.teams.manifest import COMMANDS, teams_manifest, teams_package
from core.features import shipped
from core.kernel.registry import Registry
from core.speech import Grammar, Hearing, understand
from tests.tools.bot_tokens import APP

MANIFEST = teams_manifest(APP, "https://tandem.example.com/")
GRAMMAR = Grammar(kind for kind in Registry.of(shipped()).messages.values() if kind.says)
HEARING = Hearing(datetime(2026, 3, 9, 9, tzinfo=UTC), "Europe/Dublin")


def test_the_package_holds_three_files() -> None:
    with zipfile.ZipFile(io.BytesIO(teams_package(APP))) as package:
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(package.read("manifest.json"))["id"] == APP
        for name, size in (("color.png", 192), ("outline.png", 32)):
            icon = package.read(name)
            assert icon.startswith(b"\x89PNG")
            assert struct.unpack(">II", icon[16:24]) == (size, size)


def test_the_package_is_the_same_each_time() -> None:
    assert teams_package(APP) == teams_package(APP)


def test_the_bot_is_added_everywhere_and_hears_every_line_there() -> None:
    (bot,) = MANIFEST["bots"]
    assert bot["botId"] == MANIFEST["webApplicationInfo"]["id"] == APP
    assert set(bot["scopes"]) == {"team", "groupChat", "personal"}
    consent = MANIFEST["authorization"]["permissions"]["resourceSpecific"]
    assert {one["name"] for one in consent} == {"ChannelMessage.Read.Group", "ChatMessage.Read.Chat"}
    assert {one["type"] for one in consent} == {"Application"}
    assert MANIFEST["validDomains"] == ["tandem.example.com"]


def test_a_message_can_be_captured_from_its_own_menu() -> None:
    (extension,) = MANIFEST["composeExtensions"]
    (command,) = extension["commands"]
    assert extension["botId"] == APP
    assert (command["type"], command["context"], command["fetchTask"]) == ("action", ["message"], True)
    assert len(command["title"]) <= 32
    assert len(command["description"]) <= 128


def test_texts_are_as_long_as_teams_takes_them() -> None:
    assert len(MANIFEST["name"]["short"]) <= 30
    assert len(MANIFEST["name"]["full"]) <= 100
    assert len(MANIFEST["description"]["short"]) <= 80
    assert len(COMMANDS) <= 10
    for title, description in COMMANDS.items():
        assert len(title) <= 32
        assert len(description) <= 128


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_understood(command: str) -> None:
    assert understand(command, (), GRAMMAR, HEARING)
