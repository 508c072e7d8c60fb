"""Whom a CAPA is shown to: a card of the plan and one of each line in the rooms, and the owner's own of a line."""

from __future__ import annotations

from sqlalchemy import or_, select

from core.features.actions.telling import Remark
from core.features.capa.records import Capa, CapaLine
from core.features.meetings.boards import redraw
from core.features.meetings.records import Meeting
from core.features.transfers.owners import leads_in_reach
from core.kernel.ids import Audience, PersonId, Side
from core.kernel.posting import ToPerson, ToRooms
from core.kernel.registry import redraws
from core.kernel.work import Reads, Work


def is_to_be_told(owner: PersonId | None, reads: Reads) -> bool:
    """Whether an owner is told by direct message: in reach, and not whoever says it."""
    return owner is not None and owner != reads.actor.person and bool(reads.directory.members[owner].accounts)


def show_plan(capa: Capa, work: Work) -> None:
    """Post the CAPA's card in its rooms, or change it there."""
    to = ToRooms(Audience(capa.audience))
    work.post(to, "capa/plan", key=f"card:{capa.ref}", record=capa, capa=capa)


def show_agendas(capa: Capa, work: Work) -> None:
    """Change the agendas that name the open CAPAs, where it is one of both companies."""
    if capa.audience == Audience.JOINT:
        here = select(Meeting).where(Meeting.transfer == work.transfer, Meeting.agenda_posts > 0)
        for meeting in work.all(here.where(or_(Meeting.planned, Meeting.running))):
            redraw(meeting, work)


def recount(line: CapaLine, work: Work) -> None:
    """Change the agendas, which count the lines: one was added, or has another date."""
    show_agendas(work.get(Capa, line.capa), work)


def show(line: CapaLine, work: Work, remark: Remark | None = None, before: PersonId | None = None) -> None:
    """Post the line's card in its rooms and to its owner, or change it there; and the plan that it stands in.

    `before` had it and was told of it: their card says that it is not theirs any more.
    """
    key = f"card:{line.ref}"
    to = ToRooms(Audience(line.audience))
    work.post(to, "capa/line", key=key, record=line, line=line, remark=remark)
    told = [line.owner if line.told else None, before]
    for person in dict.fromkeys(one for one in told if one is not None):
        work.post(ToPerson(person), "capa/own", key=key, record=line, line=line, person=person)
    show_plan(work.get(Capa, line.capa), work)


def tell_released(person: PersonId, line: CapaLine, remark: Remark, work: Work) -> None:
    """Tell somebody whose line it was that nothing more is expected of them, unless they did it themselves."""
    if is_to_be_told(person, work):
        key = f"released:{line.ref}:{line.version}"
        work.post(ToPerson(person), "capa/released", key=key, record=line, line=line, remark=remark)


def tell_leads(side: Side | None, line: CapaLine, remark: Remark, work: Work) -> None:
    """Tell the leads of a company, and whoever added the line, that it has nobody left who does it."""
    hearers = [lead.person for lead in leads_in_reach(side, work)]
    if line.created_by is not None and work.directory.members[line.created_by].active:
        hearers.append(line.created_by)
    for person in dict.fromkeys(hearers):
        if is_to_be_told(person, work):
            key = f"declined:{line.ref}:{line.version}"
            work.post(ToPerson(person), "capa/declined", key=key, record=line, line=line, remark=remark)


@redraws(Capa, always=True)
def show_plan_again(capa: Capa, stands: bool, work: Work) -> None:
    show_plan(capa, work)


@redraws(CapaLine)
def show_again(line: CapaLine, stands: bool, work: Work) -> None:
    show(line, work)
