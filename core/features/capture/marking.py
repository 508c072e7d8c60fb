"""A line that was recorded at once is marked, so that whoever said it sees that it was."""

from __future__ import annotations

from dataclasses import dataclass

from core.features.actions.events import ActionRecorded
from core.features.decisions.events import DecisionProposed
from core.features.questions.events import QuestionAsked, RiskIdentified
from core.kernel.messages import Event
from core.kernel.posting import ToMessage
from core.kernel.registry import reacts, shows
from core.kernel.work import Reads, Work


@reacts(ActionRecorded)
@reacts(DecisionProposed)
@reacts(QuestionAsked)
@reacts(RiskIdentified)
def mark_the_line(event: Event, work: Work) -> None:
    origin = work.origin
    if origin is not None and origin.message is not None and not origin.called:
        to = ToMessage(origin.room, origin.message, origin.thread)
        work.post(to, "capture/marked", record=None, reference=event.record)


@dataclass(frozen=True, slots=True)
class MarkedView:
    """The reference that a line got."""

    record: str


@shows("capture/marked")
def marked_view(reads: Reads, reference: str) -> MarkedView:
    return MarkedView(reference)
