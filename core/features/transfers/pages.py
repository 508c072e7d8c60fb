"""The transfer's own pages: what there is to read, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.registry import Page, serves
from core.kernel.transfers import Transfer
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page to go on to."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class ContentsView:
    """The first page of a transfer."""

    code: str
    title: str
    sponsor: str
    cmo: str
    chapters: tuple[Chapter, ...]


CHAPTERS = (Chapter("minutes", "The newest minutes"), Chapter("roles", "Who may do what"))


@serves("")
def contents_page(reads: Reads, rest: str) -> Page:
    """What there is to read of this transfer."""
    transfer = reads.get(Transfer, reads.transfer)
    view = ContentsView(transfer.transfer, transfer.title, transfer.sponsor, transfer.cmo, CHAPTERS)
    return Page("text/html", reads.words.page("pages/contents.html", view, training=reads.training))


@dataclass(frozen=True, slots=True)
class Permission:
    """What a permission is for, and the roles that have it."""

    name: str
    roles: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class RolesView:
    """The role table, as the door reads it."""

    code: str
    permissions: tuple[Permission, ...]


@serves("roles")
def roles_page(reads: Reads, rest: str) -> Page:
    """The role table, as an auditor reads it."""
    table = reads.roles
    rows = tuple(
        Permission(name, tuple(sorted(table.allowed[name])), table.why[name]) for name in sorted(table.allowed)
    )
    view = RolesView(reads.transfer, rows)
    return Page("text/html", reads.words.page("pages/roles.html", view, training=reads.training))
