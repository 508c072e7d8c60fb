"""Forms as HTML: what the page shows in a dialog, with what was said already filled in."""

from __future__ import annotations

from typing import assert_never

from adapters.rehearsal.cast import SIDES, Cast
from adapters.rehearsal.render import place_json, text, training_mark
from adapters.rehearsal.render_text import Reader, cut, escape
from core.api import ChoiceInput, DateInput, Divider, Form, FormBlock, Input, PeopleInput, Say, Text, TextInput

PERSON = "person:"
"""Stands before the id of somebody who has no account here, in the values of a people's picker."""
MOST_RADIOS = 4


def form(view: Form, reader: Reader, cast: Cast) -> str:
    """The <form> of a dialog; what it carries goes back with it untouched."""
    training = training_mark(reader) if view.training else ""
    blocks = "".join(_block(block, reader, cast) for block in view.blocks)
    say = _escaped(reader)
    typed = "<br>".join(f"<code>{escape(cut(line, 300))}</code>" for line in view.says.splitlines())
    says = f'<p class="quiet">{say("Or type:")} {typed}</p>' if typed else ""
    return (
        f'<form method="dialog" novalidate data-message="{escape(view.message)}"'
        f' data-given="{escape(view.given)}" data-says="{escape(cut(view.says, 300))}"'
        f' data-place="{escape(place_json(view.place))}"'
        ' aria-labelledby="form-title">'
        f'{training}<h2 id="form-title" dir="auto">{escape(cut(view.title, 150))}</h2>{blocks}{says}'
        '<p class="form-error" role="alert" hidden></p>'
        f'<div class="buttons"><button type="button" data-close>{say("Cancel")}</button>'
        f'<button type="submit" class="main">{escape(cut(view.submit, 75))}</button></div></form>'
    )


def _escaped(reader: Reader) -> Say:
    return lambda sentence, /, **values: escape(reader.say(sentence, **values))


def _block(block: FormBlock, reader: Reader, cast: Cast) -> str:
    match block:
        case Text(spans, quiet):
            return text(spans, quiet, reader)
        case Divider():
            return "<hr>"
        case TextInput() | DateInput():
            return _field(block, _control(block), reader)
        case ChoiceInput():
            if _is_group(block):
                return _group(block, _choices(block), reader)
            return _field(block, _select(block, reader), reader)
        case PeopleInput():
            return _group(block, _people(block, reader, cast), reader)
        case _:
            assert_never(block)


def _is_group(block: ChoiceInput) -> bool:
    return block.many or len(block.options) <= MOST_RADIOS


def _field(block: Input, control: str, reader: Reader) -> str:
    return (
        f'<div class="field" data-input="{escape(block.name)}" data-kind="one">'
        f'<label for="in-{escape(block.name)}">{escape(cut(block.label, 150))}{_optional(block, reader)}</label>'
        f"{control}{_notes(block)}</div>"
    )


def _group(block: Input, controls: str, reader: Reader) -> str:
    kind = "people" if isinstance(block, PeopleInput) else "many" if getattr(block, "many", False) else "one"
    return (
        f'<fieldset class="field" data-input="{escape(block.name)}" data-kind="{kind}"'
        f' aria-describedby="hint-{escape(block.name)} error-{escape(block.name)}">'
        f"<legend>{escape(cut(block.label, 150))}{_optional(block, reader)}</legend>"
        f'<div class="options">{controls}</div>{_notes(block)}</fieldset>'
    )


def _optional(block: Input, reader: Reader) -> str:
    return "" if block.required else f' <span class="optional">{escape(reader.say("optional"))}</span>'


def _notes(block: Input) -> str:
    hint = escape(cut(block.hint, 300))
    return (
        f'<p class="hint" id="hint-{escape(block.name)}"{"" if hint else " hidden"}>{hint}</p>'
        f'<p class="error" id="error-{escape(block.name)}" role="alert" hidden></p>'
    )


def _attributes(block: Input) -> str:
    name = escape(block.name)
    required = " required" if block.required else ""
    return f'id="in-{name}" name="{name}" aria-describedby="hint-{name} error-{name}"{required}'


def _control(block: TextInput | DateInput) -> str:
    known = _attributes(block)
    match block:
        case DateInput(value=day):
            return f'<input type="date" {known} value="{day.isoformat() if day else ""}">'
        case TextInput(value=value, longest=longest, multiline=True):
            known = f'{known} maxlength="{longest}" dir="auto"'
            return f'<textarea rows="4" {known}>\n{escape(value)}</textarea>'
        case TextInput(value=value, longest=longest):
            known = f'{known} maxlength="{longest}" dir="auto" autocomplete="off"'
            return f'<input type="text" {known} value="{escape(value)}">'
        case _:
            assert_never(block)


def _choices(block: ChoiceInput) -> str:
    kind = "checkbox" if block.many else "radio"
    return "".join(_tick(kind, block.name, option.value, option.label, option.value in block.value)
                   for option in block.options)  # fmt: skip


def _select(block: ChoiceInput, reader: Reader) -> str:
    options = "".join(
        f'<option value="{escape(one.value)}"{" selected" if one.value in block.value else ""}>'
        f"{escape(cut(one.label, 150))}</option>"
        for one in block.options
    )
    empty = "" if block.value and block.required else f'<option value="">{escape(reader.say("Choose…"))}</option>'
    return f"<select {_attributes(block)}>{empty}{options}</select>"


def _people(block: PeopleInput, reader: Reader, cast: Cast) -> str:
    """The cast by company, and the members without an account here; anybody else who is chosen is kept unseen."""
    chosen = {reader.accounts.get(person, PERSON + person) for person in block.value}
    kind = "checkbox" if block.many else "radio"
    people = {cast.companies[side]: [(player.slug, player.name) for player in cast.players if player.side == side]
              for side in SIDES}  # fmt: skip
    for option in block.options:
        if option.value not in reader.accounts:
            people.setdefault(option.group, []).append((PERSON + option.value, option.label))
    drawn = []
    for company, members in people.items():
        ticks = "".join(_tick(kind, block.name, value, name, value in chosen) for value, name in members)
        drawn.append(f'<div class="company"><span>{escape(company)}</span>{ticks}</div>')
    shown = {value for members in people.values() for value, _ in members}
    unseen = sorted(value for value in chosen - shown if value.startswith(PERSON))
    kept = (f'<input type="hidden" name="{escape(block.name)}" value="{escape(value)}">' for value in unseen)
    return "".join([*drawn, *kept])


def _tick(kind: str, name: str, value: str, label: str, chosen: bool) -> str:
    return (
        f'<label class="tick"><input type="{kind}" name="{escape(name)}" value="{escape(value)}"'
        f"{' checked' if chosen else ''}><span>{escape(cut(label, 150))}</span></label>"
    )
