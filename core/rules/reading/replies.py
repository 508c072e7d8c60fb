"""Lines that belong together: what a reply makes of the request or the proposal that it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from core.rules.due_phrases import DueReading, due_reading
from core.rules.reading.actions import natural_actions
from core.rules.reading.dues import due_in
from core.rules.reading.lexicon import Cue, lexicon_of
from core.rules.reading.owners import confirming
from core.rules.reading.parts import Part, Scene, Sentence, Who
from core.rules.reading.shapes import EVERYBODY, Change, Claim, Confirm, Item, Kind, Line, Parent, Reading
from core.rules.reading.summaries import tidied
from core.rules.reading.words import word_set, words_of

AGREED = "agreed in the thread"
"""The rule of a decision that a line says yes to."""
_RESERVED = word_set("but except aber however unless")
_NO_BUT = word_set("problem problems worries objection objections einwand einwände thema")
_PRONOUNS = word_set("this that it das dies")
_TAKING = word_set("take do handle own takes does handles owns übernimmt macht übernehmen machen")
_LEADS = ("that ", "we ", "to ", "dass ", "wir ")
_LONGEST_REPORT = 14
"""Words of a reply that only reports."""


class Replied(NamedTuple):
    """A reply with the line that it answers, and what that one was read as."""

    line: Line
    parent: Parent
    before: Reading
    sentences: list[Sentence]
    scene: Scene

    @property
    def asked(self) -> Item | None:
        """The action that the parent asks for."""
        items = self.before.items
        return items[0] if items and items[0].kind is Kind.ACTION else None

    @property
    def parts(self) -> list[Part]:
        """All parts of the reply."""
        return [part for sentence in self.sentences for part in sentence.parts]


def reply(replied: Replied) -> Reading | None:
    """What a reply does to its parent; None where it is to be read for itself."""
    if not any(word.kind == "word" for word in replied.sentences[0].words):
        return None
    if moved := _moved(replied):
        return moved
    first = replied.sentences[0]
    low = {word.low for word in first.words}
    if (("x" in first.row or "Q" in first.row) and not _NO_BUT & low) or "?" in first.row.rstrip("jlp"):
        return _given(replied)
    return _agreed(replied) or _given(replied) or _taken(replied) or _reported(replied)


def proposal_in(text: str) -> str | None:
    """What a parent proposes, as its summary."""
    found = lexicon_of("propose").anywhere(words := words_of(text.replace("’", "'")))
    if found is None or found[0] > 6:
        return None
    place, cue = found
    rest = tidied(text[words[place + cue.length - 1].end :])
    for lead in _LEADS:
        if rest.lower().startswith(lead):
            rest = rest[len(lead) :]
    return rest or tidied(text)


def _agreed(replied: Replied) -> Reading | None:
    """`Agreed.` to a proposal is a decision, whose text somebody has to confirm."""
    found = lexicon_of("agree").anywhere(replied.sentences[0].words)
    proposed = proposal_in(replied.parent.text)
    if found is None or found[0] > 4 or proposed is None or replied.parent.author == replied.line.author:
        return None
    if replied.before.items and replied.before.items[0].kind is not Kind.QUESTION:
        return None
    words = [word.low for sentence in replied.sentences for word in sentence.words]
    denied = any("x" in sentence.row for sentence in replied.sentences) and not _NO_BUT & set(words)
    if denied or _RESERVED & set(words) or any("i" in sentence.row for sentence in replied.sentences):
        return None
    item = Item(Kind.DECISION, proposed, confirm=(Confirm.DECISION,), rule=AGREED, trigger=found[1].value)
    return Reading(Kind.DECISION, (item, *_following(replied)), rule=item.rule, trigger=item.trigger)


def _following(replied: Replied) -> list[Item]:
    """The actions that an agreement goes on with: `Agreed. Hùng to issue revision 2 by Friday.`"""
    first = replied.sentences[0].start
    drafts = (natural_actions(sentence, replied.scene, replied.line.text) for sentence in replied.sentences)
    return [draft.item for found in drafts for draft in found if not draft.waiting and draft.start > first]


def _taken(replied: Replied) -> Reading | None:
    """`I can take that one`, `Will do, by Monday`: the parent's item gets its owner or its date, or is accepted."""
    sentence, asked = replied.sentences[0], replied.asked
    takes = lexicon_of("take it").at_start(sentence.words)
    found = _longer(takes, lexicon_of("accept").at_start(sentence.words))
    due = due_in(replied.parts, replied.scene.setting).reading
    if found is None and _goes_on_list(sentence):
        found = takes = (0, Cue("take it", "on my list", 2))
    if found is None or (found[1].length == 1 and not _says_no_more(sentence, found[1].value, due)):
        return None
    if asked is None:
        return _item(replied, replied.scene.speaker, due, found[1].value) if takes and _wants_owner(replied) else None
    author, parents = replied.line.author, asked.owners
    if due is None and (author in parents or parents == (EVERYBODY,)):
        claim = Claim("", "accepted", author, rule="accepted in the thread", trigger=found[1].value)
        return Reading(Kind.NONE, claim=claim, rule=claim.rule, trigger=claim.trigger)
    if parents and author not in parents and takes is None:
        return None
    return _item(replied, replied.scene.speaker, due, found[1].value)


def _goes_on_list(sentence: Sentence) -> bool:
    """`That one goes on my list`: a pronoun and `mine`, and nothing denied."""
    return "7" in sentence.row and any(part.low in _PRONOUNS for part in sentence.parts) and "x" not in sentence.row


def _longer(one: tuple[int, Cue] | None, other: tuple[int, Cue] | None) -> tuple[int, Cue] | None:
    if one is None or other is None:
        return one or other
    return one if one[1].length >= other[1].length else other


def _item(replied: Replied, owner: Who, due: DueReading | None, trigger: str) -> Reading:
    """The parent's item with its owner, and the date of the reply or else its own."""
    asked = replied.asked
    when = due or (asked.due if asked is not None else None)
    text = asked.text if asked is not None else tidied(replied.parent.text)
    asks = confirming(owner.people, owner, when)
    item = Item(Kind.ACTION, text, owner.people, when, asks, updates=True, rule="taken in the thread", trigger=trigger)
    return Reading(Kind.ACTION, (item,), rule=item.rule, trigger=trigger)


def _says_no_more(sentence: Sentence, said: str, due: DueReading | None) -> bool:
    """Whether a reply says little more than the one word by which it accepts, or adds a date."""
    if due is not None and "x" not in sentence.row:
        return True
    rest = [part for part in sentence.parts if part.code not in "dDPM,.*-lpj" and part.low != said]
    return len(rest) <= (4 if said in ("mine", "meins") else 2)


def _given(replied: Replied) -> Reading | None:
    """`Siobhán please take this`: the parent's item is given to somebody."""
    if replied.asked is None and not _wants_owner(replied):
        return None
    for sentence in replied.sentences:
        who = _taker(sentence)
        if who is not None:
            due = due_in(replied.parts, replied.scene.setting).reading
            if replied.asked is not None and replied.asked.owners:
                return _handed(replied, who)
            return _item(replied, who, due, "this")
    return None


def _handed(replied: Replied, who: Who) -> Reading:
    """The parent's item has an owner and shall get another."""
    to = ", ".join(who.people)
    change = Change("", "owner", to, replied.line.author, owners=who.people, rule="given in the thread", trigger="this")
    return Reading(Kind.NONE, change=change, rule=change.rule, trigger=change.trigger)


_ASKED = re.compile(r"[lku,]*(?:(?P<before>[PM]),?a|a,?(?P<after>[PM]))[?.*jlp]*$")
"""`Hùng, could you?`"""


def _taker(sentence: Sentence) -> Who | None:
    """Who is to take `this`: named before the verb, or asked whether they could."""
    parts = sentence.parts
    if asked := _ASKED.match(sentence.row):
        said: Who = parts[asked.start(asked.lastgroup or "before")].value
        return said if said.people else None
    for place in range(1, len(parts) - 1):
        if parts[place].low in _TAKING and _pronoun_near(parts, place):
            people = [part.value for part in parts[:place] if part.code in "PM"]
            if len(people) == 1 and isinstance(people[0], Who) and people[0].people and parts[0].code not in "I15":
                return people[0]
    return None


def _pronoun_near(parts: Sequence[Part], place: int) -> bool:
    return any(part.low in _PRONOUNS for part in parts[max(0, place - 1) : place + 3])


def _wants_owner(replied: Replied) -> bool:
    return lexicon_of("wants an owner").anywhere(words_of(replied.parent.text.replace("’", "'"))) is not None


def _moved(replied: Replied) -> Reading | None:
    """`By Monday instead`, `can we make it Friday?`: another date for the parent's item."""
    asked, sentence = replied.asked, replied.sentences[0]
    days = [part for part in sentence.parts if part.code in "dD"]
    found = lexicon_of("instead").anywhere(sentence.words)
    if asked is None or not days or found is None or len(sentence.words) > _LONGEST_REPORT:
        return None
    if any(code in sentence.row for code in "v1PM"):
        return None
    last = days[-1]
    due = last.value.reading if last.code == "d" else due_reading(last.value.when, replied.scene.setting)
    said = sentence.view[last.start : last.end]
    change = Change(
        "", "due", said, replied.line.author, due=due, rule="another date in the thread", trigger=found[1].value
    )
    return Reading(Kind.NONE, change=change, rule=change.rule, trigger=change.trigger)


def _reported(replied: Replied) -> Reading | None:
    """`Done`, `Just sent it`: what became of the parent's item."""
    first = replied.sentences[0]
    said = [word for word in first.words if word.kind == "word"]
    if replied.asked is None or len(said) > _LONGEST_REPORT:
        return None
    for cue, status in (("late", "late"), ("started", "started"), ("reported", "done")):
        found = lexicon_of(cue).anywhere(first.words)
        if found is not None and found[0] <= 4:
            return _claim(replied, status, found[1].value)
    done = next((part for part in first.parts[:3] if part.code == "y" and part.low not in _UNDERSTOOD), None)
    return _claim(replied, "done", done.low) if done is not None and "P" not in first.row[:2] else None


_UNDERSTOOD = word_set("""agreed noted understood did already wanted expected told heard seen read liked loved""")


def _claim(replied: Replied, status: str, trigger: str) -> Reading:
    claim = Claim("", status, replied.line.author, rule="reported in the thread", trigger=trigger)
    return Reading(Kind.NONE, claim=claim, rule=claim.rule, trigger=trigger)
