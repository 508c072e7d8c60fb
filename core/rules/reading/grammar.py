"""How rules are written: a row of parts by name, `owner to task`, made a pattern over the signs of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.rules.reading.parts import CODES

_SETS: dict[str, str] = {
    "owner": "(?P<owner>[PMUCSE])",
    "stranger": "(?P<stranger>U|G{1,2})",
    "strangers": "(?P<stranger>GG)",
    "mentioned": "(?P<owner>M)",
    "known": "(?P<owner>[PM])",
    "everybodys": "(?P<owner>E)",
    "verb_task": "(?P<task>v)(?=[^,.:;?*])",
    "doing_task": "(?P<task>g)(?=[^,.:;?*])",
    "object_task": "(?P<task>[NGv0yg]{1,6})",
    "thing_task": r"(?P<task>[NGvg0R][NG0vygfR\-]{0,7})(?=[dD](?:[^NGfvyzh]|$)|[,;.*)\n]|p?$|k[PMm])",
    "infinitive_task": r"(?P<task>[NGvg0RdDy$pP/zkC]{1,12}z)(?=[dD]?[.*jlp]*$)",
    "sep": "[-,:>|]",
    "bar": r"\|",
    "task": "(?=(?P<task>[^,.:;?*]))",
    "word": r"[^,.:;?*()|>\n]",
    "begin": "(?:^|(?<=[-,:;.kuldD>()?*jHJ|_/1]))",
    "^": "^",
}
"""Names of more than one part, and of places."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the name that its readings carry, the row of parts that it is about, and signs of which each row holds
    one."""

    name: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...] = ()

    def may_fit(self, signs: frozenset[str]) -> bool:
        """Whether a row of these signs has the parts without which the rule is about nothing."""
        return all(not signs.isdisjoint(needed) for needed in self.needs)


def rule(name: str, row: str) -> Rule:
    """`row` names parts (or `a|b`), each with `?` where it may be missing or `*` where it may come often."""
    terms = row.split()
    return Rule(name, re.compile("".join(map(_term, terms))), tuple(filter(None, map(_needed, terms))))


_NEEDED = {
    "owner": "PMUCSE", "mentioned": "M", "known": "PM", "everybodys": "E", "stranger": "UG", "strangers": "G",
    "begin": "", "sep": "", "task": "", "^": "", "word": "", "verb_task": "v", "doing_task": "g",
    "object_task": "", "thing_task": "", "infinitive_task": "z", "bar": "|",
}  # fmt: skip


def _needed(term: str) -> str:
    """The signs of which one has to be there for a term."""
    if len(term) > 1 and term[-1] in "?*":
        return ""
    names = term.removesuffix("+").split("|")
    signs = [_NEEDED.get(name, CODES.get(name.replace("_", " "), "")) for name in names]
    return "".join(signs) if all(signs) else ""


def _term(term: str) -> str:
    many = ""
    if len(term) > 1 and term[-1] in "?*+":
        term, many = term[:-1], {"?": "?", "*": "{0,6}", "+": "{1,6}"}[term[-1]]
    choices = [_SETS.get(name) or re.escape(CODES[name.replace("_", " ")]) for name in term.split("|")]
    one = choices[0] if len(choices) == 1 and (not many or len(choices[0]) <= 2) else f"(?:{'|'.join(choices)})"
    return one + many
