"""What could not be done: posts that never arrive, due work set aside; in the trail, and the leads told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.features.transfers.events import JobSetAside, PostUndelivered
from core.kernel.ids import Audience, Identity, audience_named
from core.kernel.messages import Command
from core.kernel.posting import ToPerson
from core.kernel.registry import handles
from core.kernel.work import Work

UNDELIVERED = "transfers/undelivered"
"""The template of the report itself."""


@dataclass(frozen=True, kw_only=True)
class ReportPost(Command):
    """Keep in the trail that a post could never be sent, and tell the leads.

    `told`: they hear of it already, as the whole account was lost.
    """

    needs: ClassVar[str] = "post.report"

    post: str
    template: str
    record: str | None
    where: str
    why: str
    told: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportJob(Command):
    """Keep in the trail that due work was set aside, and tell the leads."""

    needs: ClassVar[str] = "job.report"

    key: str
    command: str
    why: str


@handles(ReportPost)
def report_post(cmd: ReportPost, work: Work) -> None:
    whose = _whose(cmd, work)
    work.record(PostUndelivered(record=f"post:{cmd.post}"), reason=cmd.why, audience=whose)
    if cmd.told or cmd.template == UNDELIVERED:
        return  # a report that fails is not reported: each lead was sent one, and it would never end
    tell_leads(work, Trouble(_shown(cmd.where, work), cmd.why, cmd.record, whose, cmd.where), but=cmd.where)


def _shown(where: str, work: Work) -> str:
    """An address as people call it: a room by its label, a direct conversation by whose it is."""
    rooms = {str(room.address): room.label for room in work.directory.rooms}
    people = ((_direct(one), person) for one, person in work.directory.by_identity.items())
    whose = next((work.directory.known_as(person) for address, person in people if address == where), where)
    return rooms.get(where, whose)


def _direct(account: Identity) -> str:
    """The address of the conversation with an account alone."""
    return f"{account.platform}:{account.tenant}/@{account.user}"


def _whose(cmd: ReportPost, work: Work) -> Audience:
    """Whose business a lost post is: by its record's number, or by the room that it was for."""
    if cmd.record and audience_named(cmd.record) != Audience.JOINT:
        return audience_named(cmd.record)
    return next((room.audience for room in work.directory.rooms if str(room.address) == cmd.where), Audience.JOINT)


@handles(ReportJob)
def report_job(cmd: ReportJob, work: Work) -> None:
    whose = audience_named(cmd.key)
    work.record(JobSetAside(record=f"job:{cmd.key}"), reason=cmd.why, audience=whose)
    tell_leads(work, Trouble(cmd.command, cmd.why, whose=whose))


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be done: where, why, with which record, and whose business it is.

    `at` is the address behind `where`: two rooms may be called alike.
    """

    where: str
    why: str
    record: str | None = None
    whose: Audience = Audience.JOINT
    at: str = ""


def tell_leads(work: Work, trouble: Trouble, but: str = "") -> None:
    """A direct message to every lead whose business it is; a lost conversation with a lead is not reported to it."""
    for lead in work.directory.entitled(trouble.whose, "lead"):
        if any(_direct(account) != but for account in lead.accounts):
            # A message for each record and day, as one that changes in place tells nobody: the same again changes it.
            lost = f"{work.now:%Y%m%d}:{trouble.record or ''}:{trouble.at or trouble.where}"
            key = f"undelivered:{lost}"[:120]
            to, about = ToPerson(lead.person), trouble.record
            work.post(to, UNDELIVERED, key=key, where=trouble.where, why=trouble.why, reference=about)
