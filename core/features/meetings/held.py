"""What was said in a meeting and waits for its speaker to be known: shown before the end, counted in the minutes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from core.features.meetings.attendance import SayHere
from core.features.meetings.records import Meeting
from core.features.transfers.dropping import put_away
from core.features.transfers.lines import HELD
from core.features.transfers.records import HeldLine
from core.kernel.complements import Complement, Fact
from core.kernel.errors import msg
from core.kernel.ids import Audience
from core.kernel.registry import complements
from core.kernel.work import Reads, Work

NAMED = 8


def held_lines(meeting: Meeting, reads: Reads) -> list[HeldLine]:
    """The lines that were heard while the meeting ran and wait still, but for those that said who is there."""
    waiting = select(HeldLine).where(
        HeldLine.transfer == reads.transfer, HeldLine.state == HELD, HeldLine.audience == Audience.JOINT
    )
    ran = waiting.where(
        HeldLine.created_at >= (meeting.started_at or meeting.starts_at),
        HeldLine.created_at <= (meeting.ended_at or reads.now),
    )
    return [line for line in reads.all(ran.order_by(HeldLine.created_at, HeldLine.ref)) if not _is_attendance(line)]


def put_attendance_away(work: Work) -> None:
    """Once a meeting is over, nobody can be noted as there any more: a `here` of somebody unknown waits for nothing."""
    waiting = select(HeldLine).where(
        HeldLine.transfer == work.transfer, HeldLine.state == HELD, HeldLine.audience == Audience.JOINT
    )
    for line in _attendance(work.all(waiting)):
        put_away(line, work)


def _attendance(lines: Sequence[HeldLine]) -> list[HeldLine]:
    return [line for line in lines if _is_attendance(line)]


def _is_attendance(line: HeldLine) -> bool:
    said: str = json.loads(line.turn)["said"]["text"]
    return said.lower().split()[:1] == [SayHere.says]


@complements("meetings/ending")
def lines_that_wait(reads: Reads, meeting: Meeting) -> Complement | None:
    """What would stand in no minutes: a lead can have it recorded now, or put it away."""
    lines = held_lines(meeting, reads)
    if not lines:
        return None
    named = ", ".join(f"{line.ref} ({line.name})" for line in lines[:NAMED]) + (" …" if len(lines) > NAMED else "")
    return Complement((Fact(reads.words.translate(msg("Lines that wait, and are not recorded")), named, grave=True),))
