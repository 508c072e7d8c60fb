"""Chat lines from files: text, or JSON a line as in `lines.jsonl`, with the people that they may mean."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bot.problem import Problem
from core.kernel.turn import MENTION
from core.rules.errors import BadZone
from core.rules.reading.shapes import Circle, Line, Parent, Someone
from core.rules.setting import Setting
from core.rules.zones import known_zone
from core.speech import clean

_MENTION = re.compile(r"<@([^>|\s]+)(?:\|[^>]*)?>|<at(?:\s[^>]*)?>([^<]*)</at>")
_CALL = re.compile(r"<!(here|channel|everyone)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#[^>|\s]+\|([^>]*)>")
_LINK = re.compile(r"<((?:https?|mailto):[^>|\s]+)(?:\|([^>]*))?>")
_ESCAPED = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


@dataclass(frozen=True)
class People:
    """The people of a file: the circle, the ids and names by which lines mention them, and their meeting's zone."""

    circle: Circle
    ids: Mapping[str, str]
    zone: str = "UTC"


class Asked(NamedTuple):
    """One line to be read, in its setting; `row` is the JSON object, of text alone where it came as text."""

    line: Line
    setting: Setting
    row: Mapping[str, Any]


def people_from(path: Path) -> People:
    """The people in a file in the shape of `people.json`. Raises Problem."""
    told = _json(_text(path), str(path))
    rows = told.get("people") if isinstance(told, dict) else None
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("name"), str) for row in rows
    ):
        raise Problem(
            f'{path} names no people: it has an object such as {{"people": [{{"name": "Aoife Ní Bhriain"}}]}}.'
        )
    people: dict[str, Someone] = {}
    ids: dict[str, str] = {}
    companies: dict[str, str] = {}
    for row in rows:
        name, side = row["name"], str(row.get("side", ""))
        roles = frozenset(["qa"] if row.get("qa") else [])
        people[name] = Someone(name, name, side, roles, tuple(row.get("aliases", ())), str(row.get("role", "")))
        ids |= {key: name for key in (name, row.get("slack_id"), row.get("teams_id")) if key}
        if row.get("org") and side:
            companies[side] = row["org"]
    return People(Circle(people, companies), ids, zone_called(str(told.get("tz", "UTC"))))


def zone_called(name: str) -> str:
    """An IANA zone. Raises Problem."""
    try:
        return known_zone(name)
    except BadZone as error:
        raise Problem(str(error)) from error


def moment_called(said: str) -> datetime:
    """A moment in ISO 8601 with its offset, as UTC. Raises Problem."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Problem(f"{said[:60]!r} is no moment: write one such as 2026-03-12T14:30:00Z.")
    return moment.astimezone(UTC)


def asked_from(lines: Iterable[str], people: People, setting: Setting) -> Iterator[Asked]:
    """Each line as what is to be read, in `setting` where it names no other. Raises Problem with the line's number."""
    for number, said in enumerate(lines, start=1):
        if not said.strip():
            continue
        row = _json(said, f"line {number}") if said.lstrip().startswith("{") else {"text": said.rstrip("\n")}
        try:
            yield _asked(row, people, setting)
        except Problem as problem:
            raise Problem(f"Line {number}: {problem}") from problem
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            raise Problem(f"Line {number} is not in the shape of lines.jsonl: {error}.") from error


def _asked(row: Mapping[str, Any], people: People, setting: Setting) -> Asked:
    if not isinstance(row.get("text"), str):
        raise Problem("it has no text.")
    ids = {**people.ids, **(row.get("mention_map") or {}), **((row.get("expected") or {}).get("mention_map") or {})}
    text, mentions = mentioned(row["text"], ids)
    author = str(row.get("author") or "")
    parent = _parent(row.get("thread_parent"), ids)
    if row.get("now"):
        setting = replace(setting, now=moment_called(row["now"]))
    if row.get("tz"):
        setting = replace(setting, zone=zone_called(row["tz"]))
    milestones = {name: date.fromisoformat(day[:10]) for name, day in (row.get("milestones") or {}).items()}
    holidays = frozenset(date.fromisoformat(day) for day in row.get("holidays") or ())
    setting = replace(setting, milestones=milestones, holidays=holidays)
    return Asked(Line(text, ids.get(author, author), mentions, parent), setting, row)


def _parent(told: Mapping[str, Any] | None, ids: Mapping[str, str]) -> Parent | None:
    if not told:
        return None
    text, mentions = mentioned(str(told["text"]), ids)
    author = str(told.get("author") or "")
    return Parent(text, ids.get(author, author) or None, told.get("record"), mentions)


def mentioned(text: str, ids: Mapping[str, str]) -> tuple[str, tuple[str | None, ...]]:
    """A platform's text as people see it, with a mark for each mention, and who each is."""
    found: list[str | None] = []

    def one(match: re.Match[str]) -> str:
        found.append(ids.get((match[1] or match[2]).strip()))
        return MENTION

    text = _MENTION.sub(one, clean(text.replace(MENTION, " ")))
    text = _CHANNEL.sub(r"#\1", _CALL.sub(r"@\1", text))
    text = _LINK.sub(lambda match: match[2] or match[1], text)
    for escaped, sign in _ESCAPED.items():
        text = text.replace(escaped, sign)
    return text, tuple(found)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Problem(f"{path} is no UTF-8.") from error
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.") from error


def lines_from(path: Path) -> list[str]:
    """The lines of a file. Raises Problem."""
    return _text(path).splitlines()


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise Problem(f"{where} is no JSON: {error}.") from error
