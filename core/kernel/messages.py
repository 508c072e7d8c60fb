"""Commands, questions and events: frozen dataclasses that say what they are, who may, and how they are spoken."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, get_type_hints

from core.kernel.errors import Refused, msg


class Meaning(StrEnum):
    """What a signature says (21 CFR 11.50(a)(3))."""

    AUTHORED = "authored"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    CONCURRED = "concurred"
    VERIFIED = "verified"
    WAIVED = "waived"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due: a day, and a moment in UTC where a time was said; `ask` where the reading is a guess."""

    day: date
    at: datetime | None = None
    ask: bool = False


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A moment in UTC, as it was said; `span`: as a length of time from then, `in 20 minutes`."""

    at: datetime
    span: bool = False


@dataclass(frozen=True, slots=True)
class Shorthand:
    """How a message is said without its noun, as `s/old/new/`; its other parts follow as ever.

    `begins` and `goes_on` are regular expressions, one behind the other, whose named groups are fields: what begins so
    and does not go on so is meant for this message and cannot be read. `like` is how help shows it.
    """

    begins: str
    goes_on: str
    like: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """What every command and question is: a registered name, a version, a permission, perhaps a sentence.

    `says` is the noun and verb a person types ("action accept"); a noun alone ("action") takes free text. None:
    only the system or a form or button makes it. `needs` is the permission that the door looks up in the role
    table. `heading` is the title of its form, 24 characters at most. `shorthand`: a form of its own by which it is
    said without its noun. `overheard`: while a meeting runs, a line in its rooms that begins with these words is heard
    without calling Tandem. `also` are other words for `says`, which help does not list. `version` rises when stored
    JSON of the old shape no longer loads; `upcast` then mends the old.
    """

    says: ClassVar[str | None] = None
    also: ClassVar[tuple[str, ...]] = ()
    needs: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    shorthand: ClassVar[Shorthand | None] = None
    overheard: ClassVar[bool] = False
    version: ClassVar[int] = 1

    @classmethod
    def called(cls) -> str:
        """The name under which it is stored and trailed."""
        return cls.__name__

    @classmethod
    def upcast(cls, version: int, body: dict[str, object]) -> dict[str, object]:
        """Mend a stored body of an older version; the default knows none but its own. Raises KeyError."""
        raise KeyError(f"version {version} of {cls.called()} has no upcast, {len(body)} fields")

    @classmethod
    def help(cls) -> str:
        """The first line of the docstring: the help sentence, and its catalogue id."""
        return (cls.__doc__ or "").strip().splitlines()[0]


@dataclass(frozen=True, kw_only=True)
class Command(Message):
    """A wish to change something. `signs` makes it a signed act; `slip` fields need no reason in 15 minutes.

    `shared`: said in one company's own room, it may all the same change what both companies see. `of_oneself`: it says
    something of the speaker alone, so that a press of somebody unknown waits until it is known who they are.
    """

    signs: ClassVar[Meaning | None] = None
    shared: ClassVar[bool] = False
    of_oneself: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Question(Message):
    """A wish to know something; answered from a read-only session, never waiting for a writer.

    `joins`: somebody of several transfers who names none gets the answers of all of them in one.
    """

    joins: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened to one record, named by its reference or id."""

    record: str

    @classmethod
    def called(cls) -> str:
        """The name under which it stands in the trail."""
        return cls.__name__


# Parts: how a field of a message is said. A field is `Annotated[type, Part(...)]`; its named-value name is the
# field's own unless `said_as` gives another.


@dataclass(frozen=True, slots=True)
class Part:
    """How one field is said, asked for in a form, and explained in help."""

    hint: str = ""
    said_as: str = ""


@dataclass(frozen=True, slots=True)
class Words(Part):
    """Free text: what is left when the other parts are taken out. Field type: str."""

    longest: int = 3000


@dataclass(frozen=True, slots=True)
class Quoted(Part):
    """A text in quotes; without quotes, the words that are left. Field type: str."""

    longest: int = 300


@dataclass(frozen=True, slots=True)
class InQuotes(Quoted):
    """A text in quotes alone: words without them are none, since it stands in the place of another. Field type: str."""

    longest: int = 3000


@dataclass(frozen=True, slots=True)
class Someone(Part):
    """One known member, as a mention. Field type: PersonId. `leading`: only where it comes first, else it is words."""

    leading: bool = False


@dataclass(frozen=True, slots=True)
class People(Part):
    """Known members, as mentions. Field type: tuple[PersonId, ...].

    `keep` leaves an unknown one in the words; `newcomers` names the field (tuple[Account, ...], itself not spoken)
    that gets the account of one.
    """

    keep: bool = False
    newcomers: str = ""


@dataclass(frozen=True, slots=True)
class Stranger(Part):
    """One account that need not be a member yet, as a mention. Field type: Account."""


@dataclass(frozen=True, slots=True)
class DueBy(Part):
    """A due phrase, `by Friday`. Field type: Due."""


@dataclass(frozen=True, slots=True)
class Moment(Part):
    """A time as a named value, `at:"12 Mar 2026 14:00"`, in the transfer's zone. Field type: datetime (UTC)."""


@dataclass(frozen=True, slots=True)
class TimeSaid(Part):
    """A time that stands in the words, `in 20 minutes` or `at 15:30`, or as a named value. Field type: SaidTime."""


@dataclass(frozen=True, slots=True)
class Minutes(Part):
    """A span of time as a named value, `for:60m`, `for:"1h 30m"`. Field type: int, minutes."""


@dataclass(frozen=True, slots=True)
class Day(Part):
    """A day as a named value, `on:2026-04-20`. Field type: date."""


@dataclass(frozen=True, slots=True)
class Reference(Part):
    """A record's reference. Field type: Ref. `prefix` is ACT, DEC, MTG, …

    One that is numbered anew `within` each record of another kind (its prefix) has two digits and may be said with
    that record before it: `PQ-03`, `MTG-002/PQ-03`. `like` is then what examples show. `leading`: only where it
    comes first, else it is words. `either` names another field that may say the same: where one of the two is known, a
    form asks for neither. `fixed`: a form that is about a record that is known does not ask which. `or_within` takes
    one that is numbered within such a record beside all others. `shows`: such a record, said alone, asks for this.
    """

    prefix: str = ""
    within: str = ""
    like: str = ""
    leading: bool = False
    either: str = ""
    fixed: bool = False
    or_within: str = ""
    shows: bool = False

    @property
    def example(self) -> str:
        """One to show, such as ACT-012."""
        return self.like or f"{self.prefix or 'ACT'}-012"

    @property
    def digits(self) -> int:
        """How many digits it has at least."""
        return 2 if self.within else 3


@dataclass(frozen=True, slots=True)
class OneOf(Part):
    """One of a few words, as a named value or, where `bare`, standing alone. Field type: str or StrEnum."""

    options: tuple[str, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Value(Part):
    """Free text as a named value, `email:anna@example.com`. Field type: str."""

    longest: int = 300


@dataclass(frozen=True, slots=True)
class Literal(Value):
    """Free text taken letter by letter, with the blanks at its ends. Field type: str."""

    longest: int = 3000


@dataclass(frozen=True, slots=True)
class Zone(Part):
    """An IANA zone as a named value, `tz:Europe/Dublin`. Field type: str."""


@dataclass(frozen=True, slots=True)
class Reason(Part):
    """Why, as a named value: at least 5 characters (AT-7). Field type: str."""


@dataclass(frozen=True, slots=True)
class Number(Part):
    """A whole number standing alone, as in `agenda done 2`. Field type: int."""


@dataclass(frozen=True, slots=True)
class Order(Part):
    """Whole numbers in order, `3,1,2`. Field type: tuple[int, ...]."""


def parts_of(kind: type[Message]) -> dict[str, Part]:
    """Field name to part, in the order of the fields; fields without a part are not spoken."""
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, Part] = {}
    for field in fields(kind):
        for note in getattr(hints[field.name], "__metadata__", ()):
            if isinstance(note, Part):
                found[field.name] = note
    return found


def checked_reason(reason: str) -> str:
    """The reason without outer blanks; refused under 5 characters (source: AT-7, draft Annex 11 §12.2)."""
    reason = reason.strip()
    if len(reason) < 5:
        raise Refused(msg('A reason needs at least 5 characters, such as reason:"supplier late".'))
    return reason
