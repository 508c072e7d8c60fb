"""A reference that is numbered anew within each record of another kind: alone, or with that record before it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar

import pytest

from core.kernel.errors import Unclear
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Question, Quoted, Reference, Someone
from core.kernel.turn import Filled
from core.speech import BadForm, Grammar, Hearing, Incomplete, Understood, fill, form_for, understand
from core.speech.shape import shape_of
from core.speech.wording import example_of, sentence_for

ITEM = Reference("the item", within="MTG", like="PQ-03")


@dataclass(frozen=True, kw_only=True)
class Look(Question):
    """Look at a list or at one item."""

    says: ClassVar[str] = "list"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    item: Annotated[Ref | None, ITEM] = None


@dataclass(frozen=True, kw_only=True)
class Give(Command):
    """Give evidence."""

    says: ClassVar[str] = "list evidence"

    item: Annotated[Ref, ITEM]
    evidence: Annotated[str, Quoted("what shows it")]
    person: Annotated[PersonId | None, Someone("who")] = None


GRAMMAR = Grammar([Look, Give])
HEARING = Hearing(datetime(2026, 3, 9, 9, tzinfo=UTC), "Europe/Dublin")


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ('PQ-03 "MBR-114 v4"', "PQ-03"),
        ('pq-3 "MBR-114 v4"', "PQ-03"),
        ('PQ-003 "MBR-114 v4"', "PQ-03"),
        ('MTG-002/PQ-03 "MBR-114 v4"', "MTG-002/PQ-03"),
        ('mtg-2/pq-03 "MBR-114 v4"', "MTG-002/PQ-03"),
        ('"MBR-114 v4" PQ-03', "PQ-03"),
        ("PQ-03 MBR-114 v4", "PQ-03"),
    ],
)
def test_it_is_said_with_or_without_its_holder(said: str, item: str) -> None:
    heard = understand(f"list evidence {said}", (), GRAMMAR, HEARING)
    assert heard == Understood(Give(item=Ref(item), evidence="MBR-114 v4"))


def test_a_transfer_may_stand_before_it_all() -> None:
    heard = understand('list evidence NVT/MTG-002/PQ-03 "x"', (), GRAMMAR, HEARING)
    assert isinstance(heard, Understood)
    assert (heard.transfer, heard.message) == ("NVT", Give(item=Ref("MTG-002/PQ-03"), evidence="x"))


@pytest.mark.parametrize(
    ("said", "meeting", "item"),
    [("", None, None), ("MTG-002", "MTG-002", None), ("PQ-03", None, "PQ-03"), ("MTG-2/PQ-03", None, "MTG-002/PQ-03")],
)
def test_the_holder_alone_is_no_item(said: str, meeting: Ref | None, item: Ref | None) -> None:
    assert understand(f"list {said}".strip(), (), GRAMMAR, HEARING) == Understood(Look(meeting=meeting, item=item))


def test_a_form_takes_it_as_it_is_typed() -> None:
    asked = understand("list evidence MTG-002/PQ-03", (), GRAMMAR, HEARING)
    assert isinstance(asked, Incomplete)
    form = form_for(asked.kind, asked.values, HEARING)
    filled = fill(Give, Filled(form.message, form.given, {"item": "mtg-2/pq-3", "evidence": "x"}), HEARING)
    assert filled.message == Give(item=Ref("MTG-002/PQ-03"), evidence="x")
    with pytest.raises(BadForm) as bad:
        fill(Give, Filled(form.message, form.given, {"item": "the third", "evidence": "x"}), HEARING)
    assert str(bad.value.faults["item"]) == "“the third” is no reference such as PQ-03."


def test_what_it_says_is_heard_again() -> None:
    said = sentence_for(Give, {"item": Ref("MTG-002/PQ-03"), "evidence": "MBR-114 v4"}, HEARING)
    assert understand(said, (), GRAMMAR, HEARING) == Understood(Give(item=Ref("MTG-002/PQ-03"), evidence="MBR-114 v4"))
    assert example_of(shape_of(Give)) == 'list evidence PQ-03 "what shows it"'


def test_what_is_none_is_told() -> None:
    with pytest.raises(Unclear, match="no reference such as PQ-03"):
        understand('list evidence "MBR-114 v4"  third', (), GRAMMAR, HEARING)
