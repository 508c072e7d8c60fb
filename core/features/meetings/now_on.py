"""What is on now, kept with the transfer, so that capturing a line needs no query for the meeting that runs."""

from __future__ import annotations

from core.features.meetings.events import ItemDiscussed, ItemOpened, ItemSkipped, MeetingEnded, MeetingStarted
from core.features.meetings.records import Meeting
from core.kernel.access import Transfer
from core.kernel.messages import Event
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(MeetingStarted)
@reacts(ItemOpened)
@reacts(ItemDiscussed)
@reacts(ItemSkipped)
@reacts(MeetingEnded)
def keep_what_is_on(event: Event, work: Work) -> None:
    meeting = work.get(Meeting, event.record.partition(".")[0])
    now_on: dict[str, str] = {}
    if meeting.running:
        now_on = {"meeting": meeting.ref, **({"item": meeting.current} if meeting.current else {})}
    transfer = work.get(Transfer, work.transfer)
    if transfer.current != now_on:
        transfer.current = now_on
