"""The grammar is made from the messages, and refuses at once what could not be told apart when it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pytest

from core.kernel.messages import Command, DueBy, Question, Quoted, Words
from core.speech import Grammar
from tests.speech.meeting_words import GRAMMAR, KINDS, AcceptAction, ProposeAction


@dataclass(frozen=True, kw_only=True)
class Unspoken(Command):
    """Do something that only a job asks for."""


@dataclass(frozen=True, kw_only=True)
class AcceptSomethingElse(Command):
    """Accept something else."""

    says = "action accept"


@dataclass(frozen=True, kw_only=True)
class MineToo(Question):
    """Show what is mine too."""

    says = "mine"


def test_nouns_know_their_verbs() -> None:
    action = GRAMMAR.nouns["action"]
    assert action.takes_text
    assert list(action.verbs) == ["accept", "decline", "done", "reassign", "list"]
    assert not GRAMMAR.nouns["agenda"].takes_text
    assert GRAMMAR.nouns["transfer"].own is None


def test_a_message_that_is_not_spoken_is_left_out() -> None:
    assert Grammar([Unspoken]).nouns == {}


def test_a_message_may_come_twice() -> None:
    assert list(Grammar([AcceptAction, ProposeAction, AcceptAction]).nouns) == ["action"]


@pytest.mark.parametrize("other", [AcceptSomethingElse, MineToo])
def test_two_messages_that_say_the_same_are_refused(other: type[Command]) -> None:
    with pytest.raises(ValueError, match="both say"):
        Grammar([*KINDS, other])


@pytest.mark.parametrize("says", ["action accept right now", "Action", "", " action", "action "])
def test_what_nobody_could_say_is_refused(says: str) -> None:
    kind = dataclass(frozen=True, kw_only=True)(type("Odd", (Command,), {"says": says, "__doc__": "Odd."}))
    with pytest.raises(ValueError, match="in small letters"):
        Grammar([kind])


def test_two_free_texts_are_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class TwoTexts(Command):
        """Say two things at once."""

        says = "note"
        one: Annotated[str, Words()]
        other: Annotated[str, Quoted()]

    with pytest.raises(ValueError, match="two free texts"):
        Grammar([TwoTexts])


def test_two_due_phrases_are_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class TwoDues(Command):
        """Be due twice."""

        says = "note"
        one: Annotated[object, DueBy()] = None
        other: Annotated[object, DueBy()] = None

    with pytest.raises(ValueError, match="two due phrases"):
        Grammar([TwoDues])
