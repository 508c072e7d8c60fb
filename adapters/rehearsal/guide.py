"""What to try next: the sentences of one meeting in order, each ticked off when Tandem has done it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from adapters.rehearsal.cast import PAGES
from adapters.rehearsal.inbound import CALL

GUIDE_FILE = PAGES / "guide.json"
_FIRST = {"decision": "DEC-001", "action": "ACT-001"}
_LIST = re.compile(r"\w+ list\b", re.IGNORECASE)
_VERB_AND_REFERENCE = re.compile(r"\w+ \w+ (?:\w+/)?[A-Z]+-\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence to try: what it does (noun and verb), who of the cast says it, and a title in plain words.

    `leaves` is what a button in the rooms says once it has happened, where having said it does not prove it.
    """

    does: str
    who: str
    title: str
    says: str
    leaves: str = ""


def load_guide(path: Path = GUIDE_FILE) -> tuple[Step, ...]:
    """The steps in a file of the shape of the shipped one. Raises msgspec.ValidationError for another shape."""
    return msgspec.json.decode(path.read_bytes(), type=tuple[Step, ...])


def for_rehearsal(steps: Sequence[Step], number: int, offered: Callable[[int, str], str | None]) -> list[Step]:
    """The steps with what they name in that rehearsal: its transfer's code, which is taken once and for ever, and the
    reference in the newest button that carries the step's sentence (`offered`), or the first there will be."""
    code = "NVT" if number == 1 else f"NVT{number}"
    found = []
    for one in steps:
        says = one.says.replace("{code}", code)
        if "{reference}" in says:
            says = says.replace("{reference}", offered(number, one.does) or _FIRST[one.does.partition(" ")[0]])
        found.append(replace(one, says=says))
    return found


def done(steps: Sequence[Step], sentences: Iterable[str], is_left: Callable[[str], bool]) -> list[bool]:
    """Which steps were done: those that left what they leave (`is_left`), and of the others, by each sentence that
    Tandem did, the first that it fits."""
    known = sorted({step.does for step in steps}, key=len, reverse=True)
    ticked = [bool(step.leaves) and is_left(step.leaves) for step in steps]
    for sentence in sentences:
        does = _does(sentence, known)
        for at, step in enumerate(steps):
            if step.does == does and not step.leaves and not ticked[at]:
                ticked[at] = True
                break
    return ticked


def _does(sentence: str, known: Sequence[str]) -> str | None:
    said = CALL.sub("", sentence, count=1).strip()
    for does in known:
        if said.lower() == does or said.lower().startswith(f"{does} "):
            # `action done ACT-001` and `action list` are no `action`: verbs that the guide does not have.
            other_verb = _VERB_AND_REFERENCE.match(said) or _LIST.match(said)
            return None if " " not in does and other_verb else does
    return None
