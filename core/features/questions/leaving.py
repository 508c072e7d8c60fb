"""What was put to people who leave a transfer, and that nobody has answered."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.features.questions.records import AskedQuestion
from core.features.transfers.leaving import left_behind
from core.kernel.complements import Complement
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.registry import complements
from core.kernel.work import Reads


@complements("transfers/member_removed")
def questions_put_to_them(reads: Reads, people: Sequence[PersonId], own: bool) -> Complement | None:
    """Open questions that nobody was asked but them; whoever knows the answer gives it."""
    here = select(AskedQuestion).where(AskedQuestion.transfer == reads.transfer, AskedQuestion.open)
    asked = reads.all(here.order_by(AskedQuestion.created_at, AskedQuestion.ref))
    refs = [one.ref for one in asked if one.asked_of and set(one.asked_of) <= set(people)]
    one, many = msg("1 open question was put to them"), msg("{count} open questions were put to them")
    return left_behind(one if len(refs) == 1 else many, refs, "", reads)
