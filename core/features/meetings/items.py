"""An agenda's items in their order, and the one that a number or a turn means."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.features.meetings.records import AgendaItem, Meeting
from core.kernel.errors import NotFound, msg
from core.kernel.ids import Ref
from core.kernel.work import Reads


def items_of(reads: Reads, meeting: Meeting) -> Sequence[AgendaItem]:
    """Every item of the agenda in order, dropped ones too."""
    found = reads.all(
        select(AgendaItem).where(AgendaItem.transfer == reads.transfer, AgendaItem.meeting == meeting.ref)
    )
    return sorted(found, key=lambda item: (item.position, item.number))


def item_numbered(reads: Reads, meeting: Meeting, number: int) -> AgendaItem:
    """The item that people call by `number`. Raises NotFound naming the numbers there are."""
    items = items_of(reads, meeting)
    found = next((item for item in items if item.number == number), None)
    if found is not None:
        return found
    if not items:
        raise NotFound(msg("The agenda of {ref} is empty."), ref=meeting.ref, examples=(EXAMPLE,))
    raise NotFound(
        msg("The agenda of {ref} has no item {number}. It has: {numbers}."),
        ref=meeting.ref,
        number=number,
        numbers=", ".join(str(item.number) for item in items),
    )


EXAMPLE = 'agenda add "deviation status" for:10m'


def to_come(items: Sequence[AgendaItem], current: Ref | None) -> list[AgendaItem]:
    """The items yet to be taken up, in the order in which they come: what was skipped comes again at the end."""
    at = next((index for index, item in enumerate(items) if item.ref == current), -1)
    waiting = [item for item in [*items[at + 1 :], *items[: at + 1]] if item.state == "planned"]
    return [item for item in waiting if item.ref != current]
