"""What is shown of CAPAs: the plan with its lines, a line in the room and to its owner, and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from core.features.actions.deadlines import last_day
from core.features.actions.telling import Remark
from core.features.actions.views import RemarkView, remark_view
from core.features.capa.lines import days_late, lines_of
from core.features.capa.owners import who_gives_dates
from core.features.capa.questions import Listed
from core.features.capa.records import Capa, CapaLine
from core.features.transfers.owners import is_others, zone_of
from core.kernel.complements import NOTHING, Complement
from core.kernel.ids import PersonId
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads
from core.rules.capa import TAKES_LINES, LineKind, lacking
from core.rules.segregation import Duty, in_the_way

MOST_NAMED = 3
"""People whom a reminder names."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a CAPA. `headline` is its text on one line, cut where it is long; `state` is one of its life cycle.

    `due` is a day, `due_at` the moment where a time was said; `late` the days since then, None where it is not
    overdue; `may_change`: its owner and date are not fixed by an approval yet.
    """

    ref: str
    capa: str
    kind: str
    headline: str
    text: str
    state: str
    open: bool
    owner: PersonView | None
    accepted: bool
    due: date
    due_at: TimeView | None
    late: int | None
    may_change: bool


@dataclass(frozen=True, slots=True)
class CapaView:
    """A CAPA and its lines. `came_from` are references; `lacks` the kinds of line that its plan does not have yet.

    `conflicted` are people of QA who own a line of it, and so do not approve it; `may_change`: it takes more lines.
    `added` is what later features add to its card.
    """

    ref: str
    title: str
    headline: str
    state: str
    open: bool
    by: PersonView | None
    meeting: str
    came_from: tuple[str, ...]
    lines: tuple[LineView, ...]
    lacks: tuple[str, ...]
    conflicted: tuple[PersonView, ...]
    may_change: bool
    added: Complement = NOTHING


def line_of(reads: Reads, line: CapaLine, capa: Capa) -> LineView:
    """A line as templates get it."""
    return LineView(
        line.ref,
        line.capa,
        line.kind,
        line.headline,
        line.text,
        line.state,
        line.open,
        reads.person(line.owner) if line.owner else None,
        line.accepted,
        line.due,
        reads.time(line.due_at) if line.due_at else None,
        days_late(line, reads),
        line.open and capa.state in TAKES_LINES,
    )


@shows("capa/plan")
def plan_view(reads: Reads, capa: Capa) -> CapaView:
    lines = lines_of(capa.ref, reads)
    kept = [line for line in lines if line.state not in ("cancelled", "withdrawn")]
    return CapaView(
        capa.ref,
        capa.title,
        capa.headline,
        capa.state,
        capa.open,
        reads.author(capa),
        capa.meeting or "",
        capa.came_from,
        tuple(line_of(reads, line, capa) for line in lines),
        lacking(LineKind(line.kind) for line in kept) if capa.state in TAKES_LINES else (),
        tuple(reads.person(person) for person in _conflicted([line.owner for line in kept], reads)),
        capa.state in TAKES_LINES,
        reads.complement("capa/plan", capa=capa),
    )


def _conflicted(owners: list[PersonId | None], reads: Reads) -> list[PersonId]:
    """The owners who would approve as QA, and may not approve what they do themselves."""
    judges = {member.person for member in reads.directory.holding("qa")}
    held = dict.fromkeys(owner for owner in owners if owner in judges and in_the_way(Duty.APPROVE, [Duty.OWN]))
    return [owner for owner in held if owner is not None]


@dataclass(frozen=True, slots=True)
class ItemView:
    """A line as its room sees it, with the title of its CAPA; `added` is what later features add to its card."""

    line: LineView
    title: str
    remark: RemarkView | None
    added: Complement = NOTHING


@shows("capa/line")
def item_view(reads: Reads, line: CapaLine, remark: Remark | None) -> ItemView:
    capa = reads.get(Capa, line.capa)
    added = reads.complement("capa/line", line=line)
    return ItemView(line_of(reads, line, capa), capa.headline, remark_view(reads, remark), added)


@shows("capa/released")
def released_view(reads: Reads, line: CapaLine, remark: Remark) -> ItemView:
    return item_view(reads, line, remark)


@shows("capa/declined")
def declined_view(reads: Reads, line: CapaLine, remark: Remark) -> ItemView:
    return item_view(reads, line, remark)


@dataclass(frozen=True, slots=True)
class OwnView:
    """A line as one person sees it: `theirs` is false once it was declined or given to somebody else.

    `added` is what later features add to it.
    """

    line: LineView
    title: str
    theirs: bool
    by: PersonView | None
    added: Complement = NOTHING


@shows("capa/own")
def own_view(reads: Reads, line: CapaLine, person: PersonId) -> OwnView:
    capa = reads.get(Capa, line.capa)
    by = reads.author(line)
    added = reads.complement("capa/own", line=line)
    return OwnView(line_of(reads, line, capa), capa.headline, person == line.owner, by, added)


@dataclass(frozen=True, slots=True)
class ReminderView:
    """A reminder: `when` is `ahead`, `today` or `late`; `stands_in`: it goes to a lead, since `owner` is out of reach.

    `here`: the owner is still a member; `moved`: of the other company by now, and this is none of theirs. `dates` are
    those who may give it another date.
    """

    line: LineView
    title: str
    when: str
    owner: PersonView
    stands_in: bool
    here: bool
    moved: bool = False
    dates: tuple[PersonView, ...] = ()


@shows("capa/reminder")
def reminder_view(reads: Reads, line: CapaLine, owner: PersonId, hearer: PersonId) -> ReminderView:
    capa = reads.get(Capa, line.capa)
    return ReminderView(
        line_of(reads, line, capa),
        capa.headline,
        _when(line, owner, reads),
        reads.person(owner),
        owner != hearer,
        reads.directory.members[owner].active,
        is_others(line.audience, owner, reads),
        _dates([line], owner, reads),
    )


def _dates(lines: Sequence[CapaLine], owner: PersonId, reads: Reads) -> tuple[PersonView, ...]:
    """A few are enough to tell."""
    people = [one.person for line in lines for one in who_gives_dates(line, owner, reads)]
    return tuple(reads.person(one) for one in list(dict.fromkeys(people))[:MOST_NAMED])


@dataclass(frozen=True, slots=True)
class RemindersView:
    """Several lines of one owner that are due, as a list; the rest is as in ReminderView."""

    lines: tuple[LineView, ...]
    owner: PersonView
    stands_in: bool
    here: bool
    dates: tuple[PersonView, ...] = ()


@shows("capa/reminders")
def reminders_view(reads: Reads, lines: Sequence[CapaLine], owner: PersonId, hearer: PersonId) -> RemindersView:
    return RemindersView(
        tuple(line_of(reads, line, reads.get(Capa, line.capa)) for line in lines),
        reads.person(owner),
        owner != hearer,
        reads.directory.members[owner].active,
        _dates(lines, owner, reads),
    )


def _when(line: CapaLine, owner: PersonId, reads: Reads) -> str:
    if days_late(line, reads) is not None:
        return "late"
    zone = zone_of(owner, reads)
    today = reads.now.astimezone(ZoneInfo(zone)).date()
    return "today" if last_day(line.due, line.due_at, zone) == today else "ahead"


@dataclass(frozen=True, slots=True)
class KindsView:
    """The three kinds of line, in their order."""

    kinds: tuple[str, ...]


@shows("capa/kinds")
def kinds_view(reads: Reads) -> KindsView:
    return KindsView(tuple(LineKind))


@dataclass(frozen=True, slots=True)
class CapaLineOfList:
    """A CAPA in a list: how many lines it has that somebody must still do, and how many of those are overdue, wait for
    their owner's yes, or have no owner; `next_due` is the first date among them."""

    ref: str
    headline: str
    state: str
    to_do: int
    overdue: int
    unaccepted: int
    unowned: int
    next_due: date | None


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of CAPAs: `which` of them; `next` is the page after it, 0 where there is none, `left` how many follow."""

    which: str
    total: int
    lines: tuple[CapaLineOfList, ...]
    next: int
    left: int
    may_plan: bool = True


@shows("capa/list")
def list_view(reads: Reads, listed: Listed) -> ListView:
    return ListView(
        listed.which,
        listed.total,
        tuple(_in_list(reads, capa) for capa in listed.rows),
        listed.page + 1 if listed.left else 0,
        listed.left,
        reads.may("capa.plan"),
    )


def _in_list(reads: Reads, capa: Capa) -> CapaLineOfList:
    to_do = [line for line in lines_of(capa.ref, reads) if line.open]
    return CapaLineOfList(
        capa.ref,
        capa.headline,
        capa.state,
        len(to_do),
        sum(line.deadline < reads.now for line in to_do),
        sum(line.owner is not None and not line.accepted for line in to_do),
        sum(line.owner is None for line in to_do),
        min((line.due for line in to_do), default=None),
    )
