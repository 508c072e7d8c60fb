"""Who may put a record right, when a reason is due for it, and whether it can still change at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Select, or_, select

from core.features.actions.records import Action
from core.features.actions.standing import still_open as action_still_open
from core.features.capa.records import Capa, CapaLine
from core.features.capa.standing import plan_still_open
from core.features.capa.standing import still_open as line_still_open
from core.features.corrections.kinds import Correctable
from core.features.decisions.records import Decision
from core.features.floor.motions import motion_behind
from core.features.meetings.current import chairs_of
from core.features.meetings.reasons import SLIP, SLIP_OF_THE_PEN
from core.features.meetings.records import Meeting
from core.features.questions.records import AskedQuestion, Note, Risk
from core.features.transfers.records import SourceChange
from core.kernel.access import MemberOf
from core.kernel.audit import Entry, entries_of
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import checked_reason
from core.kernel.records import Record, spoken
from core.kernel.work import Reads


def author_of(record: Record, reads: Reads) -> MemberOf | None:
    """The member who made it, present or past."""
    return reads.directory.members.get(record.created_by) if record.created_by else None


def making(record: Record, reads: Reads) -> Entry | None:
    """The entry of the trail in which it was made."""
    return reads.one(_entries(record, reads))


def _entries(record: Record, reads: Reads) -> Select[Entry]:
    return entries_of(record.ref, reads.transfer, record.trail_audience()).order_by(Entry.seq)


def maker_of(record: Record, reads: Reads) -> PersonId | None:
    """Whoever recorded it: its author, or who picked or confirmed the author's words."""
    made = making(record, reads)
    person = made.said["person"] if made is not None else None
    return PersonId(person) if person else None


def may_correct(record: Correctable, person: PersonId | None, reads: Reads) -> bool:
    """Its author, whoever recorded it, the chair, and the leads and QA of its author's company."""
    if person is None or is_maker_or_chair(record, person, reads):
        return person is not None
    author, member = author_of(record, reads), reads.directory.members[person]
    theirs = reads.directory.side_of(author.person, record.created_at) if author else member.side
    return bool(member.roles & {"lead", "qa"}) and theirs == member.side


def is_maker_or_chair(record: Record, person: PersonId | None, reads: Reads) -> bool:
    """Whoever said or recorded it, whoever chairs the meeting that runs, and whoever chaired the one that it was made
    in."""
    meeting: Ref | None = getattr(record, "meeting", None)
    if person is None or person == record.created_by or person in chairs_of(meeting, reads):
        return person is not None
    return person == maker_of(record, reads)


def check_may_correct(record: Correctable, reads: Reads) -> None:
    """Raises NotAllowed, with who may."""
    if not may_correct(record, reads.actor.person, reads):
        author = author_of(record, reads)
        side = reads.directory.side_of(author.person, record.created_at) if author else None
        speak = [member.known_as for member in reads.directory.holding("lead", "qa", side=side)]
        raise NotAllowed(
            msg(
                "{ref} was recorded by {name}: it is corrected by them, by the chair, or by a lead or QA of {company}: "
                "{names}."
            ),
            ref=record.ref,
            name=_name(author),
            company=reads.directory.company(side),
            names=", ".join(speak) or "–",
        )


def check_may_withdraw(record: Record, reads: Reads) -> None:
    """Raises NotAllowed, with who may, and with what a lead or QA may say of an action instead."""
    if is_maker_or_chair(record, reads.actor.person, reads):
        return
    cancels = isinstance(record, Action) and reads.actor.roles & {"lead", "qa"}
    maker = maker_of(record, reads)
    if maker in (None, record.created_by):
        sentence = msg("{ref} was recorded by {name}: it is taken back by them or by the chair.")
    else:
        sentence = msg("{ref} was said by {name} and recorded by {maker}: it is taken back by them or by the chair.")
    raise NotAllowed(
        sentence,
        ref=record.ref,
        name=_name(author_of(record, reads)),
        maker=reads.directory.known_as(maker) if maker else "",
        examples=(f'action cancel {record.ref} reason:"why"',) if cancels else (),
    )


def _name(author: MemberOf | None) -> str:
    return author.name if author else "Tandem"


def check_can_change(record: Correctable, reads: Reads) -> None:
    """Raises Refused where it is over, or was agreed to by both companies."""
    match record:
        case Action():
            action_still_open(record)
        case Decision():
            _check_decision(record)
        case AskedQuestion() | Risk() | Note():
            over = record.state == "withdrawn" if isinstance(record, Note) else not record.open
            if over:
                raise Refused(
                    msg("{ref} is {state} and stays as it reads. What there is to add is a note:"),
                    ref=record.ref,
                    state=spoken(record.state),
                    examples=(f"note {record.ref}: <what there is to add>",),
                )
        case Capa():
            plan_still_open(record)
        case CapaLine():
            plan_still_open(reads.get(Capa, record.capa))
            line_still_open(record)


def _check_decision(decision: Decision) -> None:
    """What both companies agreed to is changed by both alone, and one company's correction is not both."""
    if decision.state in ("withdrawn", "reversed", "superseded"):
        raise Refused(
            msg("{ref} is {state}: nothing in it changes any more. Record a new decision instead."),
            ref=decision.ref,
            state=spoken(decision.state),
            examples=("decision <what was decided>",),
        )
    if decision.state != "proposed":
        raise Refused(
            msg(
                "Both companies agreed to {ref} as it reads, so both change it: reverse it, with a reason, and record "
                "it anew."
            ),
            ref=decision.ref,
            examples=(f'decision reverse {decision.ref} reason:"why"',),
        )


def is_slip(record: Record, reads: Reads) -> bool:
    """Whether whoever's words it has puts it right at once: within 15 minutes, and before anybody else did anything
    with it."""
    return _is_new(record, reads) and _gave_its_words(record, reads) and not acted_on(record, reads)


def is_slip_in_recording(record: Record, reads: Reads) -> bool:
    """The same, also of whoever recorded what somebody else said: to take it back takes nobody's words."""
    whose = (record.created_by, maker_of(record, reads))
    return _is_new(record, reads) and reads.actor.person in whose and not acted_on(record, reads)


def _is_new(record: Record, reads: Reads) -> bool:
    return reads.actor.person is not None and reads.now - record.created_at <= SLIP


def _gave_its_words(record: Record, reads: Reads) -> bool:
    """Whether the actor said it; or recorded it, and changed by the same act how it read until then."""
    person, made = reads.actor.person, making(record, reads)
    if person == record.created_by or made is None or made.said["person"] != person:
        return person == record.created_by
    beside = (Entry.chain == made.chain, Entry.command_id == made.command_id, Entry.record != record.ref)
    by_the_act = reads.all(select(Entry).where(*beside))
    return any(entry.said["changes"].get("text", (None,))[0] is not None for entry in by_the_act)


def acted_on(record: Record, reads: Reads) -> bool:
    """Whether anybody but who said and recorded it did something with it, a CAPA came of it, or people voted on it."""
    if isinstance(record, Decision) and motion_behind(record, reads) is not None:
        return True
    return bool(capas_from(record, reads)) or (record.version > 1 and _others_changed(record, reads))


def _others_changed(record: Record, reads: Reads) -> bool:
    maker, *later = (entry.said["person"] for entry in reads.all(_entries(record, reads)))
    return bool(set(later) - {None, record.created_by, maker})


def capas_from(record: Record, reads: Reads) -> Sequence[Ref]:
    """The CAPAs that came from an action or a decision, as far as they may be seen."""
    if not isinstance(record, Action | Decision):
        return ()
    came = select(Capa).where(Capa.transfer == reads.transfer, Capa.state != "withdrawn")
    here = or_(Capa.action == record.ref, Capa.decision == record.ref)
    return [capa.ref for capa in reads.all(came.where(here).order_by(Capa.ref))]


def reason_for(said: str, record: Record, reads: Reads, slips: Callable[[Record, Reads], bool] = is_slip) -> str | None:
    """Why, for the trail: as it was said, or that it was a slip; None where a reason is due and was not given."""
    if said:
        return checked_reason(said)
    return SLIP_OF_THE_PEN if slips(record, reads) else None


def minutes_posted(record: Correctable, reads: Reads) -> Ref | None:
    """The meeting that it was recorded in, where that is over: its minutes were posted, and stay as they are."""
    if record.meeting is None:
        return None
    meeting = reads.get(Meeting, record.meeting)
    return meeting.ref if meeting.ended_at is not None else None


def came_after_minutes(change: SourceChange, record: Correctable, reads: Reads) -> bool:
    """Whether the minutes that hold a record were posted before its message was edited or deleted."""
    posted = minutes_posted(record, reads)
    ended = reads.get(Meeting, posted).ended_at if posted else None
    return ended is not None and change.noted_at >= ended
