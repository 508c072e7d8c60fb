"""Whose person somebody is: what speaks for the other company is refused, and its leads are always told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from core.kernel.access import MemberOf
from core.kernel.audit import Entry, entries_of
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Account, Identity, PersonId, Side
from core.kernel.posting import ToPerson
from core.kernel.transfers import Member, Person, PersonAccount, Transfer
from core.kernel.work import Reads, Work

OTHER = {Side.SPONSOR: Side.CMO, Side.CMO: Side.SPONSOR}
CLAIM_WITHIN = timedelta(days=14)
"""How long the other company's leads may say that somebody was added for the wrong side."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What may speak for somebody's company: accounts and an e-mail address.

    `person` is who is here already, and so proves nothing of their own company; a part in another transfer that they
    got at `before` or later proves nothing either: whoever claims them could have given it.
    """

    accounts: tuple[Identity, ...]
    email: str
    person: PersonId | None = None
    before: datetime | None = None


def check_belongs(account: Account | None, email: str, side: Side, work: Work) -> None:
    """Refuse to add somebody whose account or e-mail address speaks for the other company (`speaks_for_other`).

    Guests and contractors are added all the same, with a reason.
    """
    sentence = speaks_for_other(Marks((account.identity,) if account else (), email), side, work)
    if sentence is not None:
        name = account.name if account else email
        raise _evident(sentence, name, email, work.directory.company(OTHER[side]), work)


def speaks_for_other(marks: Marks, side: Side, work: Work) -> str | None:
    """The sentence that says what speaks for the other company than `side`, None where nothing does.

    It is theirs where only their people share the workspace or the e-mail domain, or where the person stands for them
    in another transfer.
    """
    other, but = OTHER[side], marks.person
    if any(_stands_elsewhere_for(one, work.directory.company(other), marks.before, work) for one in marks.accounts):
        return msg("{name} stands for {company} in another transfer.")
    theirs, ours = _tenants(other, but, work), _tenants(side, but, work)
    if any(_alone(theirs, ours, f"{one.platform}:{one.tenant}") for one in marks.accounts):
        return msg("{name} speaks from the workspace of {company}.")
    domain = _domain(marks.email)
    if domain and _alone(_domains(other, but, work), _domains(side, but, work), domain):
        return msg("The e-mail address of {email} is one of {company}.")
    return None


def _evident(sentence: str, name: str, email: str, company: str, work: Work) -> Refused:
    what = work.words.translate(sentence).format(name=name, email=email, company=company)
    return NotAllowed(
        msg(
            "{what} A lead of {company} adds them. If they belong to your company all the same, say so: "
            'reason:"guest in their workspace".'
        ),
        what=what,
        company=company,
    )


def _alone(theirs: set[str], ours: set[str], mark: str) -> bool:
    return mark in theirs and bool(ours) and mark not in ours


def _members(side: Side, but: PersonId | None, work: Work) -> list[MemberOf]:
    return [one for one in work.directory.members.values() if one.active and one.side == side and one.person != but]


def _tenants(side: Side, but: PersonId | None, work: Work) -> set[str]:
    return {f"{one.platform}:{one.tenant}" for member in _members(side, but, work) for one in member.accounts}


def _domain(email: str | None) -> str:
    return (email or "").rpartition("@")[2].strip().casefold()


def _domains(side: Side, but: PersonId | None, work: Work) -> set[str]:
    people = [member.person for member in _members(side, but, work)]
    return {_domain(one.email) for one in work.all(select(Person).where(Person.id.in_(people)))} - {""}


def _stands_elsewhere_for(identity: Identity, company: str, before: datetime | None, work: Work) -> bool:
    known = work.session.get(PersonAccount, (identity.platform, identity.tenant, identity.user))
    if known is None:
        return False
    elsewhere = select(Member).where(Member.person == known.person, Member.state == "active")
    for member in work.all(elsewhere.where(Member.transfer != work.transfer)):
        transfer = work.session.get(Transfer, (member.transfer, member.transfer))
        stands_for = transfer and (transfer.sponsor if member.side == Side.SPONSOR else transfer.cmo)
        if not stands_for or stands_for.casefold() != company.casefold():
            continue
        added = added_at(member, work)
        if before is None or (added is not None and added < before):
            return True
    return False


def tell_other_side(person: PersonId, side: Side, reason: str, work: Work) -> None:
    """Tell the other company's leads who was added: a card a day, anew where a reason was needed."""
    day = f"{side}:{work.now:%Y-%m-%d}"
    key = f"joined:{person if reason else day}"
    for lead in work.directory.holding("lead", side=OTHER[side]):
        if lead.person == work.actor.person:  # who adds the first people of a side without a lead knows of them
            continue
        work.post(ToPerson(lead.person), "transfers/joined", key=key, person=person, by=work.acting, reason=reason)


def added_at(member: Member, reads: Reads) -> datetime | None:
    """When the person was last added to the transfer, by its trail."""
    of_member = entries_of(member.trail_name(), member.transfer)
    entries = reads.all(of_member.order_by(Entry.seq.desc()))
    return next((entry.at for entry in entries if entry.tells("MemberAdded")), None)
