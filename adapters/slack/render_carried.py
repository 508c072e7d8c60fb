"""What a button or a modal carries back to Tandem through Slack: written and read in one place."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from core.api import Form, Place, Refused, msg

LONGEST_VALUE = 2000
LONGEST_METADATA = 3000
KNOWS_TOO_MUCH = msg("The form '{title}' carries {size} characters of what was said already; Slack holds {most}.")


class DoesNotFit(Refused):
    """A form that Slack cannot hold, and why. What is right instead is to type the form's sentence."""


@dataclass(frozen=True, slots=True)
class ButtonValue:
    """The sentence of a button, and the place that it was drawn for."""

    says: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class FormMetadata:
    """What a form knew already: its message, `given` as JSON text, and its place."""

    message: str
    given: str
    place: Place | None = None


class _Metadata(msgspec.Struct, omit_defaults=True):
    message: str
    given: msgspec.Raw
    place: Place | None = None


_value_of = msgspec.json.Decoder(ButtonValue)
_metadata_of = msgspec.json.Decoder(_Metadata)


def write_value(says: str, place: Place | None) -> str | None:
    """A button's value, or None where it is longer than Slack takes."""
    value = msgspec.json.encode(ButtonValue(says, place)).decode()
    return value if len(value.encode()) <= LONGEST_VALUE else None


def read_value(value: str) -> ButtonValue:
    """A pressed button's sentence and place. Raises ValueError for a value that Tandem did not write."""
    return _value_of.decode(value)


def write_metadata(form: Form) -> str:
    """A modal's private_metadata. Raises DoesNotFit where `given` is too long for Slack."""
    carried = _Metadata(form.message, msgspec.Raw(form.given.encode()), form.place)
    metadata = msgspec.json.encode(carried).decode()
    size = len(metadata.encode())
    if size > LONGEST_METADATA:
        raise DoesNotFit(KNOWS_TOO_MUCH, title=form.title, size=size, most=LONGEST_METADATA)
    return metadata


def read_metadata(metadata: str) -> FormMetadata:
    """What a submitted modal carried. Raises ValueError for metadata that Tandem did not write."""
    carried = _metadata_of.decode(metadata)
    return FormMetadata(carried.message, bytes(carried.given).decode(), carried.place)
