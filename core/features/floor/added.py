"""What the floor adds to earlier cards: who speaks and waits, and what a meeting should not leave behind."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.decisions.records import Decision
from core.features.floor.counting import count_of, count_words
from core.features.floor.finding import floor_of
from core.features.floor.motions import motion_behind, motions_of
from core.features.floor.records import Speaker
from core.features.floor.reminders import reminders_of
from core.features.meetings.current import clock_words
from core.features.meetings.records import Meeting
from core.kernel.complements import Complement, Fact, Offer
from core.kernel.errors import msg
from core.kernel.registry import complements
from core.kernel.work import Reads

NAMED = 6
"""As many are named in one line; the queue itself has them all."""
ABOUT = 60


@complements("meetings/running")
def who_speaks(reads: Reads, meeting: Meeting) -> Complement | None:
    if not meeting.running:
        return None
    floor, says = floor_of(meeting, reads), reads.words.translate
    offer = Offer(says(msg("I want to speak")), f"q+ {meeting.ref}")
    if floor is None:
        return Complement((), (offer,))
    facts = [Fact(says(msg("Speaks now")), named([floor.speaks], reads))] if floor.speaks else []
    if floor.queue:
        facts.append(Fact(says(msg("Waiting to speak")), named(floor.queue, reads)))
    return Complement(tuple(facts), (offer,))


@complements("meetings/going_on")
def who_still_waits(reads: Reads, meeting: Meeting) -> Complement | None:
    floor, says = floor_of(meeting, reads), reads.words.translate
    if floor is None or not floor.queue:
        return None
    fact = Fact(says(msg("Waiting to speak")), named(floor.queue, reads), grave=True)
    return Complement((fact,), (Offer(says(msg("Next speaker")), f"ack {meeting.ref}"),))


def named(speakers: Sequence[Speaker], reads: Reads) -> str:
    """People in a line, each with what they want to speak of; by name, so that nobody is called."""
    said = [_with_words(one, reads) for one in speakers[:NAMED]]
    return ", ".join(said) + (" …" if len(speakers) > NAMED else "")


def _with_words(one: Speaker, reads: Reads) -> str:
    name, about = reads.directory.known_as(one["person"]), one["about"]
    if not about:
        return name
    return f"{name} ({about if len(about) <= ABOUT else about[: ABOUT - 1].rstrip() + '…'})"


@complements("meetings/ending")
def what_is_left_on_the_floor(reads: Reads, meeting: Meeting) -> Complement:
    says, floor, motions = reads.words.translate, floor_of(meeting, reads), motions_of(meeting, reads)
    facts = []
    if floor is not None and floor.queue:
        facts.append(Fact(says(msg("Waiting to speak")), named(floor.queue, reads), grave=True))
    if still_open := [one.ref for one in motions if one.state == "open"]:
        facts.append(Fact(says(msg("Motions that nobody closed")), ", ".join(still_open), grave=True))
    if carried := [one.ref for one in motions if one.state == "carried"]:
        facts.append(Fact(says(msg("Carried, and not recorded as a decision")), ", ".join(carried), grave=True))
    if ends := [one for one in reminders_of(meeting, reads, "waiting") if one.span]:
        said = ", ".join(f"{clock_words(one.due_at, reads)} {one.headline}" for one in ends[:NAMED])
        facts.append(Fact(says(msg("Reminders that end with the meeting")), said))
    return Complement(tuple(facts))


@complements("meetings/ended")
def reminders_that_ended(reads: Reads, meeting: Meeting) -> Complement | None:
    says = reads.words.translate
    found = (("dropped", msg("Reminders that ended with it")), ("waiting", msg("Reminders to come")))
    facts = [
        Fact(says(label), ", ".join(f"{one.ref} {clock_words(one.due_at, reads)}" for one in rows))
        for state, label in found
        if (rows := reminders_of(meeting, reads, state))
    ]
    return Complement(tuple(facts))


@complements("decisions/decision")
def motion_behind_a_decision(reads: Reads, decision: Decision) -> Complement | None:
    motion = motion_behind(decision, reads)
    if motion is None:
        return None
    words = f"{motion.ref} · {count_words(count_of(motion), reads)}"
    return Complement((Fact(reads.words.translate(msg("From the motion")), words),))
