"""Chat lines from files: text, or JSON a line as in `lines.jsonl`, with the people that they may mean."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from core.rules.reading.shapes import Circle, Line, Parent, Someone
from core.rules.setting import Setting

MENTION = "\ufffc"
_MENTION = re.compile(r"<@([^>|]+)(?:\|[^>]*)?>|<at(?:\s[^>]*)?>([^<]*)</at>")
_CHANNEL = re.compile(r"<#[^>|]+\|([^>]*)>|<!(here|channel|everyone)(?:\|[^>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto):[^>|]+)(?:\|([^>]*))?>")


@dataclass(frozen=True)
class People:
    """The people of a file, and the names and ids by which lines mention them."""

    circle: Circle
    ids: Mapping[str, str]
    zone: str = "UTC"


class Asked(NamedTuple):
    """One line to be read, in its setting; `given` is the JSON object where it came as one."""

    line: Line
    setting: Setting
    given: Mapping[str, Any]


def people_from(path: Path) -> People:
    """The people in a file in the shape of `people.json`. Raises Problem."""
    told = json.loads(path.read_text(encoding="utf-8"))
    people: dict[str, Someone] = {}
    ids: dict[str, str] = {}
    companies: dict[str, str] = {}
    for row in told["people"]:
        name = row["name"]
        roles = {"qa"} if row.get("qa") else set()
        people[name] = Someone(
            name, name, row.get("side", ""), frozenset(roles), tuple(row.get("aliases", ())), row.get("role", "")
        )
        for key in (name, row.get("slack_id"), row.get("teams_id")):
            if key:
                ids[key] = name
        if row.get("org") and row.get("side"):
            companies[row["side"]] = row["org"]
    return People(Circle(people, companies), ids, told.get("tz", "UTC"))


def asked_from(row: Mapping[str, Any], people: People) -> Asked:
    """A JSON line as what is to be read."""
    zone = row.get("tz") or people.zone
    now = datetime.fromisoformat(row["now"])
    milestones = {}
    for name, day in (row.get("milestones") or {}).items():
        milestones[name] = date.fromisoformat(day[:10])
    ids = {**people.ids, **(row.get("mention_map") or {}), **(row.get("expected", {}).get("mention_map") or {})}
    text, mentions = mentioned(row["text"], ids)
    parent = None
    if told := row.get("thread_parent"):
        parent_text, parent_mentions = mentioned(told["text"], ids)
        parent = Parent(parent_text, ids.get(told.get("author", "")), told.get("record"), parent_mentions)
    line = Line(text, ids.get(row["author"], row["author"]), mentions, parent)
    holidays = frozenset(date.fromisoformat(day) for day in row.get("holidays", ()))
    return Asked(line, Setting(now.astimezone(UTC), zone, milestones, holidays), row)


def mentioned(text: str, ids: Mapping[str, str]) -> tuple[str, tuple[str | None, ...]]:
    """The text with U+FFFC for each mention, and who each is."""
    found: list[str | None] = []

    def one(match: re.Match[str]) -> str:
        found.append(ids.get((match[1] or match[2]).strip()))
        return MENTION

    text = _MENTION.sub(one, text)
    text = _CHANNEL.sub(lambda match: match[1] or f"@{match[2]}", text)
    text = _LINK.sub(lambda match: match[2] or match[1], text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), tuple(found)
