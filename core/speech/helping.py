"""What a person may say here, a line each, taken from the messages themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.kernel.messages import Message
from core.speech.grammar import Grammar, Noun
from core.speech.wording import Translate, as_is, pattern_of


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One sentence that may be said, with its parts, and what it does."""

    sentence: str
    meaning: str


@dataclass(frozen=True, slots=True)
class HelpNoun:
    """One noun, the sentences that begin with it, their verbs, and what the noun `alone` does, if it can stand so."""

    noun: str
    lines: tuple[HelpLine, ...]
    verbs: tuple[str, ...] = ()
    alone: str = ""


@dataclass(frozen=True, slots=True)
class HelpView:
    """What the help card shows: `noun` where one was asked for, and the nouns that may be said.

    `codes` are the speaker's transfers where they have several and named none. Where nothing may be said: `here` is
    whether a transfer lives there, and the speaker is a `member` of it or may open (`opens`) one.
    """

    noun: str | None
    nouns: tuple[HelpNoun, ...]
    codes: tuple[str, ...] = ()
    here: bool = True
    member: bool = False
    opens: bool = False


def help_for(
    grammar: Grammar,
    may: Callable[[type[Message]], bool],
    noun: str | None = None,
    translate: Translate = as_is,
) -> HelpView:
    """The view of the card `speech/help`: the sentences that the speaker may say, of one noun or of all."""
    asked = [known for name, known in grammar.nouns.items() if noun is None or name == noun]
    nouns = [_said_of(known, may, translate) for known in asked]
    return HelpView(noun, tuple(known for known in nouns if known.lines))


def _said_of(noun: Noun, may: Callable[[type[Message]], bool], translate: Translate) -> HelpNoun:
    shapes = [shape for shape in noun.shapes if may(shape.kind)]
    return HelpNoun(
        noun.name,
        tuple(HelpLine(pattern_of(shape, translate), translate(shape.kind.help())) for shape in shapes),
        tuple(sorted(verb for shape in shapes if (verb := shape.says.partition(" ")[2]))),
        "".join(translate(shape.kind.help()) for shape in shapes if shape.says == noun.name),
    )
