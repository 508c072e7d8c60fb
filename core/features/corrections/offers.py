"""What somebody wants changed of a record, as the sentence that a button carries."""

from __future__ import annotations

from collections.abc import Sequence

from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Due
from core.kernel.work import Reads
from core.rules.zones import spelt


def correction_of(
    record: Ref, reads: Reads, owners: Sequence[PersonId] = (), due: Due | None = None, verb: str = "correct"
) -> str:
    """The sentence for “Move ACT-021 to 10 April”: `correct ACT-021 by 2026-04-10`.

    It holds references, days and ids of people, and no word of whoever said it: a new text is typed into the form that
    `correct ACT-021` opens. Said, it asks for the reason where one is due; `may_correct` tells who may say it. Whoever
    may not asks for it, by the `verb` that does.
    """
    said = [f"{verb} {record}"]
    if owners:
        said.append(", ".join(f"@{person}" for person in owners))
    if due is not None:
        said.append(f"by {spelt(due.at, reads.zone)}" if due.at else f"by {due.day}")
    return " ".join(said)
