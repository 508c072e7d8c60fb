"""Sentences that begin with a record, or name one and no verb: what is said of it, and never a new record's text."""

from __future__ import annotations

import re

from core.kernel.errors import Unclear, msg
from core.kernel.turn import MENTION
from core.rules import typography
from core.speech import convert, inflected
from core.speech.grammar import Grammar, Noun
from core.speech.shape import ANY_REFERENCE, Shape
from core.speech.wording import example_of

ASKING = "?!."
"""Marks behind a noun or verb: “who is here?” asks the same."""
RECORD_FIRST = re.compile(r"\s*([\w/.-]*\w)\s*([:;,\u2013\u2014-]?)\s+")
_WORD = re.compile(r"\s*(\S+)\s*")
MOST = 3
"""Sentences that are offered for a record."""


def first_word(text: str) -> tuple[str, str]:
    """The first word in small letters, without a colon behind it, and what follows."""
    found = _WORD.match(text)
    while found is not None:
        word = found[1] if found[1].isascii() else typography.plain_word(typography.seen(found[1]).strip())
        if word := word.rstrip(":,").lower():
            return word, text[found.end() :]
        found = _WORD.match(text, found.end())
    return "", ""


def record_alone_or_first(text: str, grammar: Grammar) -> str | None:
    """`DEC-006 agreed` with its noun and verb before the record, where one verb is meant; what shows it, said alone.

    Raises Unclear where there is none, or more than one.
    """
    said, _, rest = typography.seen(text).strip().partition(" ")
    said = said.rstrip(":,;.!?").upper()
    if not ANY_REFERENCE.fullmatch(said):
        return None
    word, tail = first_word(inflected.without_between(rest.strip()))
    meant = grammar.verbs_for(word.rstrip(ASKING), said) if word else grammar.shown_by(said)
    if len(meant) == 1:
        return f"{meant[0].says} {said} {tail}"
    fitting = meant or grammar.said_of(said)
    if meant:
        sentence = msg("“{word}” may be one of several for {said}. Say which:")
    elif word and fitting:
        sentence = msg("“{word}” is nothing that is said of {said}. What is:")
    elif not fitting:
        sentence = msg("Nothing tells what is to be done with {said}. “help” lists what may be said.")
    else:
        sentence = msg("{said} is a record, and nothing tells what is to be done with it. What is said of it:")
    raise Unclear(
        sentence, said=said, word="@…" if MENTION in word else convert.short(word),
        examples=(*(example_of(shape, said) for shape in fitting[:MOST]), *(() if fitting else ("help",))),
    )  # fmt: skip


def refuse_record_and_word(noun: Noun, rest: str, grammar: Grammar) -> None:
    """`action DEC-006 accept`, `action ACT-012 late`: a record and one word are about it, and no text of a new one."""
    begun = RECORD_FIRST.match(typography.seen(rest))
    said = begun[1].upper() if begun else ""
    if begun is None or begun[2] or not ANY_REFERENCE.fullmatch(said):
        return
    word, tail = first_word(inflected.without_between(rest[begun.end() :]))
    word = word.rstrip(ASKING)
    own = [verb for verb in noun.verbs.values() if any(shape.fullmatch(said) for _, shape in verb.references)]
    meant = grammar.verbs_for(word, said) if noun.acts_on_records else []
    if tail or MENTION in word or not (own or meant or noun.verb_in(word)):
        return
    text = typography.undone(rest).strip()
    quoted = () if any(mark in text for mark in typography.QUOTES) else (f"{noun.name} {typography.in_quotes(text)}",)
    raise Unclear(
        msg("“{said}” names a record and one word. What is said of a record, and a new text in quotes:"),
        said=convert.short(text),
        examples=(
            *(example_of(shape, said) for shape in (meant or own or grammar.said_of(said))[:MOST]),
            *quoted,
        ),
    )  # fmt: skip


def is_reference_alone(shape: Shape, tail: str) -> bool:
    """Whether the tail is a reference that the message has, and nothing else."""
    said = typography.seen(tail).strip(" .,;!?")
    return any(pattern.fullmatch(said) for _, pattern in shape.references)


def shown_alone(noun: Noun, rest: str, grammar: Grammar) -> Shape | None:
    """`action ACT-001` asks for that one; recorded, it would be an action with these words.

    Raises Unclear where nothing shows it, or another noun does.
    """
    said = typography.seen(rest).strip(" .,;!?").upper()
    own = noun.own.references if noun.own else ()
    if not ANY_REFERENCE.fullmatch(said) or any(shape.fullmatch(said) for _, shape in own):
        return None
    for shown in grammar.shown_by(said):
        if shown.noun == noun.name:
            return shown
    fitting = [verb for verb in noun.verbs.values() if any(shape.fullmatch(said) for _, shape in verb.references)]
    elsewhere = tuple(example_of(shape, said) for shape in grammar.said_of(said)[:MOST])
    examples = tuple(f"{verb.says} {said}" for verb in fitting[:MOST]) or elsewhere or (f"help {noun.name}",)
    raise Unclear(
        msg("“{says} {said}” names a record and nothing to do with it. What is said of one:"),
        says=noun.name, said=said, examples=examples,
    )  # fmt: skip
