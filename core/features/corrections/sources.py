"""A record whose message was edited or deleted later: whoever said it and whoever does it are asked what is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.corrections.correcting import CorrectRecord, ask_for, open_to_correction, put_right
from core.features.corrections.events import RecordCorrected, RecordWithdrawn, SourceSettled
from core.features.corrections.kinds import is_correctable, record_meant, show, text_of
from core.features.corrections.standing import came_after_minutes, may_correct
from core.features.corrections.wanted import has_date, owners_of, wanted
from core.features.transfers.events import RecordKept, SourceDeleted, SourceEdited, SourceEditedBack, SourceRestored
from core.features.transfers.records import SourceChange
from core.features.transfers.sources import (
    DELETED,
    EDITED,
    KEPT,
    TAKEN,
    author_of,
    authors_of,
    changes_of,
    counting,
    is_held,
    settle,
    source_of,
)
from core.kernel.audit import Source
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Event, Reference
from core.kernel.posting import ToPerson
from core.kernel.registry import handles, reacts
from core.kernel.work import Ask, Draw, Reads, Work
from core.rules.replacing import taken_over

SOURCE_EDITED = "source edited"
"""The reason that the trail has for what was taken over from an edited message."""

SHOWN = 800
"""Characters of an edited message that a form shows."""

_MARKUP = re.compile(r"[<>&]")
"""Signs of a platform's own writing of mentions and links: such words are not a record's as they stand."""


@dataclass(frozen=True, kw_only=True)
class KeepRecord(Command):
    """Leave a record as it was said, although its message was edited or deleted later."""

    says: ClassVar[str] = "source keep"
    heading: ClassVar[str] = msg("Keep the record")
    needs: ClassVar[str] = "source.keep"

    record: Annotated[Ref, Reference("the record")]


@dataclass(frozen=True, kw_only=True)
class TakeSource(Command):
    """Let a record read as its message reads now, after that was edited."""

    says: ClassVar[str] = "source take"
    heading: ClassVar[str] = msg("Take the new text")
    needs: ClassVar[str] = "record.correct"

    record: Annotated[Ref, Reference("the record")]


@reacts(SourceEdited)
def ask_about_an_edit(event: SourceEdited, work: Work) -> None:
    _ask_what_is_right(Ref(event.record), work)


@reacts(SourceDeleted)
def ask_about_a_deletion(event: SourceDeleted, work: Work) -> None:
    _ask_what_is_right(Ref(event.record), work)


@reacts(SourceRestored)
def tell_of_restoring(event: SourceRestored, work: Work) -> None:
    _take_question_back(Ref(event.record), DELETED, work)


@reacts(SourceEditedBack)
def tell_of_an_edit_back(event: SourceEditedBack, work: Work) -> None:
    _take_question_back(Ref(event.record), EDITED, work)


def _take_question_back(ref: Ref, undone: str, work: Work) -> None:
    """The record's card bears the mark no more, and whoever was asked sees that nothing has to be said."""
    source = source_of(ref, work)
    if source is None or is_held(source):
        return
    record = record_meant(ref, work) if is_correctable(ref) else None
    if record is not None:
        show(record, work)
    was = [change for change in changes_of(ref, work) if change.kind == undone]
    if record is None or not all(came_after_minutes(change, record, work) for change in was):
        _tell(source, work)


def _ask_what_is_right(ref: Ref, work: Work) -> None:
    """Mark the record's card, and ask; after the minutes of its meeting it is noted there, and nobody is asked."""
    source = source_of(ref, work)
    if source is None or is_held(source):
        return
    if is_correctable(ref):
        show(record_meant(ref, work), work)
    _ask(source, work)


def _ask(source: Source, work: Work) -> None:
    """By direct message; who was asked before sees there what came of it."""
    ref = Ref(source.record)
    if is_correctable(ref) and came_after_minutes(became(changes_of(ref, work))[-1], record_meant(ref, work), work):
        return
    _tell(source, work)


def _tell(source: Source, work: Work) -> None:
    ref = Ref(source.record)
    for person in dict.fromkeys([*authors_of(source, work), *_doers(ref, work)]):
        work.post(ToPerson(person), "corrections/source", key=f"source:{ref}", reference=ref, person=person)


def _doers(ref: Ref, work: Work) -> list[PersonId]:
    """Who has to do what it says, as long as somebody must."""
    record = record_meant(ref, work) if is_correctable(ref) else None
    if record is None or not has_date(record) or not getattr(record, "open", False):
        return []
    return [person for person in owners_of(record) if work.directory.members[person].accounts]


@handles(KeepRecord)
def keep_record(cmd: KeepRecord, work: Work) -> Draw:
    source = source_of(cmd.record, work)
    if source is None or not waits(changes_of(cmd.record, work)):
        raise _nothing_waits(cmd.record)
    _check_may_keep(source, work)
    settle(source, KEPT, work)
    work.record(RecordKept(record=cmd.record))
    _ask(source, work)
    if is_correctable(cmd.record):
        show(record_meant(cmd.record, work), work)
    return work.aside("corrections/kept", reference=cmd.record)


@handles(TakeSource)
def take_source(cmd: TakeSource, work: Work) -> Ask | None:
    record = open_to_correction(cmd.record, work)
    source, changes = source_of(cmd.record, work), changes_of(cmd.record, work)
    if source is None or not waits(changes) or changes[-1].kind == DELETED:
        raise _nothing_waits(cmd.record)
    edits = [change.text for change in changes if change.text is not None]
    text = _text_now(text_of(record), [source.text, *edits[:-1]], edits[-1])
    asked_for = wanted(record, text or "", (), None)
    if text == text_of(record):
        raise Refused(msg("{ref} reads so already."), ref=record.ref)
    if asked_for.what:
        put_right(record, asked_for, SOURCE_EDITED, work)
        return None
    about = work.words.translate(msg("{ref} · its message reads now: {text}"))
    known = CorrectRecord(record=record.ref, reason=SOURCE_EDITED)
    return ask_for(record, known, True, about.format(ref=record.ref, text=_short(edits[-1])))


def _text_now(part: str, before: Sequence[str], now: str) -> str | None:
    """The record's own part of an edited message; None where that is not plain, so that a person says it."""
    found = (taken_over(text, now, part) for text in before)
    text = next((" ".join(one.split()) for one in found if one is not None), "")
    return None if not text or _MARKUP.search(text) else text


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


@reacts(RecordCorrected)
def settle_by_correction(event: RecordCorrected, work: Work) -> None:
    _settle(event, work)


@reacts(RecordWithdrawn)
def settle_by_withdrawal(event: RecordWithdrawn, work: Work) -> None:
    _settle(event, work)


def _settle(event: Event, work: Work) -> None:
    """What was asked about the message is answered by what was done."""
    ref = Ref(event.record)
    if not waits(changes_of(ref, work)):
        return
    source = source_of(ref, work)
    assert source is not None  # its message changed
    settle(source, TAKEN, work)
    work.record(SourceSettled(record=ref))
    _ask(source, work)


def became(changes: Sequence[SourceChange]) -> list[SourceChange]:
    """What became of a message, without what came of that."""
    return [change for change in counting(changes) if change.kind in (EDITED, DELETED)]


def waits(changes: Sequence[SourceChange]) -> bool:
    """Whether the last that became of a message is an edit or deletion that nobody answered."""
    found = counting(changes)
    return bool(found) and found[-1].kind in (EDITED, DELETED)


def _nothing_waits(ref: Ref) -> Refused:
    return Refused(msg("No edit at the source of {ref} waits for an answer."), ref=ref)


def _check_may_keep(source: Source, work: Work) -> None:
    if may_keep(source, work.actor.person, work):
        return
    author = author_of(source, work)
    if author is None:
        raise NotAllowed(
            msg("A lead says whether {ref} stays as it was said. Ask {who}."),
            ref=source.record,
            who=work.directory.named("lead", side=work.actor.side),
        )
    raise NotAllowed(
        msg(
            "{ref} was said by {name}: whether it stays as it was although the message was edited is said by them, or "
            "by a lead or QA of {company}."
        ),
        ref=source.record,
        name=author.name,
        company=work.directory.company(author.side),
    )


def may_keep(source: Source, person: PersonId | None, reads: Reads) -> bool:
    """Whoever said it, or a lead or QA of their side, or the chair; a lead, where nobody knows whose account it was."""
    if person is None:
        return False
    member, author = reads.directory.members[person], author_of(source, reads)
    if author is None:
        return "lead" in member.roles
    if person == author.person or (member.side == author.side and bool(member.roles & {"lead", "qa"})):
        return True
    ref = Ref(source.record)
    return is_correctable(ref) and may_correct(record_meant(ref, reads), person, reads)
