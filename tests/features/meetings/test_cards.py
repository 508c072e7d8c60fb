"""The meetings' cards in every example, and what an export says of meetings."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

import templates
from core.api import Card
from core.features import shipped
from core.kernel.access import OPERATOR
from core.kernel.ids import TransferId
from core.kernel.registry import Registry
from core.kernel.templates import Words
from core.speech import Grammar
from core.view import parse
from tests.features.meetings.planned import started, utc
from tests.meeting_room import MeetingRoom, anna, buttons, luis, tomas

FOLDER = Path(templates.__path__[0]) / "cards" / "meetings"
REGISTRY = Registry.of(shipped())
EXAMPLES = [
    (folder.name, name, view)
    for folder in sorted(FOLDER.iterdir())
    for name, view in json.loads((folder / "example.json").read_text(encoding="utf-8")).items()
]


def test_every_template_has_its_examples() -> None:
    """Usual, largest and hostile, for each view of the feature."""
    shown = {name.partition("/")[2] for name in REGISTRY.views if name.startswith("meetings/")}
    assert shown == {template for template, _, _ in EXAMPLES}
    for template in shown:
        assert {"usual", "largest", "hostile"} <= {name for of, name, _ in EXAMPLES if of == template}


@pytest.mark.parametrize(("template", "name", "view"), EXAMPLES, ids=lambda value: str(value)[:20])
def test_a_card_is_drawn_with_few_buttons_that_say_what_can_be_said(template: str, name: str, view: Any) -> None:
    """Buttons hold references and literals alone; a row has five at most; a card has one line."""
    loaded = msgspec.convert(view, REGISTRY.view_class(f"meetings/{template}"))
    drawn = parse(Words().card(f"meetings/{template}", loaded, "Europe/Dublin"))
    grammar = Grammar(REGISTRY.messages.values())
    for says in buttons(drawn).values():
        noun, _, rest = says.partition(" ")
        verb = rest.partition(" ")[0]
        assert noun in grammar.nouns, says
        assert not verb or verb in grammar.nouns[noun].verbs or verb.startswith("MTG-"), says
    assert all(len(block.buttons) <= 5 for block in drawn.blocks if hasattr(block, "buttons"))
    if isinstance(drawn, Card):
        assert drawn.summary


async def test_the_export_holds_meetings_and_agenda(room: MeetingRoom) -> None:
    await started(room)
    await room.say(anna, 'agenda add "one" @t for:10m', t=tomas)
    await room.say(anna, "agenda add two")
    await room.say(luis, "here")
    await room.say(anna, "agenda order 2,1")
    room.clock.set(utc(12, 15, 5))
    await room.say(anna, "meeting end anyway")
    meetings, agenda = exported(room, "meetings"), exported(room, "agenda")
    assert meetings == [
        {
            "id": "MTG-001",
            "transfer": "NVT",
            "state": "closed",
            "created_at": "2026-03-09T09:00:00.000Z",
            "created_by": "Aoife Ní Bhriain",
            "title": "PPQ readiness",
            "stage": None,
            "starts_at": "2026-03-12T14:00:00.000Z",
            "ends_at": "2026-03-12T15:00:00.000Z",
            "started_at": "2026-03-12T14:00:00.000Z",
            "ended_at": "2026-03-12T15:05:00.000Z",
            "chair": "Aoife Ní Bhriain",
            "present": ["Aoife Ní Bhriain", "Luís Gonçalves"],
            "regrets": [],
        }
    ]
    fields = ("id", "meeting", "position", "text", "presenter", "minutes", "state")
    told = [tuple(row[field] for field in fields) for row in agenda]
    assert told == [
        ("MTG-001.2", "MTG-001", 1, "two", None, None, "planned"),
        ("MTG-001.1", "MTG-001", 2, "one", "Tomáš Dvořák", 10, "planned"),
    ]


def exported(room: MeetingRoom, key: str) -> list[dict[str, Any]]:
    """What the export holds under a key."""
    directory = room.core.directories.look(TransferId("NVT"))
    with room.core.asking.reads(directory, OPERATOR) as reads:
        return list(room.core.registry.exporters[key](reads))
