"""Two accounts that were taken for one person's are two people's again; what was recorded stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from sqlalchemy import select

from core.features.transfers.belonging import tell_other_side
from core.features.transfers.events import AccountsParted, MemberAdded
from core.features.transfers.lines import ask_again
from core.features.transfers.members import ROLES, give_role
from core.features.transfers.opening import show_leads, this_transfer
from core.features.transfers.same import JoinAccounts
from core.kernel.audit import Entry, entries_of
from core.kernel.clock import new_id
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Account, Identity, PersonId, Side
from core.kernel.messages import Command, OneOf, Reason, Stranger, checked_reason
from core.kernel.registry import handles, shows
from core.kernel.templates import PersonView
from core.kernel.transfers import Member, Person, PersonAccount
from core.kernel.work import Draw, Reads, Work


@dataclass(frozen=True, kw_only=True)
class PartAccounts(Command):
    """Say that an account is somebody else's after all: they are who they were before, and what was said stays."""

    says: ClassVar[str] = "member apart"
    heading: ClassVar[str] = msg("Two accounts, two people")
    needs: ClassVar[str] = "member.apart"
    shared: ClassVar[bool] = True

    account: Annotated[Account, Stranger("the account that is somebody else’s")]
    role: Annotated[str | None, OneOf("what they do, if they are to be a member", options=ROLES)] = None
    reason: Annotated[str, Reason("why they are two")]


@dataclass(frozen=True, slots=True)
class Joining:
    """How an account came to somebody: whose it was `before`, which others came `along`, and which `roles` with it."""

    before: PersonId | None
    along: tuple[str, ...] = ()
    roles: frozenset[str] = field(default_factory=frozenset)


@handles(PartAccounts)
def part_accounts(cmd: PartAccounts, work: Work) -> Draw:
    this_transfer(work)
    reason = checked_reason(cmd.reason)
    account = _account(cmd.account.identity, work)
    kept = work.session.get(Member, (work.transfer, account.person)) if account else None
    if account is None or kept is None or kept.state != "active":
        raise Refused(msg("{name} is no member’s account here: there is nothing to part."), name=cmd.account.name)
    _check_may(kept, cmd.role, work)
    joining = _joining(account, kept, work)
    parted = joining.before or _new_person(cmd.account, work)
    for row in (account, *_along(joining, kept, work)):
        row.person = parted
        _forget_where_they_spoke(row, kept.person, work)
    member = _restore(parted, joining, kept, cmd.role, work)
    work.record(AccountsParted(record=kept.trail_name()), reason=reason)
    if member is not None:
        work.record(MemberAdded(record=member.trail_name()), reason=reason)
        tell_other_side(parted, Side(member.side), reason, work)
        if "lead" in (*member.roles, *joining.roles):
            show_leads(work)
    ask_again(cmd.account.identity, work)
    return work.card("transfers/parted", kept=kept.person, account=cmd.account, member=member)


def _account(identity: Identity, work: Work) -> PersonAccount | None:
    return work.session.get(PersonAccount, (identity.platform, identity.tenant, identity.user))


def _check_may(kept: Member, role: str | None, work: Work) -> None:
    """A lead or QA of the person's own company; whoever becomes a member by it is added, which leads alone do."""
    company, side = work.directory.company(kept.side), Side(kept.side)
    if kept.side != work.actor.side:
        raise NotAllowed(
            msg("{name} stands for {company}: a lead or QA of theirs says this, {who}."),
            name=work.directory.known_as(kept.person),
            company=company,
            who=work.directory.named("lead", "qa", side=side),
        )
    if role is not None and "lead" not in work.actor.roles:
        raise NotAllowed(
            msg("A lead gives somebody a role, {who}. Without role: it is said by you too."),
            who=work.directory.named("lead", side=side),
        )


def _joining(account: PersonAccount, kept: Member, work: Work) -> Joining:
    """How the account came to who has it now, by the trail. Raises Refused for the one that they had first."""
    for body in _said_of(account.trail_name(), work):
        person = body["changes"].get("person", [None, None])
        if body["command"] == JoinAccounts.called() and person[1] == kept.person:
            together = _said_with(body["command_id"], work)
            return Joining(person[0], _moved(together, person[0]), _gained(together, kept))
    others = [f"{one.platform} {one.user}" for one in work.directory.members[kept.person].accounts]
    raise Refused(
        msg(
            "By this account {name} was known first, or it was joined with theirs elsewhere. Name the one that came to "
            "it here. Their accounts: {accounts}."
        ),
        name=work.directory.known_as(kept.person),
        accounts=", ".join(others),
    )


def _said_of(record: str, work: Work) -> list[dict[str, Any]]:
    """The entries of a row, the newest first."""
    found = entries_of(record, work.transfer).order_by(Entry.seq.desc())
    return [entry.said for entry in work.all(found)]


def _said_with(command_id: str, work: Work) -> list[dict[str, Any]]:
    """All the entries of one command."""
    return [one.said for one in work.all(select(Entry).where(Entry.command_id == command_id))]


def _moved(together: Sequence[dict[str, Any]], before: str | None) -> tuple[str, ...]:
    """The accounts that came from the same person, by their names in the trail."""
    moved = ((one["record"], one["changes"].get("person", [None])[0]) for one in together)
    return tuple(name for name, person in moved if before is not None and person == before)


def _gained(together: Sequence[dict[str, Any]], kept: Member) -> frozenset[str]:
    """The roles that came with it."""
    theirs = next((one for one in together if one["record"] == kept.trail_name()), None)
    before, after = theirs["changes"].get("roles", [(), ()]) if theirs else [(), ()]
    return frozenset(after) - frozenset(before)


def _along(joining: Joining, kept: Member, work: Work) -> list[PersonAccount]:
    held = work.all(select(PersonAccount).where(PersonAccount.person == kept.person))
    return [row for row in held if row.trail_name() in joining.along]


def _new_person(account: Account, work: Work) -> PersonId:
    person = PersonId(new_id())
    work.add(Person(id=person, transfer=work.transfer, name=account.name, zone=account.zone, state="active"))
    return person


def _forget_where_they_spoke(row: PersonAccount, kept: PersonId, work: Work) -> None:
    """What is for one of them alone is not to be said to the other."""
    person, identity = work.session.get(Person, kept), Identity(row.platform, row.tenant, row.user)
    if person is not None and person.speaks_from == str(identity):
        person.speaks_from = None


def _restore(parted: PersonId, joining: Joining, kept: Member, role: str | None, work: Work) -> Member | None:
    """Their own part as it was before; for somebody who had none, one with `role`, or none."""
    member = work.session.get(Member, (work.transfer, parted)) if joining.before else None
    if member is not None:
        member.state = "active"
        kept.roles = sorted({*kept.roles} - joining.roles) or kept.roles
        if role is not None:
            give_role(member, Side(kept.side), role, work)
    elif role is not None:
        member = Member(transfer=work.transfer, person=parted, side=kept.side, roles=[role], state="active")
        work.add(member)
    return member


@dataclass(frozen=True, slots=True)
class PartedView:
    """An account that was taken for `kept`'s: its `name`, and of a member their `roles`; none for who is no member."""

    kept: PersonView
    name: str
    roles: tuple[str, ...]
    company: str


@shows("transfers/parted")
def parted_view(reads: Reads, kept: PersonId, account: Account, member: Member | None) -> PartedView:
    was = reads.person(kept)
    if member is None:
        return PartedView(was, account.name, (), was.company)
    return PartedView(was, reads.directory.known_as(member.person), tuple(sorted(member.roles)), was.company)
