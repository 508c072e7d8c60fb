"""The records of a transfer beside those that the kernel keeps: lines held back until somebody decides."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.records import Record
from core.rules.life_cycles import LifeCycle

LINE = LifeCycle(
    "held line",
    "held",
    {"held": frozenset({"recorded", "dropped"}), "recorded": frozenset(), "dropped": frozenset()},
)


class HeldLine(Record):
    """A turn that made no record: its speaker is unknown, or it can be read in two ways. `turn` is JSON."""

    __tablename__ = "held_lines"
    cycle: ClassVar[LifeCycle] = LINE

    identity: Mapped[str] = mapped_column(String(220), index=True)
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    turn: Mapped[str] = mapped_column(Text)
    asked: Mapped[bool]
