"""What a feature brings: found by reading its package, so that adding one changes no other file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, get_type_hints

from core.kernel.messages import Command, Event, Message, Question
from core.kernel.records import Record

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str
    of: Any


def _marks(kind: str, of: Any) -> Callable[[F], F]:
    def keep(function: F) -> F:
        function.__dict__.setdefault("tandem", []).append(_Mark(kind, of))
        return function

    return keep


def handles(command: type[Command]) -> Callable[[F], F]:
    """Make a function `(command, work) -> View | None` the one that carries out `command`."""
    return _marks("handles", command)


def answers(question: type[Question]) -> Callable[[F], F]:
    """Make a function `(question, reads) -> View` the one that answers `question`."""
    return _marks("answers", question)


def reacts(event: type[Event]) -> Callable[[F], F]:
    """Let a function `(event, work) -> None` react to `event`, in the same transaction; of `Event`, to every one."""
    return _marks("reacts", event)


def shows(template: str) -> Callable[[F], F]:
    """Make a function `(reads, **parts) -> frozen dataclass` the view of `template`."""
    return _marks("shows", template)


def complements(template: str) -> Callable[[F], F]:
    """Let a function `(reads, **parts) -> Complement | None` add to an earlier feature's card; parts as its view's."""
    return _marks("complements", template)


def redraws(record: type[Record], *, always: bool = False, news: bool = False) -> Callable[[F], F]:
    """Let a function `(record, stands, work) -> None` post a record's cards, for a room that is back.

    `stands`: the room shows it already, as it was. Called where the record has changed since, or `always`, where its
    card shows more than its own row. A record that the room never showed counts as long as it is not over; where it is
    `news`, only if it was made meanwhile.
    """
    return _marks("redraws", (record, always, news))


def withdraws(prefix: str, record: type[Record]) -> Callable[[F], F]:
    """Let `undo` take back records numbered `prefix`, by a function `(record, reason, work) -> None`.

    It moves the record to `withdrawn`, and its cards, jobs and people with it. Raises Refused where it stays.
    """
    return _marks("withdraws", (prefix, record))


def corrects(prefix: str, record: type[Record]) -> Callable[[F], F]:
    """Let `correct` change the `text` of records numbered `prefix`, by a function `(record, text, reason, work)`.

    It lets the record read so, and its cards with it. Raises Refused where it stays as it reads.
    """
    return _marks("corrects", (prefix, record))


def exports(key: str) -> Callable[[F], F]:
    """Let a function `(reads) -> Iterable[dict]` give the export's rows under `key`."""
    return _marks("exports", key)


def serves(path: str) -> Callable[[F], F]:
    """Make a function `(reads, rest) -> Page` the one that serves the pages below `path`; `rest` is what follows."""
    return _marks("serves", path)


ONE_EACH = ("handles", "answers", "shows", "exports", "serves", "redraws", "withdraws", "corrects")
"""What one function alone may be for each of."""


@dataclass(frozen=True, slots=True)
class Redrawer:
    """The function that posts a record's cards for a room that is back; `always` and `news` as in `redraws`."""

    draw: Callable[..., None]
    always: bool
    news: bool


@dataclass(frozen=True, slots=True)
class Withdrawer:
    """The kind of record that a prefix numbers, and the function that takes one back."""

    kind: type[Record]
    take_back: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Corrector:
    """The kind of record that a prefix numbers, and the function that lets one read otherwise."""

    kind: type[Record]
    change: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Page:
    """A page for a reader who was let in: its media type and its text."""

    media_type: str
    text: str


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature's package; `folder` holds its `roles.csv`, `templates/` and `migrations/` where it has its own."""

    name: str
    folder: Path
    modules: tuple[ModuleType, ...]

    @classmethod
    def of(cls, package: ModuleType) -> Feature:
        """Import every module of `package`."""
        names = [module.name for module in pkgutil.iter_modules(package.__path__)]
        modules = tuple(importlib.import_module(f"{package.__name__}.{name}") for name in names)
        return cls(package.__name__.rpartition(".")[2], Path(package.__path__[0]), modules)


@dataclass(frozen=True, slots=True)
class Registry:
    """All that the features bring, in their written order."""

    features: tuple[Feature, ...]
    messages: Mapping[str, type[Message]] = field(default_factory=dict)
    handlers: Mapping[type[Command], Callable[..., Any]] = field(default_factory=dict)
    answerers: Mapping[type[Question], Callable[..., Any]] = field(default_factory=dict)
    reactions: Mapping[type[Event], tuple[Callable[..., Any], ...]] = field(default_factory=dict)
    views: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    exporters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    pages: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    complements: Mapping[str, tuple[Callable[..., Any], ...]] = field(default_factory=dict)
    redrawers: Mapping[type[Record], Redrawer] = field(default_factory=dict)
    withdrawers: Mapping[str, Withdrawer] = field(default_factory=dict)
    correctors: Mapping[str, Corrector] = field(default_factory=dict)

    @classmethod
    def of(cls, packages: Iterable[ModuleType]) -> Registry:
        """Read the packages. Raises ValueError where two features claim the same name."""
        features = tuple(Feature.of(package) for package in packages)
        found: dict[str, dict[Any, Any]] = {kind: {} for kind in ONE_EACH}
        shared: dict[str, dict[Any, tuple[Callable[..., Any], ...]]] = {"reacts": {}, "complements": {}}
        for function, mark in _marked(features):
            if mark.kind in shared:
                shared[mark.kind][mark.of] = (*shared[mark.kind].get(mark.of, ()), function)
            elif found[mark.kind].setdefault(mark.of, function) is not function:
                raise ValueError(f"{mark.of} is claimed twice, by {function.__module__} the second time")
        kinds = (*found["handles"], *found["answers"])
        return cls(
            features,
            {kind.called(): kind for kind in kinds},
            found["handles"],
            found["answers"],
            shared["reacts"],
            found["shows"],
            found["exports"],
            found["serves"],
            shared["complements"],
            {kind: Redrawer(function, *how) for (kind, *how), function in found["redraws"].items()},
            {prefix: Withdrawer(kind, function) for (prefix, kind), function in found["withdraws"].items()},
            {prefix: Corrector(kind, function) for (prefix, kind), function in found["corrects"].items()},
        )

    def records(self) -> tuple[type[Record], ...]:
        """Every kind of record that the features bring."""
        named = (value for feature in self.features for module in feature.modules for value in vars(module).values())
        kinds = (kind for kind in named if isinstance(kind, type) and issubclass(kind, Record))
        return tuple(dict.fromkeys(kind for kind in kinds if hasattr(kind, "__table__")))

    def reacting_to(self, event: type[Event]) -> tuple[Callable[..., Any], ...]:
        """The functions that react to an event, those that react to every one last."""
        return self.reactions.get(event, ()) + self.reactions.get(Event, ())

    def view_class(self, template: str) -> Any:
        """The frozen dataclass that `template` gets: the contract for overrides."""
        return _returned(self.views[template])


@cache
def _returned(function: Callable[..., Any]) -> Any:
    return get_type_hints(function)["return"]


def _marked(features: tuple[Feature, ...]) -> Iterable[tuple[Callable[..., Any], _Mark]]:
    for feature in features:
        for module in feature.modules:
            for function in vars(module).values():
                if callable(function) and getattr(function, "__module__", None) == module.__name__:
                    for mark in getattr(function, "__dict__", {}).get("tandem", ()):
                        yield function, mark
