"""Adding somebody whom a record names and who is no member yet: one press opens the form, for a lead."""

from __future__ import annotations

from core.features.transfers.members import AddMember
from core.features.transfers.newcomers import Newcomer
from core.kernel.errors import NotAllowed
from core.kernel.ids import Ref
from core.kernel.work import Ask, Work


def introduce(newcomer: Newcomer, ref: Ref, by_whom: str, work: Work) -> Ask:
    """The form that adds them. Raises NotAllowed with `by_whom`, which gets their name, the leads' and the record's."""
    if "lead" not in work.actor.roles:
        leads = ", ".join(lead.known_as for lead in work.directory.holding("lead"))
        raise NotAllowed(by_whom, name=newcomer.name, leads=leads, ref=ref)
    return work.form(AddMember, account=newcomer.account)
