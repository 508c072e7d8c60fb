"""Free text or verb? A word after the noun is a verb only if what follows makes it one."""

from __future__ import annotations

import pytest

from core.kernel.errors import Unclear
from core.speech import Ambiguous, AskedForHelp, Incomplete, Understood
from tests.speech.meeting_words import heard

TABLE = [
    # A reference follows: a verb.
    ("action accept ACT-012", "AcceptAction"),
    ("action accept act-12", "AcceptAction"),
    ("Action Accept NVT/ACT-012.", "AcceptAction"),
    ("action accept ACT-012 please", "AcceptAction"),
    ("action done ACT-012 evidence:TR-0042", "FinishAction"),
    ("action done ACT-012 evidence:“report TR-0042, page 3”", "FinishAction"),
    ("action reassign ACT-012 @luis", "ReassignAction"),
    ("action reassign ACT-012 to @luis", "ReassignAction"),
    ("action decline ACT-012 reason:supplier late", "DeclineAction"),
    ("question answer QUE-002 the limit is 5 ppm", "AnswerQuestion"),
    ("decision agree DEC-003", "AgreeDecision"),
    # Nothing follows, or only named values: a verb, with a form for what is missing.
    ("action accept", "AcceptAction?"),
    ("decision agree", "AgreeDecision?"),
    ('action decline reason:"supplier late"', "DeclineAction?"),
    ("action list", "ListActions"),
    # A list also filters.
    ("action list mine", "ListActions"),
    ("action list @luis", "ListActions"),
    ("action list side:cmo", "ListActions"),
    ("action list overdue side:cmo", "ListActions"),
    # Anything else: free text.
    ("action verify the batch record @luis by Friday", "ProposeAction"),
    ("action accept the revised protocol @luis by Friday", "ProposeAction"),
    ("action list the open points for the audit", "ProposeAction"),
    ("action done by Friday", "ProposeAction"),
    ("action reassign the samples to line 4", "ProposeAction"),
    ("decision agree on three batches", "ProposeDecision"),
    ("question answer the auditor or wait?", "AskQuestion"),
    ("action: accept delivery of the excipient", "ProposeAction"),
    ('action "accept ACT-012"', "ProposeAction"),
    ("note ACT-012 is late again", "TakeNote"),
    ("note ACT-012: done", "TakeNote"),
    ("question ACT-012 is when?", "AskQuestion"),
    ("action ACT-012 is done by Friday", "ProposeAction"),
    ("decision DEC-003: agree on three batches", "ProposeDecision"),
    ("question QUE-002: answer the auditor or wait?", "AskQuestion"),
    ('action "ACT-012 done"', "ProposeAction"),
    # The record before its verb: the same sentence, turned.
    ("action ACT-012 accept", "AcceptAction"),
    ("action NVT/act-12 Accept.", "AcceptAction"),
    ("action ACT-012: accept", "AcceptAction"),
    ("action ACT-012 done evidence:TR-0042", "FinishAction"),
    ("action ACT-012 reassign to @luis", "ReassignAction"),
    ("action ACT-012 decline reason:supplier late", "DeclineAction"),
    ("action ACT-012 decline", "DeclineAction?"),
    ("question QUE-002 answer the limit is 5 ppm", "AnswerQuestion"),
    ("decision DEC-003 agree?", "AgreeDecision"),
    # A form of the verb, or another word for it, with the record alone: the same.
    ("decision DEC-003 agreed", "AgreeDecision"),
    ("decision agreed DEC-003", "AgreeDecision"),
    ("action ACT-012 accepted", "AcceptAction"),
    ("action accepts ACT-012.", "AcceptAction"),
    ("action ACT-012 is done", "FinishAction"),
    ("action ACT-012 finished", "FinishAction"),
    ("action finished ACT-012", "FinishAction"),
    ("action ACT-012 declined", "DeclineAction?"),
    ("question QUE-002 answered", "AnswerQuestion?"),
    # No noun: the record and its verb say which.
    ("DEC-003 agree", "AgreeDecision"),
    ("dec-3: agreed", "AgreeDecision"),
    ("ACT-012 is done", "FinishAction"),
    ("ACT-012 done evidence:TR-0042", "FinishAction"),
    ("QUE-002 answer the limit is 5 ppm", "AnswerQuestion"),
    # More than the record behind a form of the verb: free text.
    ("action ACT-012 accepted by the auditor", "ProposeAction"),
    ("action ACT-012 is done by Friday", "ProposeAction"),
    ("decision agreed with QA on three batches", "ProposeDecision"),
    ("decision DEC-003 agreed with Tarnbrook", "ProposeDecision"),
    ("note ACT-012 done", "TakeNote"),
    # Both readings hold: two buttons ask.
    ("action accept ACT-012 and send the report @luis by Friday", "AcceptAction | ProposeAction"),
    ("action decline ACT-012 because the supplier is late", "DeclineAction? | ProposeAction"),
    ("decision agree DEC-003 and DEC-004", "AgreeDecision | ProposeDecision"),
    # The noun alone asks for its text; `help` behind it asks for help.
    ("action", "ProposeAction?"),
    ("action help", "help action"),
]


def reads_as(reading: object) -> str:
    match reading:
        case Understood(message):
            return type(message).__name__
        case Incomplete(kind):
            return f"{kind.__name__}?"
        case Ambiguous(readings):
            return " | ".join(map(reads_as, readings))
        case AskedForHelp(noun):
            return f"help {noun}"
    raise AssertionError(reading)


@pytest.mark.parametrize(("sentence", "reading"), TABLE, ids=[sentence for sentence, _ in TABLE])
def test_free_text_or_verb(sentence: str, reading: str) -> None:
    assert reads_as(heard(sentence)) == reading


def test_the_table_has_at_least_thirty_sentences() -> None:
    assert len({sentence for sentence, _ in TABLE}) >= 30


def test_a_turned_sentence_is_about_the_record_that_it_names() -> None:
    turned, right = heard("question NVT/QUE-002 answer it is @luis"), heard("question answer NVT/QUE-002 it is @luis")
    assert turned == right
    assert isinstance(turned, Understood)
    assert turned.transfer == "NVT"


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("action DEC-003 accept", ["decision agree DEC-003", 'action "DEC-003 accept"']),
        ("action DEC-003 agreed", ["decision agree DEC-003", 'action "DEC-003 agreed"']),
        ("decision ACT-012 done", ["action done ACT-012", 'decision "ACT-012 done"']),
        ("action ACT-012 late", ["action accept ACT-012", 'action "ACT-012 late"']),
        ("DEC-003", ["decision agree DEC-003"]),
        ("DEC-003 whatever", ["decision agree DEC-003"]),
    ],
)
def test_a_record_and_a_word_make_no_new_record_but_are_offered_as_sentences(sentence: str, right: list[str]) -> None:
    with pytest.raises(Unclear) as refused:
        heard(sentence)
    examples = refused.value.examples
    assert [examples[0], *examples[-1:]][: len(right)] == right
    for example in examples:
        assert reads_as(heard(example))
