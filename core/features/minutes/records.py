"""The minutes as they were posted: their Markdown, word for word, and its hash."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import Json
from core.kernel.ids import Ref
from core.kernel.records import Record
from core.rules.life_cycles import MINUTES, LifeCycle


class Minutes(Record):
    """The minutes MIN-001 of one meeting; `edition` is 1 for the first, an amendment makes the next.

    `contents` is what they say, as the records stood at the meeting's end: card, Markdown and page all show that, and
    what changes later stands in the records and the trail. `seq` and `head` are the joint chain's at that moment: a
    chain cut later cannot hold them.
    """

    __tablename__ = "minutes"
    __table_args__ = (Index("uq_minutes_meeting", "transfer", "meeting", "edition", unique=True),)
    cycle: ClassVar[LifeCycle] = MINUTES

    meeting: Mapped[Ref] = mapped_column(String(24))
    edition: Mapped[int]
    contents: Mapped[dict[str, Any]] = mapped_column(Json)
    markdown: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))

    @property
    def headline(self) -> str:
        """The title of their meeting, as forms name them."""
        return str(self.contents.get("title", ""))

    def under(self) -> Ref | None:
        """Its meeting: a meeting is one post, with its cards below."""
        return self.meeting
