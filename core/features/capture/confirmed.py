"""Who confirmed what somebody else said: the record's card names both, as its trail does (AT-14)."""

from __future__ import annotations

from sqlalchemy import select

from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.features.decisions.records import Decision
from core.features.meetings.records import Captured
from core.features.questions.records import AskedQuestion, Risk
from core.kernel.complements import Complement, Fact
from core.kernel.errors import msg
from core.kernel.registry import complements
from core.kernel.work import Reads


@complements("actions/item")
def confirmed_action(reads: Reads, action: Action) -> Complement | None:
    return _confirmed(action, reads)


@complements("actions/own")
def confirmed_own_action(reads: Reads, action: Action) -> Complement | None:
    return _confirmed(action, reads)


@complements("decisions/decision")
def confirmed_decision(reads: Reads, decision: Decision) -> Complement | None:
    return _confirmed(decision, reads)


@complements("questions/question")
def confirmed_question(reads: Reads, question: AskedQuestion) -> Complement | None:
    return _confirmed(question, reads)


@complements("questions/risk")
def confirmed_risk(reads: Reads, risk: Risk) -> Complement | None:
    return _confirmed(risk, reads)


def _confirmed(record: Captured, reads: Reads) -> Complement | None:
    """Nothing where whoever said it confirmed it too, or nobody had to."""
    if record.version == 1 and record.created_by == reads.actor.person and record.created_at == reads.now:
        return None  # its author makes it this moment: not looked up, since each recording passes here
    of_meeting = select(Proposal).where(Proposal.transfer == reads.transfer, Proposal.meeting == record.meeting)
    proposal = reads.one(of_meeting.where(Proposal.record == record.ref).order_by(Proposal.ref).limit(1))
    if proposal is None or proposal.settled_by in (None, record.created_by):
        return None
    by = reads.person(proposal.settled_by, proposal.settled_at)
    return Complement((Fact(reads.words.translate(msg("Confirmed by")), by.company, by=by),))
