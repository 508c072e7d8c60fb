"""What people may ask about a transfer, and what an export says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import select

from core.kernel.audit import Entry, chain_name
from core.kernel.ids import Audience
from core.kernel.messages import Question
from core.kernel.registry import answers, exports
from core.kernel.transfers import Transfer
from core.kernel.work import Draw, Reads


@dataclass(frozen=True, kw_only=True)
class ShowTransfer(Question):
    """Show the transfer that lives in this room."""

    says: ClassVar[str] = "transfer show"
    needs: ClassVar[str] = "transfer.read"


@answers(ShowTransfer)
def show_transfer(_question: ShowTransfer, reads: Reads) -> Draw:
    own = reads.directory.company(reads.audience.side)
    return reads.card("transfers/opened", transfer=reads.get(Transfer, reads.transfer), own=own)


@exports("transfers")
def export_transfers(reads: Reads) -> Iterable[dict[str, Any]]:
    """One row: the transfer, with its rooms."""
    for transfer in reads.all(select(Transfer).where(Transfer.transfer == reads.transfer)):
        rooms = [
            {
                "platform": room.address.platform,
                "tenant": room.address.tenant,
                "channel": room.address.channel,
                "audience": room.audience.value,
            }
            for room in reads.directory.rooms
        ]
        yield {
            **reads.envelope(transfer),
            "title": transfer.title,
            "code": transfer.transfer,
            "sponsor": transfer.sponsor,
            "cmo": transfer.cmo,
            "stage": transfer.stage,
            "tz": transfer.zone,
            "rooms": rooms,
            "milestones": transfer.milestones,
        }


@exports("people")
def export_people(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each member, present or past; `created_by` is who added them first."""
    added = _added(reads)
    for member in reads.directory.members.values():
        identities = [
            {"platform": account.platform, "tenant": account.tenant, "user": account.user}
            for account in sorted(member.accounts)
        ]
        yield {
            "id": member.person,
            "transfer": reads.transfer,
            "state": "active" if member.active else "left",
            **added.get(f"member:{member.person}", {"created_at": None, "created_by": None}),
            "name": member.name,
            "side": member.side,
            "roles": sorted(member.roles),
            "earlier": [{"side": side, "until": until.isoformat()} for side, until in member.earlier] or None,
            "identities": identities,
        }


def _added(reads: Reads) -> dict[str, dict[str, str]]:
    """The trail's name of each member to when and by whom they were first added."""
    first: dict[str, dict[str, str]] = {}
    chain = chain_name(reads.transfer, Audience.JOINT)
    statement = select(Entry).where(Entry.chain == chain, Entry.record.startswith("member:")).order_by(Entry.seq)
    for entry in reads.all(statement):
        said = entry.said
        first.setdefault(
            entry.record or "", {"created_at": said["at"].replace("+00:00", "Z"), "created_by": said["name"]}
        )
    return first
