"""What may go wrong, and who it is said to: people get a sentence, messengers a choice, the rest is a bug."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


def msg(text: str) -> str:
    """Mark a sentence for the catalogues; it is translated when it is shown, to its reader."""
    return text


class Refused(Exception):
    """Nothing was done. The sentence says what was wrong and what would be right.

    `sentence` is the catalogue's message id with `{name}` places, `values` fills them; `examples` are
    sentences to type instead.
    """

    def __init__(self, sentence: str, *, examples: tuple[str, ...] = (), **values: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values
        self.examples = examples

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


class NotAllowed(Refused):
    """The person may not do this here: not a member, or the role does not cover it."""


class NotFound(Refused):
    """No such record in this transfer, or none that this person's side may see (the same answer for both)."""


class Unclear(Refused):
    """The sentence or form could not be read."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of what may be meant: what a sentence says of it, a reference or an id, and the words that tell it apart."""

    value: str
    words: str = ""


class WhichOne(Refused):
    """More than one fits, and nobody guesses: the speaker chooses.

    `field` is the message's field that a choice fills; without it the one that takes references such as the choices.
    """

    def __init__(self, sentence: str, *, choices: tuple[Choice, ...], field: str = "", **values: Any) -> None:
        super().__init__(sentence, **values)
        self.choices = choices
        self.field = field


class DoneAlready(Refused):
    """It is so already, and there was nothing to do: no news where Tandem orders something of itself."""


class Busy(Refused):
    """Not begun, for want of time or of a platform's answer; nothing was recorded and saying it again is safe."""


class NeedsSignature(Refused):
    """The act is a signature; a press or a sentence in chat is none (21 CFR 11.200)."""


class TryLater(Exception):
    """A messenger could not send now: a rate limit, a 5xx, a closed connection. `after` is seconds, or None.

    `in_doubt`: the platform may have taken the post all the same, so it is looked up before it is sent again.
    """

    def __init__(self, reason: str, after: float | None = None, *, in_doubt: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after
        self.in_doubt = in_doubt


class NoTrace(Exception):
    """A messenger cannot look a post up: its platform keeps no mark of it, so a doubt stays one."""


class Gone(Exception):
    """A messenger can never send this. `what` is lost: the `room`, the `person`, the `app`, or this `post`.

    `reason` is the platform's own word, `told` the sentence for people, as the catalogue knows it. `there`: the person
    is there all the same; nobody may write to them alone, but where they are among others.
    """

    def __init__(self, reason: str, what: str = "post", *, there: bool = False, told: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.what = what
        self.there = there
        self.told = told
