"""Who speaks for which company: what is said to a decision keeps the person, their side and the time."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.decisions.records import Voice
from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import PersonId, Side
from core.kernel.work import Work

SPEAK_FOR_THEIR_COMPANY = frozenset({"lead", "qa"})
"""Roles that agree; the role table says the same of `decision.agree`, and a test holds them together."""


def own_side(work: Work) -> Side:
    """The company that the actor speaks for. Raises NotAllowed for somebody of neither."""
    if work.actor.side is None:
        raise NotAllowed(msg("Only somebody of one of the two companies speaks for it."))
    return work.actor.side


def voice(work: Work) -> Voice:
    """The actor's word for their company, now."""
    assert work.actor.person is not None  # the role table lets only members in
    return _voice(work.actor.person, own_side(work), work)


def voices_of(people: Sequence[PersonId], work: Work) -> list[Voice]:
    """The word of those of them who agree for their company, now."""
    members = [work.directory.members[person] for person in dict.fromkeys(people)]
    speak = [one for one in members if one.active and one.roles & SPEAK_FOR_THEIR_COMPANY]
    return [_voice(one.person, one.side, work) for one in speak if one.side is not None]


def _voice(person: PersonId, side: Side, work: Work) -> Voice:
    return Voice(person=person, side=side.value, at=work.now.isoformat(timespec="milliseconds"))
