"""`tandem read`: what chat lines are read as, a JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat_lines import Asked, asked_from, moment_called, people_from, zone_called
from bot.command_line import Commands
from bot.problem import Problem
from core.kernel.clock import SystemClock
from core.rules.due_phrases import DueReading
from core.rules.reading.reader import read
from core.rules.reading.shapes import EVERYBODY, Change, Circle, Item, Kind, Reading
from core.rules.setting import Setting

MORE = (
    "Lines come on standard input: text, whose author nobody knows, or JSON a line in the shape of lines.jsonl, whose "
    "own now, tz, author, milestones, holidays, mention_map and thread_parent then count. Each is answered by one JSON "
    "object with the kind, the items, the rule that fired and the words that triggered it."
)


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add("read", read_lines, "read chat lines and print what each is taken for", MORE)
    parser.add_argument("--people", metavar="FILE", type=Path, required=True, help="who the lines may mean, as JSON")
    parser.add_argument("--tz", metavar="ZONE", help="the meeting's IANA zone; the people's where none is named")
    parser.add_argument("--now", metavar="TIME", help="when the lines are said, such as 2026-03-12T14:30:00Z")


def read_lines(given: argparse.Namespace) -> int:
    """Print a reading for each line."""
    people = people_from(given.people)
    now = moment_called(given.now) if given.now else SystemClock().now()
    setting = Setting(now, zone_called(given.tz) if given.tz else people.zone)
    try:
        for asked in asked_from(sys.stdin, people, setting):
            print(json.dumps(told(asked, people.circle), ensure_ascii=False), flush=True)
    except UnicodeDecodeError as error:
        raise Problem("Standard input is no UTF-8.") from error
    return 0


def told(asked: Asked, circle: Circle) -> dict[str, Any]:
    """A line's reading in the shape of `expected` in lines.jsonl."""
    reading = read(asked.line, circle, asked.setting)
    shown = _Shown(circle, asked.setting)
    said: dict[str, Any] = {"id": asked.row["id"]} if "id" in asked.row else {}
    said |= {"kind": reading.kind.value, "items": [shown.item(item) for item in reading.items]}
    said |= shown.standing(reading)
    return said | {"rule": reading.rule, "trigger": reading.trigger}


class _Shown:
    """Readings in words and names, for one line's setting."""

    def __init__(self, circle: Circle, setting: Setting) -> None:
        self._people, self._setting = circle.people, setting

    def item(self, item: Item) -> dict[str, Any]:
        """One item."""
        asks = [ask.value for ask in item.confirm]
        said: dict[str, Any] = {"kind": item.kind.value, "summary": item.text, "owners": self._names(item.owners)}
        said |= self._due(item.due)
        said |= {"needs_confirmation": bool(asks), "confirm_what": asks}
        if item.kind is Kind.QUESTION and item.asked_of:
            said["asked_of"] = self._names(item.asked_of)
        more = {
            "updates": "item of the thread parent" if item.updates else "",
            "links": list(item.links),
            "recurrence": item.recurrence,
            "owner_basis": "group" if item.owners == (EVERYBODY,) else "",
            "priority": "high" if item.urgent else "",
        }
        said |= {name: value for name, value in more.items() if value}
        return said | {"rule": item.rule, "trigger": item.trigger}

    def standing(self, reading: Reading) -> dict[str, Any]:
        """What is said of a record that exists."""
        if claim := reading.claim:
            status = {"ref": claim.reference or "thread parent", "claimed_status": claim.status}
            return {"status_update": status | {"by": self._name(claim.by)}}
        if change := reading.change:
            reference = change.reference or "thread parent"
            wanted = {"ref": reference, "field": change.field, "to": self._to(change)}
            return {"change_request": wanted | {"by": self._name(change.by)}}
        return {}

    def _to(self, change: Change) -> str:
        if change.due is not None:
            return change.due.day.isoformat()
        return ", ".join(self._names(change.owners)) or change.to

    def _due(self, due: DueReading | None) -> dict[str, Any]:
        day = due.day_said.isoformat() if due else None
        basis = due.basis if due else None
        if due is None or due.at is None:
            return {"due_date": day, "due_time": None, "due_tz": None, "due_utc": None, "due_basis": basis}
        zone = due.zone or self._setting.zone
        wall = due.at.astimezone(ZoneInfo(zone))
        utc = due.at.isoformat(timespec="seconds").replace("+00:00", "Z")
        return {"due_date": day, "due_time": f"{wall:%H:%M}", "due_tz": zone, "due_utc": utc, "due_basis": basis}

    def _names(self, ids: tuple[str, ...]) -> list[str]:
        return [self._name(person) for person in ids]

    def _name(self, person: str) -> str:
        return self._people[person].name if person in self._people else person
