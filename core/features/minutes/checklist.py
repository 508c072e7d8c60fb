"""What a meeting did to its own checklist: its items that changed while it ran, by whom, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.features.checklists.events import (
    EvidenceFell,
    EvidenceGiven,
    EvidenceRejected,
    ItemAssigned,
    ItemNotApplicable,
    ItemReopened,
    ItemVerified,
    ItemWaived,
    StepTakenBack,
    WaiverGiven,
)
from core.features.checklists.records import ChecklistItem
from core.features.minutes.since import Since, person_of
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads

STEPS: Mapping[str, str] = {
    EvidenceGiven.called(): msg("evidence given"),
    EvidenceRejected.called(): msg("evidence rejected"),
    ItemVerified.called(): msg("verified"),
    WaiverGiven.called(): msg("waived for one company"),
    ItemWaived.called(): msg("waived"),
    ItemNotApplicable.called(): msg("called not applicable"),
    ItemAssigned.called(): msg("owner named"),
    ItemReopened.called(): msg("opened again"),
    EvidenceFell.called(): msg("taken back with a join"),
    StepTakenBack.called(): msg("last step taken back"),
}
"""What happens to an item, as the minutes say it."""

_STANDING = {
    "open": (msg("open"), msg("blocker open")),
    "evidence_attached": (msg("evidence not verified"), msg("blocker, evidence not verified")),
    "verified": (msg("verified"),) * 2,
    "waived": (msg("waived"),) * 2,
    "not_applicable": (msg("not applicable"),) * 2,
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that was done to an item; `words` are the evidence, the reason or the new owner's name."""

    what: str
    by: PersonView | None
    at: TimeView
    words: str


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item and how it stood before and after the meeting, in words that a catalogue knows; `steps` in order."""

    item: str
    text: str
    before: str
    after: str
    steps: tuple[StepLine, ...]


def changed_items(
    stood: list[dict[str, Any]], items: list[ChecklistItem], since: Since, reads: Reads
) -> tuple[ChangedItem, ...]:
    """The items to which something was done since the start, when they were as in `stood`, in the list's order."""
    before = {one["item"]: one["state"] for one in stood}
    steps: dict[str, list[StepLine]] = {}
    for body in since:
        steps.setdefault(body["record"], []).extend(_steps(body, reads))
    return tuple(
        ChangedItem(item.item, item.text, _standing(before[item.item], item), _standing(item.state, item), tuple(done))
        for item in items
        if (done := steps.get(item.ref))
    )


def _steps(body: dict[str, Any], reads: Reads) -> list[StepLine]:
    done = [event for event in body["event"].split() if event in STEPS]
    by, at = person_of(body["person"], body["side"], reads), reads.time(datetime.fromisoformat(body["at"]))
    return [StepLine(STEPS[event], by, at, _words(event, body, reads)) for event in done]


def _words(event: str, body: dict[str, Any], reads: Reads) -> str:
    changes = body["changes"]
    if event == EvidenceGiven.called():
        return str(changes["evidence"][1]) if "evidence" in changes else ""
    if event == ItemAssigned.called():
        owner = changes["owner"][1] if "owner" in changes else None
        return reads.directory.known_as(PersonId(owner)) if owner else ""
    return body["reason"] or ""


def _standing(state: str, item: ChecklistItem) -> str:
    return _STANDING[state][item.blocker]
