"""People who are named before they are members: what named them keeps their accounts until somebody adds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.kernel.ids import Account, Identity


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody named who was no member then, by the account that was mentioned."""

    account: Account

    @property
    def name(self) -> str:
        """As the platform showed it."""
        return self.account.name

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> Newcomer:
        """From a row's JSON."""
        identity = Identity(kept["platform"], kept["tenant"], kept["user"])
        return cls(Account(identity, kept["name"], kept.get("zone")))

    def as_json(self) -> dict[str, str]:
        """As a row keeps it."""
        identity, zone = self.account.identity, self.account.zone
        kept = {"platform": identity.platform, "tenant": identity.tenant, "user": identity.user, "name": self.name}
        return kept | ({"zone": zone} if zone else {})
