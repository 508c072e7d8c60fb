"""An action whose message is edited later: those who do it are asked too whether it should change."""

from __future__ import annotations

from core.features.actions.records import Action
from core.features.transfers.events import RecordKept, SourceEdited
from core.features.transfers.sources import ask_about
from core.kernel.ids import Ref
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(SourceEdited)
def ask_the_owners(event: SourceEdited, work: Work) -> None:
    _ask(event.record, work)


@reacts(RecordKept)
def tell_the_owners(event: RecordKept, work: Work) -> None:
    _ask(event.record, work)


def _ask(record: str, work: Work) -> None:
    if not record.startswith("ACT-"):
        return
    action = work.get(Action, record)
    for person in action.owners if action.open else []:
        if work.directory.members[person].accounts:
            ask_about(Ref(record), person, work)
