"""The names by which people, rooms and records are known, each a type of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase
from typing import NewType

TransferId = NewType("TransferId", str)
"""A transfer's short code, such as NVT: capitals and digits, unique in the installation, never changed."""

PersonId = NewType("PersonId", str)
RoomId = NewType("RoomId", str)
Ref = NewType("Ref", str)
"""A record's reference within its transfer, such as ACT-012."""

HOUSE = TransferId("house")
"""Where things belong that belong to no transfer: grants, settings, refused log-ins."""


class Side(StrEnum):
    """The two companies of a transfer."""

    SPONSOR = "sponsor"
    CMO = "cmo"


_LEFT = "23456789ABCDEFGHIJKLMNOPQR"
"""What the names of further audiences end with: a column holds eight characters, and a series has 26 letters."""


class Audience(StrEnum):
    """Who may see a row or a room: both companies, or one of them.

    Each join of a side that is taken back leaves its audience behind, sealed: who joins for that side next has another,
    `sponsor2`, `cmo2` and so on.
    """

    _ignore_ = "further name nth"

    JOINT = "joint"
    SPONSOR = "sponsor"
    CMO = "cmo"
    further = vars()
    for nth in _LEFT:
        for name in ("sponsor", "cmo"):
            further[f"{name.upper()}_{nth}"] = f"{name}{nth}"

    @property
    def side(self) -> Side | None:
        """The company whose own it is or was; None for both."""
        return next((side for side in Side if self.startswith(side)), None)


OWN = {side: tuple(one for one in Audience if one.side == side) for side in Side}
"""A side's audiences, in the order in which joins leave them behind."""

OWN_SERIES = {Audience.JOINT: ""} | {
    audience: first + then
    for first, audiences in (("S", OWN[Side.SPONSOR]), ("C", OWN[Side.CMO]))
    for audience, then in zip(audiences, ("", *ascii_uppercase), strict=True)
}
"""What the numbers of one company's own records begin with, ACT-S001: the other's numbers have no gap that tells."""

SERIES = "(?:[SC][A-Z]?)?"
"""The same as a pattern, also of what both see: ACT-001, ACT-S001, and ACT-SA001 after a join was taken back."""

_OWN = re.compile(r"[A-Z]-([SC][A-Z]?)\d")
_REFERENCE = re.compile(rf"[A-Z]{{2,6}}-{SERIES}\d")


def audience_named(name: str) -> Audience:
    """Whose a reference is, or a name that holds one: `ACT-S001` the sponsor's, `remind:ACT-C002` the CMO's."""
    found = _OWN.search(name)
    return next((one for one, sign in OWN_SERIES.items() if found and sign == found[1]), Audience.JOINT)


def is_reference(name: str) -> bool:
    """Whether a name in the trail is a record's reference, as ACT-001 or MTG-002/PQ-03, which tells whose it is."""
    return _REFERENCE.match(name) is not None


_TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WORKSPACE = re.compile(r"[TE][A-Z0-9]+")


def tenant_named(said: str) -> str | None:
    """A tenant of Teams or workspace of Slack as its platform spells it, however it was typed; None for neither."""
    small, capitals = said.strip().lower(), said.strip().upper()
    if _TENANT.fullmatch(small):
        return small
    is_workspace = _WORKSPACE.fullmatch(capitals) and (said.strip() == capitals or any(map(str.isdigit, capitals)))
    return capitals if is_workspace else None


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """An account on a platform: `slack:T1/U1`, `teams:TENANT/AADID`, `rehearsal:training/anna`."""

    platform: str
    tenant: str
    user: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.tenant}/{self.user}"


@dataclass(frozen=True, slots=True)
class Account:
    """An identity as a platform shows it: with a display name and, where known, an IANA zone.

    `doubt`: why the platform did not tell whose it is, a sentence of the catalogue's with a place for {name}. Nothing
    is made of such an account: its identity may be an id by which nobody is ever heard again.
    """

    identity: Identity
    name: str
    zone: str | None = None
    doubt: str = ""
