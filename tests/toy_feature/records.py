"""A badge, of one company or of both."""

from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.records import CompanyOwned, Record
from core.rules.life_cycles import LifeCycle


class Badge(CompanyOwned, Record):
    """A visitor's badge."""

    __tablename__ = "badges"
    cycle: ClassVar[LifeCycle] = LifeCycle(
        "badge",
        "issued",
        {"issued": frozenset({"returned", "withdrawn"}), "returned": frozenset(), "withdrawn": frozenset()},
    )

    text: Mapped[str] = mapped_column(String(200))
