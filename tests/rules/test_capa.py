"""The plan of a CAPA, and the duties that are never one person's."""

from __future__ import annotations

import pytest

from core.rules.capa import STARTS_AT_ONCE, TAKES_LINES, LineKind, lacking
from core.rules.life_cycles import CAPA
from core.rules.segregation import APART, Duty, in_the_way


@pytest.mark.parametrize(
    ("kinds", "missing"),
    [
        ((), ("correction", "corrective", "preventive")),
        (("corrective", "corrective"), ("correction", "preventive")),
        (("preventive", "correction", "corrective"), ()),
    ],
)
def test_what_a_plan_lacks(kinds: tuple[str, ...], missing: tuple[str, ...]) -> None:
    assert lacking(map(LineKind, kinds)) == missing


def test_only_an_immediate_fix_begins_before_approval() -> None:
    assert {"correction"} == STARTS_AT_ONCE


def test_approval_fixes_the_plan() -> None:
    assert CAPA.states > TAKES_LINES
    assert {state for state in CAPA.states if CAPA.allows(state, "approved")} <= TAKES_LINES
    assert "approved" not in TAKES_LINES


JUDGING = (Duty.APPROVE, Duty.VERIFY, Duty.CHECK_EFFECTIVENESS)


@pytest.mark.parametrize("duty", JUDGING)
def test_an_owner_never_judges_their_own_work(duty: Duty) -> None:
    assert in_the_way(duty, [Duty.OWN]) is Duty.OWN
    assert in_the_way(Duty.OWN, [duty]) is duty
    assert in_the_way(duty, []) is None


def test_whoever_judges_may_judge_more() -> None:
    assert all(in_the_way(duty, [other for other in JUDGING if other is not duty]) is None for duty in JUDGING)
    assert len(APART) == 3
