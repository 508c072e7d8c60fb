"""Raising a hand."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.kernel.errors import Refused
from core.kernel.messages import Command, Event, OneOf
from core.kernel.registry import handles
from core.kernel.work import Work


@dataclass(frozen=True, kw_only=True)
class HandRaised(Event):
    """Somebody wants to speak."""


@dataclass(frozen=True, kw_only=True)
class RaiseHand(Command):
    """Say that you want to speak."""

    says: ClassVar[str] = "hand+"
    needs: ClassVar[str] = "hand.raise"
    overheard: ClassVar[bool] = True

    how: Annotated[str, OneOf("how", options=("now", "later", "never"), bare=True)] = "now"


@handles(RaiseHand)
def raise_hand(cmd: RaiseHand, work: Work) -> None:
    if cmd.how == "never":
        raise Refused("Then do not raise it.")
    work.record(HandRaised(record=f"hand:{cmd.how}"))
