"""What is shown of records whose message was edited or deleted, and the mark that a corrected record bears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.features.corrections.kinds import Correctable, is_correctable, record_meant
from core.features.corrections.sources import became, may_keep, waits
from core.features.corrections.standing import came_after_minutes, check_can_change, is_maker_or_chair, may_correct
from core.features.corrections.withdrawing import WITHDRAWN, check_can_go
from core.features.meetings.records import Correction
from core.features.transfers.records import SourceChange
from core.features.transfers.sources import (
    DELETED,
    EDITED,
    KEPT,
    TAKEN,
    author_of,
    changes_of,
    counting,
    source_of,
)
from core.kernel.complements import Complement, Fact
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.registry import complements, shows
from core.kernel.templates import TimeView
from core.kernel.work import Reads

SHOWN = 300
"""Characters of a reason on a card."""

_WHAT = {"text": msg("text"), "owner": msg("owner"), "due": msg("due date")}
_CAME_OF_IT = {
    (EDITED, ""): msg("edited: should the record change?"),
    (EDITED, KEPT): msg("edited; the record stays as it was said"),
    (EDITED, TAKEN): msg("edited; the record was changed since"),
    (DELETED, ""): msg("deleted: should the record stand?"),
    (DELETED, KEPT): msg("deleted; the record stays as it was said"),
    (DELETED, TAKEN): msg("deleted; the record was changed since"),
}
_AFTER_MINUTES = {
    EDITED: msg("edited after the minutes were posted"),
    DELETED: msg("deleted after the minutes were posted"),
}


@dataclass(frozen=True, slots=True)
class SourceView:
    """A record and its message: `what` became of it, `edited`, `edited back`, `deleted` or `restored`, when, how it
    read and reads.

    `settled` is `kept` or `changed`, empty as long as somebody is asked. `may_keep`, `may_take` and `may_withdraw`:
    its reader may say so; `author` is who may otherwise, and `fixed` tells why it cannot change, where it cannot.
    """

    record: str
    what: str
    captured: str
    reads_now: str
    at: TimeView
    settled: str
    may_keep: bool
    may_take: bool
    may_withdraw: bool
    author: str
    fixed: str


@shows("corrections/source")
def source_view(reads: Reads, reference: Ref, person: PersonId) -> SourceView:
    source, changes = source_of(reference, reads), changes_of(reference, reads)
    last = (became(changes) or changes)[-1]
    record = record_meant(reference, reads) if is_correctable(reference) else None
    fixed = _why_fixed(record, reads) if record else ""
    edits = [change.text for change in became(changes) if change.text is not None]
    author = author_of(source, reads) if source else None
    what = last.kind
    corrects = record is not None and not fixed and may_correct(record, person, reads)
    withdraws = record is not None and is_maker_or_chair(record, person, reads) and _can_go(record, reads)
    return SourceView(
        reference,
        what,
        source.text if source else "",
        edits[-1] if edits and what == EDITED else "",
        reads.time(last.at),
        _settled(changes),
        source is not None and may_keep(source, person, reads),
        corrects and what == EDITED,
        withdraws and what == DELETED,
        author.name if author else "",
        fixed,
    )


def _settled(changes: Sequence[SourceChange]) -> str:
    found = counting(changes)
    if not found or waits(changes):
        return ""
    return "kept" if found[-1].kind == KEPT else "changed"


def _why_fixed(record: Correctable, reads: Reads) -> str:
    try:
        check_can_change(record, reads)
    except Refused as refused:
        return reads.words.refusal(refused)
    return ""


def _can_go(record: Correctable, reads: Reads) -> bool:
    try:
        check_can_go(record, reads)
    except Refused:
        return False
    return True


@dataclass(frozen=True, slots=True)
class KeptView:
    """The answer to whoever leaves a record as it was said."""

    record: str


@shows("corrections/kept")
def kept_view(reads: Reads, reference: Ref) -> KeptView:
    return KeptView(reference)


@complements("actions/item")
@complements("actions/own")
@complements("decisions/decision")
@complements("questions/question")
@complements("questions/risk")
@complements("questions/note")
@complements("capa/plan")
@complements("capa/line")
@complements("capa/own")
def what_became_of_it(reads: Reads, **parts: Any) -> Complement | None:
    """Who corrected or withdrew it last, when and why, and what became of its message; nothing of one just recorded."""
    [record] = parts.values()
    if reads.session.find_outside(type(record), record.ref) is not None:
        return None
    facts = (_corrected(record, reads), _message(record, reads))
    return Complement(tuple(fact for fact in facts if fact is not None))


def _corrected(record: Correctable, reads: Reads) -> Fact | None:
    last: Correction | None = record.correction
    if last is None:
        return None
    say = reads.words.translate
    words = [", ".join(_part(what, last, reads) for what in last["what"]), _in_short(last["reason"])]
    if last["minutes_of"]:
        words.append(say(msg("the minutes of {meeting} stay as posted")).format(meeting=last["minutes_of"]))
    label = say(msg("Withdrawn")) if record.state == WITHDRAWN else say(msg("Corrected"))
    at = reads.time(datetime.fromisoformat(last["at"]))
    return Fact(label, " · ".join(filter(None, words)), by=reads.person(last["person"]), at=at)


def _part(what: str, last: Correction, reads: Reads) -> str:
    """What changed, and what it was: `due date (was Fri 20 Mar 2026)`."""
    named, was = reads.words.translate(_WHAT[what]), last.get("was", {}).get(what)
    return reads.words.translate(msg("{what} (was {old})")).format(what=named, old=was) if was else named


def _in_short(reason: str) -> str:
    """The reason as a card has room for it; the trail has it whole."""
    return reason if len(reason) <= SHOWN else reason[: SHOWN - 1].rstrip() + "…"


def _message(record: Correctable, reads: Reads) -> Fact | None:
    changes = changes_of(record.ref, reads)
    happened = became(changes)
    if not happened:
        return None
    last = happened[-1]
    say = reads.words.translate
    settled = "" if waits(changes) else counting(changes)[-1].kind
    late = not settled and came_after_minutes(last, record, reads)
    words = _AFTER_MINUTES[last.kind] if late else _CAME_OF_IT[last.kind, settled]
    return Fact(say(msg("Message")), say(words), grave=not settled and not late, at=reads.time(last.at))
