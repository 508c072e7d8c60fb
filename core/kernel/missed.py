"""A room that is back: the cards that it missed, or shows as they were, are drawn anew for it alone, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_, select

from core.kernel.access import RoomOf
from core.kernel.ids import Audience, Ref, is_reference
from core.kernel.posting import SENT, Post, ToRoom, ToRooms
from core.kernel.readers import audience_of
from core.kernel.records import CompanyOwned, Record
from core.kernel.registry import Redrawer
from core.kernel.work import PostRequest, Work

MOST = 100
"""Records whose cards are brought up to date: the newest. The others are found by the lists."""

Redrawers = Mapping[type[Record], Redrawer]


def missed(room: RoomOf, since: datetime, work: Work) -> list[Record]:
    """The records whose cards the room lacks, or shows as they were: those that are not over, those made `since` it
    was lost (UTC), and those that it shows; the oldest first."""
    shown = _shown(room, work)
    found: list[Record] = []
    with work.seen_by(room.audience):
        for kind, redrawer in work.redrawers.items():
            wanted = select(kind).where(kind.transfer == work.transfer)
            if issubclass(kind, CompanyOwned):
                wanted = wanted.where(kind.audience == room.audience)
            elif room.audience != Audience.JOINT:
                continue
            alive = kind.state.in_(() if redrawer.news else kind.cycle.alive)
            rows = work.all(wanted.where(or_(alive, kind.created_at >= since, kind.ref.in_(shown))))
            found += [row for row in rows if redrawer.always or row.version != shown.get(row.ref)]
    return sorted(found, key=lambda row: (row.created_at, row.ref))[-MOST:]


def told_anew(posts: Sequence[PostRequest], room: RoomOf, work: Work) -> set[Ref]:
    """The numbered records whose cards are news in the room: some are drawn whether anything changed or not."""
    shown = _shown(room, work)
    records = [post.record for post in posts if post.record is not None]
    changed = {record.ref for record in records if record.version != shown.get(record.ref)}
    return {ref for ref in changed if is_reference(ref)}


def drawn_anew(records: Sequence[Record], room: RoomOf, work: Work) -> list[PostRequest]:
    """Their cards for the room alone, new ones and those that change there; nobody else is told anything."""
    shown, before = _shown(room, work), len(work.posts)
    with work.seen_by(room.audience):
        for record in records:
            work.redrawers[type(record)].draw(record, record.ref in shown, work)
    promised, work.posts[before:] = work.posts[before:], []
    return _for_room(promised, room, work)


def _for_room(promised: Sequence[PostRequest], room: RoomOf, work: Work) -> list[PostRequest]:
    """Of what was promised to the rooms what this one is to get: of several new messages for a card, the last."""
    carried = _carried(room, work)
    kept: dict[object, PostRequest] = {}
    for post in promised:
        if not isinstance(post.to, ToRooms) or audience_of(post, work) != room.audience:
            continue
        record = post.record.ref if post.record else None
        card: object = post.key if post.key in carried else (record, post.draw.template)
        kept[card] = replace(post, to=ToRoom(room.id))
    return list(kept.values())


def _shown(room: RoomOf, work: Work) -> dict[str, int]:
    """The records that stand in the room, in the version that it shows."""
    asked = select(Post.record, Post.record_version).where(
        Post.address == str(room.address), Post.transfer == work.transfer, Post.state == SENT, Post.record.is_not(None)
    )
    found = work.session.connection().execute(asked.where(Post.key.is_not(None)).order_by(Post.number))
    return {row.record: row.record_version for row in found}


def _carried(room: RoomOf, work: Work) -> set[str]:
    """The keys whose message stands in the room."""
    asked = select(Post.key).where(
        Post.address == str(room.address), Post.transfer == work.transfer, Post.state == SENT, Post.message.is_not(None)
    )
    found = work.session.connection().execute(asked.where(Post.key.is_not(None))).scalars()
    return {key for key in found if key is not None}
