"""A form as a Slack modal, and a submitted modal as the values that were filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, assert_never

from adapters.slack.render_blocks import Ink, draw, header, rich
from adapters.slack.render_carried import DoesNotFit, write_metadata
from adapters.slack.render_text import TRAINING, Accounts, Json, bold, plain_text, section
from core.api import (
    ChoiceInput,
    DateInput,
    Divider,
    Form,
    FormBlock,
    Input,
    Option,
    PeopleInput,
    Say,
    Text,
    TextInput,
    as_written,
    cutting,
    msg,
)

FORM = "form"
"""The callback_id of every modal that Tandem opens."""
LONGEST_TITLE = 24
MOST_BLOCKS = 100
MOST_OPTIONS = 100
LONGEST_LABEL = 75
LONGEST_VALUE = 150
FEW = 5
"""Options that are shown all at once; more go into a menu."""
SOME = 10
TOO_MANY_PARTS = msg("The form '{title}' has {size} parts; Slack takes {most}.")
TOO_LONG = msg("'{label}' holds {size} characters; its field in Slack takes {most}.")
TOO_MANY_OPTIONS = msg("'{label}' has {size} options; Slack takes 1 to {most}.")
LONG_OPTION = msg("A value among the options of '{label}' has {size} characters; Slack takes 1 to {most}.")
_NOBODY: Accounts = MappingProxyType({})


def form_view(form: Form, accounts: Accounts = _NOBODY, say: Say = as_written) -> Json:
    """The `view` for views.open; an input's name is its block_id and action_id. Raises DoesNotFit."""
    blocks = [_block(block, Ink(accounts, form.place, say)) for block in form.blocks]
    if cutting.length(form.title) > LONGEST_TITLE or not blocks:
        blocks.insert(0, header(form.title))
    if form.training:
        blocks.insert(0, rich(section([bold(say(TRAINING))])))
    if len(blocks) > MOST_BLOCKS:
        raise DoesNotFit(TOO_MANY_PARTS, title=form.title, size=len(blocks), most=MOST_BLOCKS)
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": write_metadata(form),
        "title": plain_text(form.title, LONGEST_TITLE),
        "submit": plain_text(form.submit, LONGEST_TITLE),
        "close": plain_text(say("Cancel"), LONGEST_TITLE),
        "blocks": blocks,
    }


def _block(block: FormBlock, ink: Ink) -> Json:
    match block:
        case Text() | Divider():
            return draw(block, ink, 3000)[0]
        case TextInput():
            return _input(block, _text(block))
        case DateInput(value=day):
            start = {"initial_date": day.isoformat()} if day else {}
            return _input(block, {"type": "datepicker", **start})
        case ChoiceInput():
            return _input(block, _choice(block))
        case PeopleInput():
            return _input(block, _people(block, ink.accounts))
        case _:
            assert_never(block)


def _input(block: Input, element: Json) -> Json:
    element["action_id"] = block.name
    shown: Json = {
        "type": "input",
        "block_id": block.name,
        "label": plain_text(block.label, 2000),
        "element": element,
        "optional": not block.required,
    }
    if block.hint:
        shown["hint"] = plain_text(block.hint, 2000)
    return shown


def _text(block: TextInput) -> Json:
    longest = min(block.longest, 3000)
    if cutting.length(block.value) > longest:
        raise DoesNotFit(TOO_LONG, label=block.label, size=cutting.length(block.value), most=longest)
    shown: Json = {"type": "plain_text_input", "multiline": block.multiline, "max_length": longest}
    if block.value:
        shown["initial_value"] = block.value
    return shown


def _choice(block: ChoiceInput) -> Json:
    options = {option.value: _option(option, block) for option in block.options}
    if not 0 < len(options) <= MOST_OPTIONS:
        raise DoesNotFit(TOO_MANY_OPTIONS, label=block.label, size=len(options), most=MOST_OPTIONS)
    chosen = [options[value] for value in block.value if value in options]
    shown: Json = {"options": list(options.values())}
    if block.many:
        shown["type"] = "checkboxes" if len(options) <= SOME else "multi_static_select"
        return shown | ({"initial_options": chosen} if chosen else {})
    shown["type"] = "radio_buttons" if len(options) <= FEW and block.required else "static_select"
    return shown | ({"initial_option": chosen[0]} if chosen else {})


def _option(option: Option, block: ChoiceInput | PeopleInput) -> Json:
    if not 0 < cutting.length(option.value) <= LONGEST_VALUE:
        raise DoesNotFit(LONG_OPTION, label=block.label, size=cutting.length(option.value), most=LONGEST_VALUE)
    return {"text": plain_text(option.label, LONGEST_LABEL), "value": option.value}


def _members(block: PeopleInput) -> Json:
    """The members under their companies: 100 to a group, as a large company takes several."""
    groups: dict[str, list[Json]] = {}
    drawn: dict[str, Json] = {}
    for option in block.options:
        groups.setdefault(option.group, []).append(drawn.setdefault(option.value, _option(option, block)))
    parts = [
        {"label": plain_text(name, LONGEST_LABEL), "options": options[start : start + MOST_OPTIONS]}
        for name, options in groups.items()
        for start in range(0, len(options), MOST_OPTIONS)
    ]
    chosen = [drawn[person] for person in block.value if person in drawn]
    shown: Json = {"option_groups": parts[:MOST_OPTIONS]}
    if block.many:
        return shown | {"type": "multi_static_select"} | ({"initial_options": chosen} if chosen else {})
    return shown | {"type": "static_select"} | ({"initial_option": chosen[0]} if chosen else {})


def _people(block: PeopleInput, accounts: Accounts) -> Json:
    """Slack's own picker; where it does not know every member, the members by name, so that nobody is lost."""
    if not all(accounts.get(option.value) for option in block.options):
        return _members(block)
    known = [accounts[person] for person in block.value if accounts.get(person)]
    if block.many:
        return {"type": "multi_users_select", **({"initial_users": known} if known else {})}
    return {"type": "users_select", **({"initial_user": known[0]} if known else {})}


@dataclass(frozen=True, slots=True)
class Submission:
    """What was filled in, by input name: texts, ISO days, choices in `values`, Slack user ids in `people`."""

    values: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_submission(state: Mapping[str, Any]) -> Submission:
    """The `view.state` of a view_submission. What was left empty is "" or (), so that it can empty a field.

    Raises ValueError for an element that no form of Tandem has.
    """
    filled = Submission()
    for entries in state["values"].values():
        for name, entry in entries.items():
            _read(filled, name, entry)
    return filled


def _read(filled: Submission, name: str, entry: Mapping[str, Any]) -> None:
    match entry["type"]:
        case "plain_text_input":
            filled.values[name] = entry.get("value") or ""
        case "datepicker":
            filled.values[name] = entry.get("selected_date") or ""
        case "static_select" | "radio_buttons":
            filled.values[name] = (entry.get("selected_option") or {}).get("value", "")
        case "multi_static_select" | "checkboxes":
            filled.values[name] = tuple(option["value"] for option in entry.get("selected_options") or ())
        case "users_select":
            user = entry.get("selected_user")
            filled.people[name] = (user,) if user else ()
        case "multi_users_select":
            filled.people[name] = tuple(entry.get("selected_users") or ())
        case strange:
            raise ValueError(f"No form of Tandem has a {strange}.")
