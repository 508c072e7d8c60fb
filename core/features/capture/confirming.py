"""A named person answers a proposal: it is recorded as it stands, recorded as edited, or nothing to record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.actions.owning import take_on
from core.features.actions.records import Action
from core.features.capture.events import ProposalChanged, ProposalConfirmed, ProposalDeclined
from core.features.capture.making import ACTION, KINDS, LONGEST, QUESTION, Proposed, command_for, make, names
from core.features.capture.records import Proposal
from core.features.capture.telling import answerers, may_answer, redraw, said_by
from core.features.meetings.records import headline
from core.features.transfers.opening import this_transfer
from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Due, DueBy, OneOf, People, Reference, Words
from core.kernel.registry import handles
from core.kernel.work import Ask, Draw, Work


@dataclass(frozen=True, kw_only=True)
class ConfirmProposal(Command):
    """Record what Tandem proposes, as it stands."""

    says: ClassVar[str] = "proposal confirm"
    heading: ClassVar[str] = msg("Confirm a proposal")
    needs: ClassVar[str] = "proposal.settle"

    proposal: Annotated[Ref, Reference("the proposal", prefix="PRP")]


@dataclass(frozen=True, kw_only=True)
class EditProposal(Command):
    """Record what Tandem proposes, in other words or of another kind."""

    says: ClassVar[str] = "proposal edit"
    heading: ClassVar[str] = msg("Edit and record")
    needs: ClassVar[str] = "proposal.settle"

    proposal: Annotated[Ref, Reference("the proposal", prefix="PRP", fixed=True)]
    kind: Annotated[str, OneOf("what it is", options=KINDS)] = ""
    text: Annotated[str, Words("what is recorded", longest=LONGEST)] = ""
    owners: Annotated[tuple[PersonId, ...], People("who does it, or is asked")] = ()
    due: Annotated[Due | None, DueBy("by when")] = None


@dataclass(frozen=True, kw_only=True)
class DeclineProposal(Command):
    """Say that what Tandem proposes is nothing to record."""

    says: ClassVar[str] = "proposal decline"
    heading: ClassVar[str] = msg("Decline a proposal")
    needs: ClassVar[str] = "proposal.settle"

    proposal: Annotated[Ref, Reference("the proposal", prefix="PRP")]


@handles(ConfirmProposal)
def confirm_proposal(cmd: ConfirmProposal, work: Work) -> Draw:
    proposal = _meant(cmd.proposal, work)
    if not proposal.open:
        return work.card("capture/settled", proposal=proposal, again=True)
    return _record(proposal, work)


@handles(EditProposal)
def edit_proposal(cmd: EditProposal, work: Work) -> Draw | Ask:
    proposal = _meant(cmd.proposal, work)
    if not proposal.open:
        return work.card("capture/settled", proposal=proposal, again=True)
    if not cmd.text:
        return _ask(cmd, proposal, work)
    kind = cmd.kind or proposal.kind
    before = (proposal.kind, proposal.text)
    people = list(cmd.owners)
    due = cmd.due if kind == ACTION else None
    proposal.kind, proposal.text = kind, cmd.text
    proposal.owners, proposal.asked_of = (people, []) if kind == ACTION else ([], people if kind == QUESTION else [])
    proposal.due, proposal.due_at = (due.day, due.at) if due else (None, None)
    as_said = before == (proposal.kind, proposal.text)
    still = proposal.owners if kind == ACTION else proposal.accepted if as_said else [work.actor.person]
    proposal.accepted = [person for person in proposal.accepted if person in still]
    work.record(ProposalChanged(record=proposal.ref))
    return _record(proposal, work, reworded=True, worded_by=None if as_said else work.actor.person)


@handles(DeclineProposal)
def decline_proposal(cmd: DeclineProposal, work: Work) -> Draw:
    proposal = _meant(cmd.proposal, work)
    if not proposal.open:
        return work.card("capture/settled", proposal=proposal, again=True)
    settle("declined", proposal, work, work.actor.person)
    work.record(ProposalDeclined(record=proposal.ref))
    redraw(proposal, work)
    return work.card("capture/settled", proposal=proposal, again=False)


def settle(state: str, proposal: Proposal, work: Work, by: PersonId | None = None) -> None:
    """End its being open, and keep whose answer that was, if it was anybody's."""
    proposal.move(state)
    proposal.open = False
    proposal.settled_by, proposal.settled_at = by, work.now


def _meant(ref: Ref, work: Work) -> Proposal:
    """The proposal that somebody answers. Raises NotAllowed for whoever has no say in it."""
    this_transfer(work)
    proposal = work.get(Proposal, ref)
    if may_answer(proposal, work.actor.person, work):
        return proposal
    raise NotAllowed(
        msg(
            "{ref} is confirmed by who said it, by the chair, by an owner named in it, or by a lead of {company}: "
            "{names}."
        ),
        ref=proposal.ref,
        company=work.directory.company(work.directory.side_of(proposal.author)),
        names=names(answerers(proposal, work), work),
    )


def _ask(cmd: EditProposal, proposal: Proposal, work: Work) -> Ask:
    due = cmd.due or (Due(proposal.due, proposal.due_at) if proposal.due else None)
    values = {
        "proposal": proposal.ref,
        "kind": cmd.kind or proposal.kind,
        "text": proposal.text,
        "owners": cmd.owners or tuple(proposal.owners or proposal.asked_of),
        "due": due,
    }
    about = work.words.translate(msg("{ref}: {name} said “{said}”. What you send is recorded."))
    name, said = work.directory.known_as(proposal.author), headline(proposal.said).rstrip(".")
    return Ask(EditProposal, values, about=about.format(ref=proposal.ref, name=name, said=said), needs=("kind", "text"))


def _record(proposal: Proposal, work: Work, reworded: bool = False, worded_by: PersonId | None = None) -> Draw:
    """Make the record by its own command, as of the line and for its author; who confirms it acts (AT-14).

    `worded_by` gave it other words.
    """
    origin = said_by(proposal, work)
    if origin is None:
        raise work.no_such(proposal.ref)
    work.proposed_by = f"{proposal.software}, rule {proposal.rule}, {proposal.ref}"
    due = Due(proposal.due, proposal.due_at) if proposal.due else None
    wanted = Proposed(
        kind=proposal.kind,
        text=proposal.text,
        owners=tuple(proposal.owners),
        asked_of=tuple(proposal.asked_of),
        due=due,
    )
    agree = _agreeing(proposal, worded_by or (work.actor.person if proposal.reacted is not None else None))
    with work.as_said(origin):
        record = make(command_for(wanted, work.words.translate), work, agree)
    record.created_by, record.meeting, record.item = proposal.author, proposal.meeting, proposal.item
    if isinstance(record, Action):
        for person in proposal.accepted:
            if person in record.owners:
                take_on(person, record, work)
    proposal.record = record.ref
    settle("confirmed", proposal, work, work.actor.person)
    work.record(ProposalConfirmed(record=proposal.ref, reworded=reworded))
    redraw(proposal, work)
    return work.card("capture/settled", proposal=proposal, again=False)


def _agreeing(proposal: Proposal, alone: PersonId | None) -> list[PersonId]:
    """Whose word a decision is: to confirm is not to agree, so that of those who said it.

    Of other words than they said, or of what others made a decision by a reaction, it is of them that of one `alone`.
    """
    said_so = (proposal.author, *proposal.accepted)
    return [person for person in said_so if alone in (None, person)]
