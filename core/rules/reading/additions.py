"""What a clause or sentence adds to the tasks before it: a date, an owner, or that one of them was said wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.rules.due_phrases import DueReading
from core.rules.reading.drafts import Draft
from core.rules.reading.dues import due_in
from core.rules.reading.grouping import correction, corrects
from core.rules.reading.notes import Notes
from core.rules.reading.parts import Scene, Sentence, Who
from core.rules.reading.shapes import Confirm, Item, Kind
from core.rules.reading.words import word_set

_SAYING_WHEN = word_set(
    """is both all due beide fine ok okay reicht passt good enough each would be great works alle alles bis by
    jeweils"""
)


def with_due(item: Item, due: DueReading) -> Item:
    """A task with a date."""
    asks = tuple(ask for ask in item.confirm if ask is not Confirm.DUE)
    return replace(item, due=due, confirm=(*asks, Confirm.DUE) if due.ask else asks)


def with_owner(item: Item, who: Who) -> Item:
    """A task with an owner."""
    asks = tuple(ask for ask in item.confirm if ask is not Confirm.OWNER)
    open_ = who.ask or not who.people
    return replace(
        item,
        owners=() if len(who.people) > 1 and who.ask else who.people,
        confirm=(Confirm.OWNER, *asks) if open_ else asks,
    )


def _wants_owner(item: Item, notes: Notes) -> bool:
    """Whether somebody may be its owner whom notes name: it has none, or one that is asked about anyway."""
    return not item.owners or (notes.sure and Confirm.OWNER in item.confirm)


def given(draft: Draft, notes: Notes) -> Draft:
    """A draft with what notes of its own sentence say and it does not."""
    item = draft.item
    if item.kind is not Kind.ACTION:
        return draft
    if notes.who is not None and _wants_owner(item, notes):
        item = with_owner(item, notes.who)
    if notes.due is not None and item.due is None:
        item = with_due(item, notes.due)
    return replace(draft, item=item, waiting=draft.waiting and item.due is None)


def fuller(one: list[Draft], other: list[Draft]) -> list[Draft]:
    """Of two readings of a sentence the one that leaves less open: `other` where both leave as much."""
    if not other or any(draft.item.kind is not Kind.ACTION for draft in (*one, *other)):
        return one or other
    before, after = _settled(one), _settled(other)
    fewer = before == after == _FULL and len(other) < len(one)
    return one if after < before or fewer else other


_FULL = 2


def _settled(drafts: Sequence[Draft]) -> int:
    """How much the least settled of some tasks has of owner and date."""
    return min((bool(draft.item.owners) + (draft.item.due is not None) for draft in drafts), default=-1)


def add_notes(drafts: list[Draft], notes: Notes) -> bool:
    """Give what notes say, in a sentence of their own, to the last task; whether it had use for it."""
    place = next((at for at in range(len(drafts) - 1, -1, -1) if drafts[at].item.kind is Kind.ACTION), None)
    if place is None:
        return False
    item, used = drafts[place].item, False
    if notes.who is not None and _wants_owner(item, notes):
        item, used = with_owner(item, notes.who), True
    if notes.due is not None and notes.sure and item.due is not None:
        item, used = with_due(item, replace(item.due, ask=item.due.ask or item.due.day != notes.due.day)), True
    elif notes.due is not None:
        item, used = with_due(item, notes.due), True
    if used:
        drafts[place] = replace(drafts[place], item=item, waiting=drafts[place].waiting and item.due is None)
    return used


def add_shared(sentence: Sentence, drafts: list[Draft], scene: Scene) -> bool:
    """A sentence that only says when: `Both due 19 Nov.`, `Tomorrow is fine.`"""
    if not set("dD") & set(sentence.row) or all(draft.item.kind is not Kind.ACTION for draft in drafts):
        return False
    if any(part.code not in "dD.,*jlpb-" and part.low not in _SAYING_WHEN for part in sentence.parts):
        return False
    due, both = due_in(sentence.parts, scene.setting), sentence.mark("both")
    if due.reading is None:
        return False
    share(drafts, due.reading, everything=both is not None and both[0] == 0)
    return True


def share(drafts: list[Draft], due: DueReading | None, *, everything: bool) -> None:
    """Give a date to the last task, or to every one, that has none."""
    if due is None:
        return
    for number in range(len(drafts) - 1, -1, -1):
        item = drafts[number].item
        if item.kind is Kind.ACTION and item.due is None:
            drafts[number] = Draft(with_due(item, due))
            if not everything:
                break


def add_correction(sentence: Sentence, drafts: list[Draft], scene: Scene) -> bool:
    """`Correction, Luís not Zeynep`, `Sorry, make that Monday`: the last task is somebody else's, or for another
    day."""
    if not drafts or drafts[-1].item.kind is not Kind.ACTION:
        return False
    item = drafts[-1].item
    corrected = correction(sentence.parts)
    if corrected is not None and corrected[1] <= 0:
        who = corrected[0]
        asks = tuple(ask for ask in item.confirm if ask is not Confirm.OWNER)
        drafts[-1] = Draft(replace(item, owners=who.people, confirm=asks if not who.ask else (Confirm.OWNER, *asks)))
        return True
    days = [part for part in sentence.parts if part.code in "dD"]
    rest = [part for part in sentence.parts if part.code not in "dDpj"]
    due = due_in(days, scene.setting).reading if len(days) == 1 and corrects(rest) else None
    if due is not None:
        drafts[-1] = Draft(with_due(item, due))
    return due is not None
