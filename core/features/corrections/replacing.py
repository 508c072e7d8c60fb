"""`s/old/new/`: words of one's own last record give way to others, letter by letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.actions.standing import living_transfer
from core.features.corrections.correcting import correct, open_to_correction
from core.features.corrections.kinds import Correctable, text_of
from core.features.corrections.last import last_of_mine
from core.features.corrections.wanted import wanted
from core.kernel.errors import Refused, msg
from core.kernel.ids import Ref
from core.kernel.messages import Command, Literal, OneOf, Reason, Reference, Shorthand
from core.kernel.registry import handles
from core.kernel.work import Ask, Work
from core.rules.replacing import places_of, replaced

SHOWN = 60
"""Characters of the words that a refusal says back."""

WORDS = r"(?:(?!(?P=mark)).)"
"""A character that is not the mark between the words."""


@dataclass(frozen=True, kw_only=True)
class ReplaceWords(Command):
    """Replace words in your own last record, or in the one that you name; a g at the end replaces all of them."""

    says: ClassVar[str] = "s"
    shorthand: ClassVar[Shorthand | None] = Shorthand(
        begins=r"[sS](?P<mark>[/|])",
        goes_on=rf"(?P<old>{WORDS}++)(?P=mark)(?P<new>{WORDS}*+)(?P=mark)(?P<everywhere>[gG])?(?=[.!,;]?(?:\s|$))",
        like="s/old/new/",
    )
    heading: ClassVar[str] = msg("Replace words")
    needs: ClassVar[str] = "record.correct"
    overheard: ClassVar[bool] = True

    old: Annotated[str, Literal("what it says now")]
    new: Annotated[str, Literal("what it should say")] = ""
    everywhere: Annotated[str | None, OneOf("all of them", options=("g",), bare=True)] = None
    record: Annotated[Ref | None, Reference("the record; without one, your own last one")] = None
    reason: Annotated[str, Reason("why it changes")] = ""


@handles(ReplaceWords)
def replace_words(cmd: ReplaceWords, work: Work) -> Ask | None:
    living_transfer(work)
    ref = cmd.record or last_of_mine(work).ref
    record = open_to_correction(ref, work)
    text = _replaced(cmd, record)
    asked_for = wanted(record, text, (), None)
    if not asked_for.what:
        raise Refused(msg("{ref} reads so already."), ref=record.ref)
    return correct(record, asked_for, cmd.reason, work)


def _replaced(cmd: ReplaceWords, record: Correctable) -> str:
    """What the record reads then. Raises Refused where that is not plain, or where nothing would be left."""
    text, old = text_of(record), _shown(cmd.old)
    places = places_of(cmd.old, text)
    if not places:
        raise Refused(
            msg("“{old}” does not stand in {ref}, which reads: “{text}”"),
            old=old,
            ref=record.ref,
            text=record.headline,
        )
    if len(places) > 1 and not cmd.everywhere:
        raise Refused(
            msg(
                "“{old}” stands {count} times in {ref}. Say more of the words around it, or put a g behind the last "
                "mark to replace all: s/old/new/g"
            ),
            old=old,
            count=len(places),
            ref=record.ref,
        )
    result = "\n".join(" ".join(line.split()) for line in replaced(text, places, len(cmd.old), cmd.new).splitlines())
    if not result.strip():
        raise Refused(
            msg("Nothing would be left of {ref}. If it is to go, take it back:"),
            ref=record.ref,
            examples=(f"undo {record.ref}",),
        )
    return result.strip()


def _shown(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
