"""Actions written as fields: `Owner: O'Rourke | Task: mock recall | Due: 2026-05-08`."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.rules.reading import english, german
from core.rules.reading.lexicon import phrases
from core.rules.reading.words import spelling


def _names(cue: str) -> dict[str, str]:
    return {spelling(name): cue for tables in (english.CUES, german.CUES) for name in phrases(tables.get(cue, ""))}


_FIELDS = {**_names("due field"), **_names("task field"), **_names("holder")}
_FIELDS["who"] = "holder"
_FIELDS["wer"] = "holder"
_FIELD = re.compile(r"(?:^|[|/;,\n])[ \t]*+(?P<name>[^\W\d_]++(?:[ ][^\W\d_]++){0,2})[ \t]*+[:=][ \t]*+")


class Field(NamedTuple):
    """A field: `holder`, `task field` or `due field`, and where its value stands."""

    name: str
    start: int
    end: int


def fields_of(view: str, start: int, end: int) -> list[Field]:
    """The fields of a stretch, if it is written in fields: a task or an owner, and one more."""
    found: list[Field] = []
    matches = [match for match in _FIELD.finditer(view[start:end]) if spelling(match["name"]) in _FIELDS]
    for number, match in enumerate(matches):
        stop = matches[number + 1].start() if number + 1 < len(matches) else end - start
        found.append(Field(_FIELDS[spelling(match["name"])], start + match.end(), start + stop))
    names = [field.name for field in found]
    if len(names) >= 2 and len(set(names)) == len(names) and "task field" in names and "holder" in names:
        return found
    return []
