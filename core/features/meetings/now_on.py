"""What is on now, kept with the transfer, so that capturing a line needs no query for the meeting that runs."""

from __future__ import annotations

from core.features.meetings.events import (
    AbsenceNoted,
    ItemDiscussed,
    ItemOpened,
    ItemSkipped,
    MeetingEnded,
    MeetingStarted,
    PresenceNoted,
    RegretsNoted,
)
from core.features.meetings.presence import settled
from core.features.meetings.records import Meeting
from core.kernel.messages import Event
from core.kernel.registry import reacts
from core.kernel.transfers import Transfer
from core.kernel.work import Work

OURS = ("meeting", "item", "settled")
"""The keys of Transfer.current that say what is on; the others are other features'."""


@reacts(MeetingStarted)
@reacts(ItemOpened)
@reacts(ItemDiscussed)
@reacts(ItemSkipped)
@reacts(PresenceNoted)
@reacts(RegretsNoted)
@reacts(AbsenceNoted)
@reacts(MeetingEnded)
def keep_what_is_on(event: Event, work: Work) -> None:
    meeting = work.get(Meeting, event.record.partition(".")[0])
    transfer = work.get(Transfer, work.transfer)
    if not meeting.running and transfer.current.get("meeting") != meeting.ref:
        return  # regrets for a meeting that is yet to come, while another one runs
    now_on = {key: value for key, value in transfer.current.items() if key not in OURS}
    if meeting.running:
        now_on |= {"meeting": meeting.ref, **({"item": meeting.current} if meeting.current else {})}
        now_on["settled"] = settled(meeting)
    if transfer.current != now_on:
        transfer.current = now_on
