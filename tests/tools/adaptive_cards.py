"""Whether Teams would take a card: Microsoft's schema, Microsoft's own renderer, and the rules that neither knows."""

from __future__ import annotations

import functools
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

from tests.tools.presence import require_or_skip

Json = dict[str, Any]

MOST_BYTES = 28_000
MOST_ACTIONS = 6
EXPANSION = re.compile(r"\{\{(DATE|TIME)\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)(, ?[A-Z]+)?\)\}\}")
CHILDREN = ("body", "items", "columns", "actions", "inlines", "facts", "choices")
TEXTS = ("text", "title", "value", "label", "placeholder", "fallbackText", "errorMessage")
TYPELESS = {"facts": "Fact", "choices": "Choice"}


def problems(card: Json) -> list[str]:
    """What is wrong with a card, a sentence each; empty where all is well. Microsoft's renderer is asked apart."""
    return [*_of_schema(card), *_of_card(card), *(problem for node in _nodes(card) for problem in _of_one(node))]


def told_by_renderer(cards: Sequence[Json]) -> list[list[str]]:
    """What Microsoft's JavaScript renderer says of each card; skips (in CI: fails) where it is not installed."""
    script = Path(__file__).with_name("adaptive_cards.cjs")
    library = require_or_skip("adaptivecards")
    ran = subprocess.run(
        ["node", script, library], input=json.dumps(cards), capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    answer: list[list[str]] = json.loads(ran.stdout)
    return answer


@functools.cache
def _schema() -> Draft6Validator:
    text = files("adaptive_cards").joinpath("schemas/schema-1.5.json").read_text(encoding="utf-8")
    return Draft6Validator(json.loads(text))


def _of_schema(card: Json) -> Iterator[str]:
    """Microsoft's own schema; what Teams adds to it is not in it, and its picker of people is newer."""
    plain = json.loads(json.dumps(card))
    plain.pop("msteams", None)
    for node in _nodes(plain):
        node.pop("choices.data", None)
    for error in _schema().iter_errors(plain):
        deepest = min(error.context or [error], key=lambda inner: -len(inner.absolute_path))
        yield f"schema, {'/'.join(map(str, deepest.absolute_path))}: {deepest.message[:200]}"


def _of_card(card: Json) -> Iterator[str]:
    if card.get("version") != "1.5":
        yield f"version {card.get('version')}"
    weight = len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
    if weight > MOST_BYTES:
        yield f"the card has {weight} bytes, at most {MOST_BYTES}"
    ids = [node["id"] for node in _nodes(card) if "id" in node]
    if len(set(ids)) < len(ids):
        yield f"an id stands twice: {ids}"
    said = " ".join(str(node["text"]) for node in _nodes(card) if node.get("type") == "TextBlock")
    said += " ".join(str(fact["value"]) for node in _nodes(card) for fact in node.get("facts", ()))
    entities = card.get("msteams", {}).get("entities", [])
    for entity in entities:
        if entity["text"] not in said:
            yield f"nobody is mentioned as {entity['text']}"
    mentioned = {entity["text"] for entity in entities}
    if len(mentioned) < len(entities):
        yield "two mentions of one text"
    for found in re.findall(r"<at>.*?</at>", said):
        if found not in mentioned:
            yield f"{found} mentions nobody"
    if len(card.get("refresh", {}).get("userIds", ())) > 60:
        yield "more than 60 people have a view of their own"


def _nodes(node: Json) -> Iterator[Json]:
    yield node
    for key in CHILDREN:
        for child in node.get(key) or ():
            if isinstance(child, dict):
                yield from _nodes(child)


def _of_one(node: Json) -> Iterator[str]:
    for key in TEXTS:
        if isinstance(node.get(key), str):
            yield from _of_text(node[key], key, node)
    if node.get("type") == "ActionSet" and len(node["actions"]) > MOST_ACTIONS:
        yield f"{len(node['actions'])} actions side by side"
    if node.get("type") == "Action.Execute":
        fallback = node.get("fallback")
        if not isinstance(fallback, dict) or fallback.get("type") != "Action.Submit":
            yield "an Execute without a Submit for old clients"
        elif fallback.get("data") != node.get("data"):
            yield "an Execute whose Submit says something else"
    if node.get("type") == "Input.ChoiceSet" and not node.get("choices") and "choices.data" not in node:
        yield "a choice without choices"


def _of_text(text: str, key: str, node: Json) -> Iterator[str]:
    if node.get("type", "").startswith("Input.") and key == "value":
        return
    if "{{" in EXPANSION.sub("", text):
        yield f"{key} may be read as a date: {text!r}"
    if not text:
        yield f"{key} of {node.get('type')} is empty"
