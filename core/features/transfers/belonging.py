"""Whose person somebody is: what speaks for the other company is refused, and its leads are always told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import select

from core.kernel.access import Member, Person, PersonAccount, Transfer
from core.kernel.audit import Entry, chain_name
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Account, Audience, PersonId, Side
from core.kernel.posting import ToPerson
from core.kernel.work import Reads, Work

OTHER = {Side.SPONSOR: Side.CMO, Side.CMO: Side.SPONSOR}
CLAIM_WITHIN = timedelta(days=14)
"""How long the other company's leads may take out somebody who was added for the wrong side."""


def check_belongs(account: Account | None, email: str, side: Side, work: Work) -> None:
    """Refuse to add somebody whose account or e-mail address speaks for the other company.

    It speaks for it where only that company's people share its workspace or its e-mail domain, or where the person
    stands for that company in another transfer. Guests and contractors are added all the same, with a reason.
    """
    other = work.directory.company(OTHER[side])
    if account is not None and _stands_elsewhere_for(account, other, work):
        raise _evident(msg("{name} stands for {company} in another transfer."), account.name, other, work)
    if account is not None and _alone(_tenants(OTHER[side], work), _tenants(side, work), _tenant(account)):
        raise _evident(msg("{name} speaks from the workspace of {company}."), account.name, other, work)
    domain = _domain(email)
    if domain and _alone(_domains(OTHER[side], work), _domains(side, work), domain):
        raise _evident(msg("The e-mail address of {name} is one of {company}."), email, other, work)


def _evident(sentence: str, name: str, company: str, work: Work) -> Refused:
    what = work.words.translate(sentence).format(name=name, company=company)
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


def _tenant(account: Account) -> str:
    return f"{account.identity.platform}:{account.identity.tenant}"


def _tenants(side: Side, work: Work) -> set[str]:
    members = (member for member in work.directory.members.values() if member.active and member.side == side)
    return {f"{one.platform}:{one.tenant}" for member in members for one in member.accounts}


def _domain(email: str | None) -> str:
    return (email or "").rpartition("@")[2].strip().casefold()


def _domains(side: Side, work: Work) -> set[str]:
    people = [member.person for member in work.directory.members.values() if member.active and member.side == side]
    return {_domain(one.email) for one in work.all(select(Person).where(Person.id.in_(people)))} - {""}


def _stands_elsewhere_for(account: Account, company: str, work: Work) -> bool:
    identity = account.identity
    known = work.session.get(PersonAccount, (identity.platform, identity.tenant, identity.user))
    if known is None:
        return False
    elsewhere = select(Member).where(Member.person == known.person, Member.state == "active")
    for member in work.all(elsewhere.where(Member.transfer != work.transfer)):
        transfer = work.session.get(Transfer, (member.transfer, member.transfer))
        stands_for = transfer and (transfer.sponsor if member.side == Side.SPONSOR else transfer.cmo)
        if stands_for and stands_for.casefold() == company.casefold():
            return True
    return False


def tell_other_side(person: PersonId, side: Side, reason: str, work: Work) -> None:
    """Tell the other company's leads who was added: a card a day, anew where a reason was needed."""
    day = f"{side}:{work.now:%Y-%m-%d}"
    key = f"joined:{person if reason else day}"
    for lead in work.directory.holding("lead", side=OTHER[side]):
        if lead.person == work.actor.person:  # who adds the first people of a side without a lead knows of them
            continue
        work.post(ToPerson(lead.person), "transfers/joined", key=key, person=person, by=work.actor.name, reason=reason)


def check_claim(member: Member, work: Work) -> None:
    """The other company's lead may take somebody out who was added of late, and for the wrong side.

    Raises NotAllowed later than CLAIM_WITHIN.
    """
    added = _added_at(member, work)
    if added is None or work.now - added > CLAIM_WITHIN:
        raise NotAllowed(
            msg(
                "The lead of {company} ends the part of its people. Yours may only do so within {days} days after "
                "somebody was added for the wrong company."
            ),
            company=work.directory.company(member.side),
            days=CLAIM_WITHIN.days,
        )


def tell_own_side(member: Member, reason: str, work: Work) -> None:
    """Tell the leads who added somebody that the other company took them out, and why."""
    for lead in work.directory.holding("lead", side=Side(member.side)):
        key, by = f"claimed:{member.person}", work.actor.name
        work.post(ToPerson(lead.person), "transfers/claimed", key=key, person=member.person, by=by, reason=reason)


def _added_at(member: Member, reads: Reads) -> datetime | None:
    """When the person was last added, by the trail."""
    chain = chain_name(reads.transfer, Audience.JOINT)
    of_member = select(Entry).where(Entry.chain == chain, Entry.record == member.trail_name())
    for entry in reads.all(of_member.order_by(Entry.seq.desc())):
        if "MemberAdded" in json.loads(entry.body)["event"].split():
            return entry.at
    return None
