"""What is known of a line's surroundings: who may be meant, who is there, and what was made of the line it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.features.actions.owners import MOST
from core.features.actions.records import Action
from core.features.capture.records import Proposal, agreements_to, message_at
from core.features.decisions.records import Decision
from core.features.meetings.current import planned_meetings, running_meeting
from core.features.meetings.records import Captured
from core.features.questions.records import AskedQuestion, Risk
from core.features.transfers.owners import MAY_OWN
from core.features.transfers.sources import sources_of
from core.kernel.access import Directory
from core.kernel.ids import Identity, PersonId, Ref, Side
from core.kernel.posting import Post
from core.kernel.turn import Address
from core.kernel.work import Reads
from core.rules.reading.shapes import Circle, Someone


def circle_of(directory: Directory) -> Circle:
    """Everybody whom a line may mean: the active members."""
    people: dict[str, Someone] = {
        member.person: Someone(member.person, member.name, str(member.side or ""), member.roles)
        for member in directory.members.values()
        if member.active
    }
    return Circle(people, {side.value: directory.company(side) for side in Side})


def attendees(reads: Reads) -> tuple[PersonId, ...]:
    """Who is meant by everybody: those at the meeting who may own something; nobody where they are too many for one."""
    meeting = running_meeting(reads)
    members = reads.directory.members
    own = reads.audience.side
    there = [
        person
        for person in (meeting.present if meeting else ())
        if members[person].active and members[person].roles & MAY_OWN and own in (None, members[person].side)
    ]
    return tuple(there) if len(there) <= MOST else ()


def next_meeting(reads: Reads) -> dict[str, date]:
    """The day of the meeting that comes next, in the transfer's zone, as the milestone that people call it."""
    planned = planned_meetings(reads)
    return {"next meeting": planned[0].starts_at.astimezone(ZoneInfo(reads.zone)).date()} if planned else {}


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a message: its words and author as captured, a record, and a proposal that is still open.

    `answered`: it was proposed, and somebody said what becomes of it. `agreed` is the decision that it became by what
    others said to it.
    """

    text: str = ""
    author: PersonId | None = None
    record: Ref | None = None
    proposal: Ref | None = None
    answered: bool = False
    agreed: Ref | None = None


def made_of(message: str, room: Address, reads: Reads) -> Made:
    """What was made of a message in a room, and of a yes to it; or the record whose card it is."""
    said_yes = agreements_to(message_at(room, message), reads)
    agreed = next((row.record for row in said_yes if row.record and row.record.startswith("DEC-")), None)
    return replace(_captured_of(message, room, reads), agreed=agreed)


def _captured_of(message: str, room: Address, reads: Reads) -> Made:
    sources = sources_of(message, room, reads)
    if not sources:
        return _shown_by(message, room, reads)
    records = [Ref(source.record) for source in sources if not source.record.startswith(("PRP-", "LIN-"))]
    refs = [source.record for source in sources if source.record.startswith("PRP-")]
    proposed = [row for ref in refs if (row := reads.session.get(Proposal, (reads.transfer, ref))) is not None]
    waiting = [row.ref for row in proposed if row.open]
    return Made(
        sources[0].text,
        person_behind(sources[0].author, reads.directory),
        records[0] if records else None,
        waiting[0] if waiting else None,
        bool(proposed) and not waiting,
    )


def shown_at(message: str, room: Address, reads: Reads) -> Ref | None:
    """The record, or the meeting, that a message of Tandem's in a room shows to everybody there."""
    of_all = (Post.only_for.is_(None), Post.record.is_not(None))
    post = reads.one(select(Post).where(Post.address == str(room), Post.message == message, *of_all))
    return Ref(post.record) if post is not None and post.record else None


def _shown_by(message: str, room: Address, reads: Reads) -> Made:
    """The record whose card a message is."""
    card = reads.one(
        select(Post).where(Post.address == str(room), Post.message == message, Post.key.startswith("card:"))
    )
    tag, kind = _KINDS.get((card.record or "").partition("-")[0], ("", None)) if card is not None else ("", None)
    row = reads.session.get(kind, (reads.transfer, card.record)) if card is not None and kind is not None else None
    if row is None or not reads.session.may_see(row):
        return Made()
    return Made(f"{tag}: {row.text}", row.created_by, Ref(row.ref))


_KINDS: dict[str, tuple[str, type[Captured]]] = {
    "ACT": ("Action", Action),
    "DEC": ("Decision", Decision),
    "QUE": ("Question", AskedQuestion),
    "RSK": ("Risk", Risk),
}
"""A record as somebody would have said it, with the tag that a line is known by."""


def person_behind(author: str, directory: Directory) -> PersonId | None:
    """The member, present or past, whose account said something."""
    platform, _, rest = author.partition(":")
    tenant, _, user = rest.partition("/")
    return directory.by_identity.get(Identity(platform, tenant, user))
