"""One person with two accounts, such as one in Slack and one in Teams: said once, and they are one from then on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from sqlalchemy import select

from core.features.transfers.belonging import check_belongs, tell_other_side
from core.features.transfers.events import AccountsJoined, PeopleJoined
from core.features.transfers.lines import ask_again
from core.features.transfers.members import REASON
from core.features.transfers.opening import show_leads, this_transfer
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Account, Identity, PersonId, Side
from core.kernel.messages import Command, Stranger, checked_reason
from core.kernel.registry import handles
from core.kernel.transfers import Member, PersonAccount
from core.kernel.work import Draw, Work


@dataclass(frozen=True, kw_only=True)
class JoinAccounts(Command):
    """Say that two accounts are one person's: what either may, owes and has said is theirs."""

    says: ClassVar[str] = "member same"
    heading: ClassVar[str] = msg("Two accounts, one person")
    needs: ClassVar[str] = "member.add"
    shared: ClassVar[bool] = True

    account: Annotated[Account, Stranger("one account")]
    other: Annotated[Account, Stranger("the other account")]
    reason: Annotated[str, REASON] = ""


@handles(JoinAccounts)
def join_accounts(cmd: JoinAccounts, work: Work) -> Draw:
    this_transfer(work)
    reason = checked_reason(cmd.reason) if cmd.reason else ""
    first, second = (_account(one, work) for one in (cmd.account, cmd.other))
    known = [_member(one, work) for one in (first, second)]
    members = [member for member in known if member is not None]
    if not members:
        raise Refused(
            msg("Neither of the two is known here: add one first."), examples=("member add @name role:expert",)
        )
    for member in members:
        _check_own(member, work)
    if len(members) == 2 and members[0].person == members[1].person:
        raise Refused(msg("These are one person’s already, {name}."), name=work.directory.known_as(members[0].person))
    kept = members[0] if len(members) == 1 else _who_stays(members[0], members[1], work)
    if not reason:
        _check_belongs((cmd.account, cmd.other), kept, work)
    _move_accounts((cmd.account, cmd.other), kept, work)
    for member in members:
        if member is not kept:
            _merge(member, kept, work)
    work.record(AccountsJoined(record=kept.trail_name()), reason=reason)
    if reason:
        tell_other_side(kept.person, Side(kept.side), reason, work)
    for account in (cmd.account, cmd.other):
        ask_again(account.identity, work)
    return work.card("transfers/member_added", person=kept.person)


def _account(account: Account, work: Work) -> PersonAccount | None:
    identity = account.identity
    return work.session.get(PersonAccount, (identity.platform, identity.tenant, identity.user))


def _member(account: PersonAccount | None, work: Work) -> Member | None:
    member = work.session.get(Member, (work.transfer, account.person)) if account else None
    return member if member is not None and member.state == "active" else None


def _check_own(member: Member, work: Work) -> None:
    if member.side != work.actor.side:
        raise NotAllowed(
            msg(
                "{name} stands for {company}, and nobody stands for two companies: a lead says this of their own "
                "company’s people only."
            ),
            name=work.directory.known_as(member.person),
            company=work.directory.company(member.side),
        )


def _who_stays(first: Member, second: Member, work: Work) -> Member:
    """The one who is known in other transfers as well, else the one named first. Raises Refused where both are."""
    elsewhere = [member for member in (first, second) if _is_elsewhere(member.person, work)]
    if len(elsewhere) == 2:
        raise Refused(
            msg("{first} and {second} both stand in other transfers too, where they would become one too."),
            first=work.directory.known_as(first.person),
            second=work.directory.known_as(second.person),
        )
    return elsewhere[0] if elsewhere else first


def _is_elsewhere(person: PersonId, work: Work) -> bool:
    found = work.one(select(Member).where(Member.person == person, Member.transfer != work.transfer))
    return found is not None


def _check_belongs(accounts: tuple[Account, Account], kept: Member, work: Work) -> None:
    """An account that nobody is known by may speak for the other company: then a reason is due."""
    for account in accounts:
        if _account(account, work) is None:
            check_belongs(account, "", Side(kept.side), work)


def _move_accounts(accounts: tuple[Account, Account], kept: Member, work: Work) -> None:
    for account in accounts:
        row = _account(account, work)
        if row is None:
            place: Identity = account.identity
            work.add(
                PersonAccount(
                    platform=place.platform, tenant=place.tenant, user=place.user, person=kept.person, state="active"
                )
            )
        elif row.person != kept.person:
            if _is_elsewhere(row.person, work):
                raise Refused(
                    msg("{name} stands in another transfer by this account, as somebody of their own."),
                    name=account.name,
                )
            for other in work.all(select(PersonAccount).where(PersonAccount.person == row.person)):
                other.person = kept.person


def _merge(gone: Member, kept: Member, work: Work) -> None:
    kept.roles = sorted({*kept.roles, *gone.roles})
    gone.state = "left"
    work.record(PeopleJoined(record=gone.trail_name(), gone=gone.person, kept=kept.person))
    if "lead" in kept.roles:
        show_leads(work)
