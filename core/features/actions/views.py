"""What is shown of actions: in the room, to an owner alone, to whoever lost one, and in lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.features.actions.deadlines import last_day
from core.features.actions.newcomers import newcomers_of
from core.features.actions.questions import Listed
from core.features.actions.records import DUE, OWNER, Action
from core.features.actions.telling import Remark
from core.features.checklists.reminders import come_along
from core.features.transfers.owners import is_others, zone_of
from core.kernel.complements import NOTHING, Complement, joined
from core.kernel.ids import PersonId
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads
from core.rules.zones import spelt

OFFERED = 4
"""How many actions of one's own list have a button."""


@dataclass(frozen=True, slots=True)
class OwnerView:
    """An owner, and whether they accepted."""

    who: PersonView
    accepted: bool


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action. `headline` is its text on one line, cut where it is long; `state` is one of its life cycle.

    `due` is a day, `due_at` the moment where a time was said. `guessed`: the date must be confirmed, while it is open;
    `said_due` is then how a sentence says it, `2026-03-13 17:00`; `over`: that day is past. `newcomers` are names of
    those who are meant to do it and are no members of the transfer, whose code is `transfer`. `open`: somebody must
    still do it.
    """

    ref: str
    headline: str
    text: str
    state: str
    open: bool
    owners: tuple[OwnerView, ...]
    lacks_owner: bool
    due: date | None
    due_at: TimeView | None
    guessed: bool
    said_due: str
    evidence: str
    by: PersonView | None
    over: bool = False
    newcomers: tuple[str, ...] = ()
    transfer: str = ""


def view_of(reads: Reads, action: Action) -> ActionView:
    """The action as templates get it."""
    return ActionView(
        action.ref,
        action.headline,
        action.text,
        action.state,
        action.open,
        tuple(OwnerView(reads.person(person), person in action.accepted) for person in action.owners),
        OWNER in action.confirm,
        action.due,
        reads.time(action.due_at) if action.due_at else None,
        action.open and DUE in action.confirm and action.due is not None,
        _said_due(action, reads),
        action.evidence or "",
        reads.author(action),
        _is_late(action, reads),
        tuple(one.name for one in newcomers_of(action)),
        action.transfer,
    )


def _said_due(action: Action, reads: Reads) -> str:
    if action.due_at is None:
        return action.due.isoformat() if action.due else ""
    return spelt(action.due_at, reads.zone)


@dataclass(frozen=True, slots=True)
class RemarkView:
    """What was just done, such as `declined` or `reassigned`, by whom, and the reason, if any."""

    what: str
    by: PersonView
    reason: str


def remark_view(reads: Reads, remark: Remark | None) -> RemarkView | None:
    """A remark as templates get it."""
    return RemarkView(remark.what, reads.person(remark.by), remark.reason) if remark else None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An action as its room sees it; `added` is what later features add to its card."""

    action: ActionView
    all_accepted: bool
    remark: RemarkView | None
    added: Complement = NOTHING


@shows("actions/item")
def item_view(reads: Reads, action: Action, remark: Remark | None) -> ItemView:
    accepted = len(action.accepted) == len(action.owners)
    added = reads.complement("actions/item", action=action)
    return ItemView(reads.once(view_of, action), accepted, remark_view(reads, remark), added)


@dataclass(frozen=True, slots=True)
class RecordedView:
    """An action that was just recorded, for whoever does not see its card."""

    action: ActionView


@shows("actions/recorded")
def recorded_view(reads: Reads, action: Action) -> RecordedView:
    return RecordedView(reads.once(view_of, action))


@dataclass(frozen=True, slots=True)
class OwnView:
    """An action as one owner sees it: `theirs` is false once it was given away, declined or taken off them.

    `added` is what later features add to it.
    """

    action: ActionView
    theirs: bool
    accepted: bool
    added: Complement = NOTHING


@shows("actions/own")
def own_view(reads: Reads, action: Action, owner: PersonId) -> OwnView:
    added = reads.complement("actions/own", action=action)
    return OwnView(reads.once(view_of, action), owner in action.owners, owner in action.accepted, added)


@shows("actions/released")
def released_view(reads: Reads, action: Action, remark: Remark) -> ItemView:
    return item_view(reads, action, remark)


@shows("actions/declined")
def declined_view(reads: Reads, action: Action, remark: Remark) -> ItemView:
    return item_view(reads, action, remark)


@shows("actions/reopened")
def reopened_view(reads: Reads, action: Action, remark: Remark) -> ItemView:
    return item_view(reads, action, remark)


@dataclass(frozen=True, slots=True)
class ReminderView:
    """A reminder: `when` is `ahead`, `today` or `late`; `stands_in`: it goes to a lead, since `owner` is out of reach.

    `here`: the owner is still a member; `moved`: of the other company by now, which sees nothing of this.
    `added` is what later features remind of in the same message.
    """

    action: ActionView
    when: str
    owner: PersonView
    accepted: bool
    stands_in: bool
    here: bool
    added: Complement = NOTHING
    moved: bool = False


def _also_due(owner: PersonId, since: datetime, reads: Reads) -> Complement:
    """What else the owner is reminded of in this message: the items of checklists, and what later features add."""
    return joined((come_along(owner, since, reads), reads.complement("actions/reminders", owner=owner, since=since)))


@shows("actions/reminder")
def reminder_view(reads: Reads, action: Action, owner: PersonId, hearer: PersonId, since: datetime) -> ReminderView:
    return ReminderView(
        view_of(reads, action),
        _when(action, owner, reads),
        reads.person(owner),
        owner in action.accepted,
        owner != hearer,
        reads.directory.members[owner].active,
        _also_due(owner, since, reads),
        is_others(action.audience, owner, reads),
    )


@dataclass(frozen=True, slots=True)
class RemindersView:
    """Several reminders of one owner as a list; `when` of each is as in ReminderView, `done` are offered as done.

    `added` is what later features remind of in the same message.
    """

    lines: tuple[ReminderLine, ...]
    owner: PersonView
    stands_in: bool
    here: bool
    done: tuple[str, ...]
    added: Complement = NOTHING


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """An action that is due: `ahead`, `today` or `late`."""

    action: ActionView
    when: str
    accepted: bool


@shows("actions/reminders")
def reminders_view(
    reads: Reads, actions: Sequence[Action], owner: PersonId, hearer: PersonId, since: datetime
) -> RemindersView:
    return RemindersView(
        tuple(ReminderLine(view_of(reads, one), _when(one, owner, reads), owner in one.accepted) for one in actions),
        reads.person(owner),
        owner != hearer,
        reads.directory.members[owner].active,
        tuple(one.ref for one in actions[:OFFERED]),
        _also_due(owner, since, reads),
    )


def _when(action: Action, owner: PersonId, reads: Reads) -> str:
    if _is_late(action, reads):
        return "late"
    zone = zone_of(owner, reads)
    on_the_day = action.due is not None and last_day(action.due, action.due_at, zone) == _today(reads.now, zone)
    return "today" if on_the_day else "ahead"


def _is_late(action: Action, reads: Reads) -> bool:
    return action.open and action.deadline is not None and action.deadline < reads.now


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True)
class Line:
    """An action in a list; `late` are the days since it was due, None where it is not overdue."""

    action: ActionView
    late: int | None


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a list: `which` of them, whose, of which company; `done` are references to offer as done.

    `more` is the sentence for the next page, empty on the last one; `left` counts what comes after; `added` is what
    later features know of the same kind. `may_record`: whoever asked may record one.
    """

    which: str
    whose: PersonView | None
    company: str
    total: int
    lines: tuple[Line, ...]
    left: int
    more: str
    done: tuple[str, ...]
    added: Complement = NOTHING
    may_record: bool = True


@shows("actions/list")
def list_view(reads: Reads, listed: Listed) -> ListView:
    asked = listed.asked
    mine = asked.which == "mine"
    return ListView(
        asked.which or "open",
        reads.person(asked.person) if asked.person else None,
        reads.directory.company(asked.side),
        listed.total,
        tuple(Line(view_of(reads, action), _days_late(action, reads)) for action in listed.rows),
        listed.left,
        listed.more,
        tuple(action.ref for action in listed.rows[:OFFERED]) if mine else (),
        reads.complement("actions/list", listed=listed),
        reads.may("action.record"),
    )


def _days_late(action: Action, reads: Reads) -> int | None:
    if not _is_late(action, reads) or action.due is None:
        return None
    zone = zone_of(action.owners[0], reads) if action.owners else reads.zone
    return max(0, (_today(reads.now, zone) - last_day(action.due, action.due_at, zone)).days)
