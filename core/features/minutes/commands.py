"""Writing the minutes when a meeting ends, showing them, and handing out the page that holds them whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import msgspec
from sqlalchemy import select

from core import documents
from core.features.meetings.current import running_meeting
from core.features.meetings.events import MeetingEnded
from core.features.meetings.records import Meeting
from core.features.minutes.contents import MinutesView, contents
from core.features.minutes.records import Minutes
from core.features.transfers.visits import give_link
from core.kernel.complements import Complement, Fact, Offer
from core.kernel.errors import NotFound, msg
from core.kernel.ids import Audience, Ref
from core.kernel.messages import Command, Event, Question, Reference
from core.kernel.posting import ToRooms
from core.kernel.registry import Page, answers, complements, exports, handles, reacts, redraws, serves, shows
from core.kernel.work import Draw, Reads, Work


@dataclass(frozen=True, kw_only=True)
class MinutesWritten(Event):
    """The minutes of a meeting were written and posted."""


@dataclass(frozen=True, kw_only=True)
class ShowMinutes(Question):
    """Show the minutes of a meeting, the last one's without a reference."""

    says: ClassVar[str] = "minutes show"
    needs: ClassVar[str] = "minutes.read"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    minutes: Annotated[Ref | None, Reference("the minutes", prefix="MIN", shows=True)] = None


@dataclass(frozen=True, kw_only=True)
class OpenMinutes(Command):
    """Get a link to the whole minutes: for you alone, once, within 15 minutes."""

    says: ClassVar[str] = "minutes open"
    shared: ClassVar[bool] = True
    needs: ClassVar[str] = "minutes.read"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    minutes: Annotated[Ref | None, Reference("the minutes", prefix="MIN")] = None


@reacts(MeetingEnded)
def write_minutes(event: MeetingEnded, work: Work) -> None:
    meeting = work.get(Meeting, event.record)
    seq, head = work.chain(Audience.JOINT)
    ref = work.number("MIN")
    with work.seen_by(Audience.JOINT):
        view = contents(work, meeting, ref, seq, head)
    text = documents.markdown(work.words, "minutes", view, training=work.training)
    minutes = Minutes(
        ref=ref,
        state=Minutes.cycle.start,
        meeting=meeting.ref,
        edition=1,
        contents=msgspec.to_builtins(view),
        markdown=text,
        sha256=documents.fingerprint(text),
        seq=seq,
        head=head,
    )
    work.add(minutes)
    work.record(MinutesWritten(record=ref))
    _show(minutes, work)


def _show(minutes: Minutes, work: Work) -> None:
    work.post(ToRooms(), "minutes/minutes", key=f"minutes:{minutes.ref}", record=minutes, minutes=minutes)


@redraws(Minutes, news=True)
def show_again(minutes: Minutes, stands: bool, work: Work) -> None:
    _show(minutes, work)


@complements("meetings/ended")
def name_minutes(reads: Reads, meeting: Meeting) -> Complement:
    """Whoever ends a meeting is told which minutes it came to."""
    says, minutes = reads.words.translate, minutes_meant(reads, Ref(meeting.ref))
    fact = Fact(says(msg("Minutes")), says(msg("{minutes}, posted in the room")).format(minutes=minutes.ref))
    return Complement((fact,), (Offer(says(msg("Open the whole minutes")), f"minutes open {meeting.ref}"),))


@answers(ShowMinutes)
def show_minutes(question: ShowMinutes, reads: Reads) -> Draw:
    return reads.card("minutes/minutes", minutes=_named(question, reads))


@handles(OpenMinutes)
def open_minutes(cmd: OpenMinutes, work: Work) -> Draw:
    return give_link(work, f"minutes/{_named(cmd, work).meeting}")


def _named(message: ShowMinutes | OpenMinutes, reads: Reads) -> Minutes:
    """By their own reference, MIN-001, as the card bears it, or by their meeting's. Raises NotFound."""
    if message.minutes is None:
        return minutes_meant(reads, message.meeting)
    minutes = reads.get(Minutes, message.minutes)
    if message.meeting not in (None, minutes.meeting):
        raise NotFound(
            msg("{minutes} are those of {meeting}."), minutes=minutes.ref, meeting=minutes.meeting,
            examples=(f"minutes show {minutes.ref}", f"minutes show {message.meeting}"),
        )  # fmt: skip
    return minutes


def minutes_meant(reads: Reads, meeting: Ref | None) -> Minutes:
    """The minutes of `meeting`, else the newest of the transfer. Raises NotFound, saying why there are none."""
    wanted = select(Minutes).where(Minutes.transfer == reads.transfer)
    if meeting is not None:
        wanted = wanted.where(Minutes.meeting == reads.get(Meeting, meeting).ref)
    found = reads.one(wanted.order_by(Minutes.created_at.desc(), Minutes.edition.desc()))
    if found is None:
        running = running_meeting(reads)
        raise NotFound(
            msg("There are no minutes yet: they are written when the meeting ends."),
            examples=(f"meeting end {running.ref}",) if running else ("meeting list",),
        )
    return found


def view_of(minutes: Minutes) -> MinutesView:
    """What the minutes say, as the records stood when the meeting ended."""
    return msgspec.convert(minutes.contents, MinutesView)


@shows("minutes/minutes")
def minutes_view(reads: Reads, minutes: Minutes) -> MinutesView:
    return view_of(minutes)


@serves("minutes")
def minutes_page(reads: Reads, rest: str) -> Page:
    """The minutes whole: `minutes/MTG-001` as a page, `minutes/MTG-001.md` word for word as they were posted."""
    reference, dot, _ = rest.partition(".md")
    minutes = minutes_meant(reads, Ref(reference.upper()) if reference else None)
    if dot:
        return Page("text/markdown", minutes.markdown)
    view = view_of(minutes)
    return Page(
        "text/html", documents.html(reads.words, "minutes", view, training=reads.training, sha256=minutes.sha256)
    )


@exports("minutes")
def export_minutes(reads: Reads) -> Iterable[dict[str, Any]]:
    """Every edition, with its Markdown as posted."""
    for row in reads.all(select(Minutes).where(Minutes.transfer == reads.transfer).order_by(Minutes.ref)):
        yield {
            **reads.envelope(row),
            "meeting": row.meeting,
            "version": row.edition,
            "sha256": row.sha256,
            "markdown": row.markdown,
            "signatures": [],
        }
