"""A CAPA line that is given another owner or date by `capa assign` is corrected by that, and its people hear of it."""

from __future__ import annotations

from core.features.actions.records import DUE, OWNER
from core.features.capa.events import CapaLineAssigned
from core.features.capa.records import CapaLine
from core.features.corrections.correcting import keep
from core.features.corrections.telling import Changed, News, due_words, tell
from core.kernel.messages import Due
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(CapaLineAssigned)
def keep_what_it_was(event: CapaLineAssigned, work: Work) -> None:
    """As `correct` does; that nobody's line gets an owner is no correction."""
    line = work.get(CapaLine, event.record)
    changed = tuple(_changed(line, event, work))
    if not changed or work.actor.person is None:
        return
    news = News(work.actor.person, work.reason, changed)
    keep(line, news, work)
    stays = line.owner is not None and line.owner == event.owner
    asked = [line.owner] if line.owner is not None and stays and event.accepted else []
    people = [line.owner if stays else None, line.created_by]
    tell([*asked, *(one for one in people if one is not None)], line, news, asked, work)


def _changed(line: CapaLine, event: CapaLineAssigned, work: Work) -> list[Changed]:
    found, name = [], work.directory.known_as
    if event.owner is not None and line.owner is not None and event.owner != line.owner:
        found.append(Changed(OWNER, name(event.owner), name(line.owner)))
    due = Due(line.due, line.due_at)
    if due != event.due:
        found.append(Changed(DUE, due_words(event.due, work), due_words(due, work)))
    return found
