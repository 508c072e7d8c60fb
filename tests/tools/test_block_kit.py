"""The check of Block Kit fails where Slack would: each bad case names what must be said of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.tools.block_kit import problems

Json = dict[str, Any]


def words(text: str, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": text}


def section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def cell(text: str) -> Json:
    return {"type": "rich_text", "elements": [section(words(text, "text"))]}


MESSAGE: Json = {
    "text": "ACT-012 &lt;new&gt;",
    "blocks": [
        {"type": "header", "text": words("ACT-012")},
        {"type": "context", "elements": [words("said by"), words("<@U01AOIFE>", "mrkdwn")]},
        {"type": "rich_text", "elements": [
            section(words("to "    , "text"), {"type": "user", "user_id": "U01AOIFE"},
                    {"type": "date", "timestamp": 1, "format": "{time}", "fallback": "14:00"},
                    {"type": "link", "url": "https://example.com", "text": "page"}),
            {"type": "rich_text_list", "style": "bullet", "elements": [section(words("one", "text"))]},
        ]},
        {"type": "table", "rows": [[cell("Ref"), cell("Due")], [cell("ACT-012"), cell("–")]]},
        {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a chart"},
        {"type": "divider"},
        {"type": "actions", "block_id": "acts", "elements": [
            {"type": "button", "text": words("Accept"), "action_id": "say:0", "value": "{}", "style": "primary"},
            {"type": "button", "text": words("Open"), "action_id": "open:1", "url": "https://example.com"},
        ]},
    ],
}  # fmt: skip

OPTIONS = [{"text": words("Norvane"), "value": "sponsor"}, {"text": words("Tarnbrook"), "value": "cmo"}]


def asked(element: Json) -> Json:
    return {"type": "input", "block_id": f"b-{element['action_id']}", "label": words("Label"), "element": element}


MODAL: Json = {
    "type": "modal",
    "callback_id": "form",
    "private_metadata": "{}",
    "title": words("New action"),
    "submit": words("Record"),
    "close": words("Cancel"),
    "blocks": [
        asked({"type": "plain_text_input", "action_id": "text", "initial_value": "a", "max_length": 300}),
        asked({"type": "datepicker", "action_id": "due", "initial_date": "2026-03-13"}),
        asked({"type": "static_select", "action_id": "side", "options": OPTIONS, "initial_option": OPTIONS[0]}),
        asked({"type": "radio_buttons", "action_id": "kind", "options": OPTIONS}),
        asked({"type": "checkboxes", "action_id": "sides", "options": OPTIONS, "initial_options": OPTIONS}),
        asked({"type": "multi_users_select", "action_id": "owners", "initial_users": ["U01AOIFE"]}),
    ],
}

HEADER, CONTEXT, RICH, TABLE, IMAGE, DIVIDER, ACTIONS = range(7)


def button(message: Json) -> Json:
    found: Json = message["blocks"][ACTIONS]["elements"][0]
    return found


def element(modal: Json, index: int) -> Json:
    found: Json = modal["blocks"][index]["element"]
    return found


BAD_MESSAGES: dict[str, tuple[Callable[[Json], object], str]] = {
    "an unknown block": (lambda m: m["blocks"].append({"type": "glitter"}), "slack_sdk knows 7 of 8"),
    "51 blocks": (lambda m: m["blocks"].extend([{"type": "divider"}] * 44), "blocks has 51"),
    "no blocks": (lambda m: m["blocks"].clear(), "blocks is empty"),
    "too much": (lambda m: m["blocks"].extend([cell("x" * 2900)] * 5), "characters, at most 13200"),
    "header too long": (lambda m: m["blocks"][HEADER].update(text=words("a" * 151)), "slackblocks, header"),
    "header in emoji": (lambda m: m["blocks"][HEADER].update(text=words("😀" * 76)), "text has 152"),
    "header in mrkdwn": (lambda m: m["blocks"][HEADER].update(text=words("a", "mrkdwn")), "plain_text alone"),
    "header empty": (lambda m: m["blocks"][HEADER].update(text=words("")), "is empty"),
    "an unknown property": (lambda m: m["blocks"][HEADER].update(colour="red"), "header has no colour"),
    "a missing property": (lambda m: m["blocks"][IMAGE].pop("alt_text"), "image needs alt_text"),
    "11 in a context": (lambda m: m["blocks"][CONTEXT].update(elements=[words("a")] * 11), "slack_sdk, Context"),
    "a call in a context": (
        lambda m: m["blocks"][CONTEXT]["elements"].append(words("<!channel>", "mrkdwn")), "words of people"),
    "words in mrkdwn": (lambda m: m["blocks"][CONTEXT]["elements"].append(words("*a*", "mrkdwn")), "words of"),
    "an empty rich text": (lambda m: m["blocks"][RICH].update(elements=[]), "elements is empty"),
    "an empty text": (lambda m: m["blocks"][RICH]["elements"][0]["elements"].append(words("", "text")), "is empty"),
    "a broadcast": (
        lambda m: m["blocks"][RICH]["elements"][0]["elements"].append({"type": "broadcast", "range": "here"}),
        "cannot hold broadcast"),
    "a table row too short": (lambda m: m["blocks"][TABLE]["rows"][1].pop(), "rows of [1, 2] cells"),
    "two tables": (lambda m: m["blocks"].append(copy.deepcopy(m["blocks"][TABLE])), "takes one table"),
    "101 rows": (lambda m: m["blocks"][TABLE].update(rows=[[cell("a")]] * 101), "rows has 101"),
    "21 columns": (lambda m: m["blocks"][TABLE].update(rows=[[cell("a")] * 21]), "rows of [21]"),
    "alt text too long": (lambda m: m["blocks"][IMAGE].update(alt_text="a" * 2001), "slackblocks, image"),
    "26 buttons": (lambda m: m["blocks"][ACTIONS].update(elements=[button(m)] * 26), "slack_sdk, Actions"),
    "no buttons": (lambda m: m["blocks"][ACTIONS].update(elements=[]), "elements is empty"),
    "button text": (lambda m: button(m).update(text=words("a" * 76)), "slack_sdk, Button"),
    "button value": (lambda m: button(m).update(value="a" * 2001), "value has 2001"),
    "button url": (lambda m: m["blocks"][ACTIONS]["elements"][1].update(url="https://" + "a" * 3000), "url has"),
    "button style": (lambda m: button(m).update(style="loud"), "slack_sdk, Button"),
    "a button without either": (lambda m: button(m).pop("value"), "value or a url"),
    "one action_id twice": (lambda m: button(m).update(action_id="open:1"), "'open:1' stands twice"),
    "one block_id twice": (
        lambda m: m["blocks"].append(m["blocks"][ACTIONS] | {"elements": [button(m) | {"action_id": "x"}]}),
        "'acts' stands twice"),
    "block_id too long": (lambda m: m["blocks"][DIVIDER].update(block_id="a" * 256), "block_id has 256"),
    "action_id too long": (lambda m: button(m).update(action_id="a" * 256), "action_id has 256"),
    "a mention in text": (lambda m: m.update(text="<!channel>"), "not escaped"),
    "a bare ampersand": (lambda m: m.update(text="R&D"), "not escaped"),
    "a call in text": (lambda m: m.update(text="@here"), "whole channel"),
    "text too long": (lambda m: m.update(text="a" * 4001), "text has 4001"),
    "no text": (lambda m: m.pop("text"), "message needs text"),
}  # fmt: skip

BAD_MODALS: dict[str, tuple[Callable[[Json], object], str]] = {
    "no title": (lambda m: m.pop("title"), "modal needs title"),
    "title too long": (lambda m: m.update(title=words("a" * 25)), "slack_sdk, View"),
    "submit too long": (lambda m: m.update(submit=words("a" * 25)), "slack_sdk, View"),
    "metadata too long": (lambda m: m.update(private_metadata="a" * 3001), "private_metadata has 3001"),
    "101 blocks": (lambda m: m["blocks"].extend([{"type": "divider"}] * 95), "blocks has 101"),
    "label too long": (lambda m: m["blocks"][0].update(label=words("a" * 2001)), "slack_sdk, Input"),
    "hint too long": (lambda m: m["blocks"][0].update(hint=words("a" * 2001)), "slack_sdk, Input"),
    "value too long": (lambda m: element(m, 0).update(initial_value="a" * 301), "longer than its max_length"),
    "max_length": (lambda m: element(m, 0).update(max_length=3001), "max_length is 3001"),
    "a day that is none": (lambda m: element(m, 1).update(initial_date="31.2."), "slack_sdk, DatePicker"),
    "no options": (lambda m: element(m, 3).update(options=[]), "has no options"),
    "101 options": (lambda m: element(m, 2).update(options=OPTIONS * 51), "slack_sdk, StaticSelect"),
    "11 radio buttons": (
        lambda m: element(m, 3).update(options=[{"text": words("a"), "value": str(n)} for n in range(11)]),
        "options has 11"),
    "one value twice": (lambda m: element(m, 3).update(options=OPTIONS * 2), "two options of one value"),
    "option text": (lambda m: element(m, 3)["options"][0].update(text=words("a" * 76)), "text has 76"),
    "option value": (lambda m: element(m, 3)["options"][0].update(value="a" * 151), "value has 151"),
    "chosen, no option": (
        lambda m: element(m, 2).update(initial_option={"text": words("a"), "value": "b"}), "is no option"),
    "one name twice": (lambda m: element(m, 1).update(action_id="text"), "'text' stands twice"),
}  # fmt: skip


def test_good_ones_pass():
    assert problems(MESSAGE) == []
    assert problems(MODAL) == []


@pytest.mark.parametrize("case", BAD_MESSAGES)
def test_bad_messages_are_found(case: str):
    spoil, said = BAD_MESSAGES[case]
    message = copy.deepcopy(MESSAGE)
    spoil(message)
    assert said in "\n".join(problems(message))


@pytest.mark.parametrize("case", BAD_MODALS)
def test_bad_modals_are_found(case: str):
    spoil, said = BAD_MODALS[case]
    modal = copy.deepcopy(MODAL)
    spoil(modal)
    assert said in "\n".join(problems(modal))
