"""Replies in the thread of a record's card that say what becomes of it: there its reference goes without saying."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

DONE, ACCEPT, DECLINE, CANCEL, REASSIGN = "done", "accept", "decline", "cancel", "reassign"
AGREE, OBJECT, ANSWER, CLOSE = "agree", "object", "answer", "close"


class Verb(NamedTuple):
    """A verb of a record's sentences: the words for it, English and German, and what may follow it, if anything."""

    words: str
    takes: str = ""


_VERBS: Mapping[str, Mapping[str, Verb]] = {
    "ACT": {
        ACCEPT: Verb(r"(?:i )?accept(?:ed)?|angenommen|ich übernehme(?: das)?"),
        DONE: Verb(r"(?:it(?:['’]| i)s |that(?:['’]| i)s )?done|erledigt|fertig", "evidence"),
        DECLINE: Verb(r"(?:i )?decline(?:d)?|not me|abgelehnt|nicht ich", "reason"),
        CANCEL: Verb(r"cancel(?: (?:it|this))?|no longer needed|not needed any ?more|nicht mehr nötig", "reason"),
        REASSIGN: Verb(r"not me|give (?:it|this) to|reassign(?: (?:it|this))?(?: to)?|nicht ich", "owner"),
    },
    "DEC": {
        AGREE: Verb(r"(?:i |we )?agree(?:d)?|einverstanden|(?:ich |wir )?stimme(?:n)? zu|zugestimmt"),
        OBJECT: Verb(r"(?:i |we )?object(?:ed)?|(?:ich |wir )?widerspreche(?:n)?|einspruch", "reason"),
    },
    "QUE": {ANSWER: Verb(r"answer|antwort", "text")},
    "RSK": {CLOSE: Verb(r"close(?:d)?(?: (?:it|this))?|geschlossen", "reason")},
}
RECORDS = frozenset(_VERBS)
"""What the references of such records begin with."""
_NOUN = {"ACT": "action", "DEC": "decision", "QUE": "question", "RSK": "risk"}
_END = r"\s*[.!]*\s*\Z"
_APART = r"\s*(?:[:,;–—-]|\s(?:because|since|as|weil|da)\s)\s*(?P<rest>\S.*?)\s*\Z"
_WHO = r"[\s:,;–—-]+(?:but |sondern )?(?:please |bitte )?@?(?P<rest>\S[^?]*?)(?:,? (?:please|bitte))?\s*[.!]*\s*\Z"
LONGEST = 1000
"""Characters of a reply that is read so."""


@dataclass(frozen=True, slots=True)
class CardReply:
    """What a reply says: the verb of a sentence about the record, and the `rest` that its part `takes`, if any."""

    noun: str
    verb: str
    takes: str = ""
    rest: str = ""

    @property
    def says(self) -> str:
        """What such a sentence begins with."""
        return f"{self.noun} {self.verb}"

    @property
    def whole(self) -> bool:
        """Whether nothing is missing in it."""
        return not self.takes or bool(self.rest)


def card_replies(text: str, prefix: str) -> Iterator[CardReply]:
    """What a reply may say of a record of a kind (ACT, DEC, …), the likeliest first; nothing for talk, such as
    “agreed, but not for batch 4”."""
    said = text.strip()
    for verb, patterns in _PATTERNS.get(prefix, {}).items() if len(said) <= LONGEST else ():
        for pattern in patterns:
            if (found := pattern.match(said)) is not None:
                takes = _VERBS[prefix][verb].takes
                yield CardReply(_NOUN[prefix], verb, takes, found.groupdict().get("rest") or "")


def _patterns(verb: Verb) -> tuple[re.Pattern[str], ...]:
    words = rf"(?:{verb.words})"
    alone = "" if verb.takes in ("owner", "text") else words + _END
    more = {"": "", "owner": words + _WHO}.get(verb.takes, words + _APART)
    return tuple(re.compile(one, re.IGNORECASE | re.DOTALL) for one in (alone, more) if one)


_PATTERNS = {
    prefix: {verb: _patterns(one) for verb, one in sorted(verbs.items(), key=lambda item: item[0] != REASSIGN)}
    for prefix, verbs in _VERBS.items()
}
