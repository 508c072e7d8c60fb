"""Recording a decision, and each company's word on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.decisions.events import (
    DecisionAgreed,
    DecisionConcurred,
    DecisionObjected,
    DecisionProposed,
    DecisionWithdrawn,
    ReversalAsked,
)
from core.features.decisions.records import Decision, Objection, Undoing
from core.features.decisions.reversing import join_reversal, let_stand, reversed_when_all_said_so
from core.features.decisions.voices import SPEAK_FOR_THEIR_COMPANY, own_side, voice, voices_of
from core.features.meetings.current import during
from core.features.transfers.opening import this_transfer
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import PersonId, Ref, Side
from core.kernel.messages import Command, Reason, Reference, Words, checked_reason
from core.kernel.posting import ToPerson, ToRooms
from core.kernel.registry import handles, redraws
from core.kernel.work import Ask, Draw, Work


@dataclass(frozen=True, kw_only=True)
class RecordDecision(Command):
    """Record a decision; a lead or QA agrees for their own company by recording it."""

    says: ClassVar[str] = "decision"
    heading: ClassVar[str] = msg("Record a decision")
    needs: ClassVar[str] = "decision.record"

    text: Annotated[str, Words("what was decided")]


@dataclass(frozen=True, kw_only=True)
class AgreeDecision(Command):
    """Agree to a decision for your company, or say that one stands that is asked to be reversed."""

    says: ClassVar[str] = "decision agree"
    heading: ClassVar[str] = msg("Agree to a decision")
    needs: ClassVar[str] = "decision.agree"

    decision: Annotated[Ref, Reference("the decision", prefix="DEC")]


@dataclass(frozen=True, kw_only=True)
class ObjectDecision(Command):
    """Object to a decision, with a reason; it is not agreed until somebody of your company agrees after all."""

    says: ClassVar[str] = "decision object"
    heading: ClassVar[str] = msg("Object to a decision")
    needs: ClassVar[str] = "decision.object"

    decision: Annotated[Ref, Reference("the decision", prefix="DEC")]
    reason: Annotated[str, Reason("what speaks against it")]


@dataclass(frozen=True, kw_only=True)
class ReverseDecision(Command):
    """Ask to reverse an agreed decision, join the other company in it, or take back your own company's proposal."""

    says: ClassVar[str] = "decision reverse"
    heading: ClassVar[str] = msg("Reverse a decision")
    needs: ClassVar[str] = "decision.reverse"

    decision: Annotated[Ref, Reference("the decision", prefix="DEC")]
    reason: Annotated[str, Reason("why it holds no more")] = ""


@handles(RecordDecision)
def record_decision(cmd: RecordDecision, work: Work) -> None:
    this_transfer(work)
    propose(cmd.text, work)


def propose(text: str, work: Work, said_by: Sequence[PersonId] | None = None) -> Decision:
    """Record a decision as proposed, agreed for their own company by whoever may agree.

    Where others than the actor said it, theirs is the word that counts.
    """
    if said_by is None:
        agreed = [voice(work)] if work.actor.roles & SPEAK_FOR_THEIR_COMPANY else []
    else:
        agreed = voices_of(said_by, work)
    decision = Decision(
        ref=work.number("DEC"),
        state="proposed",
        text=text,
        agreed_by=agreed,
        objections=[],
        open=True,
        **during(work),
    )
    work.add(decision)
    work.record(DecisionProposed(record=decision.ref))
    _agreed_when_all_said_so(decision, work)
    show(decision, work)
    return decision


@handles(AgreeDecision)
def agree_decision(cmd: AgreeDecision, work: Work) -> Draw | None:
    decision = _decision(cmd.decision, work)
    side = own_side(work)
    _refuse_undone(decision)
    if decision.state == "reversal_asked":
        let_stand(decision, side, work)
        show(decision, work)
        return None
    said = any(voice["person"] == work.actor.person for voice in decision.agreed_by)
    if said or decision.state == "agreed":
        return work.card("decisions/agreed_already", decision=decision)
    decision.agreed_by = [*decision.agreed_by, voice(work)]
    settled = [one["person"] for one in decision.objections if one["side"] == side and one["settled"] is None]
    decision.objections = [_settled(one, side, work) for one in decision.objections]
    work.record(DecisionConcurred(record=decision.ref))
    _agreed_when_all_said_so(decision, work)
    show(decision, work)
    for person in dict.fromkeys(settled):
        if person != work.actor.person and work.directory.members[person].active:
            key = f"settled:{decision.ref}:{person}"
            work.post(ToPerson(person), "decisions/settled", key=key, decision=decision, objector=person)
    return None


def _agreed_when_all_said_so(decision: Decision, work: Work) -> None:
    if not decision.missing():
        decision.move("agreed")
        decision.open, decision.agreed_at = False, work.now
        work.record(DecisionAgreed(record=decision.ref))


def _settled(objection: Objection, side: Side, work: Work) -> Objection:
    if objection["side"] != side or objection["settled"] is not None:
        return objection
    return {**objection, "settled": voice(work)}


@handles(ObjectDecision)
def object_decision(cmd: ObjectDecision, work: Work) -> None:
    decision = _decision(cmd.decision, work)
    side = own_side(work)
    _refuse_undone(decision)
    if decision.state == "agreed":
        raise Refused(
            msg("{ref} is agreed already: it can only be reversed, with a reason."),
            ref=decision.ref,
            examples=(f'decision reverse {decision.ref} reason:"why"',),
        )
    if decision.state == "reversal_asked":
        raise Refused(
            msg("{ref} is agreed by both companies, and one of them asks to reverse it. If it is to stand:"),
            ref=decision.ref,
            examples=(f"decision agree {decision.ref}",),
        )
    reason = checked_reason(cmd.reason)
    objection: Objection = {**voice(work), "reason": reason, "settled": None}
    decision.objections = [*decision.objections, objection]
    decision.agreed_by = [voice for voice in decision.agreed_by if voice["side"] != side]
    work.record(DecisionObjected(record=decision.ref), reason=reason)
    show(decision, work)


@handles(ReverseDecision)
def reverse_decision(cmd: ReverseDecision, work: Work) -> Ask | None:
    decision = _decision(cmd.decision, work)
    _refuse_undone(decision)
    if decision.state == "reversal_asked":
        join_reversal(decision, own_side(work), work)
        show(decision, work)
        return None
    if decision.state == "proposed":
        _check_proposer(decision, work)
    if not cmd.reason:
        return work.form(ReverseDecision, decision=decision.ref)
    reason = checked_reason(cmd.reason)
    decision.undone = Undoing(**voice(work), reason=reason, joined=None)
    if decision.state == "agreed":
        decision.move("reversal_asked")
        decision.open = True
        work.record(ReversalAsked(record=decision.ref), reason=reason)
        reversed_when_all_said_so(decision, work)
    else:
        decision.move("withdrawn")
        decision.open = False
        work.record(DecisionWithdrawn(record=decision.ref), reason=reason)
    show(decision, work)
    return None


def _check_proposer(decision: Decision, work: Work) -> None:
    """Only the company that proposed a decision takes it back before it is agreed; the other one objects."""
    author = decision.created_by
    proposer = work.directory.side_of(author, decision.created_at) if author else None
    if proposer != work.actor.side:
        raise NotAllowed(
            msg("{ref} is not agreed yet: {company} proposed it and may take it back. You may object to it."),
            ref=decision.ref,
            company=work.directory.company(proposer),
            examples=(f'decision object {decision.ref} reason:"why"',),
        )


def _refuse_undone(decision: Decision) -> None:
    if decision.state in ("withdrawn", "reversed"):
        raise Refused(
            msg("{ref} is {state}: nothing more is said to it. Record a new decision instead."),
            ref=decision.ref,
            state=decision.state,
            examples=("decision <what was decided>",),
        )


def _decision(ref: Ref, work: Work) -> Decision:
    this_transfer(work)
    return work.get(Decision, ref)


def show(decision: Decision, work: Work) -> None:
    """One card in every room, changed in place."""
    work.post(ToRooms(), "decisions/decision", key=f"card:{decision.ref}", record=decision, decision=decision)


@redraws(Decision)
def show_again(decision: Decision, stands: bool, work: Work) -> None:
    show(decision, work)
