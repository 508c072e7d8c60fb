"""What Tandem says: one closed set of shapes that every platform can draw, and nothing of any platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Tone(StrEnum):
    """How a card or notice feels at a glance; a renderer may colour it, never rely on colour alone.

    A notice that answers somebody is WARN or BAD where nothing was done, and only there: their form stays open then.
    """

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    QUIET = "quiet"


# Spans: what stands within a line.


@dataclass(frozen=True, slots=True)
class Plain:
    """Text as it is; user text arrives here unescaped and every renderer escapes it for its platform."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Text that is seen first."""

    text: str


@dataclass(frozen=True, slots=True)
class Italic:
    """Text set apart: a quotation, a hint."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A web address behind words."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """A person: drawn as a real mention where they have an account on the platform, else by name."""

    person: str
    name: str


class TimeStyle(StrEnum):
    """Which part of a moment is shown."""

    DATE = "date"
    TIME = "time"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A moment in UTC; drawn in the reader's zone where the platform can, else in `zone` (IANA), named."""

    at: datetime
    zone: str
    style: TimeStyle = TimeStyle.MOMENT


@dataclass(frozen=True, slots=True)
class RefSpan:
    """A record's reference, such as ACT-012."""

    ref: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to type, without what calls Tandem there: `called` puts the call of a place before it."""

    text: str


Span = Plain | Bold | Italic | Link | PersonSpan | TimeSpan | RefSpan | Sentence
Spans = tuple[Span, ...]


# Blocks: what stands below one another on a card.


@dataclass(frozen=True, slots=True)
class Title:
    """The one line that a person with no time reads; at most one a card, first."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `quiet` is small print."""

    spans: Spans
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value."""

    label: str
    value: Spans


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values, two columns where there is room."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class List:
    """Lines under one another; `more` is the sentence that shows those cut off, by view or by renderer.

    `left` counts those that the view cut off already; a renderer adds its own to them.
    """

    items: tuple[Spans, ...]
    ordered: bool = False
    more: str | None = None
    left: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; every row has as many cells as the head. `more` and `left` as in a List."""

    head: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    more: str | None = None
    left: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """An image behind a web address, and the same said in words."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two thoughts."""


class ButtonStyle(StrEnum):
    """How a button stands out."""

    PLAIN = "plain"
    MAIN = "main"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A sentence to press: `says` holds references and literals, never user text; or a page behind `href`."""

    label: str
    says: str | None = None
    href: str | None = None
    style: ButtonStyle = ButtonStyle.PLAIN


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons side by side."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the value that is sent, the label that is read, and what it is listed under, if anything."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class TextInput:
    """A line or a paragraph to type; `value` is filled in already."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = True
    multiline: bool = False
    longest: int = 3000


@dataclass(frozen=True, slots=True)
class DateInput:
    """A day to pick."""

    name: str
    label: str
    value: date | None = None
    hint: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class ChoiceInput:
    """One of a few options, or several of them where `many`."""

    name: str
    label: str
    options: tuple[Option, ...]
    value: tuple[str, ...] = ()
    hint: str = ""
    required: bool = True
    many: bool = False


@dataclass(frozen=True, slots=True)
class PeopleInput:
    """One person, or several where `many`; `value` holds person ids.

    `options` are the members by person id, for a platform whose own picker does not know them all; an input for
    somebody who is no member yet has none.
    """

    name: str
    label: str
    value: tuple[str, ...] = ()
    hint: str = ""
    required: bool = True
    many: bool = False
    options: tuple[Option, ...] = ()


Input = TextInput | DateInput | ChoiceInput | PeopleInput
Block = Title | Text | Fields | List | Table | Picture | Divider | Buttons
FormBlock = Text | Divider | TextInput | DateInput | ChoiceInput | PeopleInput
NoticeBlock = Text | List | Buttons


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card or form was drawn for: the transfer and, of the record it shows, reference and version."""

    transfer: str
    record: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A message to read and press. `summary` is the one line for notifications, lists and old clients.

    `instead`: as the answer to a press it takes the place of what was pressed, where its presser alone saw that.
    """

    summary: str
    blocks: tuple[Block, ...]
    tone: Tone = Tone.PLAIN
    training: bool = False
    place: Place | None = None
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Questions to fill in at once. `message` names the command it makes; `given` is what was known already.

    `given` holds JSON text (an object of field name to value); inputs override it. `says` is the sentence to
    type instead, shown where the form cannot be opened.
    """

    title: str
    blocks: tuple[FormBlock, ...]
    submit: str
    message: str
    given: str
    says: str
    training: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A short answer to one person: a line or a few, and buttons where there is a choice to make."""

    tone: Tone
    blocks: tuple[NoticeBlock, ...]
    training: bool = False
    place: Place | None = None


View = Card | Form | Notice


def plain(spans: Spans, zone_names: bool = True) -> str:
    """The words of spans without any mark, as one line of text; times in their own zone, with its name."""
    return "".join(_plain(span, zone_names) for span in spans)


def _plain(span: Span, zone_names: bool) -> str:
    match span:
        case Plain(text) | Bold(text) | Italic(text) | Link(text=text) | Sentence(text):
            return text
        case PersonSpan(name=name):
            return f"@{name}"
        case RefSpan(ref):
            return ref
        case TimeSpan():
            return local_time(span, zone_names)


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local_time(span: TimeSpan, zone_names: bool = True) -> str:
    """A moment in its own zone, such as `Thu 12 Mar 2026 14:00 (Europe/Dublin)`."""
    local = span.at.astimezone(ZoneInfo(span.zone))
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"
    clock = f"{local.hour:02}:{local.minute:02}"
    zone = f" ({span.zone})" if zone_names else ""
    match span.style:
        case TimeStyle.DATE:
            return day
        case TimeStyle.TIME:
            return clock + zone
        case TimeStyle.MOMENT:
            return f"{day} {clock}{zone}"
