"""Who plays in the rehearsal room: a few people of two companies, each with the zone that they live in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

import templates as shipped
from core.api import MENTION, Account, Address, Identity

PLATFORM, TENANT = "rehearsal", "training"
SIDES = ("sponsor", "cmo")
PAGES = Path(shipped.__path__[0]) / "pages" / "rehearsal"
CAST_FILE = PAGES / "cast.json"


def tenant(rehearsal: int) -> str:
    """Where the rooms and accounts of a rehearsal live: `training` is the first, `training-2` the next."""
    return TENANT if rehearsal == 1 else f"{TENANT}-{rehearsal}"


@dataclass(frozen=True, slots=True)
class Player:
    """One person of the cast; `slug` is their account, `side` sponsor or cmo, `zone` IANA."""

    slug: str
    name: str
    side: str
    role: str
    zone: str

    def account(self, rehearsal: int = 1) -> Account:
        """The account that they speak from: another one in each rehearsal, so that none knows of the others."""
        return Account(Identity(PLATFORM, tenant(rehearsal), self.slug), self.name, self.zone)

    def direct(self, rehearsal: int = 1) -> Address:
        """Their conversation with Tandem alone."""
        return Address(PLATFORM, tenant(rehearsal), self.slug, direct=True)

    def spellings(self) -> Iterator[str]:
        """What stands behind an @ for them: whole name, first name, account, with and without accents."""
        for name in (self.name, self.name.split()[0], self.slug):
            yield name
            yield _without_accents(name)


@dataclass(frozen=True)
class Cast:
    """Everybody, and the two companies by side."""

    companies: dict[str, str]
    players: tuple[Player, ...]

    @cached_property
    def by_slug(self) -> dict[str, Player]:
        """Players by account."""
        return {player.slug: player for player in self.players}

    @cached_property
    def _spelt(self) -> dict[str, Player]:
        return {spelling.lower(): player for player in self.players for spelling in player.spellings()}

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        longest_first = sorted(self._spelt, key=len, reverse=True)
        return re.compile(rf"(?<!\w)@({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def named(self, name: str) -> Player | None:
        """The one who is called so, with or without @; None if nobody is."""
        return self._spelt.get(name.removeprefix("@").lower())

    def pieces(self, text: str) -> Iterator[str | Player]:
        """The text in order: words, and the people whom it mentions."""
        at = 0
        for found in self._mention.finditer(text):
            if player := self.named(found[1]):
                yield text[at : found.start()]
                yield player
                at = found.end()
        yield text[at:]

    def heard(self, text: str, rehearsal: int = 1) -> tuple[str, tuple[Account, ...]]:
        """The text with MENTION for each mention, and the accounts mentioned, in order."""
        pieces = list(self.pieces(text))
        words = "".join(piece if isinstance(piece, str) else MENTION for piece in pieces)
        return words, tuple(piece.account(rehearsal) for piece in pieces if isinstance(piece, Player))


def load_cast(path: Path = CAST_FILE) -> Cast:
    """The cast in a file shaped as the shipped one. Raises msgspec.ValidationError for another shape."""
    return msgspec.json.decode(path.read_bytes(), type=Cast)


def _without_accents(name: str) -> str:
    plain = name.replace("ß", "ss").replace("ø", "o").replace("Ø", "O")
    return "".join(mark for mark in unicodedata.normalize("NFD", plain) if not unicodedata.combining(mark))
