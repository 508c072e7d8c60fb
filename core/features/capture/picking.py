"""A message that somebody picked becomes a record: of its author's words, by whoever picked it, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import msgspec
from sqlalchemy import select

from core.features.capture.circle import person_behind
from core.features.capture.confirming import settle
from core.features.capture.events import MessageCaptured, ProposalConfirmed
from core.features.capture.making import ACTION, KINDS, LONGEST, QUESTION, Proposed, command_for, make
from core.features.capture.records import Proposal, line_of
from core.features.capture.telling import redraw
from core.features.corrections.kinds import CAPTURED
from core.features.meetings.records import Captured
from core.features.transfers.opening import this_transfer
from core.features.transfers.sources import sources_of
from core.kernel.errors import DoneAlready, Unclear, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Due, DueBy, OneOf, People, Words
from core.kernel.picks import PickedLine
from core.kernel.posting import ToMessage
from core.kernel.registry import handles, shows
from core.kernel.turn import Address, Filled
from core.kernel.work import Ask, Draw, Origin, Reads, Work

UNPICKED = msg("Nothing is chosen. Choose “Capture in Tandem” at a message.")
TOO_OLD = msg("This form is too old. Choose “Capture in Tandem” at the message again.")


@dataclass(frozen=True, kw_only=True)
class CaptureMessage(Command):
    """Record a message, chosen by “Capture in Tandem” in its own menu, also an old one."""

    says: ClassVar[str] = "capture"
    heading: ClassVar[str] = msg("Capture in Tandem")
    needs: ClassVar[str] = "message.capture"

    kind: Annotated[str, OneOf("what it is", options=KINDS)]
    text: Annotated[str, Words("what is recorded", longest=LONGEST)]
    owners: Annotated[tuple[PersonId, ...], People("who does it, or is asked")] = ()
    due: Annotated[Due | None, DueBy("by when")] = None
    pick: str = ""


@dataclass(frozen=True, kw_only=True)
class CaptureAll(Command):
    """Record all that a message is marked as, each by itself, as “Capture in Tandem” in its own menu lists it."""

    says: ClassVar[str] = "capture all"
    heading: ClassVar[str] = msg("Capture in Tandem")
    needs: ClassVar[str] = "message.capture"

    pick: str = ""


@handles(CaptureMessage)
def capture_message(cmd: CaptureMessage, work: Work) -> Ask | None:
    this_transfer(work)
    wanted = _as_proposed(cmd)
    if not cmd.pick and work.origin is not None:  # typed, where no form could be opened: its speaker's own words
        with work.as_said(work.origin):
            make(command_for(wanted, work.words.translate), work)
        return None
    _capture(wanted, _picked(cmd.pick, work), work)
    return None


@handles(CaptureAll)
def capture_all(cmd: CaptureAll, work: Work) -> Draw:
    this_transfer(work)
    if not cmd.pick:
        raise Unclear(UNPICKED)
    picked = _picked(cmd.pick, work)
    if not (items := _read_as(picked)):
        raise Unclear(TOO_OLD)
    records = [_capture(item, picked, work) for item in items]
    return work.aside("capture/captured", records=records)


@dataclass(frozen=True, slots=True)
class CapturedLine:
    """A record, with its text on one line."""

    ref: str
    headline: str


@dataclass(frozen=True, slots=True)
class CapturedView:
    """The records that were made of one message."""

    records: tuple[CapturedLine, ...]


@shows("capture/captured")
def captured_view(reads: Reads, records: Sequence[Captured]) -> CapturedView:
    return CapturedView(tuple(CapturedLine(record.ref, record.headline) for record in records))


def _capture(wanted: Proposed, picked: PickedLine, work: Work) -> Captured:
    """Make a record of a picked message, as its author's."""
    origin = picked.origin
    work.proposed_by = picked.proposed_by
    agree = _agreeing(wanted, picked, work)
    with work.as_said(origin):
        record = make(command_for(wanted, work.words.translate), work, agree)
    record.created_by = person_behind(origin.author, work.directory)
    work.record(MessageCaptured(record=record.ref))
    _settle_proposal(record, origin, work)
    if origin.message:
        mark = ToMessage(origin.room, origin.message, origin.thread)
        work.post(mark, "capture/marked", record=None, reference=record.ref)
    return record


def _agreeing(wanted: Proposed, picked: PickedLine, work: Work) -> list[PersonId]:
    """Whose word a decision is: to pick is not to agree, so that of whoever said it, where it was read as one in these
    words; of other words, and of what only the one who picked it calls a decision, nobody's but their own."""
    author = person_behind(picked.origin.author, work.directory)
    if author is None:
        return []
    as_said = any((one.kind, one.text.split()) == (wanted.kind, wanted.text.split()) for one in _read_as(picked))
    return [author] if as_said or author == work.actor.person else []


def _read_as(picked: PickedLine) -> tuple[Proposed, ...]:
    """What a picked message was read as, as its form showed it."""
    return msgspec.json.decode(picked.items, type=tuple[Proposed, ...])


def records_made(message: str, room: Address, reads: Reads) -> list[Captured]:
    """The records that were made of a message."""
    sources = sources_of(message, room, reads)
    kinds = [(source.record, CAPTURED.get(source.record.partition("-")[0])) for source in sources]
    found = [reads.session.get(kind, (reads.transfer, ref)) for ref, kind in kinds if kind is not None]
    return [row for row in found if row is not None and reads.session.may_see(row)]


def stands(record: Captured) -> bool:
    """Whether it was not taken back."""
    return record.state != "withdrawn"


def already(made: Sequence[Captured]) -> DoneAlready:
    """The refusal that names what a message has become."""
    return DoneAlready(
        msg("This message is recorded already: {refs} – {text}"),
        refs=", ".join(record.ref for record in made),
        text=made[0].headline,
    )


def pick_of(filled: Filled) -> str | None:
    """The pick of a form that captures a message; None for another form."""
    if filled.message not in (CaptureMessage.called(), CaptureAll.called()):
        return None
    try:
        given = msgspec.json.decode(filled.given or "{}", type=dict[str, Any])
    except msgspec.DecodeError:
        return None
    return str(given.get("pick") or "") or None


def _as_proposed(cmd: CaptureMessage) -> Proposed:
    return Proposed(
        kind=cmd.kind,
        text=cmd.text,
        owners=cmd.owners if cmd.kind == ACTION else (),
        asked_of=cmd.owners if cmd.kind == QUESTION else (),
        due=cmd.due if cmd.kind == ACTION else None,
    )


def _picked(pick: str, work: Work) -> PickedLine:
    """The message behind a form, which is filled in where it was opened. Raises Unclear, and DoneAlready where records
    were made of it since."""
    row = work.session.get(PickedLine, pick)
    if row is None or row.transfer != work.transfer or work.origin is None or row.origin.room != work.origin.room:
        raise Unclear(TOO_OLD)
    made = records_made(row.origin.message or "", row.origin.room, work)
    if living := [one for one in made if stands(one)]:
        raise already(living)
    return row


def _settle_proposal(record: Captured, origin: Origin, work: Work) -> None:
    """What waited for an answer about the same message has one: the record itself."""
    waiting = work.all(
        select(Proposal)
        .where(Proposal.transfer == work.transfer, Proposal.open, Proposal.line == line_of(origin))
        .order_by(Proposal.ref)
    )
    proposal = next((one for one in waiting if record.ref.startswith(_PREFIX[one.kind])), next(iter(waiting), None))
    if proposal is None:
        return
    proposal.record = Ref(record.ref)
    settle("confirmed", proposal, work, work.actor.person)
    work.record(ProposalConfirmed(record=proposal.ref))
    redraw(proposal, work)


_PREFIX = {"action": "ACT-", "decision": "DEC-", "question": "QUE-", "risk": "RSK-", "signal": "RSK-"}
