"""How rules are written: a row of parts by name, `owner to task`, made a pattern over the signs of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.rules.reading.parts import CODES

_SETS: dict[str, str] = {
    "owner": "(?P<owner>[PMUCSE])",
    "known": "(?P<owner>[PME])",
    "stranger": "(?P<stranger>U|G{1,2})",
    "sep": "[-,:>]",
    "self": "[I1]",
    "task": "(?=(?P<task>[^,.:;?*]))",
    "word": r"[^,.:;?*()|>\n]",
    "begin": "(?:^|(?<=[-,:;.kuldD>()?*!jHJ|_/1]))",
    "end": "[.?*jlp)]*$",
    "^": "^",
    "by": "[dD]",
}
"""Names of more than one part, and of places."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the name that its readings carry, and the row of parts that it is about."""

    name: str
    pattern: re.Pattern[str]


def rule(name: str, row: str) -> Rule:
    """`row` names parts (or `a|b`), each with `?` where it may be missing or `*` where it may come often."""
    return Rule(name, re.compile("".join(map(_term, row.split()))))


def _term(term: str) -> str:
    if term == "...":
        return r"[^.;\n]{0,40}?"
    if term == ",":
        return ","
    many = ""
    if len(term) > 1 and term[-1] in "?*+":
        term, many = term[:-1], {"?": "?", "*": "{0,6}", "+": "{1,6}"}[term[-1]]
    names = term.replace("_", " ").split("|")
    choices = [_SETS.get(name) or re.escape(CODES[name]) for name in names]
    one = choices[0] if len(choices) == 1 and (not many or len(choices[0]) <= 2) else f"(?:{'|'.join(choices)})"
    return one + many
