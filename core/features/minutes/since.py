"""The joint trail since a meeting began: what the meeting did to records, whichever chapter of its minutes tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from core.features.meetings.events import MeetingStarted
from core.features.meetings.records import Meeting
from core.kernel.audit import Entry, chain_name, entries_of
from core.kernel.ids import Audience, PersonId
from core.kernel.templates import PersonView
from core.kernel.work import Reads

Since = Sequence[dict[str, Any]]
"""Bodies of entries, in order."""


def since_start(reads: Reads, meeting: Meeting) -> Since:
    """The entries between the meeting's start and now that name a record."""
    return tuple(_entries(reads, meeting))


def _entries(reads: Reads, meeting: Meeting) -> Iterator[dict[str, Any]]:
    """The bodies since its start, in order; with those of the commit that holds its end too."""
    chain = chain_name(reads.transfer, Audience.JOINT)
    beside = {one["seq"]: one["body"] for one in reads.unwritten if one["chain"] == chain and one["record"]}
    of_meeting = entries_of(meeting.ref, reads.transfer)
    known = {one.seq: one.body for one in reads.all(of_meeting)} | beside
    started = next((seq for seq, body in sorted(known.items()) if _starts(body, meeting)), None)
    if started is None:
        return
    since = select(Entry).where(Entry.chain == chain, Entry.seq > started, Entry.record.is_not(None))
    bodies = {one.seq: one.body for one in reads.all(since)} | beside
    yield from (json.loads(bodies[seq]) for seq in sorted(bodies) if seq > started)


def _starts(body: str, meeting: Meeting) -> bool:
    return MeetingStarted.called() in body and bool(json.loads(body)["record"] == meeting.ref)


def person_of(person: str | None, side: str | None, reads: Reads) -> PersonView | None:
    """Who did what an entry tells, of the company that they stood for then; None for Tandem itself."""
    if person is None or person not in reads.directory.members:
        return None
    return reads.person(PersonId(person), side=side)
