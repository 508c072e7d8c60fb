"""Who hears of a correction: whoever made the record, whoever does it, and whose yes was to what it said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.features.actions.records import DUE, OWNER, Action
from core.features.capa.records import CapaLine
from core.features.corrections.kinds import Correctable, text_of
from core.features.corrections.wanted import TEXT, Wanted, due_of, owners_of
from core.features.decisions.records import Decision
from core.features.meetings.current import time_words
from core.kernel.ids import PersonId
from core.kernel.messages import Due
from core.kernel.posting import ToPerson
from core.kernel.registry import shows
from core.kernel.templates import PersonView, day_words
from core.kernel.work import Reads, Work


@dataclass(frozen=True, slots=True)
class Changed:
    """One part of a record, `text`, `owner` or `due`, as it was and as it is, in words; `old` is empty for none."""

    what: str
    old: str
    new: str


def changes(record: Correctable, wanted: Wanted, reads: Reads) -> tuple[Changed, ...]:
    """What a correction changes, before it does."""
    found = []
    if wanted.text is not None:
        found.append(Changed(TEXT, text_of(record), wanted.text))
    if wanted.owners is not None:
        found.append(Changed(OWNER, _names(owners_of(record), reads), _names(wanted.owners, reads)))
    if wanted.due is not None:
        found.append(Changed(DUE, due_words(due_of(record), reads), due_words(wanted.due, reads)))
    return tuple(found)


def _names(people: Iterable[PersonId], reads: Reads) -> str:
    return ", ".join(map(reads.directory.known_as, people))


def due_words(due: Due | None, reads: Reads) -> str:
    """A date as people read it, with its time where one was said; empty for none."""
    if due is None:
        return ""
    return day_words(due.day) if due.at is None else time_words(due.at, reads)


@dataclass(frozen=True, slots=True)
class News:
    """What was done to a record, by whom and why; `changed` is empty where it was withdrawn."""

    by: PersonId
    reason: str
    changed: tuple[Changed, ...] = ()


def tell(people: Iterable[PersonId], record: Correctable, news: News, asked: Sequence[PersonId], work: Work) -> None:
    """Tell people by direct message, but not whoever did it; those `asked` are asked for their yes again."""
    for person in dict.fromkeys(people):
        member = work.directory.members[person]
        if person != work.actor.person and member.active and member.accounts:
            work.post(
                ToPerson(person), "corrections/told", record=record,
                about=record, news=news, again=person in asked,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToldView:
    """A record that somebody corrected or withdrew. `headline` is its text on one line, cut where it is long.

    `changed` is empty where it was withdrawn. `again` is the sentence that says the reader's yes to what it says now,
    with the button's `label`, both empty where none is asked for.
    """

    ref: str
    headline: str
    by: PersonView
    reason: str
    changed: tuple[Changed, ...]
    again: str
    label: str


@shows("corrections/told")
def told_view(reads: Reads, about: Correctable, news: News, again: bool) -> ToldView:
    says, label = _yes(about) if again else ("", "")
    by = reads.person(news.by)
    return ToldView(about.ref, about.headline, by, news.reason, news.changed, says, label)


def _yes(record: Correctable) -> tuple[str, str]:
    match record:
        case Action():
            return f"action accept {record.ref}", "accept"
        case CapaLine():
            return f"capa accept {record.ref}", "accept"
        case Decision():
            return f"decision agree {record.ref}", "agree"
        case _:
            return "", ""
