"""What CAPA adds to earlier cards: references on what it came from, open ones on an agenda, lines in one's list."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnExpressionArgument, select
from sqlalchemy.orm import InstrumentedAttribute

from core.features.actions.questions import Listed
from core.features.actions.records import Action
from core.features.capa.lines import fact_of, open_lines
from core.features.capa.records import Capa
from core.features.decisions.records import Decision
from core.features.meetings.records import Meeting
from core.features.transfers.leaving import left_behind
from core.kernel.complements import Complement, Fact, Offer
from core.kernel.errors import msg
from core.kernel.ids import Audience, PersonId, Ref
from core.kernel.records import Record
from core.kernel.registry import complements
from core.kernel.work import Reads

SHOWN = 10
"""Lines in one's own list."""


@complements("decisions/decision")
def capas_of_a_decision(reads: Reads, decision: Decision) -> Complement:
    return _made_of(decision, Capa.decision, reads)


@complements("actions/item")
def capas_of_an_action(reads: Reads, action: Action) -> Complement:
    return _made_of(action, Capa.action, reads)


def _made_of(source: Record, came_from: InstrumentedAttribute[Ref | None], reads: Reads) -> Complement:
    """The button that makes a CAPA of a record, and those that were made of it; of one just recorded there is none."""
    offer = Offer(reads.words.translate(msg("CAPA…")), f"capa from {source.ref}")
    just_recorded = reads.session.find_outside(type(source), source.ref) is not None
    found = [] if just_recorded else _joint(reads, came_from == source.ref)
    facts = (Fact("CAPA", ", ".join(_named(capa, reads) for capa in found)),) if found else ()
    return Complement(facts, (offer,))


def _named(capa: Capa, reads: Reads) -> str:
    """One that was taken back says so, wherever it is named."""
    return f"{capa.ref} ({reads.words.translate(capa.state)})" if capa.state in ("withdrawn", "cancelled") else capa.ref


def _joint(reads: Reads, *wanted: ColumnExpressionArgument[bool]) -> Sequence[Capa]:
    """Of both companies alone: one's own is not named on a card that both see."""
    here = select(Capa).where(Capa.transfer == reads.transfer, Capa.audience == Audience.JOINT, *wanted)
    return reads.all(here.order_by(Capa.created_at, Capa.ref))


@complements("meetings/agenda")
def capas_for_a_meeting(reads: Reads, meeting: Meeting) -> Complement | None:
    """The CAPAs that are open while a meeting is yet to come or runs."""
    if not (meeting.planned or meeting.running):
        return None
    capas = _joint(reads, Capa.open)
    if not capas:
        return None
    lines = [line for line in open_lines(reads) if line.audience == Audience.JOINT]
    overdue = sum(line.deadline < reads.now for line in lines)
    named = ", ".join(capa.ref for capa in capas[:SHOWN]) + (" …" if len(capas) > SHOWN else "")
    counted = [_counted(reads, len(lines), msg("1 line to do"), msg("{count} lines to do"))]
    if overdue:
        counted.append(_counted(reads, overdue, msg("1 overdue"), msg("{count} overdue")))
    return Complement((Fact(reads.words.translate(msg("Open CAPA")), " · ".join([named, *counted]), overdue > 0),))


def _counted(reads: Reads, count: int, one: str, many: str) -> str:
    return reads.words.translate(one if count == 1 else many).format(count=count)


@complements("meetings/ending")
def lines_without_an_owner(reads: Reads, meeting: Meeting) -> Complement | None:
    """What a meeting should not leave behind: lines that nobody does."""
    lines = [line.ref for line in open_lines(reads) if line.audience == Audience.JOINT and line.owner is None]
    if not lines:
        return None
    named = ", ".join(lines[:SHOWN]) + (" …" if len(lines) > SHOWN else "")
    return Complement((Fact(reads.words.translate(msg("CAPA lines without an owner")), named, grave=True),))


@complements("transfers/member_removed")
def lines_left_open(reads: Reads, people: Sequence[PersonId], own: bool) -> Complement | None:
    """What people who leave still have to do; of their company's own CAPAs only where `own` people alone read it."""
    seen = [line for line in open_lines(reads) if own or line.audience == Audience.JOINT]
    theirs = [line.ref for line in seen if line.owner in people]
    label = msg("1 open CAPA line is theirs") if len(theirs) == 1 else msg("{count} open CAPA lines are theirs")
    return left_behind(label, theirs, "capa assign" if reads.may("capa.plan") else "", reads)


@complements("actions/list")
def lines_in_the_list(reads: Reads, listed: Listed) -> Complement | None:
    """On the first page of what is mine or overdue: the lines that are."""
    asked = listed.asked
    if asked.page > 1 or asked.which not in ("mine", "overdue") or asked.person or asked.side:
        return None
    owner = reads.actor.person if asked.which == "mine" else None
    lines = open_lines(reads, owner, overdue=asked.which == "overdue")
    facts = tuple(fact_of(line, reads, whose=owner is None) for line in lines[:SHOWN])
    more = (Offer(reads.words.translate(msg("More…")), f"capa list {asked.which}"),) if len(lines) > SHOWN else ()
    title = msg("1 CAPA line") if len(lines) == 1 else msg("{count} CAPA lines")
    return Complement(facts, more, reads.words.translate(title).format(count=len(lines)) if lines else "")
