"""Captured messages that are edited or deleted later: the record stays as it was said, and its author is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from sqlalchemy import select

from core.features.transfers.events import RecordKept, SourceDeleted, SourceEdited
from core.features.transfers.lines import leads_of
from core.features.transfers.records import SourceChange
from core.kernel.access import MemberOf
from core.kernel.audit import Source
from core.kernel.clock import new_id
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Audience, Identity, PersonId, Ref
from core.kernel.messages import Command, Reference
from core.kernel.posting import ToPerson
from core.kernel.registry import handles, shows
from core.kernel.templates import TimeView
from core.kernel.turn import Address
from core.kernel.work import Draw, Reads, Work

EDITED, DELETED, KEPT = "edited", "deleted", "kept"
WAITING = ("LIN-", "PRP-")
"""References of what somebody has yet to answer: held lines and proposals."""


@dataclass(frozen=True, kw_only=True)
class NoteSourceEdited(Command):
    """Keep in the trail that a captured message reads otherwise now, and ask its author about the record."""

    needs: ClassVar[str] = "source.note"

    room: Address
    message: str
    text: str
    sha256: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteSourceDeleted(Command):
    """Keep in the trail that a captured message is gone from its room."""

    needs: ClassVar[str] = "source.note"

    room: Address
    message: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class KeepRecord(Command):
    """Leave a record as it was said, although its message was edited later."""

    says: ClassVar[str] = "source keep"
    heading: ClassVar[str] = msg("Keep the record")
    needs: ClassVar[str] = "source.keep"

    record: Annotated[Ref, Reference("the record")]


@handles(NoteSourceEdited)
def note_source_edited(cmd: NoteSourceEdited, work: Work) -> None:
    sources = _sources(cmd.room, cmd.message, work)
    before = _text_now(sources[0], work)
    if before == cmd.text:
        raise Refused(msg("The text is what it was: only its preview changed."))
    for source in sources:
        work.add(_change(source, EDITED, cmd.at, work, text=cmd.text, sha256=cmd.sha256))
        work.record(SourceEdited(record=source.record))
    _ask([source for source in sources if not _is_held(source)], work)


@handles(NoteSourceDeleted)
def note_source_deleted(cmd: NoteSourceDeleted, work: Work) -> None:
    sources = _sources(cmd.room, cmd.message, work)
    if any(change.kind == DELETED for change in changes_of(Ref(sources[0].record), work)):
        raise Refused(msg("That the message is gone is known already."))
    for source in sources:
        work.add(_change(source, DELETED, cmd.at, work))
        work.record(SourceDeleted(record=source.record))


@handles(KeepRecord)
def keep_record(cmd: KeepRecord, work: Work) -> Draw:
    source = _source_of(cmd.record, work)
    edits = [change for change in changes_of(cmd.record, work) if change.kind != DELETED]
    if source is None or not edits or edits[-1].kind == KEPT:
        raise Refused(msg("No edit at the source of {ref} waits for an answer."), ref=cmd.record)
    _check_may_keep(source, work)
    work.add(_change(source, KEPT, work.now, work))
    work.record(RecordKept(record=cmd.record))
    _ask([source], work)
    return work.aside("transfers/source_kept", reference=cmd.record)


def _check_may_keep(source: Source, work: Work) -> None:
    if work.actor.person is not None and _may_keep(source, work.actor.person, work):
        return
    author = _author_of(source, work)
    if author is None:
        raise NotAllowed(msg("A lead says whether {ref} stays as it was said."), ref=source.record)
    raise NotAllowed(
        msg(
            "{ref} was said by {name}: whether it stays as it was although the message was edited is said by them, or "
            "by a lead or QA of {company}."
        ),
        ref=source.record,
        name=author.name,
        company=work.directory.company(author.side),
    )


def _may_keep(source: Source, person: PersonId, reads: Reads) -> bool:
    """Whoever said it, or a lead or QA of their side; a lead, where nobody knows any more whose account it was."""
    member, author = reads.directory.members[person], _author_of(source, reads)
    if author is None:
        return "lead" in member.roles
    return person == author.person or (member.side == author.side and bool(member.roles & {"lead", "qa"}))


def _author_of(source: Source, reads: Reads) -> MemberOf | None:
    """The member who said it, present or past."""
    for identity, person in reads.directory.by_identity.items():
        if str(identity) == source.author:
            return reads.directory.members[person]
    return None


def _source_of(record: Ref, reads: Reads) -> Source | None:
    return reads.one(select(Source).where(Source.transfer == reads.transfer, Source.record == record))


def changes_of(record: Ref, reads: Reads) -> Sequence[SourceChange]:
    """What became of a record's message, the oldest first."""
    return reads.all(
        select(SourceChange)
        .where(SourceChange.transfer == reads.transfer, SourceChange.record == record)
        .order_by(SourceChange.noted_at, SourceChange.id)
    )


def _sources(room: Address, message: str, work: Work) -> Sequence[Source]:
    found = work.all(
        select(Source)
        .where(
            Source.transfer == work.transfer,
            Source.platform == room.platform,
            Source.tenant == room.tenant,
            Source.channel == room.channel,
            Source.message == message,
        )
        .order_by(Source.record)
    )
    if not found:
        raise Refused(msg("No record was made from this message."))
    return found


def _text_now(source: Source, reads: Reads) -> str:
    """The message as it was last known to read."""
    edits = [change.text for change in changes_of(Ref(source.record), reads) if change.text is not None]
    return edits[-1] if edits else source.text


def _change(source: Source, kind: str, at: datetime, work: Work, **of: str) -> SourceChange:
    return SourceChange(
        id=new_id(),
        transfer=work.transfer,
        record=Ref(source.record),
        kind=kind,
        at=at,
        noted_at=work.now,
        audience=source.audience,
        **of,
    )


def _is_held(source: Source) -> bool:
    """What only waits to become a record is none that could change: the trail says that its message was edited."""
    return source.record.startswith(WAITING)


def _ask(sources: Sequence[Source], work: Work) -> None:
    for source in sources:
        for person in _authors(source, work):
            ask_about(Ref(source.record), person, work)


def ask_about(record: Ref, person: PersonId, work: Work) -> None:
    """Ask somebody, by direct message, whether a record should change now that its message reads otherwise."""
    work.post(ToPerson(person), "transfers/source_edited", key=f"source:{record}", reference=record, person=person)


def _authors(source: Source, work: Work) -> list[PersonId]:
    """Who said it; the leads of their side where they are no member any more, those near to an account unknown."""
    author = _author_of(source, work)
    if author is not None and author.active:
        return [author.person]
    if author is not None and (own := work.directory.holding("lead", side=author.side)):
        return [lead.person for lead in own if lead.accounts]
    platform, _, rest = source.author.partition(":")
    tenant, _, user = rest.partition("/")
    near = leads_of(Identity(platform, tenant, user), Audience(source.audience), work)
    return [lead.person for lead in near if lead.accounts]


@dataclass(frozen=True, slots=True)
class SourceEditedView:
    """A record and its message: as it was captured, as it reads now, and whether the record is to stay.

    `may_keep`: its reader may say so; `author` is who may otherwise.
    """

    record: str
    captured: str
    reads_now: str
    edited_at: TimeView
    kept: bool
    may_keep: bool = True
    author: str = ""


@shows("transfers/source_edited")
def source_edited_view(reads: Reads, reference: Ref, person: PersonId) -> SourceEditedView:
    source = _source_of(reference, reads)
    changes = [change for change in changes_of(reference, reads) if change.kind != DELETED]
    edit = next(change for change in reversed(changes) if change.text is not None)
    author = _author_of(source, reads) if source else None
    return SourceEditedView(
        reference,
        source.text if source else "",
        edit.text or "",
        reads.time(edit.at),
        changes[-1].kind == KEPT,
        source is not None and _may_keep(source, person, reads),
        author.name if author else "",
    )


@dataclass(frozen=True, slots=True)
class SourceKeptView:
    """The answer to whoever leaves a record as it was said."""

    record: str


@shows("transfers/source_kept")
def source_kept_view(reads: Reads, reference: Ref) -> SourceKeptView:
    return SourceKeptView(reference)
