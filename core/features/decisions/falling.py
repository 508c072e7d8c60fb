"""A join is taken back: what was said to decisions by people who never were of that company counts for it no more."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.features.decisions.commands import show
from core.features.decisions.events import VoicesFell
from core.features.decisions.records import Decision, Objection, Voice
from core.features.transfers.events import JoinTakenBack
from core.features.transfers.leaving import just_now, left_behind
from core.kernel.complements import Complement
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.registry import complements, reacts
from core.kernel.work import Reads, Work

STANDING = ("proposed", "agreed", "reversal_asked")
"""What is withdrawn or reversed holds no more, whoever said so."""


@reacts(JoinTakenBack)
def take_their_word_back(event: JoinTakenBack, work: Work) -> None:
    """Decisions that stand on their word wait for the company itself; the trail keeps what they said."""
    here = select(Decision).where(Decision.transfer == work.transfer, Decision.state.in_(STANDING))
    for decision in work.all(here.order_by(Decision.ref)):
        if _drop_voices(decision, event):
            _wait_again(decision)
            work.record(VoicesFell(record=decision.ref))
            show(decision, work)


def _drop_voices(decision: Decision, event: JoinTakenBack) -> bool:
    """Take out all that they said for the company; whether they said anything."""
    agreed = [voice for voice in decision.agreed_by if not _fell(voice, event)]
    objections = [_unsettled(one, event) for one in decision.objections if not _fell(one, event)]
    undone = None if _fell(decision.undone, event) else decision.undone
    if (agreed, objections, undone) == (decision.agreed_by, decision.objections, decision.undone):
        return False
    decision.agreed_by, decision.objections, decision.undone = agreed, objections, undone
    return True


def _fell(voice: Voice | None, event: JoinTakenBack) -> bool:
    return voice is not None and voice["side"] == event.side and voice["person"] in event.people


def _unsettled(objection: Objection, event: JoinTakenBack) -> Objection:
    """Who objected and stays has nobody of their company any more who agreed after all."""
    return {**objection, "settled": None} if _fell(objection["settled"], event) else objection


def _wait_again(decision: Decision) -> None:
    """Where it was agreed it is no more; where a reversal was asked by those who left, that is off."""
    asked, decision.undone = decision.undone, None
    if not decision.missing():
        decision.undone = asked
        if decision.state == "reversal_asked" and asked is None:
            decision.move("agreed")
            decision.open = False
        return
    if asked is not None:
        _object_instead(decision, Voice(person=asked["person"], side=asked["side"], at=asked["at"]), asked["reason"])
    if decision.state != "proposed":
        decision.move("proposed")
    decision.open, decision.agreed_at = True, None


def _object_instead(decision: Decision, voice: Voice, reason: str) -> None:
    """Who asked to reverse what is not agreed any more is against it: it is not agreed behind their back."""
    decision.objections = [*decision.objections, Objection(**voice, reason=reason, settled=None)]
    decision.agreed_by = [one for one in decision.agreed_by if one["side"] != voice["side"]]


@complements("transfers/member_removed")
def decisions_that_wait_again(reads: Reads, people: Sequence[PersonId], own: bool) -> Complement | None:
    """Those that lost a word of theirs just now, for whoever took the join back."""
    refs = [ref for ref in just_now(VoicesFell, reads) if reads.get(Decision, ref).open]
    waits, wait = msg("1 decision waits for {company} again"), msg("{count} decisions wait for {company} again")
    company = reads.directory.company(reads.directory.side_of(people[0])) if people else ""
    return left_behind(waits if len(refs) == 1 else wait, refs, "", reads, company)
