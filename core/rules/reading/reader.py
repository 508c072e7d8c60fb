"""Reads a line of chat: first its kind, then what the kind needs; every reading names its rule and the words for it."""

from __future__ import annotations

import re
import unicodedata

from core.rules.reading.actions import MOST_ITEMS, natural_actions
from core.rules.reading.additions import add_correction, add_notes, add_shared, fuller, given, share
from core.rules.reading.agreements import agreed_with
from core.rules.reading.asides import is_cited, said_again, without_asides
from core.rules.reading.asked import answered
from core.rules.reading.clauses import main_clause
from core.rules.reading.courtesy import without_courtesy
from core.rules.reading.decisions import decision_in
from core.rules.reading.drafts import Draft
from core.rules.reading.dues import due_in
from core.rules.reading.jokes import meant
from core.rules.reading.notes import OVER, Noted, Notes, noted, yours
from core.rules.reading.parts import Scene, Sentence, Who, addressed, cut, followed
from core.rules.reading.plain import plain
from core.rules.reading.pronouns import named_for
from core.rules.reading.questions import question_in
from core.rules.reading.replies import Replied, reply
from core.rules.reading.rhetorical import is_rhetorical
from core.rules.reading.risks import risk_in
from core.rules.reading.shapes import Change, Circle, Claim, Item, Kind, Line, Reading
from core.rules.reading.signals import signal_in
from core.rules.reading.splitting import Splitting
from core.rules.reading.standing import about_record
from core.rules.reading.stated import Half, half_in, thing_in
from core.rules.reading.tagged import Tag, tag_of
from core.rules.reading.tagged_items import in_fields, tagged_items
from core.rules.reading.thanks import only_thanks, without_thanks
from core.rules.reading.words import word_set, words_of
from core.rules.setting import Setting

LONGEST = 4000
"""Signs of a line that are read; what follows is no chat line any more."""
MOST_NOTED = 20
"""Sentences of a line that are looked through for what they say of one another."""
MOST_SENTENCES = 150
"""Sentences of a line that are read: more than talk of so many signs has."""
MOST_WORDS = 1000
"""Words and marks of it that are read: more than 4000 signs of prose have."""


_SARCASTIC = re.compile(
    r"\W*(?:(?:yeah|oh|ja|na|aber)[ ,]+)*(?:sure|right|of course|absolutely|klar|sicher|natürlich|genau)[ ,.!]+"
    r"(?:and|und)\b.*[:;]-?[)D]",
    re.IGNORECASE,
)
"""`Sure, and by Friday … :)`."""


def read(line: Line, circle: Circle, setting: Setting) -> Reading:
    """What a line is. Never raises."""
    said = line.text[:LONGEST]
    text = said if said.isascii() else unicodedata.normalize("NFC", said)
    page = plain(text)
    words = words_of(page.view)[:MOST_WORDS]
    if not words:
        return Reading(Kind.NONE, rule="no words")
    scene = Scene.of(circle, setting, line.author, line.mentions)
    sentences = Splitting(page.view, words, scene).sentences()[:MOST_SENTENCES]
    if not sentences:
        return Reading(Kind.NONE, rule="no words")
    earnest = meant(sentences)
    if not earnest or _SARCASTIC.match(page.view):
        return Reading(Kind.NONE, rule="a joke")
    sentences = list(earnest)
    if page.code and any("_" in sentence.row[:2] for sentence in sentences):
        return Reading(Kind.NONE, rule="quoted")
    if line.parent is not None:
        before = read(Line(line.parent.text, line.parent.author or "", line.parent.mentions), circle, setting)
        answered = reply(Replied(line, line.parent, before, sentences, scene))
        if answered is not None:
            return answered
    talk = _Talk(scene, page.view, text)
    for place, sentence in enumerate(sentences):
        talk.hear(sentence, last=place == len(sentences) - 1 or place >= MOST_NOTED)
    return talk.reading(several=sum(sentence.new_line for sentence in sentences) > 1)


_NOTHING = Notes()
_POINTING = word_set("it that this them es das dies")
_CALLING = re.compile(r"[lku,]*(?:(?P<who>[PM])(?:[,:\-][^PM]|[IY]|(?<=M)[^btwoOMk]))")
"""How a sentence begins that says something to whoever it names."""
_NAME_ALONE = re.compile(r"[lku,]*[PM][.*]*$")


class _Talk:
    """What the sentences of a line come to, one after the other."""

    def __init__(self, scene: Scene, view: str, text: str) -> None:
        self._scene, self._view, self._text = scene, view, text
        self._drafts: list[Draft] = []
        self._claim: Claim | None = None
        self._change: Change | None = None
        self._said = 0
        self._half: Half | None = None
        """What was stated of a thing while its owner or its day has not been said yet."""
        self._early = _NOTHING
        """What was said of a task that is still to come."""
        self._called: Who | None = None
        """Whoever a sentence before began with."""
        self._last: Sentence | None = None
        self._tagged = False
        self._listed = ""
        """The kind of the list that goes on, line by line."""

    def hear(self, sentence: Sentence, *, last: bool) -> None:
        """Take one sentence in; what its `last` one leaves open stays so."""
        if len(self._drafts) >= MOST_ITEMS or self._stands(sentence):
            return
        if written := in_fields(sentence, self._scene, self._text):
            self._drafts.append(Draft(written))
            return
        sentence, thanked = without_thanks(sentence, self._scene.author)
        sentence = without_courtesy(sentence)
        tag = tag_of(sentence, self._view, self._text)
        if tag is not None and tag.kind == "none":
            return
        if tag is None:
            if (told := self._told(sentence)) is None:
                return
            sentence = told
        before = len(self._drafts)
        if tag is not None or (self._listed and sentence.new_line):
            self._note(tag, sentence)
        elif not (
            add_correction(sentence, self._drafts, self._scene) or add_shared(sentence, self._drafts, self._scene)
        ):
            self._say(sentence, last)
        if len(self._drafts) > before:
            self._give(before, thanked)
        if (named := _CALLING.match(sentence.row)) is not None:
            self._called = sentence.parts[named.start("who")].value

    def _told(self, sentence: Sentence) -> Sentence | None:
        """What of a sentence is the matter; None where it only quotes, repeats how things stand, or takes leave."""
        if is_cited(sentence):
            return None
        if (again := said_again(sentence)) is not None:
            return again if natural_actions(again, self._scene, self._text) else None
        return without_asides(sentence)

    def _give(self, before: int, thanked: Who | None) -> None:
        """Give the drafts of a sentence, from a place on, what was said beside it."""
        called = None
        if self._called is not None:
            whom = (_asked_of(self._called, draft.item) for draft in self._drafts[before:])
            called = next((who for who in whom if who is not None), None)
        beside = Notes(thanked or called).and_before(self._early)
        if beside != _NOTHING:
            self._drafts[before:] = [given(draft, beside) for draft in self._drafts[before:]]
            self._early = _NOTHING

    def _say(self, sentence: Sentence, last: bool) -> None:
        """A sentence of natural talk, with or without notes on its task."""
        self._said += 1
        questioned = self._last if self._drafts and self._drafts[-1].item.kind is Kind.QUESTION else None
        if questioned is not None and (task := answered(questioned, sentence, self._scene, self._text)):
            self._drafts[-1] = Draft(task)
            return
        found = noted(sentence, self._scene) if self._said <= MOST_NOTED else None
        if found is None and 1 < self._said <= MOST_NOTED and (told := yours(sentence)) is not None:
            found = Noted(None, told)
        if found is not None and found.core is None and self._adds(found.notes):
            return
        if self._drafts and (thanked := only_thanks(sentence)) is not None:
            self._drafts[-1] = given(self._drafts[-1], Notes(thanked))
            return
        if self._last is None and not self._drafts and _NAME_ALONE.match(sentence.row):
            self._early = Notes(next(part.value for part in sentence.parts if part.code in "PM"), sure=True)
        drafts = _natural(sentence, self._scene, self._text, self._drafts)
        if not drafts and (meant := named_for(sentence, self._last)) is not None:
            drafts = [draft for draft in natural_actions(meant, self._scene, self._text) if draft.item.due is not None]
        if found is not None and found.core is not None:
            drafts = fuller(drafts, self._apart(found.core, found.notes))
        if not drafts and not last:
            half = half_in(sentence, self._scene, self._text) or thing_in(sentence, self._text)
            self._half = half.with_notes(self._early) if half is not None else self._half
        self._drafts += drafts
        self._last = sentence
        if drafts and drafts[-1].shares:
            share(self._drafts, drafts[-1].item.due, everything=True)

    def _apart(self, core: Sentence, notes: Notes) -> list[Draft]:
        """What a sentence comes to without its notes, and with them."""
        half = half_in(core, self._scene, self._text)
        if half is None and notes.who is not None and notes.due is not None:
            half = thing_in(core, self._text)
        if half is not None and (half.who is None or notes.who is None):
            self._half = half.with_notes(notes)
            return [Draft(item)] if (item := self._half.item) else []
        drafts = _natural(core, self._scene, self._text, self._drafts)
        if not drafts and notes.sure and len(notes.people) == 1 and OVER.isdisjoint(part.low for part in core.parts):
            drafts = natural_actions(addressed(core, notes.people[0]), self._scene, self._text)
        return [given(draft, notes) for draft in drafts]

    def _adds(self, notes: Notes) -> bool:
        """Whether a sentence of notes alone tells more of what was said before it."""
        if self._half is not None and (self._half.due or self._half.who or notes.who or notes.sure):
            self._half = self._half.with_notes(notes)
            if item := self._half.item:
                self._drafts.append(Draft(item))
                self._half = None
            return True
        if any(draft.item.kind is Kind.ACTION for draft in self._drafts):
            return add_notes(self._drafts, notes)
        if self._last is None and notes.sure:
            self._early = notes
        return notes.due is not None and self._last is not None and self._dated(self._last, notes)

    def _dated(self, last: Sentence, notes: Notes) -> bool:
        """Whether the sentence before is a task with the day that is said now: `Hùng, filters. Wednesday please.`"""
        dated = followed(last, notes.days)
        found = natural_actions(dated, self._scene, self._text)
        actions = [draft for draft in found if draft.item.text and not draft.waiting]
        actions = [given(draft, notes) for draft in actions]
        if actions:
            self._drafts = [draft for draft in self._drafts if draft.item.kind is not Kind.QUESTION] + actions
        return bool(actions)

    def _stands(self, sentence: Sentence) -> bool:
        """Whether it says something of a record that exists."""
        about = about_record(sentence, self._scene, self._text) if "R" in sentence.row else None
        match about:
            case Claim():
                self._claim = self._claim or about
                self._drafts += self._besides(sentence)
            case Change():
                self._change = self._change or about
        return about is not None

    def _besides(self, sentence: Sentence) -> list[Draft]:
        """The tasks that a sentence goes on to, of something else than the record of which it tells first."""
        for at in range(sentence.row.rfind("R") + 1, len(sentence.parts) - 1):
            rest = sentence.parts[at + 1 :]
            if sentence.row[at] in ",;-" and _POINTING.isdisjoint(part.low for part in rest):
                found = natural_actions(cut(sentence, rest), self._scene, self._text)
                if sure := [draft for draft in found if draft.item.owners and draft.item.due is not None]:
                    return sure
        return []

    def _note(self, tag: Tag | None, sentence: Sentence) -> None:
        """A tagged sentence, or one of a tagged list."""
        made = tagged_items(tag.kind if tag else self._listed, tag, sentence, self._scene, self._text)
        if made and self._drafts and sentence.mark("both") and due_in(sentence.parts, self._scene.setting).shared:
            share(self._drafts, made[-1].due, everything=True)
        if tag is not None and not made and tag.body >= sentence.end - 1:
            self._listed = tag.kind
        self._tagged = self._tagged or bool(made)
        self._drafts += map(Draft, made)

    def reading(self, *, several: bool) -> Reading:
        """What the line is; `several`: it has more than one line of its own."""
        items = _settled(self._drafts, several)
        if items:
            first = items[0]
            told = (self._claim, self._change, self._tagged)
            return Reading(first.kind, tuple(items), *told, rule=first.rule, trigger=first.trigger)
        if found := self._claim or self._change:
            return Reading(Kind.NONE, (), self._claim, self._change, rule=found.rule, trigger=found.trigger)
        return Reading(Kind.NONE, rule="nothing that is a record")


def _settled(drafts: list[Draft], listed: bool) -> list[Item]:
    """The items: those that waited for a date in vain are none, unless others of their list are some."""
    firm = any(not draft.waiting for draft in drafts)
    return [draft.item for draft in drafts if not draft.waiting or (listed and firm)]


def _natural(sentence: Sentence, scene: Scene, text: str, before: list[Draft]) -> list[Draft]:
    """What a sentence without a tag holds: what was agreed with somebody, else a risk, else actions, else a decision,
    a signal or a question.

    A risk, signal or short question that goes on with one before it is no second one.
    """
    last = before[-1].item.kind if before else None
    if sentence.row.rstrip("jlp*.").endswith("?") and is_rhetorical(sentence):
        return []
    if agreed := agreed_with(sentence, text):
        return [Draft(agreed)]
    if risk := risk_in(sentence, text):
        return [] if last is Kind.RISK else [Draft(risk)]
    actions = natural_actions(sentence, scene, text)
    owned = bool(actions) and all(draft.item.owners for draft in actions)
    if not owned and (clause := main_clause(sentence)) is not None:
        actions = fuller(actions, natural_actions(clause, scene, text))
    if any(not draft.waiting for draft in actions):
        first = decision_in(sentence, text, actions[0].start)
        return [Draft(first), *actions] if first else actions
    if decision := decision_in(sentence, text):
        return [Draft(decision)]
    if signal := signal_in(sentence, text):
        return [] if last in (Kind.SIGNAL, Kind.RISK) else [Draft(signal)]
    if actions:
        return actions
    question = question_in(sentence, text)
    if question is None or (last is Kind.QUESTION and len(sentence.words) < _SHORT_QUESTION):
        return []
    return [Draft(question)]


_ASKED = frozenset({"please", "asked"})
"""The rules of requests that are put to whoever was called before."""
_NEEDED = frozenset({"needed by then", "wanted by then"})
_THEIRS = re.compile(r"(?:(?P<theirs>your|dein|euer|eure|ihre)\w*|it|them|es|sie)\b", re.IGNORECASE)
"""How the task begins that is needed of whoever was called: `I need your comments`, `need it by Monday`."""


def _asked_of(called: Who, item: Item) -> Who | None:
    """Whoever was called before, where they are asked for it; of what is only pointed at, that is asked."""
    if item.rule in _ASKED:
        return called
    found = _THEIRS.match(item.text) if item.rule in _NEEDED else None
    return called._replace(ask=called.ask or not found["theirs"]) if found is not None else None


_SHORT_QUESTION = 8
