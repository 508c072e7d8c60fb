"""Recording questions, risks and notes; answering the first and closing the second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.meetings.current import during
from core.features.questions.events import NoteTaken, QuestionAnswered, QuestionAsked, RiskClosed, RiskIdentified
from core.features.questions.records import AskedQuestion, Note, Risk
from core.features.transfers.opening import this_transfer
from core.features.transfers.owners import check_may_see
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, People, Reason, Reference, Words, checked_reason
from core.kernel.posting import ToRooms
from core.kernel.registry import handles, redraws
from core.kernel.work import Work


@dataclass(frozen=True, kw_only=True)
class AskQuestion(Command):
    """Record a question; people mentioned in it are the ones it is put to."""

    says: ClassVar[str] = "question"
    heading: ClassVar[str] = msg("Ask a question")
    needs: ClassVar[str] = "question.ask"

    text: Annotated[str, Words("what is asked")]
    asked_of: Annotated[tuple[PersonId, ...], People("whom it is put to", said_as="of", keep=True)] = ()


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(Command):
    """Answer a question."""

    says: ClassVar[str] = "question answer"
    heading: ClassVar[str] = msg("Answer a question")
    needs: ClassVar[str] = "question.answer"

    question: Annotated[Ref, Reference("the question", prefix="QUE")]
    answer: Annotated[str, Words("the answer")]


@dataclass(frozen=True, kw_only=True)
class RecordRisk(Command):
    """Record a risk."""

    says: ClassVar[str] = "risk"
    heading: ClassVar[str] = msg("Record a risk")
    needs: ClassVar[str] = "risk.record"

    text: Annotated[str, Words("what may happen")]


@dataclass(frozen=True, kw_only=True)
class CloseRisk(Command):
    """Close a risk, with the reason why it is none any more."""

    says: ClassVar[str] = "risk close"
    heading: ClassVar[str] = msg("Close a risk")
    needs: ClassVar[str] = "risk.close"

    risk: Annotated[Ref, Reference("the risk", prefix="RSK")]
    reason: Annotated[str, Reason("why it is none any more")]


@dataclass(frozen=True, kw_only=True)
class TakeNote(Command):
    """Record a note."""

    says: ClassVar[str] = "note"
    heading: ClassVar[str] = msg("Take a note")
    needs: ClassVar[str] = "note.record"

    text: Annotated[str, Words("what is to be remembered")]


@handles(AskQuestion)
def ask_question(cmd: AskQuestion, work: Work) -> None:
    this_transfer(work)
    check_may_see(cmd.asked_of, work)
    question = AskedQuestion(
        ref=work.number("QUE"), state="open", text=cmd.text, asked_of=list(cmd.asked_of), open=True, **during(work)
    )
    work.add(question)
    work.record(QuestionAsked(record=question.ref))
    show_question(question, work)


@handles(AnswerQuestion)
def answer_question(cmd: AnswerQuestion, work: Work) -> None:
    this_transfer(work)
    question = work.get(AskedQuestion, cmd.question)
    if question.answered_by is not None:
        raise Refused(
            msg("{ref} is answered already, by {name}. What there is to add is a note:"),
            ref=question.ref,
            name=work.directory.known_as(question.answered_by),
            examples=(f"note {question.ref}: <what there is to add>",),
        )
    if question.state == "withdrawn":
        raise Refused(
            msg("{ref} is withdrawn: nobody waits for its answer. If it is open after all, ask it anew:"),
            ref=question.ref,
            examples=("question <what is asked>",),
        )
    question.move("answered")
    question.answer, question.open = cmd.answer, False
    question.answered_by, question.answered_at = work.actor.person, work.now
    work.record(QuestionAnswered(record=question.ref))
    show_question(question, work)


@handles(RecordRisk)
def record_risk(cmd: RecordRisk, work: Work) -> None:
    this_transfer(work)
    risk = Risk(ref=work.number("RSK"), state="identified", text=cmd.text, open=True, **during(work))
    work.add(risk)
    work.record(RiskIdentified(record=risk.ref))
    show_risk(risk, work)


@handles(CloseRisk)
def close_risk(cmd: CloseRisk, work: Work) -> None:
    this_transfer(work)
    risk = work.get(Risk, cmd.risk)
    if not risk.open:
        withdrawn = risk.state == "withdrawn"
        raise Refused(
            msg("{ref} is withdrawn. If it is one after all, record it anew:")
            if withdrawn
            else msg("{ref} is closed already. If it is back, record it anew:"),
            ref=risk.ref,
            examples=("risk <what may happen>",),
        )
    reason = checked_reason(cmd.reason)
    risk.move("closed")
    risk.closed_because, risk.open = reason, False
    risk.closed_by, risk.closed_at = work.actor.person, work.now
    work.record(RiskClosed(record=risk.ref), reason=reason)
    show_risk(risk, work)


@handles(TakeNote)
def take_note(cmd: TakeNote, work: Work) -> None:
    this_transfer(work)
    note = Note(ref=work.number("NOT"), state="recorded", text=cmd.text, **during(work))
    work.add(note)
    work.record(NoteTaken(record=note.ref))
    show_note(note, work)


def show_question(question: AskedQuestion, work: Work) -> None:
    """Post a question's card in the rooms, or change it there."""
    work.post(ToRooms(), "questions/question", key=f"card:{question.ref}", record=question, question=question)


def show_risk(risk: Risk, work: Work) -> None:
    """One card in every room, changed in place."""
    work.post(ToRooms(), "questions/risk", key=f"card:{risk.ref}", record=risk, risk=risk)


def show_note(note: Note, work: Work) -> None:
    """One card in every room, changed in place."""
    work.post(ToRooms(), "questions/note", key=f"card:{note.ref}", record=note, note=note)


@redraws(AskedQuestion)
def show_question_again(question: AskedQuestion, stands: bool, work: Work) -> None:
    show_question(question, work)


@redraws(Risk)
def show_risk_again(risk: Risk, stands: bool, work: Work) -> None:
    show_risk(risk, work)


@redraws(Note)
def show_note_again(note: Note, stands: bool, work: Work) -> None:
    show_note(note, work)
