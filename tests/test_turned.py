"""Whoever names the record before the verb has said that verb of it, and nothing is recorded with these words."""

from __future__ import annotations

import pytest

from core.features import shipped
from core.kernel.errors import Unclear
from core.kernel.messages import Message
from core.kernel.registry import Registry
from core.speech import Grammar, Incomplete, Understood, understand
from core.speech.shape import ANY_REFERENCE
from core.speech.wording import example_of
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


KINDS = ("ACT-007", "ACT-S007", "NVT/DEC-007", "QUE-007", "CAPA-007", "CAPA-007.1", "PQ-07", "MTG-001/PQ-07", "MTG-007")


def test_a_verb_is_for_its_own_kind_of_record_and_records_no_other_as_its_text() -> None:
    verbs = [shape for noun in GRAMMAR.nouns.values() for shape in noun.shapes if shape.references and shape.verb]
    assert len(verbs) >= 60
    for verb in verbs:
        parts = example_of(verb).removeprefix(verb.says).replace(verb.references[0][0].part.example, "")
        for record in KINDS:
            named, (part, _) = ANY_REFERENCE.fullmatch(record), verb.references[0]
            assert named is not None
            if GRAMMAR.takes(verb, named) or (verb.takes_text and not part.required):
                continue
            for rest in ("", parts, ' evidence:"SOP 4"', ' reason:"hold time unclear"', " until the report is here"):
                assert meant(f"{verb.says} {record}{rest}") is None, (verb.says, record, rest)


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ('action done CAPA-001.1 evidence:"SOP"', "capa accept CAPA-001.1"),
        ('action done PQ-03 evidence:"MBR v4"', "checklist PQ-03"),
        ('decision object ACT-001 reason:"hold time unclear"', "action show ACT-001"),
        ("decision ACT-001 object reason:hold time unclear", "action show ACT-001"),
        ("decision accept ACT-001", "action accept ACT-001"),
        ('question answer CAPA-001 "5 ppm"', "capa CAPA-001"),
        ("capa accept ACT-001", "action accept ACT-001"),
        ("checklist verify ACT-001", "action show ACT-001"),
        ("meeting start CAPA-001", "capa CAPA-001"),
        ("action list DEC-001", "decision show DEC-001"),
        ("action finished CAPA-001.1", "capa accept CAPA-001.1"),
        ("agenda DEC-001", "decision show DEC-001"),
    ],
)
def test_a_record_of_another_kind_is_refused_with_what_is_said_of_it(said: str, offered: str) -> None:
    with pytest.raises(Unclear) as refused:
        understand(said, (), GRAMMAR, ROOM)
    assert offered in refused.value.examples[0]


def test_a_text_that_begins_like_a_verb_and_a_record_is_said_in_quotes_with_its_people_and_its_date() -> None:
    with pytest.raises(Unclear) as refused:
        understand("action cancel MTG-004 and tell them @Luís Gonçalves by Friday", (), GRAMMAR, ROOM)
    quoted = refused.value.examples[-1]
    assert quoted == 'action "cancel MTG-004 and tell them" @Luís Gonçalves by 2026-03-13'
    assert meant(quoted) is meant("action anything")


@pytest.mark.parametrize(
    "said",
    [
        "action accept TR-0042 as final @Luís Gonçalves",
        "action plan PPQ-1 runs by Friday",
        "agenda add PQ-03",
        "note verify PQ-03",
        "note ACT-001 done",
    ],
)
def test_what_is_numbered_elsewhere_begins_a_text_and_so_does_a_record_where_only_a_text_is_wanted(said: str) -> None:
    assert meant(said) is not None


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("PQ-03", "checklist PQ-03"),
        ("MTG-1", "meeting show MTG-001"),
        ("CAPA-001.2", "capa CAPA-001.2"),
        ("act-1", "action show ACT-001"),
        ("question QUE-001?", "question show QUE-001"),
        ("note NOT-001", "note show NOT-001"),
    ],
)
def test_a_record_that_is_shown_by_a_sentence_is_shown_when_it_is_said_alone(said: str, shown: str) -> None:
    assert understand(said, (), GRAMMAR, ROOM) == understand(shown, (), GRAMMAR, ROOM)


@pytest.mark.parametrize(
    ("said", "told", "offered"),
    [
        ("capa CAPA-001 approve", "“capa” does not know “approve”.", "capa CAPA-001"),
        ("capa CAPA-001.2 done", "“capa” does not know “done”.", "capa accept CAPA-001.2"),
        ("capa done CAPA-001.2", "“capa” does not know “done”.", "capa accept CAPA-001.2"),
        ("checklist PQ-03 verfy", "“checklist” does not know “verfy”.", "checklist verify PQ-03"),
        ("LIN-001", "LIN-001 is a record, and nothing tells what is to be done with it.", "line drop LIN-001"),
        ("DEC-001 whatever", "“whatever” is nothing that is said of DEC-001.", "decision show DEC-001"),
    ],
)
def test_the_word_that_is_not_known_is_named_with_what_is_said_of_the_record(
    said: str, told: str, offered: str
) -> None:
    with pytest.raises(Unclear) as refused:
        understand(said, (), GRAMMAR, ROOM)
    assert told in str(refused.value)
    assert refused.value.examples[0].startswith(offered)


async def test_a_record_that_is_named_alone_is_shown_as_its_card_shows_it(room: MeetingRoom) -> None:
    await room.opened()
    for sentence in ("action send it", "decision three batches", "question when?", "risk it is late", "note it rains"):
        await room.say(anna, sentence)
    before = len(room.trail())
    told = [words(await room.say(marta, f"{one}-001")) for one in ("ACT", "DEC", "QUE", "RSK", "NOT")]
    assert [one.splitlines()[0] for one in told] == [
        "Action ACT-001: send it",
        "Decision DEC-001: three batches",
        "Question QUE-001: when?",
        "Risk RSK-001: it is late",
        "Note NOT-001: it rains",
    ]
    assert "There is no ACT-009" in words(await room.say(marta, "ACT-009"))
    assert len(room.trail()) == before


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
