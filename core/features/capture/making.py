"""From what was read, or confirmed, to the record: always by the record's own command and its handler."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.features.actions.recording import RecordAction, record_action
from core.features.actions.records import Action
from core.features.decisions.commands import RecordDecision, propose, record_decision
from core.features.decisions.records import Decision
from core.features.meetings.records import Captured
from core.features.questions.commands import AskQuestion, RecordRisk, ask_question, record_risk
from core.features.questions.records import AskedQuestion, Risk
from core.kernel.errors import msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Due
from core.kernel.work import Work

ACTION, DECISION, QUESTION, RISK, SIGNAL = "action", "decision", "question", "risk", "signal"
KINDS = (ACTION, DECISION, QUESTION, RISK, SIGNAL)
LONGEST = 3000
"""Characters of a record's text, as its command takes it."""

_MADE: dict[type[Command], tuple[Callable[[Any, Work], object], type[Captured]]] = {
    RecordAction: (record_action, Action),
    RecordDecision: (record_decision, Decision),
    AskQuestion: (ask_question, AskedQuestion),
    RecordRisk: (record_risk, Risk),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One thing to record as a line was read: `confirm` names what is missing or a guess, `rule` made it of `trigger`.

    `recurrence` is an RRULE (RFC 5545) or empty.
    """

    kind: str
    text: str
    owners: tuple[PersonId, ...] = ()
    asked_of: tuple[PersonId, ...] = ()
    due: Due | None = None
    confirm: tuple[str, ...] = ()
    recurrence: str = ""
    rule: str = ""
    trigger: str = ""


def command_for(wanted: Proposed, translate: Callable[[str], str]) -> Command:
    """The command that a person would have given in a sentence.

    A signal is recorded as a risk that says so, as long as signals have no records of their own.
    """
    text = wanted.text[:LONGEST]
    match wanted.kind:
        case "action":
            return RecordAction(text=text, owners=wanted.owners, due=wanted.due)
        case "decision":
            return RecordDecision(text=text)
        case "question":
            return AskQuestion(text=text, asked_of=wanted.asked_of)
        case "signal":
            return RecordRisk(text=translate(msg("Signal: {text}")).format(text=text)[:LONGEST])
        case _:
            return RecordRisk(text=text)


def make(command: Command, work: Work, said_by: Sequence[PersonId] | None = None) -> Captured:
    """Carry out a record's command within another, and give the record that it made; a decision counts as the word of
    those who said it, where `said_by` names them."""
    if isinstance(command, RecordDecision) and said_by is not None:
        return propose(command.text, work, said_by)
    handler, kind = _MADE[type(command)]
    handler(command, work)
    return work.get(kind, Ref(next(reversed(work.said))))


def names(people: Sequence[PersonId], work: Work) -> str:
    """Their names, for a sentence."""
    return ", ".join(work.directory.known_as(person) for person in people)
