"""A room that is back: the cards that it missed, or shows as they were, are drawn anew for it alone, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

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


@dataclass(frozen=True, slots=True)
class _Shown:
    """The version in which a room got each record last, by itself or in a list, and those that have a card there."""

    versions: Mapping[str, int]
    cards: frozenset[str]


def missed(room: RoomOf, since: datetime, work: Work) -> list[Record]:
    """The records that the room lacks, or got as they were: those that are not over, those made `since` it was lost
    (UTC), and those that it got; the oldest first."""
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
            rows = work.all(wanted.where(or_(alive, kind.created_at >= since, kind.ref.in_(shown.versions))))
            anew = shown.cards if redrawer.always else frozenset[str]()
            found += [row for row in rows if row.ref in anew or row.version != shown.versions.get(row.ref)]
    return sorted(found, key=lambda row: (row.created_at, row.ref))[-MOST:]


def told_anew(posts: Sequence[PostRequest], room: RoomOf, work: Work) -> set[Ref]:
    """The numbered records whose cards are news in the room: some are drawn whether anything changed or not."""
    shown = _shown(room, work)
    records = [post.record for post in posts if post.record is not None]
    changed = {record.ref for record in records if record.version != shown.versions.get(record.ref)}
    return {ref for ref in changed if is_reference(ref)}


def drawn_anew(records: Sequence[Record], room: RoomOf, work: Work) -> list[PostRequest]:
    """Their cards for the room alone, new ones and those that change there; nobody else is told anything."""
    shown, before = _shown(room, work), len(work.posts)
    with work.seen_by(room.audience):
        for record in records:
            work.redrawers[type(record)].draw(record, record.ref in shown.cards, work)
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


def _shown(room: RoomOf, work: Work) -> _Shown:
    listing = aliased(Post)
    asked = select(Post.record, Post.state, func.max(Post.record_version).label("version")).where(
        Post.address == str(room.address),
        Post.transfer == work.transfer,
        Post.record.is_not(None),
        Post.key.is_not(None),
        or_(Post.state == SENT, listing.state == SENT),
    )
    in_lists = asked.outerjoin(listing, listing.id == Post.listed_in).group_by(Post.record, Post.state)
    found = work.session.connection().execute(in_lists.order_by("version")).all()
    cards = frozenset(row.record for row in found if row.state == SENT)
    return _Shown({row.record: row.version for row in found}, cards)


def _carried(room: RoomOf, work: Work) -> set[str]:
    """The keys whose message stands in the room."""
    asked = select(Post.key).where(
        Post.address == str(room.address), Post.transfer == work.transfer, Post.state == SENT, Post.message.is_not(None)
    )
    found = work.session.connection().execute(asked.where(Post.key.is_not(None))).scalars()
    return {key for key in found if key is not None}
