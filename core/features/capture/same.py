"""Two people turn out to be one: proposals that nobody has answered name the one in the place of both."""

from __future__ import annotations

from sqlalchemy import select

from core.features.capture.records import Proposal
from core.features.capture.telling import redraw
from core.features.meetings.same import as_one, meant
from core.features.transfers.events import PeopleJoined
from core.kernel.ids import PersonId
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(PeopleJoined)
def propose_to_one(event: PeopleJoined, work: Work) -> None:
    waiting = select(Proposal).where(Proposal.transfer == work.transfer, Proposal.open)
    for proposal in work.all(waiting):
        if event.gone in (
            proposal.author,
            *proposal.owners,
            *proposal.asked_of,
            *proposal.accepted,
            *proposal.told,
            *_reacted(proposal),
        ):
            proposal.author = meant(proposal.author, event) or proposal.author
            proposal.owners = as_one(proposal.owners, event)
            proposal.asked_of = as_one(proposal.asked_of, event)
            proposal.accepted = as_one(proposal.accepted, event)
            proposal.told = as_one(proposal.told, event)
            if event.gone in _reacted(proposal):
                proposal.reacted = as_one(_reacted(proposal), event)
            redraw(proposal, work)


def _reacted(proposal: Proposal) -> list[PersonId]:
    return proposal.reacted or []
