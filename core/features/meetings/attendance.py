"""Who is at a meeting: what each person says of themselves, and what the chair or a lead says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.meetings.boards import redraw, redraw_running
from core.features.meetings.current import (
    held_meeting,
    meeting_meant,
    not_over,
    only_chair_or_lead,
    planned_meetings,
    running_meeting,
    which_meeting,
)
from core.features.meetings.events import AbsenceNoted, PresenceNoted, RegretsNoted
from core.features.meetings.presence import ABSENT, NOTED, SAID, keep_known, note_present
from core.features.meetings.records import Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, People, Reference
from core.kernel.registry import handles
from core.kernel.work import Draw, Work


@dataclass(frozen=True, kw_only=True)
class SayHere(Command):
    """Say that you are at the meeting that runs now."""

    says: ClassVar[str] = "here"
    of_oneself: ClassVar[bool] = True
    needs: ClassVar[str] = "attendance.say"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@dataclass(frozen=True, kw_only=True)
class SayRegrets(Command):
    """Say that you cannot come to a meeting."""

    says: ClassVar[str] = "regrets"
    of_oneself: ClassVar[bool] = True
    needs: ClassVar[str] = "attendance.say"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@dataclass(frozen=True, kw_only=True)
class NotePresent(Command):
    """Note who else is at the meeting: its chair or a lead says so."""

    says: ClassVar[str] = "meeting present"
    heading: ClassVar[str] = msg("Note who is here")
    needs: ClassVar[str] = "meeting.lead"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    people: Annotated[tuple[PersonId, ...], People("who is there")]


@dataclass(frozen=True, kw_only=True)
class NoteAbsent(Command):
    """Note who is not at the meeting although they count as present: its chair or a lead says so."""

    says: ClassVar[str] = "meeting absent"
    heading: ClassVar[str] = msg("Note who is not here")
    needs: ClassVar[str] = "meeting.lead"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    people: Annotated[tuple[PersonId, ...], People("who is not there")]


@handles(SayHere)
def say_here(cmd: SayHere, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, cmd.meeting)
    return _note([_speaker(work)], SAID, meeting, work)


@handles(NotePresent)
def note_others(cmd: NotePresent, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, cmd.meeting)
    only_chair_or_lead(meeting, work)
    return _note(list(cmd.people), NOTED, meeting, work)


def _note(people: list[PersonId], how: str, meeting: Meeting, work: Work) -> Draw:
    if note_present(people, how, meeting, work):
        work.record(PresenceNoted(record=meeting.ref))
        redraw_running(meeting, work)
    return work.card("meetings/attendance", meeting=meeting, people=tuple(people))


@handles(NoteAbsent)
def note_absent(cmd: NoteAbsent, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, cmd.meeting)
    only_chair_or_lead(meeting, work)
    meeting.present = [person for person in meeting.present if person not in cmd.people]
    keep_known(cmd.people, ABSENT, meeting, work)
    work.record(AbsenceNoted(record=meeting.ref))
    redraw_running(meeting, work)
    return work.card("meetings/attendance", meeting=meeting, people=cmd.people)


@handles(SayRegrets)
def say_regrets(cmd: SayRegrets, work: Work) -> Draw:
    this_transfer(work)
    speaker = _speaker(work)
    meeting = not_over(_meant(cmd.meeting, speaker, work), work)
    if speaker not in meeting.regrets:
        meeting.regrets = [*meeting.regrets, speaker]
        meeting.present = [person for person in meeting.present if person != speaker]
        keep_known([speaker], SAID, meeting, work)
        work.record(RegretsNoted(record=meeting.ref))
        redraw(meeting, work)
    return work.card("meetings/attendance", meeting=meeting, people=(speaker,))


def _meant(ref: Ref | None, speaker: PersonId, work: Work) -> Meeting:
    """Without a reference: the running meeting for who is not at it, else the one that the speaker is invited to."""
    if ref is None:
        running = running_meeting(work)
        if running is not None and speaker not in running.present:
            return running
        invited = [meeting for meeting in planned_meetings(work) if speaker in meeting.invited]
        if len(invited) == 1:
            return invited[0]
        if running is None and invited:
            raise which_meeting(invited, work)
    return meeting_meant(work, ref)


def _speaker(work: Work) -> PersonId:
    if work.actor.person is None:
        raise Refused(msg("Only a person can be at a meeting."))
    return work.actor.person
