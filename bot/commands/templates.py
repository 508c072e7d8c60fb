"""`tandem templates`: what a template gets to show, and whether a company's own ones can stand."""

from __future__ import annotations

import argparse
import dataclasses
import inspect
import types
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.command_line import Commands
from bot.problem import Problem
from core.examples import Contract, contracts
from core.features import shipped
from core.kernel.registry import Registry
from core.overrides import check_overrides

MORE = (
    "A file in the folder that TANDEM_TEMPLATES names wins over the shipped one of the same path, such as "
    "cards/decisions/decision/card.xml."
)
EVERYWHERE = (
    "zone (IANA), _('words'), person(p), moment(t, 'moment'|'date'|'time'), ref(r), and the filter |day for dates"
)


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("templates", "the cards' templates, for a company that words its own")
    group.add("list", show_all, "list the cards' templates and what each is for", MORE)
    one = group.add("show", show, "show what a template gets, and the shipped one")
    one.add_argument("name", metavar="NAME", help="a name of `tandem templates list`, such as decisions/decision")
    checked = group.add("check", check, "draw every example with a folder's templates", MORE)
    checked.add_argument("folder", metavar="FOLDER", type=Path, help="the folder with the company's templates")


def show_all(_: argparse.Namespace) -> int:
    """A line each."""
    known = contracts(Registry.of(shipped()))
    width = max(len(contract.name) for contract in known)
    for contract in known:
        print(f"{contract.name:{width}}  {_sentence(contract.view)}")
    return 0


def show(given: argparse.Namespace) -> int:
    """The contract, the names of the examples, and the template itself."""
    known = {contract.name: contract for contract in contracts(Registry.of(shipped()))}
    contract = known.get(given.name)
    if contract is None:
        nearest = get_close_matches(given.name, known, 1)
        hint = f"did you mean {nearest[0]}?" if nearest else "`tandem templates list` shows them all."
        raise Problem(f"No template is called {given.name[:80]!r}: {hint}")
    for line in _described(contract):
        print(line)
    return 0


def check(given: argparse.Namespace) -> int:
    """`file:line: sentence` for each fault; exit code 1 if there is any."""
    if not given.folder.is_dir():
        raise Problem(f"FOLDER is {str(given.folder)!r}: there is no such folder.")
    faults = check_overrides(given.folder, Registry.of(shipped()))
    for fault in faults:
        print(fault)
    if not faults:
        print(f"Every template in {given.folder} can be used.")
    return 1 if faults else 0


def _described(contract: Contract) -> Iterator[str]:
    yield f"{contract.name}: {_sentence(contract.view)}"
    yield ""
    yield "It gets:"
    yield from _fields(contract.view)
    for nested in _nested(contract.view):
        yield f"  where {nested.__name__} has: {_sentence(nested)}"
        yield from (f"  {line}" for line in _fields(nested))
    yield f"and everywhere: {EVERYWHERE}."
    yield ""
    yield f"Examples: {', '.join(contract.examples()) or 'none'}"
    yield ""
    yield f"The shipped template, {contract.template}:"
    yield contract.template.read_text(encoding="utf-8").rstrip()


def _sentence(kind: type[Any]) -> str:
    return (inspect.getdoc(kind) or "").partition("\n")[0]


def _fields(kind: type[Any]) -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        yield f"  {field.name}: {_spoken(hints[field.name])}"


def _spoken(hint: Any) -> str:
    """A type as the author of a template reads it."""
    inner = [_spoken(one) for one in get_args(hint) if one is not Ellipsis]
    if get_origin(hint) in (Union, types.UnionType):
        return " or ".join("nothing" if one == "NoneType" else one for one in inner)
    if get_origin(hint) is tuple:
        return f"list of {inner[0]}"
    return f"{hint.__name__}" if isinstance(hint, type) else str(hint)


def _nested(kind: type[Any]) -> list[type[Any]]:
    """The dataclasses that stand in the fields, at any depth, in the order in which they are met."""
    found: dict[type[Any], None] = {}
    waiting = list(get_type_hints(kind).values())
    while waiting:
        hint = waiting.pop(0)
        waiting.extend(get_args(hint))
        if isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint not in found:
            found[hint] = None
            waiting.extend(get_type_hints(hint).values())
    return list(found)
