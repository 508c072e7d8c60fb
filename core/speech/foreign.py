"""A verb and a record that it is not for: refused with what is said of that record, and never a new record's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from core.kernel.errors import Refused, Unclear, msg
from core.kernel.messages import Reference
from core.rules import typography
from core.speech import convert, inflected
from core.speech.grammar import Grammar, Noun
from core.speech.hearing import Hearing
from core.speech.mentions import Who
from core.speech.naming import ASKING, MOST, RECORD_FIRST, first_word
from core.speech.recognise import recognise
from core.speech.shape import ANY_REFERENCE, Shape
from core.speech.values import values_of
from core.speech.wording import example_of, sentence_for

_NO_RECORD = re.compile(r"([A-Za-z]{2,6})-(?:\d{7,})?(?![\w-])")
"""A reference without a number, or with more digits than any record ever has."""


class Sentence(NamedTuple):
    """What is heard: who is mentioned in it, by what grammar and in what hearing."""

    people: Sequence[Who]
    grammar: Grammar
    hearing: Hearing


class _Named(NamedTuple):
    """A word behind a noun, the record behind that or before it, and all that follows."""

    word: str
    record: re.Match[str]
    rest: str
    turned: bool = False

    @property
    def said(self) -> str:
        return self.record[0].upper()


def refuse_foreign(noun: Noun, rest: str, sentence: Sentence) -> None:
    """`decision object ACT-001 reason:"…"` objects to nothing and decides nothing: a verb and a record are no text.

    What may be numbered elsewhere than in Tandem, `TR-0042`, may begin the words of one: only alone, or with nothing
    but what the verb takes by name, it is a slip.
    """
    word, tail = first_word(rest)
    named = _named(word.rstrip(ASKING), tail) or _turned(rest)
    if named is None:
        _refuse_no_record(noun.verbs.get(word), tail)
        return
    verb = noun.verbs.get(named.word)
    meant = verb or noun.verb_in(named.word) or _of_another_noun(noun, named, sentence.grammar)
    if meant is None or (meant.noun == noun.name and sentence.grammar.takes(meant, named.record)):
        return
    alone = _is_all(named, meant, sentence)
    if alone or (verb is not None and not named.turned and sentence.grammar.is_numbered(named.record)):
        quoted = None if alone and verb is not None else _in_quotes(noun, rest, sentence)
        raise _foreign(named, f"{noun.name} {named.word}", meant, sentence.grammar, quoted)


def refuse_for(shape: Shape, tail: str, grammar: Grammar) -> None:
    """`checklist verify ACT-001`: a record of another kind, where the sentence wants one or nothing but parts."""
    named = _named(shape.verb or "", tail)
    wants = not shape.takes_text or any(slot.required for slot, _ in shape.references)
    if named is None or not wants or grammar.takes(shape, named.record) or not grammar.is_numbered(named.record):
        return
    raise _foreign(named, shape.says, shape, grammar)


def _named(word: str, tail: str) -> _Named | None:
    view = typography.seen(tail)
    record = ANY_REFERENCE.match(view, len(view) - len(view.lstrip()))
    return _Named(word, record, tail[record.end() :]) if record else None


def _turned(rest: str) -> _Named | None:
    """`decision ACT-001 object reason:"…"`: a mark behind the record begins a text about it."""
    begun = RECORD_FIRST.match(typography.seen(rest))
    record = ANY_REFERENCE.fullmatch(begun[1]) if begun and not begun[2] else None
    if begun is None or record is None:
        return None
    word, tail = first_word(inflected.without_between(rest[begun.end() :]))
    return _Named(word.rstrip(ASKING), record, tail, turned=True)


def _of_another_noun(noun: Noun, named: _Named, grammar: Grammar) -> Shape | None:
    """`decision accept ACT-001`: what another noun says of that record, where this one changes records."""
    return next(iter(grammar.verbs_for(named.word, named.said)), None) if noun.acts_on_records else None


def _is_all(named: _Named, verb: Shape, sentence: Sentence) -> bool:
    """Whether behind the record stands nothing, or what the verb takes by name, or one text in quotes."""
    rest = named.rest.strip(" .,;!?")
    if not rest or [(start, end) for start, end, _ in typography.quoted(rest)] == [(0, len(rest))]:
        return True
    try:
        return recognise(verb, named.rest, sentence.people, sentence.hearing).only_named
    except Refused:
        return False


def _in_quotes(noun: Noun, rest: str, sentence: Sentence) -> str | None:
    """The sentence that records what was said as a text, with its people and its date; None where it holds quotes."""
    if noun.own is None or any(mark in rest for mark in typography.QUOTES):
        return None
    try:
        values, _ = values_of(recognise(noun.own, rest, sentence.people, sentence.hearing), sentence.hearing)
    except Refused:
        return None
    return sentence_for(noun.own.kind, values, sentence.hearing, quoted=True)


def _foreign(named: _Named, says: str, shape: Shape, grammar: Grammar, quoted: str | None = None) -> Unclear:
    fitting = grammar.verbs_for(named.word, named.said) or grammar.said_of(named.said)
    right = tuple(example_of(one, named.said) for one in fitting[:MOST])
    if right and quoted:
        told = msg("{said} is not what “{says}” is for. What is said of it, and a new text in quotes:")
    elif right:
        told = msg("{said} is not what “{says}” is for. What is said of it:")
    else:
        told = msg("{said} is not what “{says}” is for. This is how it is said:")
    return Unclear(
        told, said=convert.short(named.said), says=says,
        examples=(*(right or (example_of(shape),)), *((quoted,) if quoted else ())),
    )  # fmt: skip


def _refuse_no_record(verb: Shape | None, tail: str) -> None:
    """`action accept ACT-`: a reference of no number, or of one that no record ever has, is a slip."""
    begun = _NO_RECORD.match(typography.seen(tail).strip(" .,;!"))
    if begun is None or verb is None:
        return
    parts = [slot.part for slot, _ in verb.references]
    if any(isinstance(part, Reference) and part.prefix == begun[1].upper() for part in parts):
        raise Unclear(
            msg("{said} is not what “{says}” is for. This is how it is said:"),
            said=convert.short(begun[0].upper()), says=verb.says, examples=(example_of(verb),),
        )  # fmt: skip
