"""Taking back what one recorded: the record keeps its number and its card, and nothing is expected of anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, assert_never

from core.features.actions.owning import FinishAction, ReopenAction
from core.features.actions.records import Action
from core.features.actions.reminders import take_back_reminders
from core.features.actions.standing import living_transfer
from core.features.actions.standing import still_open as action_still_open
from core.features.actions.telling import Remark, tell_released
from core.features.actions.telling import show as show_action
from core.features.capa import reminders as capa_reminders
from core.features.capa import telling as capa_telling
from core.features.capa.lines import lines_of
from core.features.capa.records import Capa, CapaLine
from core.features.capa.standing import still_open as line_still_open
from core.features.corrections.events import RecordWithdrawn
from core.features.corrections.kinds import Correctable, is_correctable, item_named, record_meant, show
from core.features.corrections.last import act_since, last_made
from core.features.corrections.standing import (
    capas_from,
    check_may_withdraw,
    is_slip_in_recording,
    minutes_posted,
    reason_for,
)
from core.features.corrections.steps import LAST_HOUR, item_just_changed, undo_step
from core.features.corrections.telling import News, tell
from core.features.decisions.records import Decision, Undoing
from core.features.decisions.voices import voice
from core.features.floor.motions import undecide
from core.features.meetings.records import Correction
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.errors import Refused, msg
from core.kernel.ids import Audience, PersonId, Ref
from core.kernel.messages import Command, Reason, Reference
from core.kernel.records import Record, spoken
from core.kernel.registry import handles
from core.kernel.work import Ask, Reads, Work

WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class WithdrawRecord(Command):
    """Take back your own last record or step on a checklist of the last hour, or of the one that you name."""

    says: ClassVar[str] = "undo"
    heading: ClassVar[str] = msg("Take a record back")
    needs: ClassVar[str] = "record.correct"

    record: Annotated[Ref | None, Reference("the record; without one, your own last one", or_within="MTG")] = None
    reason: Annotated[str, Reason("why it is taken back")] = ""


@handles(WithdrawRecord)
def withdraw_record(cmd: WithdrawRecord, work: Work) -> Ask | None:
    living_transfer(work)
    if item := _item(cmd.record, work):
        return None if undo_step(item, cmd.reason, work) else Ask(WithdrawRecord, {"record": item}, needs=("reason",))
    record = _named(cmd.record, work) if cmd.record else _last_of_the_hour(work)
    if isinstance(record, Correctable):
        check_can_go(record, work)
    elif record.state == WITHDRAWN:
        raise _gone_already(record)
    check_may_withdraw(record, work)
    if cmd.record is None:
        _check_was_last(record, work)
    reason = reason_for(cmd.reason, record, work, is_slip_in_recording)
    if reason is None:
        return Ask(WithdrawRecord, {"record": record.ref}, needs=("reason",))
    if isinstance(record, Correctable):
        withdraw(record, reason, work)
    else:
        work.withdrawers[_prefix(record.ref)].take_back(record, reason, work)
        work.record(RecordWithdrawn(record=record.ref), reason=reason)
    return None


def _item(ref: Ref | None, work: Work) -> Ref | None:
    """The item of a checklist whose last step is meant, by name or as what was said last."""
    if ref is None:
        return item_just_changed(work)
    item = None if is_correctable(ref) or _prefix(ref) in work.withdrawers else item_named(ref, work)
    return item.ref if item is not None else None


def _named(ref: Ref, work: Work) -> Record:
    """The record of that reference, of a kind of ours or of a later feature's that brings its taking back."""
    brought = None if is_correctable(ref) else work.withdrawers.get(_prefix(ref))
    return record_meant(ref, work) if brought is None else work.get(brought.kind, ref)


def _prefix(ref: Ref) -> str:
    return ref.rpartition("-")[0]


def _check_was_last(record: Record, work: Work) -> None:
    """Raises Refused where the actor has said something about another since: whoever means that loses no record."""
    act = act_since(record, work)
    if act is None or {*act.made, *act.about} == {record.ref}:
        return
    if act.made:
        sentence = msg("“{says}” came last and made {records}, which is not taken back so. Before it you made {ref}:")
    elif act.about:
        sentence = msg("“{says}” came last, about {records}, and is not taken back so. Before it you made {ref}:")
    else:
        sentence = msg("“{says}” came last and is not taken back so. Before it you made {ref}:")
    records = ", ".join(act.made or act.about)
    reopened = (f'{ReopenAction.says} {act.about[0]} reason:"why"',) if act.says == FinishAction.says else ()
    examples = (*reopened, f"undo {record.ref}")
    raise Refused(sentence, says=act.says, records=records, ref=record.ref, examples=examples)


def _last_of_the_hour(work: Work) -> Record:
    record = last_made(work)
    if work.now - record.created_at > LAST_HOUR:
        raise Refused(
            msg("You recorded nothing here in the last hour. What is older is taken back by its name:"),
            examples=(f"undo {record.ref}",),
        )
    return record


def withdraw(record: Correctable, reason: str, work: Work) -> None:
    """Take a record back, and tell whom it concerns."""
    assert work.actor.person is not None  # the role table lets only members in
    by, author = work.actor.person, record.created_by
    record.move(WITHDRAWN)
    if not isinstance(record, Note):
        record.open = False
    if isinstance(record, Decision):
        record.undone = Undoing(**voice(work), reason=reason, joined=None)
    else:
        record.correction = Correction(
            person=by,
            at=work.now.isoformat(timespec="milliseconds"),
            reason=reason,
            what=[],
            minutes_of=minutes_posted(record, work),
        )
    work.record(RecordWithdrawn(record=record.ref), reason=reason)
    released = _let_go(record, by, reason, work)
    others = [author] if author is not None and author not in released else []
    tell(others, record, News(by, reason), (), work)


def _let_go(record: Correctable, by: PersonId, reason: str, work: Work) -> list[PersonId]:
    """Take back what was promised, change the cards, and tell those who had it to do; returns them."""
    match record:
        case Action():
            take_back_reminders(record.owners, record, work)
            tell_released(record.owners, record, Remark(WITHDRAWN, by, reason), work)
            show_action(record, work)
            return record.owners
        case CapaLine():
            capa_reminders.take_back_reminders(record, work)
            capa_telling.show(record, work)
            capa_telling.recount(record, work)
            if record.owner is None:
                return []
            capa_telling.tell_released(record.owner, record, Remark(WITHDRAWN, by, reason), work)
            return [record.owner]
        case Decision():
            show(record, work)
            undecide(record, work)
            return []
        case Capa():
            show(record, work)
            _show_sources(record, work)
            capa_telling.show_agendas(record, work)
            return []
        case AskedQuestion() | Risk() | Note():
            show(record, work)
            return []
        case _:
            assert_never(record)


def _show_sources(capa: Capa, work: Work) -> None:
    """The cards that name a CAPA, as one that was taken back; no card of both companies names one's own."""
    if capa.audience != Audience.JOINT:
        return
    if capa.decision is not None:
        show(work.get(Decision, capa.decision), work)
    if capa.action is not None:
        show(work.get(Action, capa.action), work)


def check_can_go(record: Correctable, reads: Reads) -> None:
    """Raises Refused where it is withdrawn or over, or where others built on it; with the sentence that is right."""
    if record.state == WITHDRAWN:
        raise _gone_already(record)
    if capas := capas_from(record, reads):
        raise Refused(msg("{capas} came from {ref}, which stays therefore."), capas=", ".join(capas), ref=record.ref)
    match record:
        case Action():
            _check_action(record, reads)
        case Decision():
            _check_decision(record, reads)
        case AskedQuestion() | Risk():
            if not record.open:
                raise Refused(
                    msg("{ref} is {state} by now: it is not taken back any more."),
                    ref=record.ref,
                    state=spoken(record.state),
                )
        case Note():
            pass
        case Capa():
            _check_capa(record, reads)
        case CapaLine():
            _check_line(record, reads)
        case _:
            assert_never(record)


def _gone_already(record: Record) -> Refused:
    return Refused(msg("{ref} is withdrawn already. What is older is taken back by its name."), ref=record.ref)


def _check_action(action: Action, reads: Reads) -> None:
    action_still_open(action)
    if action.accepted:
        raise Refused(
            msg("{names} accepted {ref}: it is not taken back any more, but cancelled, with a reason:"),
            names=", ".join(map(reads.directory.known_as, action.accepted)),
            ref=action.ref,
            examples=(f'action cancel {action.ref} reason:"why"',),
        )


def _check_decision(decision: Decision, reads: Reads) -> None:
    others = [one["person"] for one in decision.agreed_by if one["person"] != decision.created_by]
    if decision.state in ("reversed", "superseded"):
        raise Refused(
            msg("{ref} is {state} by now: it is not taken back any more."), ref=decision.ref, state=decision.state
        )
    if decision.state != "proposed" or others:
        raise Refused(
            msg("{ref} was agreed to by {names}: it is not taken back any more, but reversed, with a reason:"),
            ref=decision.ref,
            names=", ".join(map(reads.directory.known_as, dict.fromkeys(others))) or "–",
            examples=(f'decision reverse {decision.ref} reason:"why"',),
        )


def _check_capa(capa: Capa, reads: Reads) -> None:
    lines = [line.ref for line in lines_of(capa.ref, reads) if line.state != WITHDRAWN]
    if capa.state != Capa.cycle.start:
        raise Refused(
            msg("{ref} is {state} by now: it is not taken back any more."), ref=capa.ref, state=spoken(capa.state)
        )
    if lines:
        raise Refused(
            msg("{ref} has lines by now: they are taken back first, {lines}."),
            ref=capa.ref,
            lines=", ".join(lines),
            examples=(f"undo {lines[-1]}",),
        )


def _check_line(line: CapaLine, reads: Reads) -> None:
    line_still_open(line)
    if line.owner is not None and line.accepted:
        raise Refused(
            msg("{name} accepted {ref}: it is not taken back any more. It may be given to somebody else:"),
            name=reads.directory.known_as(line.owner),
            ref=line.ref,
            examples=(f'capa assign {line.ref} @name reason:"why"',),
        )
