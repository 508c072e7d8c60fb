"""From what was said to what a field holds: one converter for each part, for sentences and forms alike."""

from __future__ import annotations

from typing import Any

from core.kernel.errors import Busy, Refused, Unclear, msg
from core.kernel.ids import Account, PersonId, Ref
from core.kernel.messages import (
    Day,
    Due,
    DueBy,
    Literal,
    Minutes,
    Moment,
    Number,
    OneOf,
    Order,
    Quoted,
    Reason,
    Reference,
    Stranger,
    TimeSaid,
    Value,
    Words,
    Zone,
    checked_reason,
)
from core.speech import readings
from core.speech.clean import closed
from core.speech.hearing import Hearing
from core.speech.leftover import tidy
from core.speech.mentions import Who
from core.speech.recognise import reference
from core.speech.shape import Slot, pattern_for


def value_of(slot: Slot, said: str, hearing: Hearing) -> Any:
    """What a field holds when `said` was said or filled in for it; `said` is not blank. Raises Refused."""
    match slot.part:
        case Literal(longest=longest):
            return closed(within(said, longest))
        case Words(longest=longest) | Quoted(longest=longest) | Value(longest=longest):
            return text(said, longest)
        case Reason():
            return checked_reason(text(said, slot.longest))
        case Moment():
            return readings.moment(said.strip(), hearing)
        case TimeSaid():
            return readings.time(said, hearing)
        case Day():
            return readings.day(said.strip(), hearing)
        case DueBy():
            return Due(readings.day(said.strip(), hearing))
        case Minutes():
            return readings.minutes(said)
        case Zone():
            return readings.zone(said)
        case OneOf():
            return option(slot, said)
        case _:
            return _standing_alone(slot, said.strip())


def _standing_alone(slot: Slot, said: str) -> Any:
    match slot.part:
        case Reference() as part:
            found = pattern_for(part).fullmatch(said)
            if found is None:
                raise Unclear(
                    msg("“{said}” is no reference such as {right}."),
                    said=short(said),
                    right=part.example,
                )
            return Ref(reference(found, part))
        case Number():
            return number(said.removeprefix("#"))
        case Order():
            return tuple(number(one) for one in said.replace(",", " ").replace(";", " ").split())
        case _:
            raise AssertionError(f"{slot.name} is not said in words")


def text(said: str, longest: int) -> str:
    """Free text, tidied. Refused over `longest` characters."""
    return closed(tidy(said if len(said) <= longest else within(said.strip(), longest)))


def within(said: str, longest: int) -> str:
    """The text itself. Refused over `longest` characters."""
    if len(said) > longest:
        raise Unclear(
            msg("This text has {count} characters; {longest} are the most. Nothing was recorded."),
            count=len(said), longest=longest,
        )  # fmt: skip
    return said


def number(said: str) -> int:
    """A whole number. Refused otherwise."""
    if not (said.isascii() and said.isdigit() and len(said) <= 6):
        raise Unclear(msg("“{said}” is no whole number such as 2."), said=short(said))
    return int(said)


def option(slot: Slot, said: str) -> str:
    """One of the slot's words, as its type holds it. Refused with the right ones otherwise."""
    wanted = _plain(said)
    for one in slot.options:
        if _plain(one) == wanted:
            return slot.enum(one) if slot.enum else one
    raise Unclear(
        msg("“{said}” does not fit “{field}”. Say one of: {options}."),
        said=short(said), field=slot.key, options=", ".join(slot.options),
    )  # fmt: skip


def _plain(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")


def member(who: Who) -> PersonId:
    """The member behind a mention. Refused, with the sentence that adds them, where there is none."""
    if who.person is None:
        if who.account is not None:
            check_told(who.account)
        raise unknown(who.name)
    return who.person


def check_told(account: Account) -> None:
    """Refuse an account of which the platform did not tell whose it is."""
    if account.doubt:
        raise Busy(account.doubt, name=short(account.name))


def unknown(name: str) -> Refused:
    """Nobody here knows this person yet."""
    name = short(name)
    return Refused(
        msg("{name} is no member here yet. A lead of their company adds them first."),
        name=name,
        examples=(f"member add @{name} side:sponsor role:expert", f"member add @{name} side:cmo role:expert"),
    )


def account(slot: Slot, who: Who, hearing: Hearing) -> Account:
    """The account behind a mention, or that of a member whose name was typed. Refused where there is none."""
    found = who.account or (hearing.account_of(who.person) if who.person else None)
    if found is None:
        raise Unclear(
            msg("{name} has no account here: mention an account for {field}."), name=who.name, field=slot.hint
        )
    if who.person is None:
        check_told(found)
    return found


def person(slot: Slot, who: Who, hearing: Hearing) -> PersonId | Account:
    """What a Someone, People or Stranger part holds for one person."""
    return account(slot, who, hearing) if isinstance(slot.part, Stranger) else member(who)


def short(said: str, longest: int = 60) -> str:
    """The beginning of what was said, to be shown back."""
    said = " ".join(said.split())
    return closed(said if len(said) <= longest else said[: longest - 1].rstrip() + "…")
