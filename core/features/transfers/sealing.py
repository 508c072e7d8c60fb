"""What a company recorded for itself is sealed when its join is taken back: who joins for that side later begins anew.

The records stay as they are, in a chain of their own that no side is shown: the operator's export holds it whole.
"""

from __future__ import annotations

from core.features.transfers.events import OwnSealed, OwnUnsealed
from core.kernel.access import RoomOf
from core.kernel.ids import OWN, PersonId, Side
from core.kernel.transfers import Transfer
from core.kernel.work import Work


def own_rooms_of(side: Side, work: Work) -> list[RoomOf]:
    """The rooms that are a side's own now, whoever of it brought them."""
    own = work.directory.own(side)
    return [room for room in work.directory.rooms if room.audience == own and not room.removed]


def seal(side: Side, led: PersonId, reason: str, work: Work) -> None:
    """Leave behind what is the side's own. It is said whether there is anything or not, so that it tells of nothing."""
    transfer = work.get(Transfer, work.transfer)
    transfer.current = {**transfer.current, work.directory.own(side).value: led}
    work.record(OwnSealed(record=transfer.ref), reason=reason)


def unseal(side: Side, leads: PersonId, work: Work) -> None:
    """Give whoever leads the side anew what was recorded when they led it before, if anything was left behind."""
    transfer = work.get(Transfer, work.transfer)
    theirs = [one.value for one in OWN[side] if transfer.current.get(one.value) == leads]
    if theirs:
        transfer.current = {key: value for key, value in transfer.current.items() if key != theirs[-1]}
        work.record(OwnUnsealed(record=transfer.ref))
