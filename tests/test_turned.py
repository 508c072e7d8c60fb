"""Whoever names the record before the verb has said that verb of it, and nothing is recorded with these words."""

from __future__ import annotations

import pytest

from core.features import shipped
from core.kernel.errors import Unclear
from core.kernel.messages import Message
from core.kernel.registry import Registry
from core.speech import Grammar, Incomplete, Understood, understand
from tests.meeting_room import MeetingRoom, anna, marta, words
from tests.speech.meeting_words import ROOM

GRAMMAR = Grammar(Registry.of(shipped()).messages.values())


@pytest.mark.parametrize(
    ("turned", "right"),
    [
        ("decision DEC-006 agree", "decision agree DEC-006"),
        ("action ACT-082 done", "action done ACT-082"),
        ("question QUE-002 answer it is 24h", "question answer QUE-002 it is 24h"),
        ('risk RSK-002 close reason:"over now ok"', 'risk close RSK-002 reason:"over now ok"'),
        ("capa CAPA-001.1 accept", "capa accept CAPA-001.1"),
    ],
)
def test_a_record_before_its_verb_is_the_same_sentence(turned: str, right: str) -> None:
    assert understand(turned, (), GRAMMAR, ROOM) == understand(right, (), GRAMMAR, ROOM)


def meant(sentence: str) -> type[Message] | None:
    """The kind of message that a sentence is, whole or not; None where it is refused."""
    try:
        heard = understand(sentence, (), GRAMMAR, ROOM)
    except Unclear:
        return None
    assert isinstance(heard, Understood | Incomplete)
    return type(heard.message) if isinstance(heard, Understood) else heard.kind


def test_no_noun_records_a_reference_and_a_verb_as_its_text() -> None:
    verbs = [verb for noun in GRAMMAR.nouns.values() for verb in noun.verbs.values() if " " not in (verb.verb or " ")]
    turned = [(verb, slot.part.example) for verb in verbs for slot, _ in verb.references if slot.part.example]
    assert len(turned) >= 30
    for verb, reference in turned:
        assert meant(f"{verb.noun} {reference} {verb.verb}") in (verb.kind, None), (verb.says, reference)


async def test_the_record_that_is_named_changes_and_no_other_is_made(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision we take 3 batches")
    before = len(room.trail())
    told = words(await room.say(marta, "decision DEC-001 agree to that and DEC-002"))
    assert "decision agree DEC-001" in told
    assert len(room.trail()) == before
    await room.say(marta, "decision DEC-001 agree")
    assert {entry["record"] for entry in room.trail()[before:]} == {"DEC-001"}


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("done ACT-007", 'action done ACT-007 evidence:"what shows it"'),
        ("agree DEC-006", "decision agree DEC-006"),
        ("accept CAPA-001.2", "capa accept CAPA-001.2"),
        (
            "action verify the batch record @Luís Gonçalves by 31 February",
            "action verify the batch record @Luís Gonçalves by Friday",
        ),
        (
            'transfer new "Product X" sponsor:Norvane cmo:Tarnbrook tz:Warsaw',
            'transfer new "Product X" sponsor:Norvane cmo:Tarnbrook tz:Europe/Warsaw',
        ),
        ("member add @Luís Gonçalves side:cmo role:boss", "member add @Luís Gonçalves side:cmo role:lead"),
    ],
)
def test_a_refusal_offers_first_what_was_right_in_the_sentence(said: str, offered: str) -> None:
    with pytest.raises(Unclear) as refused:
        understand(said, (), GRAMMAR, ROOM)
    assert refused.value.examples[0] == offered
