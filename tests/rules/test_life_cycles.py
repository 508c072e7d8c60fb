"""Every pair of states of every record: what the table lists is allowed, all else is refused."""

from __future__ import annotations

import pytest

from core.rules.life_cycles import (
    ACTION,
    AGENDA_ITEM,
    CAPA,
    CAPA_LINE,
    CHECKLIST,
    CHECKLIST_ITEM,
    DECISION,
    FLOOR,
    LIFE_CYCLES,
    MEETING,
    MINUTES,
    MOTION,
    NOTE,
    PROPOSAL,
    QUESTION,
    REMINDER,
    RISK,
    IllegalMove,
    LifeCycle,
)

TABLE = {
    "meeting": """
        draft > scheduled, scheduled > agenda_posted, agenda_posted > in_progress, in_progress > closed,
        scheduled > in_progress, in_progress > suspended, suspended > in_progress, suspended > closed,
        draft > cancelled, scheduled > cancelled, agenda_posted > cancelled, draft > agenda_posted""",
    "agenda item": """
        planned > discussed, discussed > decided, discussed > deferred, discussed > parked, planned > dropped""",
    "checklist": "preparing > started, preparing > cancelled, started > closed",
    "checklist item": """
        open > evidence_attached, evidence_attached > verified, evidence_attached > rejected, rejected > open,
        open > waived, open > not_applicable, evidence_attached > open, verified > evidence_attached,
        verified > open, waived > open, not_applicable > open""",
    "action": """
        proposed > open, open > in_progress, in_progress > done_claimed, done_claimed > closed,
        done_claimed > reopened, reopened > open, open > proposed, open > cancelled, in_progress > cancelled,
        open > done_claimed, proposed > cancelled, in_progress > open, proposed > withdrawn, open > withdrawn""",
    "decision": """
        proposed > agreed, proposed > withdrawn, agreed > superseded, agreed > reversal_asked,
        reversal_asked > reversed, reversal_asked > agreed, agreed > proposed, reversal_asked > proposed,
        reversed > reversal_asked, reversed > agreed, reversed > proposed""",
    "CAPA": """
        draft > planned, planned > approved, approved > in_implementation, in_implementation > implemented,
        implemented > effectiveness_pending, effectiveness_pending > closed_effective,
        effectiveness_pending > ineffective, effectiveness_pending > inconclusive, ineffective > reopened,
        reopened > draft, inconclusive > effectiveness_pending, draft > cancelled, planned > cancelled,
        approved > cancelled, in_implementation > cancelled, implemented > cancelled,
        effectiveness_pending > cancelled, draft > withdrawn""",
    "CAPA line": """
        planned > in_progress, in_progress > done_claimed, done_claimed > closed, done_claimed > returned,
        returned > in_progress, in_progress > planned, planned > cancelled, in_progress > cancelled,
        returned > cancelled, planned > withdrawn""",
    "question": "open > answered, open > dropped, open > withdrawn",
    "risk": """
        identified > assessed, assessed > treated, assessed > accepted, treated > closed, accepted > closed,
        identified > closed, identified > withdrawn""",
    "note": "recorded > withdrawn",
    "floor": "open > closed",
    "reminder": "waiting > said, waiting > cancelled, waiting > dropped",
    "motion": """
        open > carried, open > not_carried, open > withdrawn, open > lapsed, carried > decided, decided > carried""",
    "proposal": "proposed > confirmed, proposed > declined, proposed > withdrawn, proposed > left",
    "minutes": """
        draft > chair_checked, chair_checked > in_review, in_review > approved_one_side, approved_one_side > approved,
        approved > signed, approved > amended, signed > amended""",
}
"""Written out by hand from the table of records, so that a slip in the rules shows."""


def listed(cycle: LifeCycle) -> set[tuple[str, str]]:
    moves = [move.split(">") for move in TABLE[cycle.name].split(",") if move.strip()]
    return {(state.strip(), to.strip()) for state, to in moves}


@pytest.mark.parametrize("cycle", LIFE_CYCLES, ids=lambda cycle: cycle.name)
def test_every_pair_of_states(cycle: LifeCycle) -> None:
    states = cycle.states
    assert states == {state for move in listed(cycle) for state in move} | {cycle.start}
    for state in states:
        for to in states:
            if (state, to) in listed(cycle):
                cycle.check(state, to)
                assert cycle.allows(state, to)
            else:
                assert not cycle.allows(state, to)
                with pytest.raises(IllegalMove) as refused:
                    cycle.check(state, to)
                assert (refused.value.name, refused.value.state, refused.value.to) == (cycle.name, state, to)
                assert set(refused.value.allowed) == {there for here, there in listed(cycle) if here == state}


@pytest.mark.parametrize("cycle", LIFE_CYCLES, ids=lambda cycle: cycle.name)
def test_every_state_can_be_reached_from_the_start(cycle: LifeCycle) -> None:
    reached, waiting = {cycle.start}, [cycle.start]
    while waiting:
        new = cycle.moves[waiting.pop()] - reached
        reached |= new
        waiting.extend(new)
    assert reached == cycle.states


def test_the_records_of_a_meeting_all_have_a_life_cycle() -> None:
    assert LIFE_CYCLES == (
        MEETING,
        AGENDA_ITEM,
        CHECKLIST,
        CHECKLIST_ITEM,
        ACTION,
        DECISION,
        CAPA,
        CAPA_LINE,
        QUESTION,
        RISK,
        NOTE,
        FLOOR,
        REMINDER,
        MOTION,
        PROPOSAL,
        MINUTES,
    )
    assert [cycle.start for cycle in LIFE_CYCLES] == [
        "draft",
        "planned",
        "preparing",
        "open",
        "proposed",
        "proposed",
        "draft",
        "planned",
        "open",
        "identified",
        "recorded",
        "open",
        "waiting",
        "open",
        "proposed",
        "draft",
    ]


def test_a_final_state_leads_nowhere() -> None:
    assert "closed" not in MEETING.alive
    assert "withdrawn" not in NOTE.alive
    assert "done_claimed" in ACTION.alive


def test_what_falls_with_a_join_alone_is_over_though_it_may_be_open_again() -> None:
    assert CHECKLIST_ITEM.alive == {"open", "evidence_attached", "rejected"}
    assert DECISION.alive == {"proposed", "agreed", "reversal_asked"}


@pytest.mark.parametrize(("state", "to"), [("no_such_state", "open"), ("open", "no_such_state"), ("", "")])
def test_an_unknown_state_is_refused(state: str, to: str) -> None:
    with pytest.raises(IllegalMove):
        ACTION.check(state, to)


def test_the_refusal_says_what_would_be_right() -> None:
    with pytest.raises(
        IllegalMove, match="decision: agreed → withdrawn is no move; allowed: proposed, reversal_asked, superseded"
    ):
        DECISION.check("agreed", "withdrawn")
    with pytest.raises(IllegalMove, match="allowed: none"):
        QUESTION.check("answered", "open")


def test_life_cycles_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        RISK.moves["identified"] = frozenset({"gone"})  # type: ignore[index]
