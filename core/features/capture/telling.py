"""Who is shown a proposal: who said the line, and the chair; below the line where nothing can be for one alone."""

from __future__ import annotations

from core.features.capture.records import Proposal
from core.features.meetings.records import Meeting
from core.features.transfers.owners import is_others
from core.kernel.audit import Source
from core.kernel.ids import Audience, PersonId, Ref
from core.kernel.posting import InPlace, To, ToPerson, ToPersonHere, ToPersonIn, ToThread
from core.kernel.turn import Address
from core.kernel.work import Origin, Reads, Work


def chair_of(proposal: Proposal, reads: Reads) -> PersonId | None:
    """The chair of the meeting in which it was said, where they may know of it: of a company's own room its own."""
    now_on = reads.directory.facts.current.get("meeting") if reads.directory.facts else None
    if (ref := proposal.meeting or now_on) is None:
        return None
    chair = reads.get(Meeting, Ref(ref)).chair
    return None if is_others(proposal.audience, chair, reads) else chair


def may_answer(proposal: Proposal, person: PersonId | None, reads: Reads) -> bool:
    """Whether somebody has a say in it: who said it or agrees, the chair, an owner named in it, a lead of its
    author's."""
    return person is not None and person in answerers(proposal, reads)


def answerers(proposal: Proposal, reads: Reads) -> list[PersonId]:
    """All who may answer it, whoever said it first."""
    leads = reads.directory.holding("lead", side=reads.directory.side_of(proposal.author))
    chair = chair_of(proposal, reads)
    said = [proposal.author, *(proposal.accepted if proposal.kind == "decision" else ())]
    people = [*said, *([chair] if chair else []), *proposal.owners, *(lead.person for lead in leads)]
    return list(dict.fromkeys(people))


def show(proposal: Proposal, work: Work) -> None:
    """Show it to those who answer it, or its newest state."""
    if work.origin is None:
        return
    if proposal.aloud:
        _post(ToThread(work.origin.room, thread_of(work.origin)), proposal, work)
    for person in proposal.told:
        _post(_near(person, work.origin.room, work), proposal, work)


def redraw(proposal: Proposal, work: Work) -> None:
    """Bring what was shown up to what it is now, where that can be changed; nothing is shown anew."""
    origin = said_by(proposal, work)
    if origin is None:
        return
    if proposal.aloud:
        _post(InPlace(ToThread(origin.room, thread_of(origin))), proposal, work)
    for person in proposal.told:
        to = _near(person, origin.room, work)
        _post(InPlace(_in_room(person, origin.room, work) if isinstance(to, ToPersonHere) else to), proposal, work)


def thread_of(origin: Origin) -> str:
    """The message below which stands what belongs to a line."""
    return origin.thread or origin.message or ""


def to_be_told(proposal: Proposal, work: Work) -> list[PersonId]:
    """Who is shown it alone: its author, the chair, and who agrees too; where it stands in the room,
    only those who are elsewhere."""
    agreed = proposal.accepted if proposal.agrees_to else ()
    people = dict.fromkeys(filter(None, [proposal.author, chair_of(proposal, work), *agreed]))
    if work.origin is None:
        return []
    room = work.origin.room
    reached = [person for person in people if work.directory.members[person].accounts]
    return [person for person in reached if not (proposal.aloud and _is_at(person, room, work))]


def said_by(proposal: Proposal, reads: Reads) -> Origin | None:
    """Where it was said, and in which words, as it was captured."""
    source = reads.session.get(Source, (reads.transfer, proposal.ref))
    if source is None:
        return None
    name = reads.directory.name_of(proposal.author)
    return Origin(
        Address(source.platform, source.tenant, source.channel),
        source.author,
        name,
        source.sent_at,
        source.text,
        source.sha256,
        source.message,
        source.thread,
        source.link,
        heard_at=proposal.created_at,
        called=False,
    )


def _post(to: To, proposal: Proposal, work: Work) -> None:
    work.post(to, "capture/proposal", key=f"proposal:{proposal.ref}", record=proposal, proposal=proposal)


def _is_at(person: PersonId, room: Address, reads: Reads) -> bool:
    """Whether somebody has an account where the room is."""
    return any(account.platform == room.platform for account in reads.directory.members[person].accounts)


def _near(person: PersonId, room: Address, work: Work) -> ToPersonHere | ToPersonIn | ToPerson:
    """The line's own room; another that both share, for somebody on another platform; else their own conversation."""
    if _is_at(person, room, work):
        return ToPersonHere(person)
    for other in work.directory.rooms_for(Audience.JOINT):
        if work.directory.audience_at(room) == Audience.JOINT and _is_at(person, other.address, work):
            return ToPersonIn(person, other.id)
    return ToPerson(person)


def _in_room(person: PersonId, room: Address, work: Work) -> ToPersonIn | ToPerson:
    found = work.directory.room_at(room)
    return ToPersonIn(person, found.id) if found else ToPerson(person)
