"""Nouns, their verbs and their messages: an index of what may be said, made from the messages alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from core.kernel.messages import Message
from core.speech.inflected import forms
from core.speech.shape import Shape, shape_of

MOST_NEAR = 5
"""Sentences that are offered for a word that begins none."""
HELP = frozenset({"help", "?", "hilfe", "aide"})


@dataclass(slots=True)
class Noun:
    """One noun: `own` is the message that it says alone, `verbs` those that it says with a verb.

    `forms` has what else people write for a verb.
    """

    name: str
    own: Shape | None = None
    verbs: dict[str, Shape] = field(default_factory=dict)
    forms: dict[str, Shape] = field(default_factory=dict)

    @property
    def takes_text(self) -> bool:
        """Whether free text may follow it."""
        return self.own is not None and self.own.takes_text

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Its own message and those of its verbs, in the order given."""
        return (*((self.own,) if self.own else ()), *self.verbs.values())

    def verb_in(self, word: str) -> Shape | None:
        """The verb that the word is a form of: “agreed” is agree."""
        return self.verbs.get(word) or self.forms.get(word)

    def nearest_verbs(self, word: str) -> list[str]:
        """The verbs that the word may have meant, the likeliest first."""
        return get_close_matches(word, self.verbs, n=1, cutoff=0.6)


class Grammar:
    """What may be said: every spoken message by noun and verb. Raises ValueError where two say the same.

    `also` has what a message says by other words for it, which no noun begins.
    """

    def __init__(self, kinds: Iterable[type[Message]]) -> None:
        self.nouns: dict[str, Noun] = {}
        self.also: dict[str, str] = {}
        self.shorthands: list[Shape] = []
        self._verbs: dict[str, list[Shape]] = {}
        for kind in kinds:
            if kind.says is not None:
                self._add(shape_of(kind))

    def _add(self, shape: Shape) -> None:
        self.also.update(dict.fromkeys(shape.kind.also, shape.says))
        noun = self.nouns.setdefault(shape.noun, Noun(shape.noun))
        other = noun.own if shape.verb is None else noun.verbs.get(shape.verb)
        if other is not None and other.kind is not shape.kind:
            raise ValueError(f"{other.kind.__name__} and {shape.kind.__name__} both say “{shape.says}”")
        if shape.verb is None:
            noun.own = shape
        else:
            noun.verbs[shape.verb] = shape
            noun.forms.update(dict.fromkeys(forms(shape.verb) - noun.forms.keys(), shape))
            self._verbs.setdefault(shape.verb.partition(" ")[0], []).append(shape)
        if shape.shorthand is not None and other is None:
            self.shorthands.append(shape)

    def in_shorthand(self, text: str) -> Shape | None:
        """The message that a sentence says in shorthand, without its noun, whole or only begun."""
        return next((shape for shape in self.shorthands if shape.begins and shape.begins.match(text)), None)

    def verbs_for(self, word: str, text: str) -> list[Shape]:
        """The messages with this verb, or a form of it, that a record named in the text fits."""
        known = [shape for verb, shapes in self._verbs.items() if word in forms(verb) for shape in shapes]
        return [shape for shape in known if any(pattern.search(text) for _, pattern in shape.references)]

    def said_of(self, reference: str) -> list[Shape]:
        """The messages with a verb for records such as this one, those of its own noun first."""
        every = [shape for noun in self.nouns.values() if noun.takes_text for shape in noun.verbs.values()]
        return [shape for shape in every if any(pattern.fullmatch(reference) for _, pattern in shape.references)]

    def nearest(self, word: str) -> list[str]:
        """What an unknown first word may have meant, the likeliest first: nouns like it, then `noun word`."""
        close = get_close_matches(word, self.nouns, n=3, cutoff=0.6)
        return close or [shape.says for shape in self._verbs.get(word, [])[:MOST_NEAR]]
