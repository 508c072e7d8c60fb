"""Whether Slack would take a message or modal: two outside validators, and the rules that neither knows.

Slack publishes no offline schema. slack_sdk's models and slackblocks each know a part; what both are blind to
(unknown properties, duplicate ids, lengths within parsed dicts, mentions in text) is ruled here, with the numbers
of slackblocks' registry of limits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import slackblocks
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slackblocks import _limits as limits
from slackblocks.errors import InvalidUsageError

Json = dict[str, Any]

MOST_CHARACTERS = 13_200
"""Of all blocks of a message together (slackapi/bolt-js#2509)."""
LONGEST_FALLBACK = 4000

OBJECTS = ("text", "title", "submit", "close", "label", "hint", "placeholder", "element", "accessory",
           "initial_option")  # fmt: skip
LISTS = ("blocks", "elements", "options", "option_groups", "initial_options", "fields")

KEYS: dict[str, tuple[str, str]] = {
    "message": ("text blocks", "response_type replace_original"),
    "modal": ("title blocks", "submit close private_metadata callback_id"),
    "plain_text": ("text", "emoji"),
    "mrkdwn": ("text", "verbatim"),
    "header": ("text", ""),
    "context": ("elements", ""),
    "divider": ("", ""),
    "image": ("image_url alt_text", "title"),
    "actions": ("elements", ""),
    "input": ("label element", "hint optional"),
    "rich_text": ("elements", ""),
    "table": ("rows", "column_settings"),
    "rich_text_section": ("elements", ""),
    "rich_text_list": ("elements style", "indent offset border"),
    "rich_text_preformatted": ("elements", "border"),
    "text": ("text", "style"),
    "link": ("url", "text style"),
    "user": ("user_id", "style"),
    "date": ("timestamp format", "fallback style url"),
    "button": ("text action_id", "value url style"),
    "plain_text_input": ("action_id", "initial_value multiline max_length placeholder"),
    "datepicker": ("action_id", "initial_date placeholder"),
    "users_select": ("action_id", "initial_user placeholder"),
    "multi_users_select": ("action_id", "initial_users placeholder"),
    "static_select": ("action_id", "options option_groups initial_option placeholder"),
    "multi_static_select": ("action_id", "options option_groups initial_options placeholder"),
    "group": ("label options", ""),
    "radio_buttons": ("action_id options", "initial_option"),
    "checkboxes": ("action_id options", "initial_options"),
    "option": ("text value", ""),
}
"""What each kind needs and may have, by Slack's reference; of what Slack knows, only what Tandem draws."""

BLOCKS = {"header", "context", "divider", "image", "actions", "input", "rich_text", "table"}
PARTS = {"text", "link", "user", "date"}
HOLDS = {
    "context": {"plain_text", "mrkdwn"},
    "actions": {"button"},
    "rich_text": {"rich_text_section", "rich_text_list", "rich_text_preformatted"},
    "rich_text_section": PARTS,
    "rich_text_list": {"rich_text_section"},
    "rich_text_preformatted": {"text", "link"},
}

LENGTHS: dict[tuple[str, str], int] = {
    ("modal", "title"): limits.VIEW_TITLE_MAX_LENGTH,
    ("modal", "submit"): limits.VIEW_SUBMIT_MAX_LENGTH,
    ("modal", "close"): limits.VIEW_CLOSE_MAX_LENGTH,
    ("modal", "private_metadata"): limits.VIEW_PRIVATE_METADATA_MAX_LENGTH,
    ("modal", "callback_id"): limits.VIEW_CALLBACK_ID_MAX_LENGTH,
    ("modal", "blocks"): limits.VIEW_BLOCKS_MAX_ITEMS,
    ("message", "blocks"): limits.MESSAGE_BLOCKS_MAX_ITEMS,
    ("message", "text"): LONGEST_FALLBACK,
    ("plain_text", "text"): limits.TEXT_MAX_LENGTH,
    ("mrkdwn", "text"): limits.TEXT_MAX_LENGTH,
    ("text", "text"): limits.TEXT_MAX_LENGTH * 2,
    ("link", "url"): limits.BUTTON_URL_MAX_LENGTH,
    ("header", "text"): limits.HEADER_TEXT_MAX_LENGTH,
    ("context", "elements"): limits.CONTEXT_ELEMENTS_MAX_ITEMS,
    ("image", "image_url"): limits.IMAGE_IMAGE_URL_MAX_LENGTH,
    ("image", "alt_text"): limits.IMAGE_ALT_TEXT_MAX_LENGTH,
    ("actions", "elements"): limits.ACTIONS_ELEMENTS_MAX_ITEMS,
    ("input", "label"): limits.INPUT_LABEL_MAX_LENGTH,
    ("input", "hint"): limits.INPUT_HINT_MAX_LENGTH,
    ("table", "rows"): limits.TABLE_ROWS_MAX_ITEMS,
    ("table", "column_settings"): limits.TABLE_COLUMN_SETTINGS_MAX_ITEMS,
    ("button", "text"): limits.BUTTON_TEXT_MAX_LENGTH,
    ("button", "value"): limits.BUTTON_VALUE_MAX_LENGTH,
    ("button", "url"): limits.BUTTON_URL_MAX_LENGTH,
    ("plain_text_input", "initial_value"): limits.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX,
    ("static_select", "options"): limits.SELECT_OPTIONS_MAX_ITEMS,
    ("multi_static_select", "options"): limits.SELECT_OPTIONS_MAX_ITEMS,
    ("static_select", "option_groups"): limits.SELECT_OPTIONS_MAX_ITEMS,
    ("multi_static_select", "option_groups"): limits.SELECT_OPTIONS_MAX_ITEMS,
    ("group", "options"): limits.SELECT_OPTIONS_MAX_ITEMS,
    ("group", "label"): limits.OPTION_TEXT_MAX_LENGTH,
    ("radio_buttons", "options"): limits.RADIO_BUTTONS_OPTIONS_MAX_ITEMS,
    ("checkboxes", "options"): limits.CHECKBOXES_OPTIONS_MAX_ITEMS,
    ("option", "text"): limits.OPTION_TEXT_MAX_LENGTH,
    ("option", "value"): limits.OPTION_VALUE_MAX_LENGTH,
}
WORDS = {"header", "button", "option", "input", "modal"}
"""Kinds whose texts Slack takes as plain_text alone."""

MARK = re.compile(r"<@[UW][A-Z0-9]+>|<!date\^\d+\^[^|<>]*\|[^|<>]*>")
"""The only mrkdwn that Tandem writes: a mention or a date. Words of people are never read for marks."""
ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")
CALL = re.compile(r"@(channel|here|everyone|group)", re.IGNORECASE)


def problems(payload: Json) -> list[str]:
    """What is wrong with a message (`text`, `blocks`) or a modal view, a sentence each; empty where all is well."""
    kind = "modal" if payload.get("type") == "modal" else "message"
    nodes = [(kind, payload), *_nodes(payload)]
    return [
        *_of_slack_sdk(payload, kind),
        *_of_slackblocks(payload),
        *(problem for name, node in nodes for problem in _of_one(name, node)),
        *_of_ids(nodes),
        *(_of_message(payload, nodes) if kind == "message" else ()),
    ]


def _nodes(node: Json) -> Iterator[tuple[str, Json]]:
    for key in OBJECTS:
        if isinstance(node.get(key), dict):
            yield from _node(node[key])
    for key in LISTS:
        for child in node.get(key) or ():
            yield from _node(child)
    for row in node.get("rows") or ():
        for cell in row:
            yield from _node(cell)


def _node(node: Json) -> Iterator[tuple[str, Json]]:
    yield node.get("type", "group" if "options" in node else "option"), node
    yield from _nodes(node)


def _of_slack_sdk(payload: Json, kind: str) -> Iterator[str]:
    blocks = payload.get("blocks") or []
    try:
        parsed = [block for block in Block.parse_all(json.loads(json.dumps(blocks))) if block is not None]
    except TypeError as error:
        yield f"slack_sdk: {error}"
        return
    if len(parsed) != len(blocks):
        yield f"slack_sdk knows {len(parsed)} of {len(blocks)} blocks"
    objects: list[JsonObject] = [*parsed]
    if kind == "modal":
        known = {key: value for key, value in payload.items() if key in ("title", "submit", "close")}
        view = {"blocks": blocks, "private_metadata": payload.get("private_metadata"), **known}
        objects.append(View(type="modal", callback_id=payload.get("callback_id"), **json.loads(json.dumps(view))))
    for one in objects:
        for inner in _objects(one):
            try:
                inner.validate_json()
            except SlackObjectFormationError as error:
                yield f"slack_sdk, {type(inner).__name__}: {error}"


def _objects(value: object) -> Iterator[JsonObject]:
    if isinstance(value, JsonObject):
        yield value
        for inner in vars(value).values():
            yield from _objects(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _objects(inner)


def _of_slackblocks(payload: Json) -> Iterator[str]:
    for block in payload.get("blocks") or []:
        try:
            slackblocks.Block.from_dict(block)
        except NotImplementedError:
            continue  # it draws actions, inputs, rich text and tables, and cannot read them
        except (InvalidUsageError, KeyError) as error:
            yield f"slackblocks, {block.get('type')}: {error}"


def _of_one(kind: str, node: Json) -> Iterator[str]:
    if kind not in KEYS:
        yield f"{kind} is nothing that Tandem draws"
        return
    needs, may = (set(keys.split()) for keys in KEYS[kind])
    ids = {"block_id"} if kind in BLOCKS else set()
    yield from (f"{kind} needs {key}" for key in sorted(needs - node.keys()))
    yield from (f"{kind} has no {key}" for key in sorted(node.keys() - needs - may - ids - {"type"}))
    for key, value in node.items():
        size = _size(value)
        most = LENGTHS.get((kind, key), limits.ACTION_ID_MAX_LENGTH if key.endswith("_id") else None)
        if most is not None and size is not None and size > most:
            yield f"{kind}: {key} has {size}, at most {most}"
        if size == 0 and key not in ("private_metadata", "options"):
            yield f"{kind}: {key} is empty"
        if kind in WORDS and isinstance(value, dict) and value.get("type") == "mrkdwn":
            yield f"{kind}: {key} takes plain_text alone"
    yield from _of_kind(kind, node)


def _of_kind(kind: str, node: Json) -> Iterator[str]:
    for child in node.get("elements") or ():
        if kind in HOLDS and child.get("type") not in HOLDS[kind]:
            yield f"{kind} cannot hold {child.get('type')}"
    match kind:
        case "mrkdwn":
            if not MARK.fullmatch(node.get("text", "")):
                yield f"mrkdwn that may hold words of people: {node.get('text')!r}"
        case "button":
            if ("value" in node) == ("url" in node):
                yield "a button has a value or a url, one of the two"
        case "table":
            widths = {len(row) for row in node.get("rows") or ()}
            if len(widths) > 1 or max(widths, default=0) > limits.TABLE_COLUMNS_MAX_ITEMS or 0 in widths:
                yield f"table: rows of {sorted(widths)} cells"
        case "static_select" | "multi_static_select" | "radio_buttons" | "checkboxes":
            yield from _of_options(kind, node)
        case "plain_text_input":
            yield from _of_typed(node)


def _of_options(kind: str, node: Json) -> Iterator[str]:
    groups = node.get("option_groups") or []
    options = node.get("options") or [option for group in groups for option in group["options"]]
    chosen = node.get("initial_options") or [node["initial_option"]] if "initial_option" in node else []
    if not options:
        yield f"{kind} has no options"
    if "options" in node and groups:
        yield f"{kind} has options or groups of them, one of the two"
    if len({option.get("value") for option in options}) < len(options):
        yield f"{kind} has two options of one value"
    if any(option not in options for option in chosen):
        yield f"{kind}: what is chosen at first is no option"


def _of_typed(node: Json) -> Iterator[str]:
    most = node.get("max_length", limits.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX)
    if not 0 < most <= limits.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX:
        yield f"plain_text_input: max_length is {most}"
    if len(node.get("initial_value", "")) > most:
        yield "plain_text_input: initial_value is longer than its max_length"


def _of_ids(nodes: list[tuple[str, Json]]) -> Iterator[str]:
    for key in ("block_id", "action_id"):
        seen: set[str] = set()
        for _, node in nodes:
            if key in node and node[key] in seen:
                yield f"{key} {node[key]!r} stands twice"
            seen.add(node.get(key, ""))


def _of_message(payload: Json, nodes: list[tuple[str, Json]]) -> Iterator[str]:
    total = len(json.dumps(payload.get("blocks"), ensure_ascii=False, separators=(",", ":")))
    if total > MOST_CHARACTERS:
        yield f"the blocks have {total} characters, at most {MOST_CHARACTERS}"
    if sum(kind == "table" for kind, _ in nodes) > 1:
        yield "a message takes one table"
    text = payload.get("text", "")
    if "<" in text or ">" in text or ENTITY.search(text):
        yield "text is not escaped: it may mention anyone"
    if CALL.search(text):
        yield "text calls the whole channel"


def _size(value: object) -> int | None:
    match value:
        case str():
            return max(len(value), len(value.encode("utf-16-le", "surrogatepass")) // 2)
        case {"type": "plain_text" | "mrkdwn", "text": str(text)}:
            return _size(text)
        case list():
            return len(value)
    return None
