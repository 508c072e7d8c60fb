"""Two people turn out to be one: the CAPA lines of the one that are not over are the other's."""

from __future__ import annotations

from sqlalchemy import select

from core.features.capa.records import CapaLine
from core.features.capa.reminders import plan_reminders, take_back_reminders
from core.features.capa.telling import show
from core.features.transfers.events import PeopleJoined
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(PeopleJoined)
def hand_lines_over(event: PeopleJoined, work: Work) -> None:
    lines = select(CapaLine).where(CapaLine.transfer == work.transfer, CapaLine.state.in_(CapaLine.cycle.alive))
    for line in work.all(lines):
        if line.owner == event.gone:
            take_back_reminders(line, work)
            line.owner = event.kept
            plan_reminders(line, work)
            show(line, work)
