"""What a record is: a numbered row of one transfer, with a state, a version and an author, never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from core.kernel.database import Base, UtcDateTime
from core.kernel.errors import Refused, msg
from core.kernel.ids import Audience, PersonId, Ref, TransferId
from core.rules.life_cycles import IllegalMove, LifeCycle


class Trailed(Base):
    """A row whose every change stands in the trail.

    `directory` marks tables that the directory is made from: a change to one makes the cached ones stale.
    """

    __abstract__ = True
    directory: ClassVar[bool] = False

    def trail_name(self) -> str:
        """How the trail names this row."""
        raise NotImplementedError

    def trail_audience(self) -> Audience:
        """Whose chain its entries stand in."""
        return Audience.JOINT


class Record(Trailed):
    """A numbered record: PK (transfer, ref); `version` rises with each change; `created_by` is a person id.

    One that is numbered anew `within` each record of another kind has that record in its reference: MTG-002/PQ-03.
    """

    __abstract__ = True
    cycle: ClassVar[LifeCycle]
    within: ClassVar[bool] = False

    transfer: Mapped[TransferId] = mapped_column(String(12), primary_key=True)
    ref: Mapped[Ref] = mapped_column(String(24), primary_key=True)
    state: Mapped[str] = mapped_column(String(24))
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[PersonId | None] = mapped_column(String(40))

    def trail_name(self) -> str:
        """Its reference."""
        return self.ref

    def under(self) -> Ref | None:
        """The record whose first post in a room its own posts stand below, where the platform has replies.

        None: they stand by themselves. With its own reference, all but the first of them stand below the first.
        """
        return None

    def move(self, to: str) -> None:
        """Go to another state of the life cycle. Raises Refused where there is no such move (RC-7)."""
        try:
            self.cycle.check(self.state, to)
        except IllegalMove as error:
            raise Refused(
                msg("{ref} is {state}: it cannot become {to} now."),
                ref=self.ref,
                state=spoken(error.state),
                to=spoken(error.to),
            ) from None
        self.state = to


def spoken(state: str) -> str:
    """A state or stage as people read it: `done claimed`, `PPQ readiness`."""
    return state.replace("_", " ").replace("ppq", "PPQ").replace("capa", "CAPA")


class CompanyOwned:
    """Mixin: a row that one company alone may see, or both. A session hook filters every query by it (ID-7)."""

    @declared_attr
    def audience(cls) -> Mapped[Audience]:  # noqa: N805 - SQLAlchemy hands in the class
        """`joint`, or the one side that sees the row."""
        return mapped_column(String(8), default=Audience.JOINT)

    def trail_audience(self) -> Audience:
        """The row's own audience: its entries stand in that chain alone."""
        return Audience(self.audience)
