"""What to try next: the sentences of one meeting in order, each ticked off when Tandem has done it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from adapters.rehearsal.cast import PAGES
from adapters.rehearsal.inbound import CALL

GUIDE_FILE = PAGES / "guide.json"
_VERB_AND_REFERENCE = re.compile(r"\w+ \w+ (?:\w+/)?[A-Z]+-\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence to try: what it does (noun and verb), who of the cast says it, and a title in plain words."""

    does: str
    who: str
    title: str
    says: str


def load_guide(path: Path = GUIDE_FILE) -> tuple[Step, ...]:
    """The steps in a file of the shape of the shipped one. Raises msgspec.ValidationError for another shape."""
    return msgspec.json.decode(path.read_bytes(), type=tuple[Step, ...])


def for_rehearsal(steps: Sequence[Step], number: int) -> list[Step]:
    """The steps with the transfer's code of that rehearsal, since a code is taken once and for ever."""
    code = "NVT" if number == 1 else f"NVT{number}"
    return [Step(one.does, one.who, one.title, one.says.replace("{code}", code)) for one in steps]


def done(steps: Sequence[Step], sentences: Iterable[str]) -> list[bool]:
    """Which steps were done; each sentence ticks off one step, the first that it fits."""
    known = sorted({step.does for step in steps}, key=len, reverse=True)
    ticked = [False] * len(steps)
    for sentence in sentences:
        does = _does(sentence, known)
        for at, step in enumerate(steps):
            if step.does == does and not ticked[at]:
                ticked[at] = True
                break
    return ticked


def _does(sentence: str, known: Sequence[str]) -> str | None:
    said = CALL.sub("", sentence, count=1).strip()
    for does in known:
        if said.lower() == does or said.lower().startswith(f"{does} "):
            # `action done ACT-001` is no `action`: a verb that the guide does not have.
            return None if " " not in does and _VERB_AND_REFERENCE.match(said) else does
    return None
