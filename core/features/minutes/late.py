"""What was said in a meeting and recorded after its minutes: they stay as posted, and a card beside them lists it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.features.actions.records import Action
from core.features.capa.records import Capa
from core.features.decisions.records import Decision
from core.features.meetings.current import heard_before
from core.features.meetings.records import Captured
from core.features.minutes.records import Minutes
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.messages import Event
from core.kernel.posting import ToRooms
from core.kernel.registry import reacts, shows
from core.kernel.templates import PersonView
from core.kernel.work import Reads, Work

KINDS: tuple[type[Captured | Capa], ...] = (Decision, Action, AskedQuestion, Risk, Note, Capa)


@dataclass(frozen=True, slots=True)
class LateLine:
    """A record by its reference and its first words, and who said it."""

    ref: str
    headline: str
    by: PersonView | None


@dataclass(frozen=True, slots=True)
class LateView:
    """What belongs to a meeting and came after its minutes, in the order in which it was recorded."""

    minutes: str
    meeting: str
    lines: tuple[LateLine, ...]


@reacts(Event)
def note_late(event: Event, work: Work) -> None:
    """Everything passes here; only a line that was held is recorded after the minutes of its meeting."""
    if heard_before(work) is None:
        return
    made = next((row for row in work.session.touched() if isinstance(row, KINDS) and row.ref == event.record), None)
    if made is None or made.meeting is None or made.version > 1:
        return
    of_meeting = select(Minutes).where(Minutes.transfer == work.transfer, Minutes.meeting == made.meeting)
    minutes = work.one(of_meeting.order_by(Minutes.edition.desc()))
    if minutes is not None:
        work.post(ToRooms(), "minutes/late", key=f"late:{minutes.ref}", record=minutes, minutes=minutes)


@shows("minutes/late")
def late_view(reads: Reads, minutes: Minutes) -> LateView:
    found = sorted(_after(minutes, reads), key=lambda row: (row.created_at, row.ref))
    lines = (LateLine(row.ref, row.headline, reads.author(row)) for row in found)
    return LateView(minutes.ref, minutes.meeting, tuple(lines))


def _after(minutes: Minutes, reads: Reads) -> Iterator[Captured | Capa]:
    for kind in KINDS:
        of_meeting = select(kind).where(kind.transfer == reads.transfer, kind.meeting == minutes.meeting)
        late: Sequence[Any] = reads.all(of_meeting.where(kind.created_at > minutes.created_at))
        yield from late
