"""What is shown of the floor: the boards in the rooms, the queue when asked for, and what whoever acts is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.features.floor.finding import place_of
from core.features.floor.records import Floor, Speaker
from core.features.meetings.records import AgendaItem, Meeting
from core.kernel.ids import PersonId
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Somebody who waits for the floor or has it, `since` when and what for; `by` is who put them there, if others."""

    who: PersonView
    about: str
    since: TimeView
    by: PersonView | None


@dataclass(frozen=True, slots=True)
class BoardView:
    """The floor under one agenda item, `item` in words (empty where none is on); `live` until it is left or over.

    `spoke` had the floor under it, in order and each once, without whoever `speaks` now.
    """

    meeting: str
    item: str
    live: bool
    speaks: SpeakerView | None
    waiting: tuple[SpeakerView, ...]
    spoke: tuple[PersonView, ...]


@shows("floor/board")
def board_view(reads: Reads, floor: Floor, number: int) -> BoardView:
    meeting = reads.get(Meeting, floor.meeting)
    item = floor.boards[number - 1]
    live = meeting.running and number == len(floor.boards) and item == (meeting.current or "")
    speaks = floor.speaks if live else None
    had = [one["person"] for one in floor.spoke if one["board"] == number]
    spoke = [one for one in dict.fromkeys(had) if speaks is None or one != speaks["person"]]
    return BoardView(
        meeting.ref,
        item_words(item, reads),
        live,
        speaker_view(speaks, reads) if speaks else None,
        tuple(speaker_view(one, reads) for one in floor.queue) if live else (),
        tuple(reads.person(one) for one in spoke),
    )


def item_words(item: str, reads: Reads) -> str:
    """An agenda item by its reference, as `2 · hold times`; nothing for none."""
    if not item:
        return ""
    found = reads.get(AgendaItem, item)
    return f"{found.number} · {found.text}"


def speaker_view(one: Speaker, reads: Reads) -> SpeakerView:
    """Somebody who waits or speaks."""
    return SpeakerView(
        reads.person(one["person"]),
        one["about"],
        reads.time(datetime.fromisoformat(one["at"])),
        reads.person(one["by"]) if one["by"] else None,
    )


@dataclass(frozen=True, slots=True)
class QueueView:
    """The speakers' queue of a meeting that runs, for whoever asks."""

    meeting: str
    title: str
    speaks: SpeakerView | None
    waiting: tuple[SpeakerView, ...]


@shows("floor/queue")
def queue_view(reads: Reads, meeting: Meeting, floor: Floor | None) -> QueueView:
    speaks = floor.speaks if floor else None
    return QueueView(
        meeting.ref,
        meeting.title,
        speaker_view(speaks, reads) if speaks else None,
        tuple(speaker_view(one, reads) for one in floor.queue) if floor else (),
    )


@dataclass(frozen=True, slots=True)
class QueuedView:
    """Somebody who was put on the queue or taken off it: `place` from 1, 0 for off; `ahead` is who comes just before.

    `own`: it is whoever reads this. `already`: they were on it before. `waiting` counts the queue. `before` is what
    they had said that it is about, where they say something else now.
    """

    meeting: str
    who: PersonView
    own: bool
    place: int
    ahead: PersonView | None
    about: str
    already: bool
    waiting: int
    before: str = ""


@shows("floor/queued")
def queued_view(reads: Reads, floor: Floor, person: PersonId, already: bool, before: str = "") -> QueuedView:
    place = place_of(person, floor)
    return QueuedView(
        floor.meeting,
        reads.person(person),
        person == reads.actor.person,
        0 if place is None else place + 1,
        reads.person(floor.queue[place - 1]["person"]) if place else None,
        "" if place is None else floor.queue[place]["about"],
        already,
        len(floor.queue),
        before,
    )


@dataclass(frozen=True, slots=True)
class GivenView:
    """Who has the floor now, what for, and who waits: `then` is the next of `waiting`."""

    meeting: str
    speaks: SpeakerView
    then: PersonView | None
    waiting: int


@shows("floor/given")
def given_view(reads: Reads, floor: Floor) -> GivenView:
    assert floor.speaks is not None  # it was given just now
    return GivenView(
        floor.meeting,
        speaker_view(floor.speaks, reads),
        reads.person(floor.queue[0]["person"]) if floor.queue else None,
        len(floor.queue),
    )
