"""What could not be done: posts that never arrive, due work set aside; in the trail, and the leads told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.features.transfers.events import JobSetAside, PostUndelivered
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
    work.record(PostUndelivered(record=f"post:{cmd.post}"), reason=cmd.why)
    if cmd.told or cmd.template == UNDELIVERED:
        return  # a report that fails is not reported: each lead was sent one, and it would never end
    tell_leads(work, cmd.where, cmd.why, record=cmd.record, but=cmd.where)


@handles(ReportJob)
def report_job(cmd: ReportJob, work: Work) -> None:
    work.record(JobSetAside(record=f"job:{cmd.key}"), reason=cmd.why)
    tell_leads(work, cmd.command, cmd.why)


def tell_leads(work: Work, where: str, why: str, *, record: str | None = None, but: str = "") -> None:
    """A direct message to every lead who can get one; a lost conversation with a lead is not reported to it."""
    for lead in work.directory.holding("lead"):
        direct = [f"{account.platform}:{account.tenant}/@{account.user}" for account in lead.accounts[:1]]
        if direct and direct[0] != but:
            # Told once of one place: what is lost there later changes the card that tells of it.
            key = f"undelivered:{where}"[:120]
            work.post(ToPerson(lead.person), UNDELIVERED, key=key, where=where, why=why, reference=record)
