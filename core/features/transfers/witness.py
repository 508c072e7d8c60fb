"""The daily line that makes both companies' chats witnesses of the trail: a cut tail shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from core.features.transfers.events import ChainWitnessed
from core.kernel.ids import Audience, Ref
from core.kernel.messages import Command
from core.kernel.posting import ToRooms
from core.kernel.registry import handles, shows
from core.kernel.work import Reads, Work

EVERY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PostWitness(Command):
    """Post the joint chain's sequence number and the start of its head; `last` is the one posted before."""

    needs: ClassVar[str] = "witness.post"

    last: int


@handles(PostWitness)
def post_witness(cmd: PostWitness, work: Work) -> None:
    seq, head = work.chain(Audience.JOINT)
    # The entry of the last run is one; where nothing came after it, there is nothing to witness.
    if seq - cmd.last > 1:
        work.post(ToRooms(), "transfers/witness", witness=Witness(Ref(work.transfer), seq, head[:16]))
        work.record(ChainWitnessed(record=work.transfer))
    work.schedule("witness", work.now + EVERY, PostWitness(last=seq))


@dataclass(frozen=True, slots=True)
class Witness:
    """The head of a chain: its sequence number and the first 16 digits of its hash."""

    transfer: str
    seq: int
    head: str


@shows("transfers/witness")
def witness_view(reads: Reads, witness: Witness) -> Witness:
    return witness
