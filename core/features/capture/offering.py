"""What somebody says of a record that exists is not done for them: the sentence that would do it is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.features.actions.owners import leads_an_owner
from core.features.actions.records import DUE, Action
from core.features.corrections.extending import asked_about, gives_oneself_time
from core.features.corrections.offers import correction_of
from core.features.corrections.standing import may_correct
from core.features.decisions.records import Decision
from core.features.questions.records import Risk
from core.kernel.ids import PersonId, Ref, Side
from core.kernel.messages import Due, Question
from core.kernel.registry import answers, shows
from core.kernel.templates import PersonView
from core.kernel.work import Draw, Reads

DONE, ACCEPT, CANCEL, OWNER, BY_WHEN = "done", "accept", "cancel", "owner", "due"
AGREE, DECLINE, OBJECT, CLOSE = "agree", "decline", "object", "close"


@dataclass(frozen=True, kw_only=True)
class OfferSentence(Question):
    """Offer the sentence that does what a line says of a record."""

    needs: ClassVar[str] = "transfer.read"

    record: Ref
    what: str = DONE
    owners: tuple[PersonId, ...] = ()
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class OfferView:
    """A record, what was said of it (done, accept, decline, cancel, owner, due; agree, object; close), and the
    sentence that does it; `answered_by` are those whom it only asks for another date."""

    record: str
    headline: str
    what: str
    says: str
    answered_by: tuple[PersonView, ...] = ()


@answers(OfferSentence)
def offer_sentence(question: OfferSentence, reads: Reads) -> Draw:
    return reads.card("capture/offer", offer=_offer(question, reads))


@shows("capture/offer")
def offer_view(reads: Reads, offer: OfferView) -> OfferView:
    return offer


def _offer(question: OfferSentence, reads: Reads) -> OfferView:
    """Raises NotFound where there is no such record, or nothing that its speaker could say about it now."""
    ref, what = question.record, question.what
    says, headline = None, ""
    if ref.startswith("ACT-"):
        action = reads.get(Action, ref)
        says, headline = _of_action(question, action, reads), action.headline
    elif ref.startswith("DEC-"):
        decision = reads.get(Decision, ref)
        says, headline = _of_decision(question, decision, reads), decision.headline
        what = AGREE if what == ACCEPT else what
    elif ref.startswith("RSK-") and what == CLOSE:
        risk = reads.get(Risk, ref)
        says, headline = f"risk close {ref}" if risk.open and reads.may("risk.close") else None, risk.headline
    if says is None:
        raise reads.no_such(ref)
    asks = asked_about(reads.get(Action, ref), reads) if says.startswith("action extend") else ()
    return OfferView(ref, headline, what, says, tuple(map(reads.person, asks)))


def _of_action(question: OfferSentence, action: Action, reads: Reads) -> str | None:
    person, roles = reads.actor.person, reads.actor.roles
    if person is None or not action.open:
        return None
    owns, leads = person in action.owners, leads_an_owner(action, reads)
    people = " ".join(f"@{owner}" for owner in question.owners)
    match question.what:
        case "done" if owns or leads:
            return f"action done {action.ref}"
        case "decline" if owns and person not in action.accepted:
            return f"action decline {action.ref}"
        case "accept" if owns and person not in action.accepted:
            return f"action accept {action.ref}"
        case "accept" | "owner" if not action.owners:
            return f"action plan {action.ref} {people or f'@{person}'}"
        case "owner" if owns or "lead" in roles:
            return f"action reassign {action.ref} {people}".strip()
        case "cancel" if roles & {"lead", "qa"}:
            return f"action cancel {action.ref}"
        case "due" if question.due is not None and DUE in action.confirm:
            return f"action plan {action.ref} by {question.due.day.isoformat()}"
        case "due" if question.due is not None and owns and _asks_another(action, question.due, reads):
            return correction_of(action.ref, reads, (), question.due, verb="action extend")
        case "due" | "owner" if (question.due or question.owners) and may_correct(action, person, reads):
            return correction_of(action.ref, reads, question.owners, question.due)
        case _:
            return None


def _asks_another(action: Action, due: Due, reads: Reads) -> bool:
    """Whether an owner may not give that date themselves."""
    return not may_correct(action, reads.actor.person, reads) or gives_oneself_time(action, due, reads)


def _of_decision(question: OfferSentence, decision: Decision, reads: Reads) -> str | None:
    if question.what == OBJECT:
        may = decision.state == "proposed" and reads.may("decision.object")
        return f"decision object {decision.ref}" if may else None
    side = reads.actor.side
    speaks = reads.actor.roles & {"lead", "qa"}
    if question.what != ACCEPT or side is None or not speaks or Side(side) not in decision.missing():
        return None
    return f"decision agree {decision.ref}" if decision.state == "proposed" else None
