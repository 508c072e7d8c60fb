"""What is shown of questions, risks and notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.features.meetings.pages import Page
from core.features.meetings.records import Captured
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.complements import NOTHING, Complement
from core.kernel.ids import PersonId
from core.kernel.records import spoken
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class EndView:
    """How a question or risk came to its end: an answer or a reason, whose and when."""

    text: str
    by: PersonView
    at: TimeView


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question. `headline` is its text on one line, cut where it is long; `answer` is None where nobody gave one.

    `open`: it waits for an answer; `added` is what later features add to its card.
    """

    ref: str
    headline: str
    text: str
    by: PersonView | None
    asked_of: tuple[PersonView, ...]
    answer: EndView | None
    open: bool = True
    added: Complement = NOTHING


@dataclass(frozen=True, slots=True)
class RiskView:
    """A risk; `closed` tells how it came to its end, `state` is its state in words, `open`: it may be closed.

    `added` is what later features add to its card.
    """

    ref: str
    headline: str
    text: str
    state: str
    by: PersonView | None
    closed: EndView | None
    open: bool = True
    added: Complement = NOTHING


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note; `added` is what later features add to its card."""

    ref: str
    headline: str
    text: str
    by: PersonView | None
    withdrawn: bool = False
    added: Complement = NOTHING


@shows("questions/question")
def question_view(reads: Reads, question: AskedQuestion) -> QuestionView:
    return QuestionView(
        question.ref,
        question.headline,
        question.text,
        reads.author(question),
        tuple(reads.person(person) for person in question.asked_of),
        _end(question.answer, question.answered_by, question.answered_at, reads),
        question.open,
        reads.complement("questions/question", question=question),
    )


@shows("questions/risk")
def risk_view(reads: Reads, risk: Risk) -> RiskView:
    end = _end(risk.closed_because, risk.closed_by, risk.closed_at, reads)
    added = reads.complement("questions/risk", risk=risk)
    return RiskView(risk.ref, risk.headline, risk.text, spoken(risk.state), reads.author(risk), end, risk.open, added)


@shows("questions/note")
def note_view(reads: Reads, note: Note) -> NoteView:
    added = reads.complement("questions/note", note=note)
    return NoteView(note.ref, note.headline, note.text, reads.author(note), note.state == "withdrawn", added)


def _end(text: str | None, by: PersonId | None, at: datetime | None, reads: Reads) -> EndView | None:
    if text is None or by is None or at is None:
        return None
    return EndView(text, reads.person(by, at), reads.time(at))


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list; `people` are those that an open question is put to."""

    ref: str
    headline: str
    state: str
    open: bool
    people: tuple[PersonView, ...]


@dataclass(frozen=True, slots=True)
class LinesView:
    """A page of questions, risks or notes (`noun`); `next` is the page after it, 0 where there is none."""

    noun: str
    lines: tuple[Line, ...]
    next: int
    left: int
    may_record: bool = True


RECORDS = {"question": "question.ask", "risk": "risk.record", "note": "note.record"}


@shows("questions/list")
def lines_view(reads: Reads, noun: str, page: Page[Captured]) -> LinesView:
    lines = tuple(_line(row, reads) for row in page.rows)
    return LinesView(noun, lines, page.next, page.left, reads.may(RECORDS[noun]))


def _line(row: Captured, reads: Reads) -> Line:
    match row:
        case AskedQuestion(asked_of=people, open=still_open):
            asked = tuple(reads.person(person) for person in people) if still_open else ()
            return Line(row.ref, row.headline, row.state, still_open, asked)
        case Risk(open=still_open):
            return Line(row.ref, row.headline, spoken(row.state), still_open, ())
        case _:
            return Line(row.ref, row.headline, "withdrawn" if row.state == "withdrawn" else "", False, ())
