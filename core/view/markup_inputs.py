"""The inputs of a form, read from markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from xml.etree.ElementTree import Element

from core.view.markup_marks import Wrong, attributes, empty, holder, needed, squeeze, whole, words_of, yes
from core.view.shapes import ChoiceInput, DateInput, Input, Option, PeopleInput, TextInput

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_COMMON = frozenset({"name", "label", "hint", "required"})
_TEXT = _COMMON | {"value", "multiline", "longest"}
_DATE = _COMMON | {"value"}
_CHOICE = _COMMON | {"many"}
_PEOPLE = _COMMON | {"value", "many"}
_OPTION = frozenset({"value", "selected"})


def _name(element: Element) -> str:
    name = needed(element, "name")
    if not _NAME.fullmatch(name):
        rule = "small letters, digits and _, a letter first, 64 at most"
        raise Wrong(element, f"'name' of <{element.tag}> is {rule}, not '{name}'.")
    return name


def _hint(element: Element) -> str:
    return squeeze(element.attrib.get("hint"))


def _text(element: Element) -> TextInput:
    attributes(element, _TEXT)
    if len(element):
        raise Wrong(element[0], f"<input-text> takes words alone, no <{element[0].tag}> within.")
    inside = element.text or ""
    return TextInput(
        name=_name(element),
        label=needed(element, "label"),
        value=element.attrib.get("value") or (inside if inside.strip() else ""),
        hint=_hint(element),
        required=yes(element, "required", True),
        multiline=yes(element, "multiline"),
        longest=whole(element, "longest", 1, 3000, 3000),
    )


def _date(element: Element) -> DateInput:
    attributes(element, _DATE)
    empty(element)
    value = element.attrib.get("value")
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        raise Wrong(element, f"'value' of <input-date> is a day such as 2026-03-12, not '{value}'.") from None
    return DateInput(
        name=_name(element),
        label=needed(element, "label"),
        value=day,
        hint=_hint(element),
        required=yes(element, "required", True),
    )


def _choice(element: Element) -> ChoiceInput | None:
    attributes(element, _CHOICE)
    many = yes(element, "many")
    options: dict[str, Option] = {}
    chosen: list[str] = []
    for child in holder(element):
        option = _option(child)
        if option.value in options:
            raise Wrong(child, f"The value '{option.value}' stands twice in <input-choice>.")
        options[option.value] = option
        if yes(child, "selected"):
            chosen.append(option.value)
    if len(chosen) > 1 and not many:
        raise Wrong(element, '<input-choice> has several options selected; only many="yes" takes several.')
    name, label = _name(element), needed(element, "label")
    if not options:
        return None
    return ChoiceInput(
        name=name,
        label=label,
        options=tuple(options.values()),
        value=tuple(chosen),
        hint=_hint(element),
        required=yes(element, "required", True),
        many=many,
    )


def _option(element: Element) -> Option:
    if element.tag != "option":
        raise Wrong(element, f"<input-choice> takes <option>, not <{element.tag}>.")
    attributes(element, _OPTION)
    value = needed(element, "value")
    return Option(value, words_of(element) or value)


def _people(element: Element) -> PeopleInput:
    attributes(element, _PEOPLE)
    empty(element)
    many = yes(element, "many")
    value = tuple(dict.fromkeys(element.attrib.get("value", "").split()))
    if len(value) > 1 and not many:
        raise Wrong(element, '<input-people> names several people; only many="yes" takes several.')
    return PeopleInput(
        name=_name(element),
        label=needed(element, "label"),
        value=value,
        hint=_hint(element),
        required=yes(element, "required", True),
        many=many,
    )


INPUTS: dict[str, Callable[[Element], Input | None]] = {
    "input-text": _text,
    "input-date": _date,
    "input-choice": _choice,
    "input-people": _people,
}
