"""Talk that could not be carried to a room while it was lost: kept in the outbox, and given up or promised anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from core.kernel.ids import Ref
from core.kernel.posting import HELD, REPLACED, Post
from core.kernel.turn import Address
from core.kernel.work import Work


@dataclass(frozen=True, slots=True)
class HeldTalk:
    """A line that was kept: its key, the record that it is about, its view as JSON, and when it was said (UTC)."""

    post: str
    key: str
    record: Ref
    view: str
    at: datetime


def held_for(address: Address, work: Work) -> tuple[HeldTalk, ...]:
    """What is kept for a room, in its order. To be asked for before the command changes anything: what earlier ones of
    its group promised is written only until then."""
    work.session.about_to_read({Post.__table__})
    kept = select(Post.id, Post.key, Post.record, Post.view, Post.created_at).where(
        Post.address == str(address), Post.transfer == work.transfer, Post.state == HELD
    )
    found = work.session.connection().execute(kept.order_by(Post.number))
    return tuple(
        HeldTalk(row.id, row.key or "", Ref(row.record or ""), row.view or "", row.created_at) for row in found
    )


def end_held(held: Sequence[HeldTalk], work: Work) -> None:
    """Keep them no longer: something else says what has become of them."""
    if held:
        work.session.save()
        ended = update(Post).where(Post.id.in_([one.post for one in held]))
        work.session.connection().execute(ended.values(state=REPLACED))
