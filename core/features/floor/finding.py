"""The floor of a meeting, and what was said along with a wish, as it is shown."""

from __future__ import annotations

import re
from contextlib import suppress

from core.features.floor.records import Floor, Speaker
from core.features.meetings.records import Meeting
from core.kernel.errors import NotFound
from core.kernel.ids import PersonId, Ref
from core.kernel.work import Reads, Work

_LEADS_IN = re.compile(r"(?:[-:,–—]\s*)?(?:(?:to|that|zu|dass)\b\s*)?", re.IGNORECASE)


def floor_of(meeting: Meeting, reads: Reads) -> Floor | None:
    """The floor of a meeting; None where nobody has asked for it yet."""
    with suppress(NotFound):
        return reads.get(Floor, _ref(meeting))
    return None


def floor_for(meeting: Meeting, work: Work) -> Floor:
    """The floor of a meeting, made where there is none yet."""
    floor = floor_of(meeting, work)
    if floor is None:
        floor = Floor(ref=_ref(meeting), state="open", meeting=meeting.ref, queue=[], boards=[], spoke=[])
        work.add(floor)
    return floor


def _ref(meeting: Meeting) -> Ref:
    return Ref(f"{meeting.ref}/FLR")


def place_of(person: PersonId, floor: Floor) -> int | None:
    """Where somebody stands on the queue, from 0; None where they do not."""
    return next((place for place, one in enumerate(floor.queue) if one["person"] == person), None)


def speaker(person: PersonId, about: str, work: Work) -> Speaker:
    """Somebody from now on, put there by whoever speaks."""
    by = work.actor.person if work.actor.person != person else None
    return Speaker(person=person, about=about, at=work.now.isoformat(timespec="milliseconds"), by=by)


def without_lead_in(words: str) -> str:
    """What somebody wants to speak of, or is reminded of, without the `to` before it; with it where nothing is left."""
    rest = words[found.end() :].strip() if (found := _LEADS_IN.match(words)) else words
    return rest or words.strip()
