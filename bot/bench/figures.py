"""What a benchmark found: ours beside what it is held against, as a ratio that outlives the machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One comparison. `ours` and `theirs` are in `unit`; `ratio` is ours / theirs, the median of `runs`.

    `aim` is the ratio that is aimed at, at least or (where `less_is_better`) at most; None where there is none.
    `note` says more, such as the 99th percentile.
    """

    name: str
    unit: str
    ours: float
    theirs: float
    ratio: float
    runs: tuple[float, ...]
    aim: float | None = None
    less_is_better: bool = False
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.aim is None:
            return None
        return self.ratio <= self.aim if self.less_is_better else self.ratio >= self.aim

    def line(self) -> str:
        """The comparison on one line."""
        spread = f"{min(self.runs):.3f} to {max(self.runs):.3f}"
        aim = "" if self.aim is None else f", aim {'at most' if self.less_is_better else 'at least'} {self.aim:g}"
        missed = " (missed)" if self.holds is False else ""
        note = f"; {self.note}" if self.note else ""
        return (
            f"{self.name}: {self.ratio:.3f} ({spread}{aim}{missed}); "
            f"{self.ours:,.0f} beside {self.theirs:,.0f} {self.unit}{note}"
        )


@dataclass(frozen=True, slots=True)
class Aim:
    """The ratio aimed at, at least or at most."""

    ratio: float | None
    at_most: bool = False


Measured = Callable[[], Awaitable[float]]

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is measured, in which unit, what is aimed at, and how often each side is measured."""

    name: str
    unit: str
    aim: Aim | None = None
    rounds: int = ROUNDS

    async def of(self, ours: Measured, theirs: Measured) -> Figure:
        """Measure theirs and ours in turns, so that a machine that drifts drifts for both."""
        pairs = [(await theirs(), await ours()) for _ in range(self.rounds)]
        pairs.sort(key=lambda pair: pair[1] / pair[0])
        other, mine = pairs[self.rounds // 2]
        runs = tuple(round(ours / theirs, 4) for theirs, ours in pairs)
        aim = self.aim or Aim(None)
        return Figure(self.name, self.unit, mine, other, mine / other, runs, aim.ratio, aim.at_most)
