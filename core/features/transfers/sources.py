"""Captured messages that are edited or deleted later: what was said stays, and what became of it stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol, TypeVar

from sqlalchemy import select

from core.features.transfers.events import SourceDeleted, SourceEdited, SourceEditedBack, SourceRestored
from core.features.transfers.lines import leads_of
from core.features.transfers.records import SourceChange
from core.kernel.access import MemberOf
from core.kernel.audit import Source
from core.kernel.clock import new_id
from core.kernel.errors import Refused, msg
from core.kernel.ids import Audience, Identity, PersonId, Ref
from core.kernel.messages import Command
from core.kernel.registry import handles
from core.kernel.turn import Address
from core.kernel.work import Reads, Work

EDITED, EDITED_BACK, DELETED, RESTORED = "edited", "edited back", "deleted", "restored"
KEPT, TAKEN = "kept", "taken"
"""What came of it: the record stays as it was said, or was corrected or withdrawn since."""

WAITING = ("LIN-", "PRP-")
"""References of what somebody has yet to answer: held lines and proposals."""


class Change(Protocol):
    """Something that became of a message, or came of that."""

    @property
    def kind(self) -> str: ...


C = TypeVar("C", bound=Change)


@dataclass(frozen=True, kw_only=True)
class NoteSourceEdited(Command):
    """Keep in the trail that a captured message reads otherwise now; the record stays as it was said."""

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
class NoteSourceRestored(Command):
    """Keep in the trail that a captured message, which was deleted, is back in its room."""

    needs: ClassVar[str] = "source.note"

    room: Address
    message: str
    at: datetime


@handles(NoteSourceEdited)
def note_source_edited(cmd: NoteSourceEdited, work: Work) -> None:
    sources = _sources(cmd.room, cmd.message, work)
    before = _text_now(sources[0], work)
    if before == cmd.text:
        raise Refused(msg("The text is what it was: only its preview changed."))
    if any(change.text is not None and change.at > cmd.at for change in changes_of(Ref(sources[0].record), work)):
        raise Refused(msg("How the message reads since a later edit is known already."))
    for source in sources:
        is_back = cmd.text == _text_followed(source, work)
        kind = EDITED_BACK if is_back else EDITED
        work.add(_change(source, kind, cmd.at, work, text=cmd.text, sha256=cmd.sha256))
        work.record((SourceEditedBack if is_back else SourceEdited)(record=source.record))


@handles(NoteSourceDeleted)
def note_source_deleted(cmd: NoteSourceDeleted, work: Work) -> None:
    sources = _sources(cmd.room, cmd.message, work)
    if is_gone(changes_of(Ref(sources[0].record), work)):
        raise Refused(msg("That the message is gone is known already."))
    for source in sources:
        work.add(_change(source, DELETED, cmd.at, work))
        work.record(SourceDeleted(record=source.record))


@handles(NoteSourceRestored)
def note_source_restored(cmd: NoteSourceRestored, work: Work) -> None:
    sources = _sources(cmd.room, cmd.message, work)
    if not is_gone(changes_of(Ref(sources[0].record), work)):
        raise Refused(msg("The message was never gone."))
    for source in sources:
        work.add(_change(source, RESTORED, cmd.at, work))
        work.record(SourceRestored(record=source.record))


def is_gone(changes: Sequence[SourceChange]) -> bool:
    """Whether the message is deleted, and not restored since."""
    return any(change.kind == DELETED for change in counting(changes))


def counting(changes: Iterable[C]) -> list[C]:
    """The changes that count: not what was undone, a deletion or an edit, nor what was answered to it."""
    kept: list[C] = []
    for change in changes:
        if change.kind == RESTORED:
            while kept and kept.pop().kind != DELETED:
                pass
        elif change.kind == EDITED_BACK:
            kept = _before_edits(kept)
        else:
            kept.append(change)
    return kept


def _before_edits(changes: Sequence[C]) -> list[C]:
    """Without the edits since the record followed its message last; an answer to a deletion stays."""
    followed = max((place for place, change in enumerate(changes, 1) if change.kind == TAKEN), default=0)
    since = changes[followed:]
    undone = {EDITED} if any(change.kind == DELETED for change in since) else {EDITED, KEPT}
    return [*changes[:followed], *(change for change in since if change.kind not in undone)]


def author_of(source: Source, reads: Reads) -> MemberOf | None:
    """The member who said it, present or past."""
    for identity, person in reads.directory.by_identity.items():
        if str(identity) == source.author:
            return reads.directory.members[person]
    return None


def source_of(record: Ref, reads: Reads) -> Source | None:
    """What was said when a record was made; None for one that nobody said."""
    return reads.one(select(Source).where(Source.transfer == reads.transfer, Source.record == record))


def changes_of(record: Ref, reads: Reads) -> Sequence[SourceChange]:
    """What became of a record's message, the oldest first."""
    return reads.all(
        select(SourceChange)
        .where(SourceChange.transfer == reads.transfer, SourceChange.record == record)
        .order_by(SourceChange.noted_at, SourceChange.id)
    )


def sources_of(message: str, room: Address, reads: Reads) -> Sequence[Source]:
    """What was said in a message of a room, once for each record that was made of it."""
    return reads.all(
        select(Source)
        .where(
            Source.message == message,
            Source.channel == room.channel,
            Source.tenant == room.tenant,
            Source.platform == room.platform,
            Source.transfer == reads.transfer,
        )
        .order_by(Source.record)
    )


def _sources(room: Address, message: str, work: Work) -> Sequence[Source]:
    found = sources_of(message, room, work)
    if not found:
        raise Refused(msg("No record was made from this message."))
    return found


def _text_now(source: Source, reads: Reads) -> str:
    """The message as it was last known to read."""
    edits = [change.text for change in changes_of(Ref(source.record), reads) if change.text is not None]
    return edits[-1] if edits else source.text


def _text_followed(source: Source, reads: Reads) -> str:
    """The message as it read when the record followed it last: as it was captured, or as it was taken over since."""
    now = followed = source.text
    for change in changes_of(Ref(source.record), reads):
        now = now if change.text is None else change.text
        followed = now if change.kind == TAKEN else followed
    return followed


def settle(source: Source, kind: str, work: Work) -> None:
    """Keep what came of the question, KEPT or TAKEN: nobody waits for an answer."""
    work.add(_change(source, kind, work.now, work))


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


def carry_edits(earlier: Ref, source: Source, work: Work) -> bool:
    """Keep the edits of what a record was `earlier` at the record too; whether there are any that it does not hold."""
    edits = [change for change in counting(changes_of(earlier, work)) if change.kind == EDITED]
    if not edits or edits[-1].sha256 == source.sha256:
        return False
    for edit in edits:
        text, sha256 = edit.text or "", edit.sha256 or ""
        carried = _change(source, EDITED, edit.at, work, text=text, sha256=sha256)
        carried.noted_at = edit.noted_at
        work.add(carried)
    return True


def is_held(source: Source) -> bool:
    """What only waits to become a record is none that could change: the trail says that its message was edited."""
    return source.record.startswith(WAITING)


def authors_of(source: Source, work: Work) -> list[PersonId]:
    """Who said it; the leads of their side where they are no member any more, those near to an account unknown."""
    author = author_of(source, work)
    if author is not None and author.active:
        return [author.person]
    entitled = work.directory.entitled(Audience(source.audience), "lead")
    if author is not None and (own := [lead for lead in entitled if lead.side == author.side]):
        return [lead.person for lead in own if lead.accounts]
    platform, _, rest = source.author.partition(":")
    tenant, _, user = rest.partition("/")
    near = leads_of(Identity(platform, tenant, user), Audience(source.audience), work)
    return [lead.person for lead in near if lead.accounts]
