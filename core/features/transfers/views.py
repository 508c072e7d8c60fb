"""What is shown of transfers, their people and their rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.features.transfers.belonging import OTHER
from core.features.transfers.lines import DROPPED, RECORDED, since_asked, speaker_known, waiting
from core.features.transfers.listening import ListensView, listening_of
from core.features.transfers.records import HeldLine
from core.features.transfers.stage_titles import stage_title
from core.kernel.ids import PersonId, Side
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.transfers import Transfer
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class Milestone:
    """A named day, as `Mon 20 Apr 2026`."""

    name: str
    day: str


@dataclass(frozen=True, slots=True)
class TransferView:
    """A transfer: its companies, zone, stage, milestones, and how long before a meeting the agenda comes.

    `relay` is on or off, `readiness` its lead times or off, each where a lead chose; `listening` are the rooms of which
    not all talk is read. `own` is the company in whose own room this is shown, to whoever asked there.
    """

    code: str
    title: str
    sponsor: str
    cmo: str
    zone: str
    stage: str
    state: str
    agenda_lead: str
    milestones: tuple[Milestone, ...]
    leads: tuple[PersonView, ...]
    relay: str = ""
    readiness: str = ""
    listening: tuple[ListensView, ...] = ()
    own: str = ""


@shows("transfers/opened")
def transfer_view(reads: Reads, transfer: Transfer, own: str = "") -> TransferView:
    facts = reads.directory.facts
    days = sorted(facts.milestones.items(), key=lambda item: item[1]) if facts else []
    return TransferView(
        transfer.transfer,
        transfer.title,
        transfer.sponsor,
        transfer.cmo,
        transfer.zone,
        stage_title(transfer.stage, reads.words),
        transfer.state,
        transfer.settings.get("agenda_lead", ""),
        tuple(Milestone(name, day_of(day)) for name, day in days),
        tuple(reads.person(lead.person) for lead in reads.directory.holding("lead")),
        transfer.settings.get("relay", ""),
        transfer.settings.get("readiness", ""),
        listening_of(reads),
        own,
    )


def day_of(day: date) -> str:
    """A day as `Mon 20 Apr 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


@dataclass(frozen=True, slots=True)
class OpenedView:
    """The answer to whoever opened a transfer: the company that they lead, and the other one."""

    code: str
    company: str
    other: str
    other_side: str


@shows("transfers/opened_answer")
def opened_view(reads: Reads, transfer: Transfer, side: Side) -> OpenedView:
    other = OTHER[side]
    return OpenedView(transfer.transfer, reads.directory.company(side), reads.directory.company(other), other)


@dataclass(frozen=True, slots=True)
class SetView:
    """The answer to whoever changed the facts of a transfer: those that were set, the others empty."""

    stage: str = ""
    milestone: str = ""
    day: str = ""
    agenda_lead: str = ""
    dates: str = ""
    relay: str = ""
    readiness: str = ""


@shows("transfers/set_answer")
def set_view(reads: Reads, what: SetView) -> SetView:
    return what


@dataclass(frozen=True, slots=True)
class MemberView:
    """A person and their part: company and roles."""

    member: PersonView
    roles: tuple[str, ...]
    reachable: bool


@shows("transfers/member_added")
def member_added_view(reads: Reads, person: PersonId) -> MemberView:
    return _member(reads, person)


def _member(reads: Reads, person: PersonId) -> MemberView:
    member = reads.directory.members[person]
    return MemberView(reads.person(person), tuple(sorted(member.roles)), bool(member.accounts))


@dataclass(frozen=True, slots=True)
class CompanyView:
    """One company's people."""

    name: str
    side: str
    members: tuple[MemberView, ...]


@dataclass(frozen=True, slots=True)
class MembersView:
    """The people of a transfer, company by company."""

    code: str
    title: str
    companies: tuple[CompanyView, ...]


@shows("transfers/members")
def members_view(reads: Reads) -> MembersView:
    facts = reads.directory.facts
    companies = tuple(
        CompanyView(
            reads.directory.company(side),
            side,
            tuple(
                _member(reads, one.person)
                for one in reads.directory.members.values()
                if one.active and one.side == side
            ),
        )
        for side in Side
    )
    return MembersView(reads.transfer, facts.title if facts else "", companies)


@dataclass(frozen=True, slots=True)
class LineView:
    """A line that was held: who said it, as the platform names them, and what they said."""

    line: str
    name: str
    text: str
    said_at: TimeView
    state: str


@shows("transfers/not_known")
def not_known_view(reads: Reads, line: HeldLine) -> LineView:
    return _line(reads, line)


def _line(reads: Reads, line: HeldLine) -> LineView:
    return LineView(line.ref, line.name, line.text, reads.time(line.created_at), line.state)


@dataclass(frozen=True, slots=True)
class WhoView:
    """Somebody unknown who said something: `lines` are those that wait, `line` is the one that the card began with.

    `known`: they belong to a company by now, so that the lines can be recorded. Where none waits, `recorded` and
    `dropped` tell what became of those that did.
    """

    line: str
    name: str
    known: bool
    lines: tuple[LineView, ...]
    recorded: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@shows("transfers/who")
def who_view(reads: Reads, line: HeldLine) -> WhoView:
    lines = tuple(_line(reads, one) for one in waiting(line.identity, reads))
    ended = () if lines else since_asked(line, reads)
    recorded, dropped = (tuple(one.ref for one in ended if one.state == state) for state in (RECORDED, DROPPED))
    return WhoView(line.ref, line.name, speaker_known(line, reads), lines, recorded, dropped)


@dataclass(frozen=True, slots=True)
class JoinedView:
    """Somebody whom the other company added for itself, by whom, and with which reason if one was needed."""

    member: PersonView
    roles: tuple[str, ...]
    by: str
    reason: str
    others: tuple[PersonView, ...]


@shows("transfers/joined")
def joined_view(reads: Reads, person: PersonId, by: str, reason: str) -> JoinedView:
    one = reads.directory.members[person]
    others = (m for m in reads.directory.members.values() if m.active and m.side == one.side and m.person != person)
    named = tuple(reads.person(other.person) for other in others)
    return JoinedView(reads.person(person), tuple(sorted(one.roles)), by, reason, named)


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A line with two readings: `verb` is one as a sentence, the other is the line as free text."""

    line: str
    verb: str
    text: str


@shows("transfers/choice")
def choice_view(reads: Reads, line: HeldLine, verb: str) -> ChoiceView:
    return ChoiceView(line.ref, verb, line.text)


@dataclass(frozen=True, slots=True)
class UndeliveredView:
    """What could not be done, where and why; `reference` is the record it was about, or nothing."""

    where: str
    why: str
    reference: str


@shows("transfers/undelivered")
def undelivered_view(reads: Reads, where: str, why: str, reference: str | None) -> UndeliveredView:
    return UndeliveredView(where, why, reference or "")


@dataclass(frozen=True, slots=True)
class WelcomeView:
    """What Tandem says when it is added to a room, and on which platform that is: not all have commands."""

    room: str
    platform: str = ""


@shows("transfers/welcome")
def welcome_view(reads: Reads, room: str, platform: str) -> WelcomeView:
    return WelcomeView(room, platform)
