"""Roles and companies as owners: `Norvane's analytical lead`, `both QA heads`, `the CMO`, and who is meant by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.rules.reading.shapes import Circle, Someone
from core.rules.reading.words import Word, word_set, words_of

SIDES: dict[str, str] = {
    "sponsor": "sponsor, sponsors, sponsor's, auftraggeber, auftraggebers",
    "cmo": "cmo, cmos, cmo's, cdmo, manufacturer, manufacturing site, site, lohnhersteller, lohnherstellers, standort",
}
"""Side to the words by which it goes, beside its company's name."""

NOUNS: dict[str, str] = {
    "head": "head, heads, leiter, leiterin, chef, leitung, leitern",
    "lead": "lead, leads, leader, leaders",
    "manager": "manager, managers, managerin",
    "engineer": "engineer, engineers, ingenieur, ingenieurin",
    "supervisor": "supervisor, supervisors, schichtleiter, schichtleiterin, schichtführer",
    "specialist": "specialist, specialists, spezialist, spezialistin",
    "chair": "chair, chairman, chairwoman, chairperson, vorsitz, vorsitzende, vorsitzender",
    "director": "director, directors, direktor, direktorin",
    "scientist": "scientist, scientists",
    "expert": "expert, experts, sme, smes, experte, expertin",
    "officer": "officer, officers",
    "coordinator": "coordinator, coordinators, koordinator, koordinatorin",
    "analyst": "analyst, analysts",
    "auditor": "auditor",
}
"""What heads a role, with its other forms."""

FIELDS: dict[str, str] = {
    "qa": "qa, quality assurance, qualitätssicherung, qs",
    "qc": "qc, quality control, qualitätskontrolle, labor, lab, laboratory, qc lab",
    "regulatory": "regulatory, ra, reg, zulassung, regulatory affairs",
    "supply": "supply, supply chain, logistics, logistik, procurement, einkauf, lieferkette",
    "warehouse": "warehouse, lager, stores, wareneingang",
    "production": "production, produktion, manufacturing, fertigung, herstellung",
    "validation": "validation, validierung",
    "engineering": "engineering, technik, maintenance, instandhaltung",
    "analytical": "analytical, analytics, analytik, ard",
    "msat": "msat, ms&t, process development",
    "project": "project, projekt, pm, pmo",
    "management": "management, geschäftsführung",
    "transfer": "tech transfer, transfer, technology transfer, tt",
}
"""Fields of work, with their other forms."""

STEMS: dict[str, str] = {
    "qa": "qualitäts", "qc": "labor", "regulatory": "zulassungs", "supply": "logistik", "warehouse": "lager",
    "production": "produktions, fertigungs, herstellungs", "validation": "validierungs", "engineering": "technik",
    "analytical": "analytik", "project": "projekt",
}  # fmt: skip
"""Fields of work to how German words for who works there begin: `Projektleiterin`."""
_COLLEAGUES = word_set("colleague colleagues person guy lady kollege kollegin kollegen person")
"""What may follow a function where whoever has it is meant."""
_ALIKE = {"head": "lead", "lead": "head"}
"""What is as good a name for who heads a function."""
_PLURAL = word_set(
    """heads leads leaders managers engineers supervisors specialists directors experts smes leiter officers leitern"""
)
_BOTH = frozenset({"both", "beide", "beiden", "two", "zwei"})
_POSSESSIVES = {
    "our": True, "unser": True, "unsere": True, "unseren": True, "unserer": True, "your": False, "euer": False,
    "eure": False, "euren": False, "eurer": False, "ihre": False,
}  # fmt: skip
"""`our` and `your` in front of a role, and whether the speaker's own side is meant."""
_LONGEST = 10
_SKIPPED = word_set("the a an of at on from for in von vom bei s not this meeting line and")


class Role(NamedTuple):
    """Who is meant by a role or company: the people where that is clear; `ask` where no side was named."""

    people: tuple[str, ...]
    length: int
    ask: bool = False


class Roles:
    """The roles and companies of a circle."""

    def __init__(self, circle: Circle) -> None:
        self._people = circle.people
        self._sides: dict[tuple[str, ...], str] = {}
        for side, words in SIDES.items():
            for word in words.split(","):
                self._sides[_folded(word)] = side
        for side, company in circle.companies.items():
            names = [company, company.split(" ")[0]] if company else []
            for name in names:
                for ending in ("", "s", "'s"):
                    self._sides[_folded(name + ending)] = side
        self._said: dict[tuple[str, ...], str] = {}
        for table in (NOUNS, FIELDS):
            for name, forms in table.items():
                for form in forms.split(","):
                    self._said[_folded(form)] = name
        self._joined = {
            f"{stem}{form}": (field, noun)
            for field, stems in STEMS.items()
            for (stem,) in map(_folded, stems.split(","))
            for noun, forms in NOUNS.items()
            for (form,) in map(_folded, forms.split(","))
        }
        self._told = {person.id: self._words_for(person) for person in circle.people.values()}
        for told in self._told.values():
            for word in told:
                self._said.setdefault((word,), word)
        self.firsts = {words[0] for words in (*self._sides, *self._said)} | {*self._joined, *_BOTH, *_POSSESSIVES}
        self._nouns = frozenset(NOUNS)
        self._known = self._nouns | frozenset(FIELDS)

    def _words_for(self, person: Someone) -> frozenset[str]:
        words = tuple(piece.low for piece in words_of(person.title) if piece.kind == "word")
        told = set(person.roles)
        place = 0
        while place < len(words):
            name, length = self._term(words, place) or (words[place], 1)
            told.add(name)
            place += length
        if "manager" in told and "project" in told:
            told.add("pm")
        return frozenset(
            word
            for word in told
            if word not in _SKIPPED
            and not word.isdecimal()
            and word not in {"not", "in", "this", "meeting", "line", "and"}
        )

    def _term(self, words: Sequence[str], place: int) -> tuple[str, int] | None:
        for length in (3, 2, 1):
            if place + length <= len(words) and (name := self._said.get(tuple(words[place : place + length]))):
                return name, length
        return None

    def _side(self, words: Sequence[str], place: int) -> tuple[str, int] | None:
        for length in (3, 2, 1):
            if place + length <= len(words) and (side := self._sides.get(tuple(words[place : place + length]))):
                return side, length
        return None

    def at(self, words: Sequence[Word], place: int, own_side: str) -> Role | None:
        """The role or company that stands at a place; `our` is of the speaker's side, `your` of the other."""
        if words[place].low not in self.firsts:
            return None
        low = [word.low for word in words[place : place + _LONGEST]]
        at, side, terms, both, named = 0, None, [], False, False
        while at < len(low):
            if low[at] in _BOTH:
                both, at = True, at + 1
            elif not at and low[at] in _POSSESSIVES:
                side, at = self._whose(low[at], own_side), at + 1
            elif side is None and (found := self._side(low, at)):
                side, at, named = found[0], at + found[1], True
            elif term := self._term(low, at):
                terms.append(low[at] if low[at] in _PLURAL else term[0])
                at += term[1]
            elif joined := self._joined.get(low[at]):
                terms += joined
                at += 1
            elif at and self._goes_on(low, at):
                at += 1
            else:
                break
        at += bool(terms) and low[at : at + 1] != [] and low[at] in _COLLEAGUES
        return self._resolved(side, terms, both, at) if named or terms else None

    def _whose(self, word: str, own_side: str) -> str | None:
        if not own_side:
            return None
        sides = sorted({person.side for person in self._people.values()} - {own_side})
        other = sides[0] if len(sides) == 1 else None
        return own_side if _POSSESSIVES[word] else other

    def _goes_on(self, low: Sequence[str], at: int) -> bool:
        """Whether a company follows after `of`, or a noun after a hyphen."""
        if low[at] == "-":
            return self._term(low, at + 1) is not None or "".join(low[at + 1 : at + 2]) in self._joined
        if low[at] in ("of", "at", "from", "bei", "von", "der", "des", "the"):
            return any(self._side(low, at + ahead) or self._term(low, at + ahead) for ahead in (1, 2))
        return False

    def _holding(self, wanted: set[str], side: str | None, *, untitled: bool = False) -> list[str]:
        """Who is told to be all that is wanted; `untitled`: of those whose title nobody noted."""
        return [
            person.id
            for person in self._people.values()
            if wanted
            and wanted <= self._told[person.id]
            and (side is None or person.side == side)
            and not (untitled and person.title)
        ]

    def _resolved(self, side: str | None, terms: Sequence[str], both: bool, length: int) -> Role | None:
        if not terms:
            return Role((), length) if side and length and not both else None
        plural = any(term in _PLURAL for term in terms)
        wanted = {self._said.get((term,), term) for term in terms}
        if not wanted & self._known:
            return None
        if wanted <= {"project", "transfer", "management", "lead"} and wanted != {"lead"} and side is None:
            return None
        fits = self._holding(wanted, side) or self._holding(wanted - self._nouns, side, untitled=True)
        fits = fits or self._holding({_ALIKE.get(term, term) for term in wanted}, side)
        if len(fits) > 1 and both and len(fits) == 2:
            return Role(tuple(fits), length)
        if both or (plural and len(fits) == 2 and side is None):
            return Role(tuple(fits) if len(fits) == 2 else (), length)
        if len(fits) == 1 and (wanted & self._nouns or side):
            return Role((fits[0],), length, ask=side is None)
        return Role((), length)


def _folded(words: str) -> tuple[str, ...]:
    return tuple(piece.low for piece in words_of(words.strip()))
