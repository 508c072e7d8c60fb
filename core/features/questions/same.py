"""Two people turn out to be one: what was asked of the one and is open is asked of the other."""

from __future__ import annotations

from sqlalchemy import select

from core.features.meetings.same import as_one
from core.features.questions.commands import show_question
from core.features.questions.records import AskedQuestion
from core.features.transfers.events import PeopleJoined
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(PeopleJoined)
def ask_the_other(event: PeopleJoined, work: Work) -> None:
    asked = select(AskedQuestion).where(AskedQuestion.transfer == work.transfer, AskedQuestion.open)
    for question in work.all(asked):
        if event.gone in question.asked_of:
            question.asked_of = as_one(question.asked_of, event)
            show_question(question, work)
