"""Motions: put by whoever takes part, closed by the chair or a lead, recorded as a decision by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from sqlalchemy import select

from core.features.decisions.commands import propose
from core.features.decisions.events import DecisionReversed, DecisionWithdrawn, VoicesFell
from core.features.decisions.records import Decision
from core.features.floor.counting import count_of, count_words
from core.features.floor.events import (
    MotionClosed,
    MotionDecided,
    MotionLapsed,
    MotionPut,
    MotionUndecided,
    MotionWithdrawn,
)
from core.features.floor.records import Motion
from core.features.meetings.current import clock_words, held_meeting, leads, only_chair_or_lead, running_meeting
from core.features.meetings.events import MeetingEnded
from core.features.meetings.records import Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Choice, NotAllowed, NotFound, Refused, WhichOne, msg
from core.kernel.ids import Ref
from core.kernel.messages import Command, Event, Reference, Words
from core.kernel.posting import ToRooms
from core.kernel.records import spoken
from core.kernel.registry import handles, reacts, redraws
from core.kernel.work import Reads, Work

MOST_OPEN = 10
"""Motions that are open in one meeting at a time."""
EXAMPLE = 'motion "we go with three batches"'


@dataclass(frozen=True, kw_only=True)
class PutMotion(Command):
    """Put a motion to the meeting that runs, for everybody there to vote on."""

    says: ClassVar[str] = "motion"
    heading: ClassVar[str] = msg("Put a motion")
    needs: ClassVar[str] = "motion.put"

    text: Annotated[str, Words("what is moved")]


@dataclass(frozen=True, kw_only=True)
class CloseMotion(Command):
    """Close a motion and count its votes, as the meeting's chair or a lead: it is carried if more say yes than no."""

    says: ClassVar[str] = "motion close"
    needs: ClassVar[str] = "motion.close"

    motion: Annotated[Ref | None, Reference("the motion", prefix="MOT")] = None


@dataclass(frozen=True, kw_only=True)
class WithdrawMotion(Command):
    """Withdraw a motion before it is closed: whoever put it, the meeting's chair or a lead."""

    says: ClassVar[str] = "motion withdraw"
    needs: ClassVar[str] = "motion.put"

    motion: Annotated[Ref | None, Reference("the motion", prefix="MOT")] = None


@dataclass(frozen=True, kw_only=True)
class RecordMotion(Command):
    """Record a motion that was carried as a decision, to which both companies then agree as to any other."""

    says: ClassVar[str] = "motion record"
    heading: ClassVar[str] = msg("Record a motion")
    needs: ClassVar[str] = "decision.record"

    motion: Annotated[Ref, Reference("the motion", prefix="MOT")]


@handles(PutMotion)
def put_motion(cmd: PutMotion, work: Work) -> None:
    this_transfer(work)
    meeting = held_meeting(work, None)
    if sum(one.state == "open" for one in motions_of(meeting, work)) >= MOST_OPEN:
        raise Refused(
            msg("{count} motions are open in {ref}. Close one first:"),
            count=MOST_OPEN,
            ref=meeting.ref,
            examples=("motion list",),
        )
    motion = Motion(
        ref=work.number("MOT"), state="open", text=cmd.text, meeting=meeting.ref, item=meeting.current, votes=[]
    )
    work.add(motion)
    work.record(MotionPut(record=motion.ref))
    show_motion(motion, work)


@handles(CloseMotion)
def close_motion(cmd: CloseMotion, work: Work) -> None:
    this_transfer(work)
    motion = open_motion(cmd.motion, work)
    only_chair_or_lead(work.get(Meeting, motion.meeting), work)
    motion.move("carried" if count_of(motion).carried else "not_carried")
    motion.closed_by, motion.closed_at = work.actor.person, work.now
    work.record(MotionClosed(record=motion.ref))
    show_motion(motion, work)


@handles(WithdrawMotion)
def withdraw_motion(cmd: WithdrawMotion, work: Work) -> None:
    this_transfer(work)
    motion = open_motion(cmd.motion, work)
    if motion.created_by != work.actor.person and not leads(work.get(Meeting, motion.meeting), work):
        raise NotAllowed(
            msg("{name} put {ref}: they withdraw it, or the meeting’s chair or a lead does."),
            name=work.directory.known_as(motion.created_by) if motion.created_by else "",
            ref=motion.ref,
        )
    motion.move("withdrawn")
    motion.closed_by, motion.closed_at = work.actor.person, work.now
    work.record(MotionWithdrawn(record=motion.ref))
    show_motion(motion, work)


@handles(RecordMotion)
def record_motion(cmd: RecordMotion, work: Work) -> None:
    this_transfer(work)
    motion = work.get(Motion, cmd.motion)
    if motion.state == "decided":
        raise Refused(msg("{ref} is recorded already, as {decision}."), ref=motion.ref, decision=motion.decision)
    if motion.state != "carried":
        raise Refused(
            msg("{ref} is {state}: only a motion that is carried is recorded as a decision. Record any other as such:"),
            ref=motion.ref,
            state=spoken(motion.state),
            examples=("decision <what was decided>",),
        )
    decision = propose(motion.text, work)
    motion.move("decided")
    motion.decision = decision.ref
    work.record(
        MotionDecided(record=motion.ref), reason=f"{motion.ref} was carried: {count_words(count_of(motion), work)}"
    )
    show_motion(motion, work)


@reacts(DecisionWithdrawn)
def follow_decision(event: DecisionWithdrawn, work: Work) -> None:
    undecide(work.get(Decision, event.record), work)


def undecide(decision: Decision, work: Work) -> None:
    """A decision was taken back: the motion that it was recorded of is carried, as it was before."""
    motion = motion_behind(decision, work)
    if motion is not None and motion.state == "decided":
        motion.move("carried")
        work.record(MotionUndecided(record=motion.ref))
        show_motion(motion, work)


@reacts(DecisionReversed)
@reacts(VoicesFell)
def tell_of_reversal(event: Event, work: Work) -> None:
    """What both companies reversed was decided all the same, and the motion's card says both, as long as they do."""
    motion = motion_behind(work.get(Decision, event.record), work)
    if motion is not None:
        show_motion(motion, work)


@reacts(MeetingEnded)
def let_lapse(event: MeetingEnded, work: Work) -> None:
    """What nobody closed is not counted: nobody said that the voting was over."""
    for motion in motions_of(work.get(Meeting, event.record), work):
        if motion.state == "open":
            motion.move("lapsed")
            motion.closed_at = work.now
            work.record(MotionLapsed(record=motion.ref))
            show_motion(motion, work)


def show_motion(motion: Motion, work: Work) -> None:
    """One card in every room, changed in place."""
    work.post(ToRooms(), "floor/motion", key=f"card:{motion.ref}", record=motion, motion=motion)


def motions_of(meeting: Meeting, reads: Reads) -> Sequence[Motion]:
    """The motions that were put to a meeting, in the order of their numbers."""
    here = select(Motion).where(Motion.transfer == reads.transfer, Motion.meeting == meeting.ref)
    return reads.all(here.order_by(Motion.created_at, Motion.ref))


def motion_behind(decision: Decision, reads: Reads) -> Motion | None:
    """The motion that a decision was recorded of; of one that is being recorded now it is at hand, if there is one."""
    for row in reads.session.identity_map.values():
        if isinstance(row, Motion) and row.decision == decision.ref:
            return row
    if reads.session.find_outside(Decision, decision.ref) is not None:
        return None
    return reads.one(select(Motion).where(Motion.transfer == reads.transfer, Motion.decision == decision.ref))


def open_motion(ref: Ref | None, reads: Reads) -> Motion:
    """The motion `ref`, else the only one that is open. Raises Refused where it is not, WhichOne where several are."""
    if ref is not None:
        return _still_open(reads.get(Motion, ref), reads)
    meeting = running_meeting(reads) or held_meeting(reads, None)
    waiting = [one for one in motions_of(meeting, reads) if one.state == "open"]
    if not waiting:
        raise NotFound(msg("No motion is open in {ref}. Put one:"), ref=meeting.ref, examples=(EXAMPLE,))
    if len(waiting) > 1:
        choices = tuple(Choice(one.ref, one.headline) for one in waiting)
        raise WhichOne(msg("Several motions are open. Which one do you mean?"), choices=choices)
    return waiting[0]


def _still_open(motion: Motion, reads: Reads) -> Motion:
    if motion.state == "open":
        return motion
    if motion.state == "lapsed":
        raise Refused(
            msg("{ref} was not closed before {meeting} ended, so it is not counted. Nothing changed."),
            ref=motion.ref,
            meeting=motion.meeting,
        )
    raise Refused(
        msg("{ref} is {state} since {time}, with {votes}. Nothing changed."),
        ref=motion.ref,
        state=reads.words.translate("carried" if motion.state == "decided" else spoken(motion.state)),
        time=clock_words(motion.closed_at, reads),
        votes=count_words(count_of(motion), reads),
    )


@redraws(Motion)
def show_motion_again(motion: Motion, stands: bool, work: Work) -> None:
    show_motion(motion, work)
