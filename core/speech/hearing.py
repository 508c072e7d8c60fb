"""Who may be meant and what time it is, in the place where a sentence is heard."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from core.kernel.ids import Account, Identity, PersonId
from core.rules.setting import Setting


@dataclass(frozen=True)
class Hearing:
    """What a sentence is heard with: `now` in UTC, the transfer's IANA `zone`, its milestones and members.

    `member_of` knows a member by account; `names` are the members' names. `holidays` are days off;
    `month_first`: 03/04 is 4 March here. `chosen` are people whom the speaker has chosen among namesakes.
    """

    now: datetime
    zone: str
    milestones: Mapping[str, date] = field(default_factory=dict)
    member_of: Mapping[Identity, PersonId] = field(default_factory=dict)
    names: Mapping[PersonId, str] = field(default_factory=dict)
    holidays: Collection[date] = ()
    month_first: bool = False
    chosen: Collection[str] = ()

    @cached_property
    def setting(self) -> Setting:
        """What the rules for dates need of it."""
        return Setting(self.now, self.zone, self.milestones, self.holidays, self.month_first)

    def account_of(self, person: PersonId) -> Account | None:
        """One account of a member, or None for a member without any."""
        for identity, owner in self.member_of.items():
            if owner == person:
                return Account(identity, self.names.get(person, identity.user))
        return None
