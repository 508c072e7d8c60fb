"""Correcting a record: its text, its owner or its date, with a reason unless it is a slip that nobody acted on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from core.features.actions.standing import living_transfer
from core.features.corrections.brought import correct_brought, is_brought
from core.features.corrections.changing import change, check_date
from core.features.corrections.events import RecordCorrected
from core.features.corrections.extending import check_not_for_oneself
from core.features.corrections.kinds import Correctable, record_meant, text_of
from core.features.corrections.standing import (
    check_can_change,
    check_may_correct,
    is_slip,
    minutes_posted,
    reason_for,
)
from core.features.corrections.telling import News, changes, tell
from core.features.corrections.wanted import TEXT, Wanted, due_of, has_date, has_owner, owners_of, unconfirmed, wanted
from core.features.meetings.reasons import SLIP_OF_THE_PEN
from core.features.meetings.records import Correction
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Due, DueBy, InQuotes, People, Reason, Reference, checked_reason
from core.kernel.registry import handles
from core.kernel.templates import day_words
from core.kernel.work import Ask, Work

REASON = "reason"


@dataclass(frozen=True, kw_only=True)
class CorrectRecord(Command):
    """Correct a record: its text in quotes, who does it, or by when; what it said before stays in the trail."""

    says: ClassVar[str] = "correct"
    heading: ClassVar[str] = msg("Correct a record")
    needs: ClassVar[str] = "record.correct"

    record: Annotated[Ref, Reference("the record")]
    text: Annotated[str, InQuotes("how it should read")] = ""
    owners: Annotated[tuple[PersonId, ...], People("who does it, or is asked")] = ()
    due: Annotated[Due | None, DueBy("by when")] = None
    reason: Annotated[str, Reason("why it changes")] = ""


@handles(CorrectRecord)
def correct_record(cmd: CorrectRecord, work: Work) -> Ask | None:
    if is_brought(cmd.record, work):
        living_transfer(work)
        return correct_brought(cmd, work)
    record = open_to_correction(cmd.record, work)
    asked_for = wanted(record, cmd.text, cmd.owners, cmd.due)
    if not asked_for.what:
        if cmd.text or cmd.owners or cmd.due:
            raise Refused(msg("{ref} reads so already."), ref=record.ref)
        return ask_for(record, cmd, not unconfirmed(record) and not is_slip(record, work))
    if asked_for.due is not None:
        check_date(record, asked_for.due, work)
        check_not_for_oneself(record, asked_for, work)
    if asked_for.due is not None and asked_for.due.ask:  # a guess is no date: the form shows what was understood
        understood = replace(cmd, due=Due(asked_for.due.day, asked_for.due.at))
        doubt = work.words.translate(msg("Nothing has changed yet: see whether {day} is the day that you mean."))
        why = _reason(record, asked_for, cmd.reason, work) is None
        return ask_for(record, understood, why, doubt.format(day=day_words(asked_for.due.day)))
    return correct(record, asked_for, cmd.reason, work)


def open_to_correction(ref: Ref, work: Work) -> Correctable:
    """The record that a reference names. Raises Refused where it cannot change, NotAllowed where not by the actor."""
    living_transfer(work)
    record = record_meant(ref, work)
    check_can_change(record, work)
    check_may_correct(record, work)
    return record


def correct(record: Correctable, asked_for: Wanted, said: str, work: Work) -> Ask | None:
    """Let the record read as is wanted; the form that asks why, where a reason is due and none was said."""
    reason = _reason(record, asked_for, said, work)
    if reason is None:
        known = CorrectRecord(
            record=record.ref,
            text=asked_for.text or "",
            owners=asked_for.owners or (),
            due=asked_for.due,
        )
        return ask_for(record, known, why=True)
    put_right(record, asked_for, reason, work)
    return None


def put_right(record: Correctable, asked_for: Wanted, reason: str, work: Work) -> None:
    """Change the record, keep why, and tell whom it concerns."""
    assert work.actor.person is not None  # the role table lets only members in
    news = News(work.actor.person, reason, changes(record, asked_for, work))
    asked = change(record, asked_for, reason, work)
    keep(record, news, work)
    work.record(RecordCorrected(record=record.ref), reason=reason)
    tell(_concerned(record, asked_for, reason, asked), record, news, asked, work)


def keep(record: Correctable, news: News, work: Work) -> None:
    """Let the record bear who changed it last, when and why, and which owner and date it had."""
    record.correction = Correction(
        person=news.by,
        at=work.now.isoformat(timespec="milliseconds"),
        reason=news.reason,
        what=[one.what for one in news.changed],
        minutes_of=minutes_posted(record, work),
        was={one.what: one.old for one in news.changed if one.what != TEXT and one.old},
    )


def _concerned(record: Correctable, asked_for: Wanted, reason: str, asked: list[PersonId]) -> list[PersonId]:
    """Of a slip in the text nobody is told: the cards change. Whoever asked a question has nothing to do."""
    if reason == SLIP_OF_THE_PEN and asked_for.what == [TEXT]:
        return []
    author = [record.created_by] if record.created_by else []
    does = owners_of(record) if has_date(record) and asked_for.owners is None else ()
    return [*asked, *does, *author]


def _reason(record: Correctable, asked_for: Wanted, said: str, work: Work) -> str | None:
    """Why, for the trail; nothing where only what was missing or a guess is settled, None where one is due."""
    if set(asked_for.what) <= set(unconfirmed(record)):
        return checked_reason(said) if said else ""
    return reason_for(said, record, work)


def ask_for(record: Correctable, known: CorrectRecord, why: bool, about: str = "") -> Ask:
    """The form with what the record says, and what it is to say as far as that is known; `why`: with the reason."""
    leaves = {"owners": has_owner(record), "due": has_date(record)}
    return Ask(
        CorrectRecord,
        {
            "record": record.ref,
            "text": known.text or text_of(record),
            "owners": known.owners or owners_of(record),
            "due": known.due or due_of(record),
            "reason": known.reason,
        },
        about,
        (REASON,) if why else (),
        tuple(name for name, has in leaves.items() if not has),
    )
