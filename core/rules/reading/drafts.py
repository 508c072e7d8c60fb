"""An action as far as its sentence tells, and the parts of the sentence that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from core.rules.reading.openings import Opening
from core.rules.reading.parts import Part, Sentence
from core.rules.reading.shapes import Item


@dataclass(frozen=True, slots=True)
class Draft:
    """An action as far as its own sentence tells: `waiting` for a date that others of its line may bring."""

    item: Item
    waiting: bool = False
    shares: bool = False
    start: int = 0


class Span(NamedTuple):
    """The parts of a sentence that one task takes, with what precedes it."""

    sentence: Sentence
    first: int
    end: int
    text: str

    @property
    def parts(self) -> list[Part]:
        """All of them."""
        return self.sentence.parts[self.first : self.end]

    @property
    def row(self) -> str:
        """Their signs."""
        return self.sentence.row[self.first : self.end]

    def trigger(self, opening: Opening) -> str:
        """The words by which the task of an opening was known."""
        parts = self.sentence.parts
        first, task = parts[min(opening.first, len(parts) - 1)], parts[min(opening.task, len(parts) - 1)]
        return self.text[first.start : task.start].strip(" ,:-–—") or self.text[first.start : first.end]
