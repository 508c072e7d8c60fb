"""A form that is sent: one act by whatever deliveries it comes, also where it stands open to a whole room."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace

from core.asked import AsAsked
from core.kernel.asking import Asking
from core.kernel.door import Door, Reply
from core.kernel.errors import Refused, msg
from core.kernel.messages import Command
from core.kernel.turn import Filled, Turn
from core.speech import verb_with
from core.spots import Spot
from core.turn_views import records_of

FORM = "form:"
"""How the id of a form's act begins."""


def as_one_act(turn: Turn) -> Turn:
    """The turn, a form's under the id of its opening: by whatever deliveries it is sent again, it is one act, also of
    a form that stands open to a whole room, whoever sends it."""
    opened = AsAsked.carried(turn.act.given).opened if isinstance(turn.act, Filled) else ""
    if not opened:
        return turn
    whole = opened.encode("utf-8", "surrogatepass")
    return replace(turn, delivery=f"{FORM}{hashlib.sha256(whole).hexdigest()[:32]}")


@dataclass(frozen=True, slots=True)
class SentForms:
    """Knows which opened forms were sent, and by whom."""

    door: Door
    asking: Asking

    async def is_taken(self, turn: Turn) -> bool:
        """Whether what a form was sent for is done."""
        return await asyncio.to_thread(self.asking.who_said, as_one_act(turn).delivery) is not None

    async def check_own(self, spot: Spot, command: Command, reply: Reply) -> None:
        """Refuse a form that somebody else has sent, where the reply says that it was sent: it is done."""
        if not reply.again or not spot.turn.delivery.startswith(FORM):
            return
        first = await asyncio.to_thread(self.asking.who_said, spot.turn.delivery)
        if first is None or first.actor == str(spot.turn.account.identity):
            return
        member = spot.directory.members.get(first.person) if spot.directory and first.person else None
        raise Refused(
            msg("{name} has sent this form already: {what}. What you filled in is not recorded. To say another:"),
            name=member.known_as if member else first.name,
            what=", ".join(records_of(reply)) or self.door.words.translate(msg("it is done")),
            examples=(verb_with(type(command), vars(command)),),
        )
