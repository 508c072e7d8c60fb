"""Where a sentence of chat ends: at most points, but not behind an abbreviation, a day's number or a list's."""

from __future__ import annotations

from core.rules.reading.parts import Part
from core.rules.reading.words import word_set

_ROWED = word_set("ai action todo task ap aufgabe")
"""Tags that stand in a row, each before somebody and a colon."""
_SHORT = word_set(
    """bzw ca approx no nr rev vs dr mr mrs ms st inkl incl ggf evtl usw etc bspw vgl resp max min temp sec abs art
    abb fig ch chg entsch beschl aufg akt maßn kap ziff mon tue wed thu fri resp hr fr prof verantw verantwortl
    vera zust"""
)
_MONTHISH = word_set(
    """january february march april may june july august september october november december januar februar maerz
    mai juni juli oktober dezember jan feb mar apr jun jul aug sep sept oct okt nov dec dez tag tage kw uhr
    quartal"""
)


def ends_at(view: str, parts: list[Part], place: int) -> bool:
    """Whether a sentence ends at a mark."""
    part = parts[place]
    if part.code == ",":
        return _tags_again(parts, place)
    before = parts[place - 1] if place else None
    following = parts[place + 1] if place + 1 < len(parts) else None
    if part.code in ".?*" and following is not None and following.code == ")":
        return False
    if part.code != ".":
        return True
    after = view[part.end : part.end + 1]
    if after and not after.isspace() and after not in "\"'”)":
        return False
    if before is not None and before.end == part.start and (before.low in _SHORT or _is_initial(view, before)):
        return False
    if before is not None and before.code == "0" and (place == 1 or parts[place - 2].code in "\n;"):
        return False  # the number of a list
    if before is not None and before.code == "0" and following is not None:
        return (
            view[following.start].isupper()
            and following.low not in _MONTHISH
            and (before.end - before.start > 2 or following.code in "PMU")
        )
    return True


def _tags_again(parts: list[Part], place: int) -> bool:
    """Whether the next action of a row follows: `AI Luís: …, AI Björn: …`."""
    following = parts[place + 1 : place + 4]
    row = "".join(part.code for part in following[1:])
    return bool(following) and following[0].low in _ROWED and row[:1] in ("P", "M", "E") and row[1:] in (":", "-")


def numbers_next(parts: list[Part], begin: int, place: int) -> bool:
    """Whether a point ends the number of what follows in a list: `1. Luís – plan – Monday 2. Hùng – table`."""
    if place < begin + 2 or parts[place].code != "." or place + 1 >= len(parts):
        return False
    return parts[begin].code == "0" and parts[place - 1].code == "0" and parts[place + 1].code in "PMU"


def _is_initial(view: str, part: Part) -> bool:
    """Whether a letter before a point is one of `z. B.` and `e.g.`, or of an abbreviated name."""
    said = view[part.start : part.end]
    return len(said) == 1 and (said.islower() or view[max(0, part.start - 3) : part.start].rstrip().endswith("."))
