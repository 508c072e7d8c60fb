"""Administrators of the installation: named by the operator alone, with no right to any content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.features.transfers.events import AdministratorGranted
from core.kernel.errors import Refused, msg
from core.kernel.messages import Command
from core.kernel.registry import handles
from core.kernel.transfers import Administrator
from core.kernel.work import Work


@dataclass(frozen=True, kw_only=True)
class GrantAdministrator(Command):
    """Make an account an administrator, who may open transfers."""

    needs: ClassVar[str] = "administrator.grant"

    identity: str


@handles(GrantAdministrator)
def grant_administrator(cmd: GrantAdministrator, work: Work) -> None:
    if cmd.identity in work.directory.administrators:
        raise Refused(msg("{identity} is an administrator already."), identity=cmd.identity)
    row = Administrator(identity=cmd.identity, state="active")
    work.add(row)
    work.record(AdministratorGranted(record=row.trail_name()))
