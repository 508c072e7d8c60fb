"""What a person reads in Teams: a card's words as Teams draws them, moments in the reader's own zone, its inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = Mapping[str, Any]
_MOMENT = re.compile(r"\{\{(DATE|TIME)\(([^,)]*)(?:,SHORT)?\)\}\}( (?=\{\{TIME))?")
_AT = re.compile(r"<at>(.*?)\u2060*</at>")
_ESCAPE = re.compile(r"\\([\\`*_\[\]<>~#|&!.)+-])")
_STRONG = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_SLANTED = re.compile(r"(?<![\\\w])_(.+?)(?<!\\)_(?!\w)")
INPUTS = ("Input.Text", "Input.Date", "Input.ChoiceSet")


class Reader:
    """Somebody's eyes in an IANA `zone`."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)

    def words(self, card: Json) -> str:
        """All that a card shows, its buttons as [Label]."""
        return " ".join("\n".join(self._of(part) for part in card["body"]).split())

    def complaints(self, card: Json) -> str:
        """What a form says is wrong with it."""
        wrong = [part for part in card["body"] if part.get("color") == "Attention"]
        return " ".join(self._of(part) for part in wrong)

    def _of(self, part: Json) -> str:
        match part["type"]:
            case "TextBlock":
                return self._marked(part["text"])
            case "RichTextBlock":
                return "".join(self._text(run["text"]) for run in part["inlines"])
            case "FactSet":
                facts = part["facts"]
                return "\n".join(f"{self._marked(fact['title'])}: {self._marked(fact['value'])}" for fact in facts)
            case "ActionSet":
                return " ".join(f"[{action['title']}]" for action in part["actions"])
            case kind if kind in INPUTS:
                return str(part["label"])
            case _:
                inside = part.get("columns") or part.get("items") or ()
                return " ".join(self._of(one) for one in inside)

    def _marked(self, text: str) -> str:
        """Markdown as it is read; what is escaped is text."""
        plain = _SLANTED.sub(r"\1", _STRONG.sub(r"\1", text))
        return self._text(_AT.sub(r"@\1", _ESCAPE.sub(r"\1", plain)))

    def _text(self, text: str) -> str:
        return _MOMENT.sub(self._moment, text)

    def _moment(self, found: re.Match[str]) -> str:
        local = datetime.fromisoformat(found[2]).astimezone(self._zone)
        if found[1] == "TIME":
            return f"{local:%H:%M}"
        return f"{local:%a} {local.day} {local:%b %Y}" + (", " if found[3] else "")


def actions(card: Json) -> Iterator[Json]:
    """Every action of a card, in order."""
    for part in card["body"]:
        if part["type"] == "ActionSet":
            yield from part["actions"]


def inputs(card: Json) -> dict[str, Json]:
    """The inputs of a form by their labels."""
    return {part["label"]: part for part in card["body"] if part["type"] in INPUTS}
