"""How rules are written: a row of parts by name, `owner to task`, made a pattern over the signs of a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

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
    "object_task": "(?P<task>[NGv0yg][NGv0ygzfPCXRMdD/-]{0,13}?)",
    "thing_task": r"(?P<task>[NGvg0RC][NG0vygfRC\-]{0,7})(?=[dD](?:[^NGfvyzh]|$)|[,;.*)\n]|p?$|k[PMm])",
    "infinitive_task": r"(?P<task>[NGvg0RdDyf$pP/zkC\-]{1,14}z)(?=[dD]?[.*jlp]*$)",
    "soon_task": r"(?P<task>(?:v[^,.:;?*$]{1,12}|[NGvg0RdDyf$pP/zkC\-]{1,14}z)(?=[,\-]?\$[.*jlp]*$))",
    "sep": "[-,:>|]",
    "bar": r"\|",
    "task": "(?=(?P<task>[^,.:;?*]))",
    "word": r"[^,.:;?*()|>\n]",
    "begin": "(?:^|(?<=[-,:;.kuldD>()?*jHJ|_/1]))",
    "^": "^",
}
"""Names of more than one part, and of places."""


class Rule(NamedTuple):
    """A rule: the name that its readings carry, the row of parts that it is about, what else counts, and which number
    it has among the rules, the strongest first."""

    name: str
    pattern: re.Pattern[str]
    flags: frozenset[str]
    strength: int


class Rules:
    """Rules of a name, a row and flags each: a row names parts (or `a|b`), each with `?` where it may be missing or
    `*` where it may come often. One look at a sentence leaves those that may fit: each rule is filed under the part
    that the fewest rules need, and what all it needs is a number with a bit for each."""

    def __init__(self, table: Sequence[tuple[str, str, str]]) -> None:
        needs = [[needed for term in row.split() if (needed := _needed(term))] for _, row, _ in table]
        often = Counter(chain.from_iterable(map(set, needs)))
        bits = {needed: 1 << number for number, needed in enumerate(often)}
        self._met = {sign: sum(bits[needed] for needed in often if sign in needed) for sign in CODES.values()}
        self._filed: dict[str, list[tuple[Rule, int]]] = {sign: [] for sign in CODES.values()}
        for strength, ((name, row, flags), those) in enumerate(zip(table, needs, strict=True)):
            rule = Rule(name, re.compile("".join(map(_term, row.split()))), frozenset(flags.split()), strength)
            for sign in min(those, key=often.__getitem__):
                self._filed[sign].append((rule, sum(bits[needed] for needed in set(those))))

    def for_row(self, row: str) -> list[Rule]:
        """Those of which a row of signs has all parts without which they are about nothing, the strongest first."""
        met, filed = 0, []
        for sign in set(row):
            met |= self._met[sign]
            filed += self._filed[sign]
        found = {rule.strength: rule for rule, needed in filed if met & needed == needed}
        return [found[strength] for strength in sorted(found)]


_NEEDED = {
    "owner": "PMUCSE", "mentioned": "M", "known": "PM", "everybodys": "E", "stranger": "UG", "strangers": "G",
    "begin": "", "sep": "", "task": "", "^": "", "word": "", "verb_task": "v", "doing_task": "g",
    "object_task": "", "thing_task": "", "infinitive_task": "z", "soon_task": "$",
    "bar": "|",
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
