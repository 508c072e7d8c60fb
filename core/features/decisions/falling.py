"""A join is taken back: what was said to decisions by people who never were of that company counts for it no more."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.features.decisions.commands import show
from core.features.decisions.events import VoicesFell
from core.features.decisions.records import Decision, Objection, Undoing, Voice
from core.features.transfers.events import JoinTakenBack
from core.features.transfers.leaving import just_now, left_behind
from core.kernel.complements import Complement
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.registry import complements, reacts
from core.kernel.work import Reads, Work

TAKEN_BACK = ("withdrawn", "superseded")
"""One company's own act, or one that another decision stands for: it holds no more, whoever said so."""


@reacts(JoinTakenBack)
def take_their_word_back(event: JoinTakenBack, work: Work) -> None:
    """Decisions that stand on their word wait for the company itself; the trail keeps what they said."""
    here = select(Decision).where(Decision.transfer == work.transfer, Decision.state.not_in(TAKEN_BACK))
    for decision in work.all(here.order_by(Decision.ref)):
        if _drop_voices(decision, event):
            _wait_again(decision)
            work.record(VoicesFell(record=decision.ref))
            show(decision, work)


def _drop_voices(decision: Decision, event: JoinTakenBack) -> bool:
    """Take out all that they said for the company; whether they said anything."""
    agreed = [voice for voice in decision.agreed_by if not _fell(voice, event)]
    objections = [_unsettled(one, event) for one in decision.objections if not _fell(one, event)]
    undone = _undoing_without(decision.undone, event)
    if decision.state == "reversed" and undone == decision.undone:
        return False  # both companies say so still
    if (agreed, objections, undone) == (decision.agreed_by, decision.objections, decision.undone):
        return False
    decision.agreed_by, decision.objections, decision.undone = agreed, objections, undone
    return True


def _fell(voice: Voice | None, event: JoinTakenBack) -> bool:
    return voice is not None and voice["side"] == event.side and voice["person"] in event.people


def _undoing_without(undone: Undoing | None, event: JoinTakenBack) -> Undoing | None:
    """Whoever stays of those who reversed it asks for it alone now, for the reason that was said."""
    if undone is None:
        return None
    joined = undone.get("joined")  # one that was kept before there was such a word has none
    if _fell(undone, event):
        return Undoing(**joined, reason=undone["reason"], joined=None) if joined is not None else None
    return {**undone, "joined": None} if _fell(joined, event) else undone


def _unsettled(objection: Objection, event: JoinTakenBack) -> Objection:
    """Who objected and stays has nobody of their company any more who agreed after all."""
    return {**objection, "settled": None} if _fell(objection["settled"], event) else objection


def _wait_again(decision: Decision) -> None:
    """Where it was agreed it is no more; where a reversal was asked by those who left, that is off; where they had a
    part in one, it waits for their company."""
    asked, decision.undone = decision.undone, None
    if not decision.missing():
        decision.undone, decision.open = asked, asked is not None
        stands = "agreed" if asked is None else "reversal_asked"
        if decision.state != stands:
            decision.move(stands)
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
