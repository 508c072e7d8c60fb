"""Who is at a meeting and how that is known: they said so, the chair noted it, or they were heard there."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.meetings.boards import redraw_running
from core.features.meetings.events import AbsenceNoted, EndQuestioned, MeetingEnded, PresenceNoted, RegretsNoted
from core.features.meetings.records import Known, Meeting
from core.kernel.ids import Audience, PersonId
from core.kernel.messages import Event
from core.kernel.registry import reacts
from core.kernel.work import Reads, Work

STARTED, SAID, SPOKE, HEARD, NOTED, ABSENT = "started", "said", "spoke", "heard", "noted", "absent"

PROVE_NOTHING = frozenset({PresenceNoted, RegretsNoted, AbsenceNoted, EndQuestioned, MeetingEnded})
"""What may be said of a meeting from outside it: attendance itself, and its end, after which nothing is corrected."""


def note_present(people: Sequence[PersonId], how: str, meeting: Meeting, work: Work) -> bool:
    """Keep that people are there and how it is known; False where nothing is new. What they say beats what is seen."""
    known = meeting.known or {}
    new = [person for person in people if person not in meeting.present]
    said = [person for person in people if how == SAID and person in known and known[person]["how"] in (SPOKE, HEARD)]
    if not new and not said:
        return False
    meeting.present = [*meeting.present, *new]
    meeting.regrets = [person for person in meeting.regrets if person not in new]
    keep_known([*new, *said], how, meeting, work)
    return True


def keep_known(people: Sequence[PersonId], how: str, meeting: Meeting, work: Work) -> None:
    """Keep how the attendance of people is known from now on."""
    by = work.actor.person if how in (NOTED, ABSENT) else None
    fact = Known(how=how, at=work.now.isoformat(timespec="milliseconds"), by=by)
    meeting.known = {**(meeting.known or {}), **dict.fromkeys(people, fact)}


def absent(meeting: Meeting) -> list[PersonId]:
    """Those of whom the chair or a lead said that they are not there, and who have not said otherwise."""
    return [person for person, fact in (meeting.known or {}).items() if fact["how"] == ABSENT]


def settled(meeting: Meeting) -> str:
    """The ids of those of whom a record tells nothing new, as `Transfer.current` keeps them in memory."""
    return " ".join([*meeting.present, *absent(meeting)])


@reacts(Event)
def note_who_speaks(event: Event, work: Work) -> None:
    """Everything passes here: who is settled is known from memory."""
    if work.actor.person is not None and type(event) not in PROVE_NOTHING:
        _note_there(work.actor.person, SPOKE, work)


def note_heard(person: PersonId, work: Work) -> None:
    """Whoever said a line that is proposed as a record, or that answers one, is there, whoever confirms it."""
    _note_there(person, HEARD, work)


def _note_there(person: PersonId, how: str, work: Work) -> None:
    facts = work.directory.facts
    if facts is None or "meeting" not in facts.current:
        return
    if person in facts.current.get("settled", "").split() or not in_joint_room(work):
        return
    meeting = work.get(Meeting, facts.current["meeting"])
    heard_at = work.origin.heard_at if work.origin else None
    if not meeting.running or (heard_at and meeting.started_at and heard_at < meeting.started_at):
        return
    if person not in absent(meeting) and note_present([person], how, meeting, work):
        work.record(PresenceNoted(record=meeting.ref))
        redraw_running(meeting, work)


def in_joint_room(reads: Reads) -> bool:
    """Whether it was said or pressed in a room that both companies share: not in a direct conversation.

    Also in one where Tandem cannot post just now: who is heard there is there.
    """
    room = reads.directory.room_at(reads.origin.room) if reads.origin else None
    return room is not None and not room.removed and room.audience == Audience.JOINT
