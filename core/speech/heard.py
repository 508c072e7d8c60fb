"""What a sentence or form turned out to be: a closed union, so that whoever answers can forget no case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.kernel.errors import Refused, Unclear, msg
from core.kernel.ids import PersonId, TransferId
from core.kernel.messages import Message


@dataclass(frozen=True, slots=True)
class Understood:
    """A whole message; `transfer` is the one that a reference named, as NVT in `NVT/ACT-012`."""

    message: Message
    transfer: TransferId | None = None

    @property
    def kind(self) -> type[Message]:
        """The message's class."""
        return type(self.message)

    @property
    def values(self) -> Mapping[str, Any]:
        """Its fields by name."""
        return vars(self.message)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A message of which the fields `missing` were not said; `values` are those that were, by field name."""

    kind: type[Message]
    values: Mapping[str, Any]
    missing: tuple[str, ...]
    transfer: TransferId | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two readings hold, the verb's first and the free text's second; the speaker is asked."""

    readings: tuple[Understood | Incomplete, ...]


@dataclass(frozen=True, slots=True)
class Namesakes:
    """A name that was typed and that several members bear; the speaker is asked which of `people` is meant."""

    name: str
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class AskedForHelp:
    """What may be said here, or what may be said with this noun."""

    noun: str | None = None


Reading = Understood | Incomplete | Ambiguous | Namesakes | AskedForHelp


class BearOneName(Unclear):
    """Several members bear a name that was typed."""

    def __init__(self, name: str, people: tuple[PersonId, ...]) -> None:
        super().__init__(msg("{count} people here are called {name}."), count=len(people), name=name)
        self.namesakes = Namesakes(name, people)


class BadForm(Unclear):
    """A form was filled in wrongly; `faults` has a refusal for each input at fault, by input name."""

    def __init__(self, sentence: str, *, faults: Mapping[str, Refused], **values: Any) -> None:
        super().__init__(sentence, **values)
        self.faults = faults

    @property
    def fields(self) -> dict[str, str]:
        """The sentence for each input at fault, by input name, untranslated."""
        return {name: str(fault) for name, fault in self.faults.items()}
