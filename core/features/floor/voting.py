"""Voting: one voice for each person who is at the meeting; a later vote takes the place of one's own before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.floor.counting import count_of, count_words, vote_of
from core.features.floor.events import VoteCast
from core.features.floor.motions import open_motion, show_motion
from core.features.floor.records import Motion, Vote
from core.features.meetings.presence import absent, in_joint_room
from core.features.meetings.records import Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, OneOf, Reference
from core.kernel.registry import handles, shows
from core.kernel.work import Draw, Reads, Work
from core.rules.votes import VOTES


@dataclass(frozen=True, kw_only=True)
class CastVote(Command):
    """Vote on a motion, or change your vote, while it is open: everybody who is at the meeting has one."""

    says: ClassVar[str] = "vote"
    heading: ClassVar[str] = msg("Vote")
    needs: ClassVar[str] = "motion.vote"
    overheard: ClassVar[bool] = True

    motion: Annotated[Ref | None, Reference("the motion", prefix="MOT")] = None
    vote: Annotated[str, OneOf("your vote", options=VOTES, bare=True)]


@handles(CastVote)
def cast_vote(cmd: CastVote, work: Work) -> Draw:
    this_transfer(work)
    motion = open_motion(cmd.motion, work)
    person = _voter(work.get(Meeting, motion.meeting), work)
    before = vote_of(person, motion)
    if before == cmd.vote:
        return work.card("floor/voted", motion=motion, person=person, before=before)
    assert work.actor.side is not None  # a voter is a member
    vote = Vote(
        person=person, side=work.actor.side.value, vote=cmd.vote, at=work.now.isoformat(timespec="milliseconds")
    )
    motion.votes = [*(one for one in motion.votes if one["person"] != person), vote]
    work.record(VoteCast(record=motion.ref))
    show_motion(motion, work)
    return work.aside("floor/voted", motion=motion, person=person, before=before)


def _voter(meeting: Meeting, work: Work) -> PersonId:
    """Whoever votes, if they are at the meeting: who votes in its room is. Raises NotAllowed and Refused."""
    person = work.actor.person
    if person is None or work.actor.side is None:
        raise NotAllowed(msg("Only a member of one of the two companies votes."))
    if person not in meeting.present and (person in absent(meeting) or not in_joint_room(work)):
        raise Refused(
            msg("Who is at {ref} votes, and you are not noted as there. If you are, say so first:"),
            ref=meeting.ref,
            examples=(f"here {meeting.ref}",),
        )
    return person


@dataclass(frozen=True, slots=True)
class VotedView:
    """The answer to whoever voted: `vote`, and the one `before` it, which it took the place of, if there was any."""

    ref: str
    headline: str
    vote: str
    before: str
    count: str


@shows("floor/voted")
def voted_view(reads: Reads, motion: Motion, person: PersonId, before: str) -> VotedView:
    counted = count_words(count_of(motion), reads)
    return VotedView(motion.ref, motion.headline, vote_of(person, motion), before, counted)
