"""How ready a meeting began, as its minutes print it: the snapshot of its checklist, and what was done to it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from core.features.checklists.finding import checklist_of, items_of
from core.features.checklists.readiness import Readiness, readiness_now, readiness_of
from core.features.checklists.records import BOTH, OPEN
from core.features.checklists.views import ReturnedView, WaiverView, returned_view, waiver_views
from core.features.meetings.records import Meeting
from core.features.minutes.checklist import ChangedItem, changed_items
from core.features.minutes.since import Since
from core.kernel.ids import PersonId
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """An item of the checklist at the start; `company` is empty where it was both's, `settled_by` verified it.

    `stands` tells whether it stood in the way then: a blocker that was neither verified nor waived. `waived_by` are
    those of `waivers`, which minutes of earlier releases do not have, nor the moments and what was `returned`.
    """

    item: str
    text: str
    company: str
    state: str
    stands: bool
    owner: PersonView | None
    evidence: str
    evidence_by: PersonView | None
    settled_by: PersonView | None
    waived_by: tuple[PersonView, ...]
    reason: str
    waivers: tuple[WaiverView, ...] = ()
    evidence_at: TimeView | None = None
    settled_at: TimeView | None = None
    returned: ReturnedView | None = None


@dataclass(frozen=True, slots=True)
class ReadinessPart:
    """The checklist of a meeting as it stood when the meeting began; `changed` are the items to which it did something.

    `at_end` is how ready both companies were after that. Minutes written before that was kept have none of either.
    """

    stage: str
    companies: tuple[Readiness, ...]
    items: tuple[ReadyLine, ...]
    changed: tuple[ChangedItem, ...] = ()
    at_end: tuple[Readiness, ...] = ()


def readiness_in(reads: Reads, meeting: Meeting, since: Since) -> ReadinessPart | None:
    """The part that the minutes print; None for a meeting without a checklist."""
    checklist = checklist_of(reads, meeting.ref)
    if checklist is None or checklist.at_start is None:
        return None
    lines = tuple(_line(one, meeting.started_at, reads) for one in checklist.at_start)
    items = items_of(reads, meeting.ref)
    changed = changed_items(checklist.at_start, items, since, reads)
    at_end = readiness_of(items, reads)
    return ReadinessPart(checklist.title, readiness_now(checklist, reads), lines, changed, at_end)


def _line(one: dict[str, Any], at: datetime | None, reads: Reads) -> ReadyLine:
    given, settled = _moment(one, "evidence_at"), _moment(one, "settled_at")
    waivers = waiver_views(reads, one.get("waivers", ()))
    return ReadyLine(
        one["item"],
        one["text"],
        "" if one["side"] == BOTH else reads.directory.company(one["side"]),
        one["state"],
        one["blocker"] and one["state"] in (OPEN, "evidence_attached"),
        _person(one["owner"], at, reads),
        one["evidence"] or "",
        _person(one["evidence_by"], given or at, reads),
        _person(one["settled_by"], settled or at, reads),
        tuple(waiver.by for waiver in waivers) or _waived_by(one, at, reads),
        one["reason"] or "",
        waivers,
        reads.time(given) if given else None,
        reads.time(settled) if settled else None,
        returned_view(reads, one.get("returned")),
    )


def _waived_by(one: dict[str, Any], at: datetime | None, reads: Reads) -> tuple[PersonView, ...]:
    """Of a snapshot that an earlier release took, without when and why."""
    pairs = zip_longest(one.get("waived_by", ()), one.get("waived_for", ()))
    return tuple(reads.person(PersonId(person), at, side) for person, side in pairs)


def _moment(one: dict[str, Any], name: str) -> datetime | None:
    """When that was; snapshots of earlier releases do not tell."""
    at = one.get(name)
    return datetime.fromisoformat(at) if at else None


def _person(person: str | None, at: datetime | None, reads: Reads) -> PersonView | None:
    return reads.person(PersonId(person), at) if person else None
