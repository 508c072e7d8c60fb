"""The kinds of record that may be corrected and withdrawn, found by their references, and each one's card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never

from core.features.actions.records import Action
from core.features.actions.telling import show as show_action
from core.features.capa.opening import TITLE
from core.features.capa.records import Capa, CapaLine
from core.features.capa.telling import show as show_line
from core.features.capa.telling import show_plan
from core.features.checklists.finding import item_meant
from core.features.checklists.records import ChecklistItem
from core.features.decisions.commands import show as show_decision
from core.features.decisions.records import Decision
from core.features.questions.commands import show_note, show_question, show_risk
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.errors import NotFound, Refused, msg
from core.kernel.ids import Ref
from core.kernel.work import Reads, Work

Correctable = Action | Decision | AskedQuestion | Risk | Note | Capa | CapaLine

CAPTURED: Mapping[str, type[Action | Decision | AskedQuestion | Risk | Note]] = {
    "ACT": Action,
    "DEC": Decision,
    "QUE": AskedQuestion,
    "RSK": Risk,
    "NOT": Note,
}

LONGEST = 3000
LONGEST_LINE = 1000
_ITEM = re.compile(r"((?:MTG-\d+/)?[A-Z]+)-0*(\d+)")


def is_correctable(ref: Ref) -> bool:
    """Whether a reference is of a kind that may be corrected."""
    prefix = ref.partition("-")[0]
    return "/" not in ref and (prefix in CAPTURED or prefix == "CAPA")


def record_meant(ref: Ref, reads: Reads) -> Correctable:
    """The record that a reference names. Raises NotFound, and Refused for a kind that has other ways to change."""
    if not is_correctable(ref):
        _refuse_item(ref, reads)
        raise Refused(
            msg(
                "{ref} is not of a kind that is corrected or taken back so: actions, decisions, questions, risks, "
                "notes and CAPA are. What may be said of others:"
            ),
            ref=ref,
            examples=("help meeting", "help agenda", "help checklist"),
        )
    if ref.startswith("CAPA-"):
        return reads.get(CapaLine, ref) if "." in ref else reads.get(Capa, ref)
    return reads.get(CAPTURED[ref.partition("-")[0]], ref)


def item_named(ref: Ref, reads: Reads) -> ChecklistItem | None:
    """The item that a reference names, `PQ-04` being read as any record's number, PQ-004; None where there is none."""
    found = _ITEM.fullmatch(ref)
    if found is None:
        return None
    try:
        item, _ = item_meant(reads, Ref(f"{found[1]}-{int(found[2]):02d}"))
    except NotFound:
        return None
    return item


def _refuse_item(ref: Ref, reads: Reads) -> None:
    """Raises Refused where it is an item of a checklist."""
    item = item_named(ref, reads)
    if item is not None:
        raise Refused(
            msg("{ref} is not corrected so: evidence that is given anew takes the place of the old."),
            ref=item.item,
            examples=(f'checklist evidence {item.item} "{item.asks}"', f"undo {item.item}", f"checklist {item.item}"),
        )


def text_of(record: Correctable) -> str:
    """Its words: the text, or a CAPA's title."""
    return record.title if isinstance(record, Capa) else record.text


def give_text(text: str, record: Correctable) -> None:
    """Let it read otherwise. Raises Refused for more than its kind has room for."""
    longest = TITLE if isinstance(record, Capa) else LONGEST_LINE if isinstance(record, CapaLine) else LONGEST
    if len(text) > longest:
        raise Refused(
            msg("That would be {count} characters; {ref} has room for {longest}. Nothing was recorded."),
            count=len(text),
            ref=record.ref,
            longest=longest,
        )
    if isinstance(record, Capa):
        record.title = text
    else:
        record.text = text


def show(record: Correctable, work: Work) -> None:
    """Change its card wherever it stands."""
    match record:
        case Action():
            show_action(record, work)
        case Decision():
            show_decision(record, work)
        case AskedQuestion():
            show_question(record, work)
        case Risk():
            show_risk(record, work)
        case Note():
            show_note(record, work)
        case Capa():
            show_plan(record, work)
        case CapaLine():
            show_line(record, work)
        case _:
            assert_never(record)
