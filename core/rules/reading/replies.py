"""Lines that belong together: what a reply makes of the request or the proposal that it answers."""

from __future__ import annotations

from typing import NamedTuple

from core.rules.reading.dues import due_in
from core.rules.reading.lexicon import lexicon_of
from core.rules.reading.owners import confirming
from core.rules.reading.parts import Scene, Sentence, Who
from core.rules.reading.shapes import EVERYBODY, Claim, Confirm, Item, Kind, Line, Parent, Reading
from core.rules.reading.summaries import tidied
from core.rules.reading.words import Word, words_of


class Replied(NamedTuple):
    """A reply with the line that it answers, and what that one was read as."""

    line: Line
    parent: Parent
    before: Reading
    sentences: list[Sentence]
    scene: Scene
    text: str


def reply(replied: Replied) -> Reading | None:
    """What a reply does to its parent; None where it is to be read for itself."""
    first = replied.sentences[0]
    words = [word for word in first.words if word.kind == "word"]
    if not words and replied.text.strip():
        return None
    denied = "x" in first.row and not set(_NO_BUT) & {word.low for word in words}
    if denied or "?" in first.row:
        return None
    return _agreed(replied) or _taken(replied) or _done(replied, words)


_NO_BUT = ("problem", "worries", "objection", "objections", "einwand", "einwände", "einwaende")


def proposal_in(text: str) -> str | None:
    """What a parent proposes, as its summary."""
    words = words_of(text.replace("’", "'"))
    found = lexicon_of("propose").anywhere(words)
    if found is None or found[0] > 6:
        return None
    place, cue = found
    end = words[place + cue.length - 1].end
    rest = tidied(text[end:])
    for lead in ("that ", "we ", "to ", "dass ", "wir "):
        if rest.lower().startswith(lead):
            rest = rest[len(lead) :]
    return rest or tidied(text)


def _agreed(replied: Replied) -> Reading | None:
    found = lexicon_of("agree").anywhere(replied.sentences[0].words)
    if found is None or found[0] > 4 or replied.before.items:
        return None
    proposed = proposal_in(replied.parent.text)
    if proposed is None or replied.parent.author == replied.line.author:
        return None
    if any(
        "x"
        in sentence.row.replace(
            "x",
            "",
            sentence.row.count("x") if "objection" in replied.text.lower() or "einw" in replied.text.lower() else 0,
        )
        or "i" in sentence.row
        for sentence in replied.sentences
    ):
        return None
    if {"but", "except", "aber", "however", "unless"} & {
        word.low for sentence in replied.sentences for word in sentence.words
    }:
        return None
    trigger = found[1].value
    item = Item(Kind.DECISION, proposed, confirm=(Confirm.DECISION,), rule="agreed in the thread", trigger=trigger)
    return Reading(Kind.DECISION, (item,), rule=item.rule, trigger=trigger)


def _taken(replied: Replied) -> Reading | None:
    before = replied.before
    sentence = replied.sentences[0]
    found = lexicon_of("take it", "accept").at_start(sentence.words)
    if found is not None and found[1].length == 1 and not _says_no_more(sentence, found[1].value):
        found = None
    taking = found is not None
    asked = before.items[0] if before.items and before.items[0].kind is Kind.ACTION else None
    pronoun = _takes_this(replied)
    if not taking and pronoun is None:
        return None
    if asked is None and not (_wants_owner(replied.parent.text) and (pronoun or _is_take(sentence))):
        return None
    parts = [part for one in replied.sentences for part in one.parts]
    due = due_in(parts, replied.scene.setting).reading
    author = replied.line.author
    owners = pronoun.people if pronoun is not None and pronoun.people else replied.scene.speaker.people
    parents = asked.owners if asked is not None else ()
    trigger = found[1].value if found is not None else "this"
    if pronoun is None and due is None and (author in parents or parents == (EVERYBODY,)):
        claim = Claim("", "accepted", author, rule="accepted in the thread", trigger=trigger)
        return Reading(Kind.NONE, claim=claim, rule=claim.rule, trigger=trigger)
    if pronoun is None and parents and author not in parents and not _is_take(sentence):
        return None
    when = due or (asked.due if asked is not None else None)
    text = asked.text if asked is not None else tidied(replied.parent.text)
    item = Item(
        Kind.ACTION,
        text,
        owners,
        when,
        confirming(owners, None, when),
        updates=True,
        rule="taken in the thread",
        trigger=trigger,
    )
    return Reading(Kind.ACTION, (item,), rule=item.rule, trigger=trigger)


def _says_no_more(sentence: Sentence, said: str) -> bool:
    """Whether a reply says little more than the one word by which it accepts."""
    rest = [part for part in sentence.parts if part.code not in "dDPM,.*-lpj" and part.low != said]
    return len(rest) <= (4 if said in ("mine", "meins") else 2)


def _is_take(sentence: Sentence) -> bool:
    return lexicon_of("take it").at_start(sentence.words) is not None


def _takes_this(replied: Replied) -> Who | None:
    """`Siobhán please take this`: whom the reply gives the parent's item to."""
    for sentence in replied.sentences:
        low = [word.low for word in sentence.words]
        for place, word in enumerate(low[:-1]):
            if word in ("take", "do", "handle", "own") and low[place + 1] in ("this", "that", "it"):
                people = [part.value for part in sentence.parts if part.code in "PM"]
                if people and isinstance(people[0], Who) and people[0].people:
                    return people[0]
    return None


def _wants_owner(text: str) -> bool:
    low = text.lower()
    return any(
        cue in low
        for cue in (
            "need an owner",
            "needs an owner",
            "who can",
            "who takes",
            "who will",
            "who could",
            "volunteer",
            "wer kann",
            "wer macht",
            "wer übernimmt",
            "who wants",
            "who is going to",
            "who's going to",
            "need somebody",
            "need someone",
            "brauchen jemand",
        )
    )


def _done(replied: Replied, words: list[Word]) -> Reading | None:
    before = replied.before
    if not before.items or before.items[0].kind is not Kind.ACTION or len(words) > 14:
        return None
    for cue, status in (("late", "late"), ("started", "started"), ("reported", "done")):
        found = lexicon_of(cue).anywhere(replied.sentences[0].words)
        if found is not None and found[0] <= 4:
            claim = Claim("", status, replied.line.author, rule="reported in the thread", trigger=found[1].value)
            return Reading(Kind.NONE, claim=claim, rule=claim.rule, trigger=found[1].value)
    return None
