"""The sentence to type in place of one that cannot be: what was right in it stays, an example stands for the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.kernel.errors import Refused
from core.kernel.messages import Reason, Zone
from core.speech import convert
from core.speech.hearing import Hearing
from core.speech.leftover import is_unseen, named
from core.speech.mentions import Who
from core.speech.recognise import Found, recognise
from core.speech.shape import Shape, Slot
from core.speech.values import values_of
from core.speech.wording import sentence_for

_INTRODUCING = ("due by ", "due on ", "due at ", "due: ", "due ", "by ", "before ", "until ", "bis ")
"""Words before a due time, which stay."""
LONGEST = 300
"""Characters of a sentence that is offered: a longer one is not typed again."""


def with_right_values(refused: Refused, found: Found, hearing: Hearing) -> str | None:
    """The sentence with an example for each value that cannot be what it is named for, a zone as was proposed.

    None where no named value is at fault, or where something else is as well.
    """
    wrong = {slot.name for slot, said in (*found.named, *found.bare) if not _fits(slot, said, hearing)}
    kept = replace(
        found,
        named=[one for one in found.named if one[0].name not in wrong],
        bare=[one for one in found.bare if one[0].name not in wrong],
    )
    if not wrong or found.unplaced:
        return None
    try:
        values, _ = values_of(kept, hearing)
    except Refused:
        return None
    zones = {slot.name for slot in found.shape.slots if isinstance(slot.part, Zone)}
    if proposed := refused.values.get("zone"):
        values.update(dict.fromkeys(zones & wrong, proposed))
    return _short(sentence_for(found.shape.kind, values, hearing, needs=wrong))


def _fits(slot: Slot, said: str, hearing: Hearing) -> bool:
    if is_unseen(said):
        return slot.required or isinstance(slot.part, Reason)
    try:
        convert.value_of(slot, said, hearing)
    except Refused:
        return False
    return True


def with_right_day(refused: Refused, shape: Shape, text: str, people: Sequence[Who], hearing: Hearing) -> str | None:
    """The sentence with another day in place of the one that was refused, if that alone was at fault."""
    said = refused.values.get("said")
    if shape.due is None or not isinstance(said, str) or text.count(said) != 1 or not said:
        return None
    right = text.replace(said, "Friday")
    try:
        found = recognise(shape, right, people, hearing)
    except Refused:
        return None
    if found.due is None or found.due.ask:
        return None
    return _short(f"{shape.says} {named(right, 0, len(right), [who.name for who in people]).strip()}")


def with_right_time(refused: Refused, shape: Shape, text: str, people: Sequence[Who], hearing: Hearing) -> str | None:
    """The sentence with another time in place of the one that was refused, if that alone was at fault."""
    said = refused.values.get("said")
    if shape.time is None or not isinstance(said, str) or text.count(said) != 1 or not said:
        return None
    day = refused.values.get("day")
    right = _introduced(said).sub(f"on {day} 14:00" if day else "in 20 minutes", text)
    try:
        found = recognise(shape, right, people, hearing)
    except Refused:
        return None
    if found.time is None or not found.words:
        return None
    return _short(f"{shape.says} {named(right, 0, len(right), [who.name for who in people]).strip()}")


def _introduced(said: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:at|by|on|in|um|am|bis|before|à|le)[ ]+)?{re.escape(said)}", re.IGNORECASE)


def with_either_time(refused: Refused, text: str, people: Sequence[Who]) -> tuple[str, ...]:
    """The sentence with each of the two times that may be meant by one that the clocks skip or show twice; nothing
    where something else was wrong."""
    said, whole = refused.values.get("said"), named(text, 0, len(text), [who.name for who in people]).strip()
    rights = [refused.values[name] for name in ("earlier", "later") if name in refused.values]
    if not rights or not said or whole.count(said) != 1:
        return ()
    word = next((one for one in _INTRODUCING if said.lower().startswith(one)), "")
    tight = " " not in said
    put = (right.replace(" ", "T", 1).replace(" ", "") if tight else said[: len(word)] + right for right in rights)
    return tuple(right for one in put if (right := _short(whole.replace(said, one))))


def _short(sentence: str) -> str | None:
    return sentence if len(sentence) <= LONGEST and "\n" not in sentence else None
