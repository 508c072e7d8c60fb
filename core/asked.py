"""A form as it is asked: with the members to choose from, and again with what was filled in where that cannot stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, assert_never

import msgspec

from core.features.transfers.opening import STAGES
from core.features.transfers.stage_titles import stage_title
from core.kernel.access import Directory, MemberOf
from core.kernel.ids import Account, Side
from core.kernel.messages import Message, Stranger, parts_of
from core.kernel.templates import Words
from core.kernel.work import Ask
from core.speech import AS_ASKED
from core.view import ChoiceInput, DateInput, Form, FormBlock, Input, Option, PeopleInput, TextInput

MOST_CARRIED = 900
"""Bytes of the line above a form that go with it: Slack takes 3000 in all."""


@dataclass(frozen=True, slots=True)
class AsAsked:
    """How a form was asked for, as in `Ask`: the line above it, and which inputs are needed or left out this once.

    `opened` is the id of its opening.
    """

    about: str = ""
    needs: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    opened: str = ""

    @classmethod
    def of(cls, ask: Ask, opened: str) -> AsAsked:
        """As it is asked for now; of a very long line above it, the beginning."""
        whole = ask.about.encode()
        about = ask.about if len(whole) <= MOST_CARRIED else f"{whole[:MOST_CARRIED].decode(errors='ignore')}…"
        return cls(about, ask.needs, ask.leaves, opened)

    @classmethod
    def carried(cls, given: str) -> AsAsked:
        """As a form carried it; nothing of one that carried none."""
        try:
            return msgspec.json.decode(given or "{}", type=_Carried).as_asked
        except msgspec.DecodeError:
            return cls()

    def carry(self, given: str) -> str:
        """`given` with it."""
        return msgspec.json.encode({**msgspec.json.decode(given), AS_ASKED: self}).decode()


class _Carried(msgspec.Struct):
    as_asked: AsAsked = msgspec.field(default_factory=AsAsked, name=AS_ASKED)


def with_members(form: Form, kind: type[Message], directory: Directory | None) -> Form:
    """The form with the transfer's members, by company, in each input that asks for one of them; and with the
    companies' names where it asks for a side.

    Whoever left is among them only where the form shows them already; an input for a stranger has no such choice. Of
    people of one name each is shown with their roles and what tells them apart.
    """
    if directory is None or directory.facts is None:
        return form
    parts, names = parts_of(kind), Counter(directory.active_names.values())

    def option(member: MemberOf) -> Option:
        more = [*sorted(member.roles), *([member.mark] if member.mark else [])]
        label = f"{member.name} ({', '.join(more)})" if names[member.name] > 1 else member.name
        return Option(member.person, label, directory.company(member.side))

    def chosen_from(block: FormBlock) -> FormBlock:
        if isinstance(block, ChoiceInput) and {one.value for one in block.options} == set(Side):
            named = (replace(one, label=f"{directory.company(Side(one.value))} ({one.label})") for one in block.options)
            return replace(block, options=tuple(named))
        if not isinstance(block, PeopleInput) or isinstance(parts.get(block.name), Stranger):
            return block
        shown = [member for member in directory.members.values() if member.active or member.person in block.value]
        return replace(block, options=tuple(map(option, sorted(shown, key=_order))))

    return replace(form, blocks=tuple(map(chosen_from, form.blocks)))


def with_titles(form: Form, words: Words) -> Form:
    """The form with each stage called as every card calls it, by the title of its checklist."""

    def titled(block: FormBlock) -> FormBlock:
        if not isinstance(block, ChoiceInput) or tuple(one.value for one in block.options) != STAGES:
            return block
        return replace(block, options=tuple(Option(one.value, stage_title(one.value, words)) for one in block.options))

    return replace(form, blocks=tuple(map(titled, form.blocks)))


def _order(member: MemberOf) -> tuple[bool, str, str]:
    """The sponsor's people first; each company's by name."""
    return (member.side != "sponsor", member.name.casefold(), member.person)


def filled_in(form: Form, values: Mapping[str, Any], directory: Directory | None) -> Form:
    """The form showing what a person entered, by input name, as an adapter handed it in."""

    def shown(block: FormBlock) -> FormBlock:
        if isinstance(block, Input) and block.name in values:
            return _filled(block, values[block.name], directory)
        return block

    return replace(form, blocks=tuple(map(shown, form.blocks)))


def _filled(block: Input, value: Any, directory: Directory | None) -> FormBlock:
    several = (value,) if isinstance(value, str) and value else tuple(value or ())
    match block:
        case TextInput():
            return replace(block, value=str(several[0])[: block.longest] if several else "")
        case DateInput():
            return replace(block, value=_day(several[0]) if several else None)
        case ChoiceInput():
            offered = {option.value for option in block.options}
            return replace(block, value=tuple(one for one in several if one in offered))
        case PeopleInput():
            people = dict.fromkeys(filter(None, (_person(one, directory) for one in several)))
            return replace(block, value=tuple(people))
        case _:
            assert_never(block)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _person(one: str | Account, directory: Directory | None) -> str | None:
    """The person id of whoever was picked; None for an account that belongs to no member."""
    if isinstance(one, Account):
        return directory.by_identity.get(one.identity) if directory else None
    return one if directory and one in directory.members else None
