"""Nouns, their verbs and their messages: an index of what may be said, made from the messages alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from core.kernel.messages import Command, Message, Reference
from core.speech.inflected import forms
from core.speech.shape import ANY_REFERENCE, Shape, Slot, shape_of

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

    @property
    def acts_on_records(self) -> bool:
        """Whether it changes records by their references: what a note says of one is the note's text."""
        return any(issubclass(verb.kind, Command) and verb.references for verb in self.verbs.values())

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
        self._numbered: set[str] = set()
        self._within: set[str] = set()
        for kind in kinds:
            if kind.says is not None:
                self._add(shape_of(kind))

    def _add(self, shape: Shape) -> None:
        self.also.update(dict.fromkeys(shape.kind.also, shape.says))
        for _, part in _wanted(shape):
            self._numbered |= {part.prefix, part.within} - {""}
            self._within |= {part.within} - {""}
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
        record = ANY_REFERENCE.search(text)
        known = [shape for verb, shapes in self._verbs.items() if word in forms(verb) for shape in shapes]
        return [shape for shape in known if record and self.takes(shape, record)]

    def takes(self, shape: Shape, record: re.Match[str]) -> bool:
        """Whether a message is for records such as this one."""
        return any(self._fits(part, record) for _, part in _wanted(shape))

    def _fits(self, part: Reference, record: re.Match[str]) -> bool:
        """What is numbered anew within each record of another kind bears no kind of those that are not."""
        kind = record[2].upper().rpartition("/")[2]
        return kind not in self._numbered if part.within else part.prefix in ("", kind)

    def is_numbered(self, record: re.Match[str]) -> bool:
        """Whether Tandem numbers records so: by its kind, or as what is numbered within another, with two digits."""
        holder, _, kind = record[2].upper().rpartition("/")
        return kind in self._numbered or bool(self._within and (holder or re.fullmatch(r"\d\d", record[3])))

    def shown_by(self, reference: str) -> list[Shape]:
        """What such a record, said alone, asks for."""
        return [shape for _, part, shape in self._for(reference) if part.shows]

    def said_of(self, reference: str) -> list[Shape]:
        """The messages for such records and no others: first what shows one, then what has to name one."""
        like = [one for one in self._for(reference) if ("." in one[1].example) == ("." in reference)]
        ranked = sorted(like, key=lambda one: (not one[1].shows, not one[0].required))
        return [shape for _, _, shape in ranked]

    def _for(self, reference: str) -> list[tuple[Slot, Reference, Shape]]:
        record = ANY_REFERENCE.fullmatch(reference)
        if record is None or not (self.is_numbered(record) or re.fullmatch(r"\d", record[3])):
            return []
        every = [shape for noun in self.nouns.values() for shape in noun.shapes]
        wanted = [(slot, part, shape) for shape in every for slot, part in _wanted(shape)]
        return [one for one in wanted if (one[1].prefix or one[1].within) and self._fits(one[1], record)]

    def nearest(self, word: str) -> list[str]:
        """What an unknown first word may have meant, the likeliest first: nouns like it, then `noun word`."""
        close = get_close_matches(word, self.nouns, n=3, cutoff=0.6)
        return close or [shape.says for shape in self._verbs.get(word, [])[:MOST_NEAR]]


def _wanted(shape: Shape) -> Iterator[tuple[Slot, Reference]]:
    """The records that a message names."""
    for slot, _ in shape.references:
        if isinstance(slot.part, Reference):
            yield slot, slot.part
