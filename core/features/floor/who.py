"""Who is at the meeting, company by company, and who or which role is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.meetings.current import held_meeting
from core.features.meetings.presence import absent
from core.features.meetings.records import Meeting
from core.features.meetings.views import PresenceView, belonging, known_of
from core.kernel.errors import msg
from core.kernel.ids import PersonId, Ref, Side
from core.kernel.messages import Question, Reference
from core.kernel.registry import answers, shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Draw, Reads

SPOKEN_ROLES = {"lead": msg("lead"), "qa": msg("QA"), "expert": msg("expert"), "management": msg("management")}
"""The roles that take part in a meeting, as people say them."""
NEEDED = ("lead", "qa", "expert")
"""Without one of these of a company, something is missing there."""


@dataclass(frozen=True, kw_only=True)
class WhoIsHere(Question):
    """See who is at the meeting that runs, by company, and who is missing, by role."""

    says: ClassVar[str] = "who is here"
    also: ClassVar[tuple[str, ...]] = ("who's here",)
    needs: ClassVar[str] = "meeting.read"
    overheard: ClassVar[bool] = True

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@answers(WhoIsHere)
def who_is_here(question: WhoIsHere, reads: Reads) -> Draw:
    return reads.card("floor/who", meeting=held_meeting(reads, question.meeting))


@dataclass(frozen=True, slots=True)
class PresentLine:
    """Somebody who is there, with their roles as people say them, and how it is known."""

    known: PresenceView
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingLine:
    """Somebody who is expected and not there: `why` is regrets, absent (the chair says so) or unheard."""

    who: PersonView
    roles: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class CompanyHere:
    """One company at the meeting; `lacking` are the roles that somebody of it has and nobody there does."""

    name: str
    present: tuple[PresentLine, ...]
    missing: tuple[MissingLine, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhoView:
    """Who is at a meeting that runs."""

    meeting: str
    title: str
    started: TimeView
    chair: PersonView
    companies: tuple[CompanyHere, ...]


@shows("floor/who")
def who_view(reads: Reads, meeting: Meeting) -> WhoView:
    return WhoView(
        meeting.ref,
        meeting.title,
        reads.time(meeting.started_at or meeting.starts_at),
        reads.person(meeting.chair),
        tuple(_company(side, meeting, reads) for side in Side),
    )


def _company(side: Side, meeting: Meeting, reads: Reads) -> CompanyHere:
    there = belonging(side, meeting.present, meeting, reads)
    expected = dict.fromkeys([meeting.chair, *meeting.invited, *meeting.regrets])
    missing = [one for one in belonging(side, expected, meeting, reads) if one not in there]
    return CompanyHere(
        reads.directory.company(side),
        tuple(PresentLine(known_of(one, meeting, reads), _roles(one, reads)) for one in there),
        tuple(MissingLine(reads.person(one), _roles(one, reads), _why(one, meeting)) for one in missing),
        _lacking(there, side, reads),
    )


def _lacking(there: Sequence[PersonId], side: Side, reads: Reads) -> tuple[str, ...]:
    held = {role for one in there for role in reads.directory.members[one].roles}
    return tuple(
        reads.words.translate(SPOKEN_ROLES[role])
        for role in NEEDED
        if role not in held and reads.directory.holding(role, side=side)
    )


def _roles(person: PersonId, reads: Reads) -> tuple[str, ...]:
    roles = sorted(reads.directory.members[person].roles)
    return tuple(reads.words.translate(SPOKEN_ROLES.get(role, role)) for role in roles)


def _why(person: PersonId, meeting: Meeting) -> str:
    if person in meeting.regrets:
        return "regrets"
    return "absent" if person in absent(meeting) else "unheard"
