"""Who may what: roles and permissions, from tables that an auditor can read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from core.kernel.access import Actor, Directory
from core.kernel.errors import NotAllowed, msg

NO_MEMBER = msg("You do not belong to this transfer yet. A lead can add you: member add @you …")
"""What somebody hears who is no member: a role is not what they lack, and names are not for them."""


class RoleTable:
    """Role × permission, from data files that an auditor can read: `permission,roles,why`."""

    def __init__(self, allowed: Mapping[str, frozenset[str]], why: Mapping[str, str]) -> None:
        self.allowed = allowed
        self.why = why

    @classmethod
    def read(cls, files: Iterable[Path]) -> RoleTable:
        """Join the tables in `files`; a permission named twice is a mistake of the installation."""
        allowed: dict[str, frozenset[str]] = {}
        why: dict[str, str] = {}
        for file in files:
            with file.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    if row["permission"] in allowed:
                        raise ValueError(f"{file}: permission {row['permission']} stands twice")
                    allowed[row["permission"]] = frozenset(row["roles"].split())
                    why[row["permission"]] = row["why"]
        return cls(allowed, why)

    def role_for(self, permission: str, roles: Iterable[str]) -> str | None:
        """The first of `roles` (by name) that has `permission`, or None."""
        return next(iter(sorted(self.allowed[permission].intersection(roles))), None)

    def check(self, permission: str, actor: Actor, directory: Directory) -> str:
        """The role that lets `actor` do it. Raises NotAllowed, naming the roles that may and who has them here."""
        role = self.role_for(permission, actor.roles)
        if role is not None:
            return role
        if "stranger" in actor.roles and directory.holding("lead"):
            raise NotAllowed(NO_MEMBER)
        may = sorted(self.allowed[permission] - {"system", "operator"})
        theirs = actor.side if directory.holding(*may, side=actor.side) else None
        if actor.person is not None and directory.holding(*may, side=theirs):
            raise NotAllowed(
                msg("{name} may not do this here: it needs one of these roles: {roles}. Ask {who}."),
                name=actor.name,
                roles=", ".join(may),
                who=directory.named(*may, side=theirs),
            )
        raise NotAllowed(
            msg(
                "{name} may not do this here: it needs one of these roles: {roles}. A lead gives roles "
                "with `member add`."
            ),
            name=actor.name,
            roles=", ".join(may) or "nobody",
        )
