"""A reaction below a message proposes a record, of the kind that the reaction means; taken away, it takes that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from core.features.capture.confirming import settle
from core.features.capture.events import ProposalChanged, ProposalWithdrawn
from core.features.capture.making import ACTION, DECISION, QUESTION, RISK, Proposed
from core.features.capture.picking import records_made, stands
from core.features.capture.proposing import propose
from core.features.capture.records import Proposal, line_of
from core.features.capture.telling import redraw
from core.features.transfers.opening import this_transfer
from core.features.transfers.sources import changes_of, is_gone, source_of
from core.kernel.access import Directory, RoomOf
from core.kernel.audit import Source
from core.kernel.errors import DoneAlready, msg
from core.kernel.ids import PersonId
from core.kernel.messages import Command
from core.kernel.posting import Post, ToPersonIn
from core.kernel.registry import handles, shows
from core.kernel.turn import Address
from core.kernel.work import Reads, Work

MEANS: Mapping[str, str] = {"✅": DECISION, "📌": ACTION, "❓": QUESTION, "⚠": RISK}
"""What a reaction says that a message is."""


_SELECTOR = "\ufe0f"


def plain(emoji: str) -> str:
    """A reaction without the mark that only asks for it in colour."""
    return emoji.rstrip(_SELECTOR)


def reacts_at(directory: Directory, address: Address) -> bool:
    """Whether reactions at an address propose records: also while no meeting runs, as a person points at a message."""
    room = directory.room_at(address)
    return room is not None and room.open and room.reactions


@dataclass(frozen=True, kw_only=True)
class ProposeByReaction(Command):
    """Propose what a reaction says that a message is, to whoever wrote the message and to the chair."""

    needs: ClassVar[str] = "proposal.make"

    author: PersonId
    said: str
    item: Proposed
    software: str
    by: PersonId


@dataclass(frozen=True, kw_only=True)
class TakeReactionAway(Command):
    """Take back what nobody but the one whose reaction is gone has proposed, and nobody has answered; whether
    reactions are read there still, and whatever they mean today."""

    needs: ClassVar[str] = "proposal.make"

    line: str
    emoji: str
    by: PersonId


@dataclass(frozen=True, kw_only=True)
class TellUnheard(Command):
    """Tell whoever reacted to a message of which no words are known how it is captured instead."""

    needs: ClassVar[str] = "proposal.make"

    room: Address
    message: str
    emoji: str
    by: PersonId


@handles(ProposeByReaction)
def propose_by_reaction(cmd: ProposeByReaction, work: Work) -> None:
    """One message is proposed once, whoever reacts to it and by what; all who react alike keep it proposed."""
    this_transfer(work)
    origin = work.origin
    if origin is None or not reacts_at(work.directory, origin.room):
        raise DoneAlready(msg("Reactions are not read in this room any more."))
    if any(map(stands, records_made(origin.message or "", origin.room, work))):
        raise DoneAlready(msg("The message is recorded already."))
    of_line = select(Proposal).where(Proposal.transfer == work.transfer, Proposal.line == line_of(origin))
    before = [row for row in work.all(of_line.order_by(Proposal.ref)) if row.state != "withdrawn"]
    if not before:
        propose(cmd.item, cmd, work, reacted=cmd.by)
        return
    proposal = before[0]
    is_other = proposal.reacted is None or proposal.kind != cmd.item.kind
    if not proposal.open or is_other or cmd.by in (proposal.reacted or ()):
        raise DoneAlready(msg("{ref} is proposed already."), ref=proposal.ref)
    proposal.reacted = [*(proposal.reacted or ()), cmd.by]
    work.record(ProposalChanged(record=proposal.ref))


def waiting_of(line: str, reads: Reads) -> list[Proposal]:
    """What reactions propose of a message, and nobody has answered."""
    of_line = select(Proposal).where(Proposal.transfer == reads.transfer, Proposal.open, Proposal.line == line)
    return [row for row in reads.all(of_line) if row.reacted]


@handles(TakeReactionAway)
def take_reaction_away(cmd: TakeReactionAway, work: Work) -> None:
    alike = (row for row in waiting_of(cmd.line, work) if plain(row.trigger) == cmd.emoji)
    proposal = next((row for row in alike if cmd.by in (row.reacted or ())), None)
    if proposal is None:
        raise DoneAlready(msg("Nothing waits because of this reaction."))
    proposal.reacted = [person for person in proposal.reacted or () if person != cmd.by]
    if proposal.reacted:
        work.record(ProposalChanged(record=proposal.ref))
        return
    settle("withdrawn", proposal, work)
    work.record(ProposalWithdrawn(record=proposal.ref))
    redraw(proposal, work)


@handles(TellUnheard)
def tell_unheard(cmd: TellUnheard, work: Work) -> None:
    room = work.directory.room_at(cmd.room)
    if room is None or not reacts_at(work.directory, cmd.room):
        raise DoneAlready(msg("Reactions are not read in this room any more."))
    if work.one(select(Post.id).where(Post.address == str(cmd.room), Post.message == cmd.message).limit(1)):
        raise DoneAlready(msg("Tandem’s own messages are nobody’s word."))
    work.post(ToPersonIn(cmd.by, room.id), "capture/unheard", room=room, emoji=cmd.emoji)


@dataclass(frozen=True, slots=True)
class UnheardView:
    """A message in a `room` that somebody put a reaction below, and of which no words are known."""

    room: str
    emoji: str


@shows("capture/unheard")
def unheard_view(reads: Reads, room: RoomOf, emoji: str) -> UnheardView:
    return UnheardView(room.label, emoji)


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """A line as the store holds it: its words as people read them, and how they were captured."""

    words: str
    source: Source
    aloud: bool


def said_before(line: str, reads: Reads) -> SaidBefore | None:
    """A line that was proposed and taken back, as it read last; None for one of which nothing is kept, or that is
    gone from its room."""
    of_line = select(Proposal).where(Proposal.transfer == reads.transfer, Proposal.line == line)
    proposal = reads.one(of_line.where(Proposal.state == "withdrawn").order_by(Proposal.ref.desc()).limit(1))
    source = source_of(proposal.ref, reads) if proposal is not None else None
    if proposal is None or source is None:
        return None
    changes = changes_of(proposal.ref, reads)
    if is_gone(changes):
        return None
    edits = [change.text for change in changes if change.text is not None]
    words = edits[-1] if edits and not proposal.untied else proposal.said
    return SaidBefore(words, source, proposal.aloud)
