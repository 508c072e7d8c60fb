"""What help and refusals show of Tandem's own messages can be said as it stands."""

from __future__ import annotations

import pytest

from core.features import shipped
from core.kernel.messages import Message
from core.kernel.registry import Registry
from core.kernel.turn import MENTION
from core.speech import Grammar, Incomplete, Understood, form_for, sentence_for, understand
from core.speech.shape import shape_of
from core.speech.wording import example_of, pattern_of
from tests.speech.meeting_words import ACCOUNTS, LUIS, ROOM

KINDS = [kind for kind in Registry.of(shipped()).messages.values() if kind.says]
GRAMMAR = Grammar(KINDS)


def kind_of(sentence: str) -> type[Message]:
    text = sentence.replace("@person", MENTION)
    mentions = (ACCOUNTS[LUIS],) * text.count(MENTION)
    reading = understand(text, mentions, GRAMMAR, ROOM)
    assert isinstance(reading, Understood | Incomplete), reading
    return reading.kind if isinstance(reading, Incomplete) else type(reading.message)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_message_is_that_message(kind: type[Message]) -> None:
    assert kind_of(example_of(shape_of(kind))) is kind


@pytest.mark.parametrize("kind", KINDS)
def test_noun_and_verb_alone_are_the_message_or_ask_for_its_parts(kind: type[Message]) -> None:
    assert kind_of(kind.says or "") is kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_can_be_drawn_and_says_what_to_type_instead(kind: type[Message]) -> None:
    form = form_for(kind, {}, ROOM)
    assert form.says == sentence_for(kind, {}, ROOM)
    assert len(form.title) <= 24
    assert all(block.label for block in form.blocks)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", KINDS)
def test_a_pattern_keeps_its_quotes_apart(kind: type[Message]) -> None:
    assert '""' not in pattern_of(shape_of(kind))
