"""What people wrote and the rules could not read, with the sentence that tells them what would be right."""

from __future__ import annotations


def msg(text: str) -> str:
    """Mark a sentence for the catalogues; it is translated when it is shown, to its reader."""
    return text


class Unreadable(ValueError):
    """A value could not be read. `sentence` is the catalogue's message id with `{name}` places for `values`."""

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = {name: _shown(value) for name, value in values.items()}

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


def _shown(value: str | int) -> str | int:
    return f"{value[:60]}…" if isinstance(value, str) and len(value) > 60 else value


class BadDate(Unreadable):
    """A day or time was named that does not exist, or that can be read in two ways where nobody can be asked."""


class BadSpan(Unreadable):
    """A length of time or a lead time could not be read."""


class BadZone(Unreadable):
    """A zone was named that is no IANA zone of a place."""
