"""Reads a line of chat: first its kind, then what the kind needs; every reading names its rule and the words for it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from core.rules.due_phrases import DueReading
from core.rules.reading.actions import Draft, natural_actions
from core.rules.reading.dues import due_in
from core.rules.reading.lexicon import lexicon_of
from core.rules.reading.parts import Scene, Sentence
from core.rules.reading.plain import plain
from core.rules.reading.replies import Replied, reply
from core.rules.reading.shapes import Change, Circle, Claim, Confirm, Item, Kind, Line, Reading
from core.rules.reading.signals import signal_in
from core.rules.reading.splitting import Splitting
from core.rules.reading.standing import about_record
from core.rules.reading.statements import question_in, risk_in
from core.rules.reading.tagged import tag_of
from core.rules.reading.tagged_items import in_fields, tagged_items
from core.rules.reading.words import word_set, words_of
from core.rules.setting import Setting

LONGEST = 4000
"""Signs of a line that are read; what follows is no chat line any more."""


def read(line: Line, circle: Circle, setting: Setting) -> Reading:
    """What a line is. Never raises."""
    said = line.text[:LONGEST]
    text = said if said.isascii() else unicodedata.normalize("NFC", said)
    page = plain(text)
    words = words_of(page.view)
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
        answered = reply(Replied(line, line.parent, before, sentences, scene, text))
        if answered is not None:
            return answered
    return _read(sentences, scene, page.view, text)


def _read(sentences: list[Sentence], scene: Scene, view: str, text: str) -> Reading:
    drafts: list[Draft] = []
    claim: Claim | None = None
    change: Change | None = None
    tagged = False
    listed: str | None = None
    for sentence in sentences:
        about = about_record(sentence, scene, text) if "R" in sentence.row else None
        if isinstance(about, Claim):
            claim = claim or about
            continue
        if isinstance(about, Change):
            change = change or about
            continue
        if sentence.words and (written := in_fields(sentence, scene, text)):
            drafts.append(Draft(written))
            continue
        tag = tag_of(sentence, view)
        if tag is not None and tag.kind == "none":
            continue
        if tag is not None or (listed and sentence.new_line):
            kind = tag.kind if tag else listed or ""
            made = tagged_items(kind, tag, sentence, scene, text)
            if tag and not made and tag.body >= sentence.end - 1:
                listed = tag.kind
            tagged = tagged or bool(made)
            drafts += map(Draft, made)
            continue
        if _corrected(sentence, drafts) or _shared(sentence, drafts, scene):
            continue
        drafts += _natural(sentence, scene, text, drafts)
        if drafts and drafts[-1].shares:
            _share(drafts, drafts[-1].item.due, everything=True)
    items = _settled(drafts, sentences)
    if items:
        return Reading(items[0].kind, tuple(items), tagged=tagged, rule=items[0].rule, trigger=items[0].trigger)
    if claim or change:
        found = claim or change
        assert found is not None
        return Reading(Kind.NONE, claim=claim, change=change, rule=found.rule, trigger=found.trigger)
    return Reading(Kind.NONE, rule="nothing that is a record")


def _settled(drafts: list[Draft], sentences: list[Sentence]) -> list[Item]:
    """The items: those that waited for a date in vain are none, unless others of their list are some."""
    listed = sum(sentence.new_line for sentence in sentences) > 1
    firm = any(not draft.waiting for draft in drafts)
    return [draft.item for draft in drafts if not draft.waiting or (listed and firm)]


def _natural(sentence: Sentence, scene: Scene, text: str, before: list[Draft]) -> list[Draft]:
    risk = risk_in(sentence, text)
    if risk is not None:
        return [Draft(risk)]
    actions = natural_actions(sentence, scene, text)
    if actions:
        return actions
    signal = signal_in(sentence, text)
    if signal is not None:
        return [Draft(signal)]
    question = question_in(sentence, text)
    if question is None or (before and before[-1].item.kind is Kind.QUESTION and len(sentence.words) < 8):
        return []
    return [Draft(question)]


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
    due = due_in(sentence.parts, scene.setting)
    if due.reading is None:
        return False
    _share(drafts, due.reading, everything=lexicon_of("both").at(sentence.words, 0) is not None)
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
    people = [part for part in sentence.parts if part.code in "PM"]
    if not people or lexicon_of("correct").at(sentence.words, 0) is None:
        return False
    if any(part.code not in "PMxlkNG,.-*:d" for part in sentence.parts) or len(sentence.words) > 9:
        return False
    who = people[0].value
    item = drafts[-1].item
    asks = tuple(ask for ask in item.confirm if ask is not Confirm.OWNER)
    drafts[-1] = Draft(replace(item, owners=who.people, confirm=asks if not who.ask else (Confirm.OWNER, *asks)))
    return True
