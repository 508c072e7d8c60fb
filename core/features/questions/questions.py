"""What people may ask about questions, risks and notes, and what an export says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeVar

from sqlalchemy import select

from core.features.meetings.pages import page_of
from core.features.meetings.records import Captured
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.errors import msg
from core.kernel.ids import Ref
from core.kernel.messages import Number, Question, Reference
from core.kernel.registry import answers, exports
from core.kernel.work import Draw, Reads

C = TypeVar("C", bound=Captured)


@dataclass(frozen=True, kw_only=True)
class ListQuestions(Question):
    """List the questions, the open ones first."""

    says: ClassVar[str] = "question list"
    needs: ClassVar[str] = "transfer.read"

    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, kw_only=True)
class ListRisks(Question):
    """List the risks, the open ones first."""

    says: ClassVar[str] = "risk list"
    needs: ClassVar[str] = "transfer.read"

    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, kw_only=True)
class ListNotes(Question):
    """List the notes, the newest first."""

    says: ClassVar[str] = "note list"
    needs: ClassVar[str] = "transfer.read"

    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, kw_only=True)
class ShowQuestion(Question):
    """Show a question with all that can be done with it."""

    says: ClassVar[str] = "question show"
    heading: ClassVar[str] = msg("Show a question")
    needs: ClassVar[str] = "transfer.read"

    question: Annotated[Ref, Reference("the question", prefix="QUE", shows=True)]


@dataclass(frozen=True, kw_only=True)
class ShowRisk(Question):
    """Show a risk with all that can be done with it."""

    says: ClassVar[str] = "risk show"
    heading: ClassVar[str] = msg("Show a risk")
    needs: ClassVar[str] = "transfer.read"

    risk: Annotated[Ref, Reference("the risk", prefix="RSK", shows=True)]


@dataclass(frozen=True, kw_only=True)
class ShowNote(Question):
    """Show a note with all that can be done with it."""

    says: ClassVar[str] = "note show"
    heading: ClassVar[str] = msg("Show a note")
    needs: ClassVar[str] = "transfer.read"

    note: Annotated[Ref, Reference("the note", prefix="NOT", shows=True)]


@answers(ShowQuestion)
def show_question(question: ShowQuestion, reads: Reads) -> Draw:
    return reads.card("questions/question", question=reads.get(AskedQuestion, question.question))


@answers(ShowRisk)
def show_risk(question: ShowRisk, reads: Reads) -> Draw:
    return reads.card("questions/risk", risk=reads.get(Risk, question.risk))


@answers(ShowNote)
def show_note(question: ShowNote, reads: Reads) -> Draw:
    return reads.card("questions/note", note=reads.get(Note, question.note))


@answers(ListQuestions)
def list_questions(question: ListQuestions, reads: Reads) -> Draw:
    return reads.card("questions/list", noun="question", page=page_of(AskedQuestion, question.page, reads))


@answers(ListRisks)
def list_risks(question: ListRisks, reads: Reads) -> Draw:
    return reads.card("questions/list", noun="risk", page=page_of(Risk, question.page, reads))


@answers(ListNotes)
def list_notes(question: ListNotes, reads: Reads) -> Draw:
    return reads.card("questions/list", noun="note", page=page_of(Note, question.page, reads))


@exports("questions")
def export_questions(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each question; `answer` is null while it is open."""
    return (_row(one, one.answer, reads) for one in _all(AskedQuestion, reads))


@exports("risks")
def export_risks(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each risk; `answer` is the reason why it was closed."""
    return (_row(one, one.closed_because, reads) for one in _all(Risk, reads))


@exports("notes")
def export_notes(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each note; nothing answers one."""
    return (_row(one, None, reads) for one in _all(Note, reads))


def _all(kind: type[C], reads: Reads) -> Iterable[C]:
    return reads.all(select(kind).where(kind.transfer == reads.transfer).order_by(kind.ref))


def _row(row: Captured, answer: str | None, reads: Reads) -> dict[str, Any]:
    envelope = reads.envelope(row)
    return {
        **envelope,
        "meeting": row.meeting,
        "text": row.text,
        "by": envelope["created_by"],
        "answer": answer,
    }
