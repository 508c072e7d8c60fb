"""From a sentence to the message that it is: noun, then verb or free text, then the parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from core.kernel.errors import Busy, Refused, Unclear, msg
from core.kernel.ids import Account
from core.kernel.messages import Number, OneOf, Order, Question, Reference
from core.kernel.turn import MENTION
from core.rules import typography
from core.speech import convert, inflected, leftover, mended
from core.speech.addressed import addressed
from core.speech.foreign import Sentence, refuse_for, refuse_foreign
from core.speech.grammar import HELP, Grammar, Noun
from core.speech.heard import Ambiguous, AskedForHelp, BearOneName, Incomplete, Reading, Understood
from core.speech.hearing import Hearing
from core.speech.mentions import typed_names, whos
from core.speech.naming import (
    ASKING,
    MOST,
    RECORD_FIRST,
    first_word,
    is_reference_alone,
    record_alone_or_first,
    refuse_record_and_word,
    shown_alone,
)
from core.speech.recognise import Found, recognise
from core.speech.shape import Shape
from core.speech.values import one_transfer, values_of
from core.speech.wording import example_of

WORDLIKE = (OneOf, Number, Order, Reference)
_REFERENCE_ALONE = re.compile(r"\s*([\w.-]*\w)[.,;!?]*(?:\s+\w+:\s*\S+)*\s*")


def understand(text: str, mentions: Sequence[Account], grammar: Grammar, hearing: Hearing) -> Reading:
    """The reading of a cleaned sentence without its call, with MENTION for each of `mentions`.

    A transfer named before the noun is the listener's to find: here it only must not contradict the references.
    Raises Unclear where it cannot be read, Refused where it names someone unknown or what cannot be; both say
    what would be right.
    """
    if text.count(MENTION) != len(mentions):
        raise Unclear(msg("This holds a character that stands for a person. Type it again without that one."))
    code, text = addressed(text)
    text, people = typed_names(typography.undone(text), whos(mentions, hearing), hearing)
    try:
        reading = _reading(text, Sentence(people, grammar, hearing))
    except BearOneName as several:
        return several.namesakes
    except Unclear as unclear:
        unclear.examples = mended.with_either_time(unclear, text, people) or unclear.examples
        raise
    if isinstance(reading, (Understood, Incomplete)) and reading.transfer is not None:
        one_transfer([reading.transfer, code or reading.transfer])
    return reading


def _reading(text: str, sentence: Sentence) -> Reading:
    grammar = sentence.grammar
    if shape := grammar.in_shorthand(typography.seen(text)):
        return _in_shorthand(shape, text, sentence)
    word, rest = first_word(text)
    if not word:
        return AskedForHelp()
    if word in HELP:
        return _help(first_word(rest)[0], grammar)
    noun = grammar.nouns.get(word) or grammar.nouns.get(word.rstrip(ASKING))
    if noun is None and (named := record_alone_or_first(text, grammar)) is not None:
        return _reading(named, sentence)
    if noun is None and (usual := _as_usual(word, rest, grammar)) is not None:
        return _reading(usual, sentence)
    if noun is None:
        raise _unknown_noun(leftover.named(word, 0, len(word), [who.name for who in sentence.people]), grammar, rest)
    return _with_text(noun, rest, sentence) if noun.takes_text else _with_verb(noun, rest, sentence)


def _as_usual(word: str, rest: str, grammar: Grammar) -> str | None:
    """A sentence with the words that help lists, where it was begun with others for the same: `q?` for `queue`."""
    second, after = first_word(rest)
    for begun, following in ((f"{word} {second}", after), (word, rest)):
        if says := grammar.also.get(begun.rstrip(ASKING)):
            return f"{says} {following}"
    return None


def _in_shorthand(shape: Shape, text: str, sentence: Sentence) -> Reading:
    """A sentence in shorthand: what that holds, then the parts that follow it."""
    _check_length(shape, text)
    assert shape.shorthand is not None
    short = shape.shorthand.match(typography.seen(text))
    if short is None:
        raise Unclear(
            msg("“{said}” is not whole. This is how it is said:"),
            said=convert.short(leftover.named(text, 0, len(text), [who.name for who in sentence.people])),
            examples=(example_of(shape),),
        )
    names = [who.name for who in sentence.people]
    spans = {name: short.span(name) for name in short.re.groupindex if short[name]}
    following = sentence._replace(people=sentence.people[text.count(MENTION, 0, short.end()) :])
    found = _take_apart(shape, text[short.end() :].lstrip(".!,; "), following)
    said = [(slot, leftover.named(text, *spans[slot.name], names)) for slot in shape.slots if slot.name in spans]
    return _finish(replace(found, named=[*said, *found.named]), following)


def _help(word: str, grammar: Grammar) -> AskedForHelp:
    if word and word not in grammar.nouns:
        raise _unknown_noun(word, grammar)
    return AskedForHelp(word or None)


def _with_text(noun: Noun, rest: str, sentence: Sentence) -> Reading:
    """A noun that takes free text: the next word is a verb only if what follows it makes it one."""
    assert noun.own is not None
    own, (word, tail) = noun.own, first_word(rest)
    if word in HELP and not tail:
        return AskedForHelp(noun.name)
    if (turned := _turned(noun, rest, sentence)) is not None:
        return turned
    if (shown := shown_alone(noun, rest, sentence.grammar)) is not None:
        return _read(shown, rest.rstrip(" .,;!?"), sentence)
    refuse_record_and_word(noun, rest, sentence.grammar)
    refuse_foreign(noun, rest, sentence)
    verb = noun.verbs.get(word)
    if verb is None and (form := noun.verb_in(word)) is not None and is_reference_alone(form, tail):
        return _read(form, tail, sentence)
    if verb is None:
        _refuse_unknown_verb(noun, word, tail, sentence.grammar)
    if verb is None or len(tail) > verb.room:
        return _read(own, rest, sentence)
    refers = _refers(verb, tail)
    try:
        found = _take_apart(verb, tail, sentence)
    except Refused:
        if refers:
            raise
        return _read(own, rest, sentence)
    if refers and found.unplaced:
        return _either(lambda: _finish(replace(found, unplaced=""), sentence), lambda: _read(own, rest, sentence))
    filters = issubclass(verb.kind, Question) and not (found.unplaced or found.words)
    if not tail or refers or found.only_named or filters:
        return _finish(found, sentence)
    return _read(own, rest, sentence)


def _with_verb(noun: Noun, rest: str, sentence: Sentence) -> Reading:
    """A noun without free text of its own: the next word is the verb."""
    word, tail = first_word(rest)
    if (word in HELP and not tail) or not (word or noun.own):
        return AskedForHelp(noun.name)
    second, after = first_word(tail)
    if verb := noun.verbs.get(f"{word} {second.rstrip(ASKING)}"):  # `room list`: a verb of two words
        return _of_its_kind(verb, after, sentence)
    if verb := noun.verbs.get(word.rstrip(ASKING)):
        return _of_its_kind(verb, tail, sentence)
    if (turned := _turned(noun, rest, sentence)) is not None:
        return turned
    if noun.own is None:
        raise _unknown_verb(word, noun, sentence.grammar)
    _check_length(noun.own, rest)
    refuse_for(noun.own, rest, sentence.grammar)
    found = _take_apart(noun.own, rest, sentence)
    if found.unplaced and noun.verbs:
        record = _references_of(found)
        raise _unknown_verb(first_word(found.unplaced)[0] if record else word, noun, sentence.grammar, record)
    return _finish(found, sentence)


def _refers(shape: Shape, tail: str) -> bool:
    """Whether the tail begins with a reference that the message has."""
    view = typography.seen(tail)
    start = len(view) - len(view.lstrip())
    return any(pattern.match(view, start) for _, pattern in shape.references)


def _turned(noun: Noun, rest: str, sentence: Sentence) -> Reading | None:
    """`action ACT-001 done` is `action done ACT-001`, recorded by nobody as an action with these words.

    A mark behind the reference begins a text about it, unless the verb alone follows. Unclear where the verb does not
    take all that follows: nobody guesses between the two.
    """
    begun = RECORD_FIRST.match(typography.seen(rest))
    if begun is None:
        return None
    after = rest[begun.end() :]
    word, tail = first_word(inflected.without_between(after))
    verb = noun.verb_in(word.rstrip(ASKING))
    if verb is None or not any(pattern.fullmatch(begun[1]) for _, pattern in verb.references):
        return None
    found = _take_apart(verb, f"{begun[1]} {tail}", sentence)
    loose = found.words or found.unplaced
    as_verb = first_word(after)[0].rstrip(ASKING) == verb.verb
    if (begun[2] and loose) or (not as_verb and (loose or found.due)):
        return None
    if found.unplaced:
        raise _either_order(noun, found, rest)
    return _finish(found, sentence)


def _either_order(noun: Noun, found: Found, rest: str) -> Unclear:
    """A record and a verb, and more than the verb takes: about that record, or the text of another one."""
    said = typography.undone(rest).strip()
    plain = noun.takes_text and MENTION not in said and not any(mark in said for mark in typography.QUOTES)
    return Unclear(
        msg("I do not know what “{said}” is to be in “{says}”. A verb stands before its record, a text in quotes:"),
        said=convert.short(found.unplaced), says=found.shape.says,
        examples=(
            example_of(found.shape, _references_of(found)),
            *((f"{noun.name} {typography.in_quotes(said)}",) if plain else ()),
        ),
    )  # fmt: skip


def _refuse_unknown_verb(noun: Noun, word: str, tail: str, grammar: Grammar) -> None:
    """`action verify ACT-001` is no action to be done: a word, a record of the noun's and at most named values."""
    view = typography.seen(tail)
    for start, (end, _) in reversed({one[0]: one[1:] for one in typography.quoted(view)}.items()):
        view = f"{view[:start]}_{view[end:]}"
    said = _REFERENCE_ALONE.fullmatch(view)
    shapes = [shape for verb in noun.verbs.values() for _, shape in verb.references]
    if said and any(shape.fullmatch(said[1]) for shape in shapes):
        raise _unknown_verb(word, noun, grammar, said[1].upper())


def _either(verb: Callable[[], Reading], words: Callable[[], Reading]) -> Reading:
    """Both readings where both hold, else the one that does. Raises what is wrong with the verb otherwise."""
    readings: list[Understood | Incomplete] = []
    wrong: list[Refused] = []
    for read in (verb, words):
        try:
            reading = read()
        except Refused as refused:
            wrong.append(refused)
        else:
            assert isinstance(reading, (Understood, Incomplete))
            readings.append(reading)
    if not readings:
        raise wrong[0]
    return readings[0] if len(readings) == 1 else Ambiguous(tuple(readings))


def _of_its_kind(shape: Shape, text: str, sentence: Sentence) -> Understood | Incomplete:
    refuse_for(shape, text, sentence.grammar)
    return _read(shape, text, sentence)


def _read(shape: Shape, text: str, sentence: Sentence) -> Understood | Incomplete:
    _check_length(shape, text)
    return _finish(_take_apart(shape, text, sentence), sentence)


def _take_apart(shape: Shape, text: str, sentence: Sentence) -> Found:
    try:
        return recognise(shape, text, sentence.people, sentence.hearing)
    except Refused as refused:
        said = (refused, shape, text, sentence.people, sentence.hearing)
        right = mended.with_right_day(*said) or mended.with_right_time(*said)
        raise _with_example(refused, right or example_of(shape, text, dated=True)) from refused.__cause__


def _with_example(refused: Refused, right: str) -> Refused:
    """Every refusal leaves with a sentence that would be right, or asks for the same again."""
    if not isinstance(refused, Busy):
        refused.examples = refused.examples or (right,)
    return refused


def _finish(found: Found, sentence: Sentence) -> Understood | Incomplete:
    """Judge what was found."""
    shape = found.shape
    try:
        values, transfer = values_of(found, sentence.hearing)
        if found.unplaced:
            _refuse_unplaced(found, values, sentence.hearing)
    except Refused as refused:
        right = mended.with_right_values(refused, found, sentence.hearing) or example_of(shape, _references_of(found))
        raise _with_example(refused, right) from refused.__cause__
    if any(name not in values for name in shape.required):
        missing = tuple(name for name in shape.required if name not in values)
        return Incomplete(shape.kind, values, missing, transfer)
    return Understood(shape.kind(**values), transfer)


def _references_of(found: Found) -> str:
    return " ".join(reference for _, _, reference in found.references)


def _refuse_unplaced(found: Found, values: dict[str, Any], hearing: Hearing) -> None:
    """Words that no part takes were meant for the one that is missing, or for none."""
    for slot in found.shape.slots:
        if slot.required and slot.name not in values and isinstance(slot.part, WORDLIKE):
            convert.value_of(slot, found.unplaced, hearing)
    example = example_of(found.shape, _references_of(found))
    if found.shape.words is not None and not found.shape.takes_text:  # a text that stands in quotes alone
        due = (f"{example} by Friday",) if found.shape.due is not None and found.due is None else ()
        raise Unclear(
            msg("I do not know what “{said}” is to be. A new text stands in quotes, a date behind “by”:")
            if due
            else msg("I do not know what “{said}” is to be. A new text stands in quotes:"),
            said=convert.short(found.unplaced),
            examples=(f"{example} {typography.in_quotes(convert.short(found.unplaced))}", *due),
        )
    raise Unclear(
        msg("I do not know what to do with “{said}” in “{says}”. This is how it is said:"),
        said=convert.short(found.unplaced),
        says=found.shape.says,
        examples=(example,),
    )


def _check_length(shape: Shape, text: str) -> None:
    """A text that is far too long is refused before anything is looked for in it."""
    if len(text) > shape.room:
        raise Unclear(
            msg("This has {count} characters; {longest} are the most. Nothing was recorded."),
            count=len(text), longest=shape.longest,
        )  # fmt: skip


def _unknown_noun(word: str, grammar: Grammar, rest: str = "") -> Unclear:
    """With a verb alone and a record behind it, the verbs that are for such a record, with that record."""
    fitting = grammar.verbs_for(word.rstrip(ASKING), typography.seen(rest))
    near = [shape.says for shape in fitting] or grammar.nearest(word)
    if near:
        right = [example_of(shape, typography.seen(rest)) for shape in fitting] or near
        return Unclear(
            msg("I do not know “{said}”. Did you mean {near}? “help” lists what may be said."),
            said=convert.short(word), near=_listed(near), examples=(*right, "help"),
        )  # fmt: skip
    return Unclear(
        msg("I do not know “{said}”. Most sentences begin with one of: {nouns}. “help” lists what may be said."),
        said=convert.short(word), nouns=", ".join(_most_said(grammar)), examples=("help",),
    )  # fmt: skip


_MOST_SAID = ("transfer", "member", "meeting", "agenda", "decision", "action", "question", "risk", "note", "mine")


def _most_said(grammar: Grammar) -> list[str]:
    """The nouns that a newcomer needs; all of a grammar that has none of them."""
    return [noun for noun in _MOST_SAID if noun in grammar.nouns] or list(grammar.nouns)


def _unknown_verb(word: str, noun: Noun, grammar: Grammar, record: str = "") -> Unclear:
    """With what is said of the record that was named, where one was."""
    near = noun.nearest_verbs(word)
    right = [noun.verbs[near[0]] if near else next(iter(noun.verbs.values()), noun.shapes[0])]
    fitting = [shape for shape in grammar.said_of(record) if shape.noun == noun.name]
    if fitting:
        right = [shape for shape in fitting if shape.verb in near] or fitting[:MOST]
    return Unclear(
        msg("“{noun}” does not know “{said}”. It knows: {verbs}. What is said of {record}:")
        if fitting
        else msg("“{noun}” does not know “{said}”. It knows: {verbs}."),
        noun=noun.name, said=convert.short(word), verbs=", ".join(noun.verbs), record=record,
        examples=(*(example_of(shape, record) for shape in right), f"help {noun.name}"),
    )  # fmt: skip


def _listed(words: list[str]) -> str:
    return " / ".join(f"“{word}”" for word in words)
