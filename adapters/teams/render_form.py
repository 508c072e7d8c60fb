"""A form as an Adaptive Card, in a dialog or in the conversation, and what was filled in there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from adapters.teams.carried import of_form
from adapters.teams.render import NOBODY, Stands, envelope, summary_of
from adapters.teams.render_blocks import FILL, back, draw, quiet_line, words
from adapters.teams.render_text import Accounts, Ink, Json, unread
from core.api import (
    ChoiceInput,
    DateInput,
    Divider,
    Form,
    FormBlock,
    Input,
    PeopleInput,
    Say,
    Text,
    TextInput,
    as_written,
    cutting,
    msg,
)

LONGEST_LABEL = 200
NEEDED = msg("This is needed.")
FEW = 4
"""Options that are shown all at once; more go into a menu."""
PICKER: Json = {"type": "Data.Query", "dataset": "graph.microsoft.com/users?scope=currentContext"}
"""Teams' own picker of people, of those in the conversation."""
_RIGHT: Mapping[str, str] = MappingProxyType({})


def form_content(
    form: Form,
    accounts: Accounts = NOBODY,
    stands: Stands = Stands.CARD,
    wrong: Mapping[str, str] = _RIGHT,
    say: Say = as_written,
) -> Json:
    """An Adaptive Card that asks; an input's name is its id. `wrong` has a sentence for an input, by name.

    In a dialog Teams shows the title itself, and takes a Submit alone.
    """
    ink = Ink(accounts, form.place, say=say)
    body = [] if stands is Stands.DIALOG else [words(form.title, style="heading", size="Medium", weight="Bolder")]
    loose = [sentence for name, sentence in wrong.items() if name not in _names(form)]
    body += [_fault(sentence) for sentence in loose]
    for block in form.blocks:
        body += _block(block, ink, wrong)
    body.append({"type": "ActionSet", "actions": [_submit(form, stands)]})
    if stands is Stands.CARD:
        body.append(back(ink))
    return envelope(body, ink, summary_of(form), form.training)


def _names(form: Form) -> set[str]:
    return {block.name for block in form.blocks if isinstance(block, Input)}


def _submit(form: Form, stands: Stands) -> Json:
    data = of_form(form, posted=stands is Stands.MESSAGE)
    look: Json = {"title": cutting.cut(unread(form.submit), 100) or "OK", "style": "positive"}
    submit = {"type": "Action.Submit", **look, "data": data}
    if stands is Stands.DIALOG:
        return submit
    return {"type": "Action.Execute", **look, "verb": FILL, "data": data, "fallback": submit}


def _block(block: FormBlock, ink: Ink, wrong: Mapping[str, str]) -> list[Json]:
    match block:
        case Text() | Divider():
            return draw(block, ink, 4000)
        case TextInput():
            return _input(block, _text(block), wrong, ink)
        case DateInput(value=day):
            return _input(block, {"type": "Input.Date", **({"value": day.isoformat()} if day else {})}, wrong, ink)
        case ChoiceInput():
            return _input(block, _choice(block), wrong, ink)
        case PeopleInput():
            return _input(block, _people(block, ink.accounts), wrong, ink)
        case _:
            assert_never(block)


def _input(block: Input, element: Json, wrong: Mapping[str, str], ink: Ink) -> list[Json]:
    """The input behind its label; it may be left empty in Teams, and the core says what is missing."""
    label = unread(cutting.cut(block.label, LONGEST_LABEL)) or "…"
    element |= {"id": block.name, "label": label, "isRequired": block.required}
    if block.required:
        element["errorMessage"] = ink.say(NEEDED)
    hint = [quiet_line(block.hint)] if block.hint and element["type"] != "Input.Text" else []
    fault = [_fault(wrong[block.name])] if block.name in wrong else []
    return [*fault, element, *hint]


def _fault(sentence: str) -> Json:
    return words(sentence, color="Attention", weight="Bolder")


def _text(block: TextInput) -> Json:
    shown: Json = {"type": "Input.Text", "isMultiline": block.multiline, "maxLength": block.longest}
    if block.hint:
        shown["placeholder"] = unread(block.hint)
    return shown | ({"value": cutting.cut(block.value, block.longest)} if block.value else {})


def _choice(block: ChoiceInput) -> Json:
    choices = [{"title": unread(option.label) or "–", "value": option.value} for option in block.options]
    return _chosen(choices, block.value, block.many, few=len(choices) <= FEW)


def _chosen(choices: list[Json], value: tuple[str, ...], many: bool, few: bool) -> Json:
    shown: Json = {"type": "Input.ChoiceSet", "choices": choices, "isMultiSelect": many, "wrap": True}
    shown["style"] = "expanded" if few else "compact"
    offered = {choice["value"] for choice in choices}
    known = [one for one in value if one in offered]
    return shown | ({"value": ",".join(known if many else known[:1])} if known else {})


def _people(block: PeopleInput, accounts: Accounts) -> Json:
    """A choice of members; where there are none to choose from, Teams' own picker of people."""
    if block.options:
        choices = [{"title": unread(one.label) or "–", "value": one.value} for one in block.options]
        return _chosen(choices, block.value, block.many, few=False)
    known = [accounts[person] for person in block.value if accounts.get(person)]
    value: Json = {"value": ",".join(known if block.many else known[:1])} if known else {}
    look: Json = {"isMultiSelect": block.many, "style": "compact", "choices": [], "choices.data": PICKER}
    return {"type": "Input.ChoiceSet", **look, **value}
