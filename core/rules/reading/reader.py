"""Reads a line of chat: first its kind, then what the kind needs; every reading names its rule and the words for it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from core.rules.due_phrases import DueReading
from core.rules.reading.actions import MOST_ITEMS, natural_actions
from core.rules.reading.decisions import decision_in
from core.rules.reading.drafts import Draft
from core.rules.reading.dues import due_in
from core.rules.reading.grouping import correction, corrects
from core.rules.reading.parts import Scene, Sentence
from core.rules.reading.plain import plain
from core.rules.reading.questions import question_in
from core.rules.reading.replies import Replied, reply
from core.rules.reading.risks import risk_in
from core.rules.reading.shapes import Change, Circle, Claim, Confirm, Item, Kind, Line, Reading
from core.rules.reading.signals import signal_in
from core.rules.reading.splitting import Splitting
from core.rules.reading.standing import about_record
from core.rules.reading.tagged import Tag, tag_of
from core.rules.reading.tagged_items import in_fields, tagged_items
from core.rules.reading.words import word_set, words_of
from core.rules.setting import Setting

LONGEST = 4000
"""Signs of a line that are read; what follows is no chat line any more."""
MOST_WORDS = 1000
"""Words and marks of it that are read: more than 4000 signs of prose have."""


def read(line: Line, circle: Circle, setting: Setting) -> Reading:
    """What a line is. Never raises."""
    said = line.text[:LONGEST]
    text = said if said.isascii() else unicodedata.normalize("NFC", said)
    page = plain(text)
    words = words_of(page.view)[:MOST_WORDS]
    if not words:
        return Reading(Kind.NONE, rule="no words")
    scene = Scene.of(circle, setting, line.author, line.mentions)
    sentences = Splitting(page.view, words, scene).sentences()
    if not sentences:
        return Reading(Kind.NONE, rule="no words")
    if any("j" in sentence.row for sentence in sentences):
        return Reading(Kind.NONE, rule="a joke")
    if page.code and any("_" in sentence.row[:2] for sentence in sentences):
        return Reading(Kind.NONE, rule="quoted")
    if line.parent is not None:
        before = read(Line(line.parent.text, line.parent.author or "", line.parent.mentions), circle, setting)
        answered = reply(Replied(line, line.parent, before, sentences, scene))
        if answered is not None:
            return answered
    talk = _Talk(scene, page.view, text)
    for sentence in sentences:
        talk.hear(sentence)
    return talk.reading(several=sum(sentence.new_line for sentence in sentences) > 1)


class _Talk:
    """What the sentences of a line come to, one after the other."""

    def __init__(self, scene: Scene, view: str, text: str) -> None:
        self._scene, self._view, self._text = scene, view, text
        self._drafts: list[Draft] = []
        self._claim: Claim | None = None
        self._change: Change | None = None
        self._tagged = False
        self._listed = ""
        """The kind of the list that goes on, line by line."""

    def hear(self, sentence: Sentence) -> None:
        """Take one sentence in."""
        if len(self._drafts) >= MOST_ITEMS or self._stands(sentence):
            return
        if written := in_fields(sentence, self._scene, self._text):
            self._drafts.append(Draft(written))
            return
        tag = tag_of(sentence, self._view, self._text)
        if tag is not None and tag.kind == "none":
            return
        if tag is not None or (self._listed and sentence.new_line):
            self._note(tag, sentence)
        elif not (
            _corrected(sentence, self._drafts)
            or _redated(sentence, self._drafts, self._scene)
            or _shared(sentence, self._drafts, self._scene)
        ):
            self._drafts += _natural(sentence, self._scene, self._text, self._drafts)
            if self._drafts and self._drafts[-1].shares:
                _share(self._drafts, self._drafts[-1].item.due, everything=True)

    def _stands(self, sentence: Sentence) -> bool:
        """Whether it says something of a record that exists."""
        about = about_record(sentence, self._scene, self._text) if "R" in sentence.row else None
        match about:
            case Claim():
                self._claim = self._claim or about
            case Change():
                self._change = self._change or about
        return about is not None

    def _note(self, tag: Tag | None, sentence: Sentence) -> None:
        """A tagged sentence, or one of a tagged list."""
        made = tagged_items(tag.kind if tag else self._listed, tag, sentence, self._scene, self._text)
        if tag is not None and not made and tag.body >= sentence.end - 1:
            self._listed = tag.kind
        self._tagged = self._tagged or bool(made)
        self._drafts += map(Draft, made)

    def reading(self, *, several: bool) -> Reading:
        """What the line is; `several`: it has more than one line of its own."""
        items = _settled(self._drafts, several)
        if items:
            first = items[0]
            return Reading(first.kind, tuple(items), tagged=self._tagged, rule=first.rule, trigger=first.trigger)
        if found := self._claim or self._change:
            claim, change = self._claim, self._change
            return Reading(Kind.NONE, claim=claim, change=change, rule=found.rule, trigger=found.trigger)
        return Reading(Kind.NONE, rule="nothing that is a record")


def _settled(drafts: list[Draft], listed: bool) -> list[Item]:
    """The items: those that waited for a date in vain are none, unless others of their list are some."""
    firm = any(not draft.waiting for draft in drafts)
    return [draft.item for draft in drafts if not draft.waiting or (listed and firm)]


def _natural(sentence: Sentence, scene: Scene, text: str, before: list[Draft]) -> list[Draft]:
    """What a sentence without a tag holds: a risk, else actions, else a decision, a signal or a question.

    A risk, signal or short question that goes on with one before it is no second one.
    """
    last = before[-1].item.kind if before else None
    if risk := risk_in(sentence, text):
        return [] if last is Kind.RISK else [Draft(risk)]
    actions = natural_actions(sentence, scene, text)
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


_SHORT_QUESTION = 8
_SAYING_WHEN = word_set(
    """is both all due beide fine ok okay reicht passt good enough each would be great works alle alles bis by
    jeweils"""
)


def _shared(sentence: Sentence, drafts: list[Draft], scene: Scene) -> bool:
    """A sentence that only says when: `Both due 19 Nov.`, `Tomorrow is fine.`"""
    if not drafts or not set("dD") & set(sentence.row):
        return False
    if any(part.code not in "dD.,*jlpb-" and part.low not in _SAYING_WHEN for part in sentence.parts):
        return False
    due, both = due_in(sentence.parts, scene.setting), sentence.mark("both")
    if due.reading is None:
        return False
    _share(drafts, due.reading, everything=both is not None and both[0] == 0)
    return True


def _share(drafts: list[Draft], due: DueReading | None, *, everything: bool) -> None:
    """Give a date to the last task, or to every one, that has none."""
    if due is None:
        return
    for number in range(len(drafts) - 1, -1, -1):
        item = drafts[number].item
        if item.kind is Kind.ACTION and item.due is None:
            asks = tuple(ask for ask in item.confirm if ask is not Confirm.DUE)
            item = replace(item, due=due, confirm=(*asks, Confirm.DUE) if due.ask else asks)
            drafts[number] = Draft(item)
            if not everything:
                break


def _corrected(sentence: Sentence, drafts: list[Draft]) -> bool:
    """`Correction, Luís not Zeynep`: the last task is somebody else's."""
    if not drafts or drafts[-1].item.kind is not Kind.ACTION:
        return False
    corrected = correction(sentence.parts)
    if corrected is None or corrected[1] > 0:
        return False
    who = corrected[0]
    item = drafts[-1].item
    asks = tuple(ask for ask in item.confirm if ask is not Confirm.OWNER)
    drafts[-1] = Draft(replace(item, owners=who.people, confirm=asks if not who.ask else (Confirm.OWNER, *asks)))
    return True


def _redated(sentence: Sentence, drafts: list[Draft], scene: Scene) -> bool:
    """`Sorry, make that Monday.`: the last task is due on another day."""
    if not drafts or drafts[-1].item.kind is not Kind.ACTION:
        return False
    days = [part for part in sentence.parts if part.code in "dD"]
    rest = [part for part in sentence.parts if part.code not in "dDpj"]
    due = due_in(days, scene.setting).reading if len(days) == 1 and corrects(rest) else None
    if due is None:
        return False
    item = drafts[-1].item
    asks = tuple(ask for ask in item.confirm if ask is not Confirm.DUE)
    drafts[-1] = Draft(replace(item, due=due, confirm=(*asks, Confirm.DUE) if due.ask else asks))
    return True
