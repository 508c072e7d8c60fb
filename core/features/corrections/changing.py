"""What a correction does to each kind: reminders move, whoever agreed or accepted is asked anew, cards change."""

from __future__ import annotations

from typing import assert_never

from core.features.actions.handing import begin_anew
from core.features.actions.owners import deadline as action_deadline
from core.features.actions.recording import assign
from core.features.actions.records import DUE, Action
from core.features.actions.reminders import plan_reminders, take_back_reminders
from core.features.actions.telling import Remark, tell_released
from core.features.actions.telling import show as show_action
from core.features.capa import reminders as capa_reminders
from core.features.capa import telling as capa_telling
from core.features.capa.owners import check_due, check_not_for_oneself, check_owner
from core.features.capa.owners import deadline as line_deadline
from core.features.capa.planning import give
from core.features.capa.records import Capa, CapaLine
from core.features.corrections.kinds import Correctable, give_text, show
from core.features.corrections.wanted import Wanted, due_of
from core.features.decisions.records import Decision
from core.features.decisions.voices import voice
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId
from core.kernel.messages import Due
from core.kernel.work import Work


def change(record: Correctable, wanted: Wanted, reason: str, work: Work) -> list[PersonId]:
    """Let the record read as is wanted; returns those whose yes was to what it said before."""
    if wanted.text is not None:
        give_text(wanted.text, record)
    match record:
        case Action():
            return _change_action(record, wanted, reason, work)
        case Decision():
            return _change_decision(record, work)
        case CapaLine():
            return _change_line(record, wanted, reason, work)
        case AskedQuestion():
            if wanted.owners is not None:
                record.asked_of = list(wanted.owners)
        case Risk() | Note() | Capa():
            pass
        case _:
            assert_never(record)
    show(record, work)
    return []


def check_date(record: Correctable, due: Due, work: Work) -> None:
    """Raises Refused for a date that is over."""
    if isinstance(record, CapaLine):
        check_due(due, record.owner, work)
    elif isinstance(record, Action):
        check_due(due, record.owners[0] if record.owners else None, work)


def _change_action(action: Action, wanted: Wanted, reason: str, work: Work) -> list[PersonId]:
    before, informed = action.owners, action.told
    asked: list[PersonId] = []
    if wanted.owners is not None or wanted.due is not None:
        take_back_reminders(before, action, work)
        if wanted.owners is not None:
            assign(wanted.owners, action, work)
        if wanted.due is not None:
            asked = _give_due(wanted.due, action, work)
        begin_anew(action)
        action.deadline = action_deadline(action, work)
        plan_reminders(action, work)
    assert work.actor.person is not None  # the role table lets only members in
    remark = Remark("reassigned", work.actor.person, reason)
    tell_released([person for person in before if person not in action.owners], action, remark, work)
    show_action(action, work, informed=informed)
    return [person for person in asked if person in action.owners]


def _give_due(due: Due, action: Action, work: Work) -> list[PersonId]:
    """Give it another date: who accepted the one before accepts it anew, but for whoever names it."""
    moved = due_of(action) != due
    action.due, action.due_at = due.day, due.at
    action.confirm = [what for what in action.confirm if what != DUE]
    asked = [person for person in action.accepted if moved and person != work.actor.person]
    action.accepted = [person for person in action.accepted if person not in asked]
    return asked


def _change_decision(decision: Decision, work: Work) -> list[PersonId]:
    """Who agreed did so to other words and is asked again; whoever corrects it says with it that they agree still."""
    mine = [one for one in decision.agreed_by if one["person"] == work.actor.person]
    others = [one["person"] for one in decision.agreed_by if one not in mine]
    decision.agreed_by = [voice(work)] if mine else []
    show(decision, work)
    return list(dict.fromkeys(others))


def _change_line(line: CapaLine, wanted: Wanted, reason: str, work: Work) -> list[PersonId]:
    """As `capa assign` gives it another owner or date: it is accepted anew."""
    gone, asked = None, []
    if wanted.owners is not None or wanted.due is not None:
        owner, due = _owner_wanted(line, wanted), wanted.due or Due(line.due, line.due_at)
        if owner is not None:
            check_owner(owner, work.get(Capa, line.capa), work)
        if wanted.due is not None:
            check_due(due, owner, work)
            check_not_for_oneself(line, owner, due, work)
        capa_reminders.take_back_reminders(line, work)
        gone = line.owner if line.owner != owner else None
        asked = [line.owner] if line.owner is not None and line.accepted and gone is None else []
        line.due, line.due_at, line.deadline = due.day, due.at, line_deadline(due, owner, work)
        give(owner, line, work)
        capa_reminders.plan_reminders(line, work)
    if gone is not None:
        assert work.actor.person is not None  # the role table lets only members in
        capa_telling.tell_released(gone, line, Remark("assigned", work.actor.person, reason), work)
    capa_telling.show(line, work, before=gone)
    if wanted.due is not None:
        capa_telling.recount(line, work)
    return asked


def _owner_wanted(line: CapaLine, wanted: Wanted) -> PersonId | None:
    if wanted.owners is None:
        return line.owner
    if len(wanted.owners) > 1:
        raise Refused(msg("{ref} has one owner: name one person."), ref=line.ref)
    return wanted.owners[0]
