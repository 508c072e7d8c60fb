"""Whoever goes on to the next item is shown first who still waits for something; said again, it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.features.meetings.events import NextQuestioned
from core.features.meetings.items import items_of, to_come
from core.features.meetings.records import Meeting, Shown
from core.features.meetings.views import ItemLine, line_of
from core.kernel.complements import NOTHING, Complement
from core.kernel.registry import shows
from core.kernel.work import Draw, Reads, Work

SAID_AGAIN = timedelta(minutes=1)
"""Said again within this time by the same person, it is meant."""
IN_HASTE = timedelta(seconds=3)
"""Said or pressed twice within this time, it is once."""


def is_held_up(meeting: Meeting, work: Work) -> bool:
    """Whether later features know of somebody who waits, and whoever goes on was not shown it, or only just now."""
    if not work.complement("meetings/going_on", meeting=meeting).facts:
        return False
    ago = _since_shown(meeting, work)
    return ago is None or not IN_HASTE <= ago <= SAID_AGAIN


def _since_shown(meeting: Meeting, work: Work) -> timedelta | None:
    """How long ago the speaker was shown who waits."""
    shown = meeting.next_shown
    if shown is None or shown["person"] != work.actor.person:
        return None
    return work.now - datetime.fromisoformat(shown["at"])


def ask_first(meeting: Meeting, verb: str, work: Work) -> Draw:
    """Show who waits; nothing changes but that this is known. `verb` is `next` or `skip`."""
    assert work.actor.person is not None  # the role table lets only members in
    ago = _since_shown(meeting, work)
    meeting.next_shown = Shown(person=work.actor.person, at=work.now.isoformat(timespec="milliseconds"))
    work.record(NextQuestioned(record=meeting.ref))
    return work.card("meetings/going_on", meeting=meeting, verb=verb, hasty=ago is not None and ago < IN_HASTE)


@dataclass(frozen=True, slots=True)
class GoingOnView:
    """Who waits while somebody goes on: `verb` is what they said, `at` what its button goes on from.

    `on` is the item that is on, None where none is; `next_up` the one that would come, None after the last; `added`
    is what later features know of. `hasty`: it was said twice so fast that it counts as once.
    """

    meeting: str
    verb: str
    at: str
    on: ItemLine | None
    next_up: ItemLine | None
    added: Complement = NOTHING
    hasty: bool = False


@shows("meetings/going_on")
def going_on_view(reads: Reads, meeting: Meeting, verb: str, hasty: bool = False) -> GoingOnView:
    """What whoever goes on sees before."""
    items = items_of(reads, meeting)
    on = next((item for item in items if item.ref == meeting.current), None)
    waiting = to_come(items, meeting.current)
    return GoingOnView(
        meeting.ref,
        verb,
        meeting.current or meeting.ref,
        line_of(on, meeting, reads) if on else None,
        line_of(waiting[0], meeting, reads) if waiting else None,
        reads.complement("meetings/going_on", meeting=meeting),
        hasty,
    )
