"""What a tagged sentence records: its text, and for an action whose it is and by when, however loosely written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.rules.reading.actions import natural_actions
from core.rules.reading.dues import due_in, due_on
from core.rules.reading.fields import fields_of
from core.rules.reading.owners import called, confirming, placed
from core.rules.reading.parts import Part, Scene, Sentence, Who
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.statements import said_in
from core.rules.reading.summaries import summary
from core.rules.reading.tagged import Tag

_OPEN = re.compile(
    r"\W*(?:tbd|tba|tbc|pending|open|outstanding|none|not yet|to be (?:decided|made|taken)|postponed|deferred|offen|steht (?:noch )?aus|vertagt|keine?\b.{0,12}$|noch offen|n/a)\W*",
    re.IGNORECASE,
)


def tagged_items(kind: str, tag: Tag | None, sentence: Sentence, scene: Scene, text: str) -> list[Item]:
    """The items of a tagged sentence, or of one of a tagged list (`tag` None)."""
    body = tag.body if tag is not None else sentence.start
    parts = [part for part in sentence.parts if part.end > body]
    if not any(part.code not in "-.?*,;:()>|jlp" for part in parts):
        return []
    between = [
        part for part in sentence.parts if tag and tag.between[0] <= part.start < tag.between[1] and part.code in "PMUC"
    ]
    name = f"tagged {tag.word}" if tag else f"in a list of {kind}s"
    trigger = tag.word if tag else ""
    if kind == "action":
        return _actions(sentence, parts, between, scene, text, (name, trigger))
    if kind == "question":
        return [
            Item(
                Kind.QUESTION,
                said_in(sentence, text, parts[0].start) + "?",
                asked_of=_asked(between, parts),
                rule=name,
                trigger=trigger,
            )
        ]
    said = said_in(sentence, text, parts[0].start)
    if kind == "decision" and (_OPEN.fullmatch(said) or sentence.row.endswith("?")):
        return []
    found = [Item(Kind(kind), said, rule=name, trigger=trigger)]
    if kind == "decision":
        found += _following(parts, sentence, scene, text)
    return found


def _following(parts: list[Part], sentence: Sentence, scene: Scene, text: str) -> list[Item]:
    return []


def _asked(between: Sequence[Part], parts: Sequence[Part]) -> tuple[str, ...]:
    for part in between:
        if part.value.people:
            return tuple(part.value.people)
    if len(parts) > 1 and (parts[0].code == "M" or (parts[0].code == "P" and parts[1].code in ",:-")):
        return tuple(parts[0].value.people)
    return ()


def _actions(
    sentence: Sentence, parts: list[Part], between: Sequence[Part], scene: Scene, text: str, told: tuple[str, str]
) -> list[Item]:
    rest = Sentence(
        sentence.view,
        parts[0].start,
        sentence.end,
        parts,
        [word for word in sentence.words if word.start >= parts[0].start],
    )
    while rest.parts and rest.parts[0].code in "-,:;.>|":
        rest = Sentence(rest.view, rest.start, rest.end, rest.parts[1:], rest.words)
    if not between:
        natural = [draft.item for draft in natural_actions(rest, scene, text)]
        if natural and all(item.owners or item.rule.startswith("somebody unknown") for item in natural):
            return [_marked(item, told) for item in natural]
    return [_one(rest, between, scene, text, told)]


def _marked(item: Item, told: tuple[str, str]) -> Item:
    from dataclasses import replace

    return replace(item, rule=f"{told[0]}: {item.rule}", trigger=told[1] or item.trigger)


def _one(rest: Sentence, between: Sequence[Part], scene: Scene, text: str, told: tuple[str, str]) -> Item:
    parts = rest.parts
    due = due_in(parts, scene.setting)
    used = due.stretches
    owner: Who | None = between[-1].value if between else None
    start = 0
    kept: Part | None = between[-1] if between and between[-1].code == "U" else None
    if owner is None and parts and parts[0].code in "PMUCES" and len(parts) > 1:
        owner, start = parts[0].value, 1
        kept = parts[0] if parts[0].code == "U" else None
        while start < len(parts) and parts[start].code in "-,:>to":
            start += 1
    if owner is None:
        owner, taken = _named_within(parts, scene)
        used = [*used, *taken]
    start = min(start, len(parts) - 1)
    without = [*used, *((part.start, part.end) for part in parts[start:] if part.code in "pj")]
    said = summary(text, parts[start].start, parts[-1].end, without)
    if kept is not None and not kept.value.people:
        said = f"{text[kept.start : kept.end]}: {said}"
    people = owner.people if owner is not None else ()
    return Item(
        Kind.ACTION, said, people, due.reading, confirming(people, owner, due.reading), rule=told[0], trigger=told[1]
    )


def _named_within(parts: list[Part], scene: Scene) -> tuple[Who | None, list[tuple[int, int]]]:
    behind = placed(parts) or called(parts)
    if behind is not None:
        return behind.who, [behind.stretch]
    for place in range(1, len(parts) - 1):
        if parts[place].code in "PM" and parts[place - 1].code in ",(-" and parts[place + 1].code in ",)-":
            return parts[place].value, [(parts[place].start, parts[place].end)]
    mentioned = [part for part in parts if part.code == "M"]
    if len(mentioned) == 1:
        return mentioned[0].value, [(mentioned[0].start, mentioned[0].end)]
    return None, []


def in_fields(sentence: Sentence, scene: Scene, text: str) -> Item | None:
    """`Owner: O'Rourke | Task: mock recall | Due: 2026-05-08`."""
    if ":" not in sentence.row and "=" not in text:
        return None
    fields = {field.name: field for field in fields_of(sentence.view, sentence.start, sentence.end)}
    if not fields:
        return None
    task, holder, when = fields["task field"], fields["holder"], fields.get("due field")
    owners = [part for part in sentence.parts if holder.start <= part.start < holder.end and part.code in "PMUCE"]
    owner: Who | None = owners[0].value if owners else None
    reading = due_on(sentence.view, when.start, when.end, scene.setting) if when else None
    people = owner.people if owner else ()
    said = summary(text, task.start, task.end)
    return Item(
        Kind.ACTION,
        said,
        people,
        reading,
        confirming(people, owner, reading),
        rule="written in fields",
        trigger="owner, task",
    )
