"""What the reading of a chat line is given and what it yields; plain values, so that anyone can check a reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.rules.due_phrases import DueReading

EVERYBODY = "@attendees"
"""The owner of what everybody in the meeting is to do."""


class Kind(StrEnum):
    """What a line may be (source: domain.md section 7, Kinds)."""

    ACTION = "action"
    DECISION = "decision"
    QUESTION = "question"
    RISK = "risk"
    SIGNAL = "signal"
    NONE = "none"


class Confirm(StrEnum):
    """What a reading leaves open, for the right person to say."""

    OWNER = "owner"
    DUE = "due"
    SUMMARY = "summary"
    DECISION = "decision text"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the transfer as lines may name them.

    `id` is the person's id; `aliases` further names; `side` is sponsor or cmo; `roles` are the transfer's roles
    (lead, qa, expert, …) and `title` what they are in their company's own words ("Supply and warehouse"), perhaps
    empty.
    """

    id: str
    name: str
    side: str
    roles: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody whom a line may mean, by id, and side to company's name."""

    people: Mapping[str, Someone]
    companies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parent:
    """The line that a reply answers: its words, its author's id where known, and the reference of the record that
    was made of it, if one was. `mentions` are as those of a line."""

    text: str
    author: str | None = None
    record: str | None = None
    mentions: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of chat: `text` cleaned, with U+FFFC for each of `mentions`, which are person ids, None for somebody
    who is no member; `author` is a person id."""

    text: str
    author: str
    mentions: tuple[str | None, ...] = ()
    parent: Parent | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One record that a line proposes.

    `text` is its summary in the speaker's words, without owner and date. `owners` are person ids, or EVERYBODY alone.
    `asked_of` are the people a question is put to. `confirm` says what somebody has to settle. `updates` is True
    where the parent's item is meant and no second one; `links` are references named in it. `rule` is the rule that
    made it and `trigger` the words that triggered it. `recurrence` is an RRULE (RFC 5545) or empty. `urgent`: it
    shall be done as soon as can be.
    """

    kind: Kind
    text: str
    owners: tuple[str, ...] = ()
    due: DueReading | None = None
    confirm: tuple[Confirm, ...] = ()
    asked_of: tuple[str, ...] = ()
    updates: bool = False
    links: tuple[str, ...] = ()
    recurrence: str = ""
    rule: str = ""
    trigger: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says what became of a record that exists: `reference` (ACT-017; empty for the parent's) is `done`,
    `started`, `late` or `accepted`."""

    reference: str
    status: str
    by: str
    rule: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody wants a record that exists to read otherwise: its `due`, `owner` or `text`, or to `cancel` it.

    `reference` is empty for the parent's record. `to` is the new value in words as said; `due` and `owners` hold it
    as read.
    """

    reference: str
    field: str
    to: str
    by: str
    due: DueReading | None = None
    owners: tuple[str, ...] = ()
    rule: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line is: of the `kind` of its first item, a claim or change about a record that exists, both, or nothing.

    `tagged`: the speaker marked it as a record (`Action:`, `#decision`), so that no guess of ours is in its kind.
    `rule` and `trigger` say why it is what it is, also where it is nothing.
    """

    kind: Kind
    items: tuple[Item, ...] = ()
    claim: Claim | None = None
    change: Change | None = None
    tagged: bool = False
    rule: str = ""
    trigger: str = ""
