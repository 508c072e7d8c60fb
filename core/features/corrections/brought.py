"""Correcting what a later feature records: it brings how its text changes, and who may and why is as for all others."""

from __future__ import annotations

from typing import Any

from core.features.corrections.events import RecordCorrected
from core.features.corrections.kinds import is_correctable
from core.features.corrections.standing import author_of, is_maker_or_chair, reason_for
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Ref
from core.kernel.messages import Command
from core.kernel.work import Ask, Work


def is_brought(ref: Ref, work: Work) -> bool:
    """Whether a later feature says how records such as this one are corrected."""
    return not is_correctable(ref) and _prefix(ref) in work.correctors


def correct_brought(cmd: Any, work: Work) -> Ask | None:
    """Let the record read as was said, or the form for what is missing. `cmd` is a CorrectRecord."""
    corrector = work.correctors[_prefix(cmd.record)]
    record = work.get(corrector.kind, cmd.record)
    if not is_maker_or_chair(record, work.actor.person, work):
        author = author_of(record, work)
        raise NotAllowed(
            msg("{ref} was recorded by {name}: it is corrected by them or by the chair."),
            ref=record.ref,
            name=author.name if author else "Tandem",
        )
    if cmd.owners or cmd.due:
        raise Refused(
            msg("Of {ref} the text alone is corrected:"), ref=record.ref, examples=(f'correct {record.ref} "new text"',)
        )
    if cmd.text == record.text:
        raise Refused(msg("{ref} reads so already."), ref=record.ref)
    reason = reason_for(cmd.reason, record, work)
    if not cmd.text or reason is None:
        return _ask_for(cmd, record.text, reason is None)
    corrector.change(record, cmd.text, reason, work)
    work.record(RecordCorrected(record=record.ref), reason=reason)
    return None


def _ask_for(cmd: Command, text: str, why: bool) -> Ask:
    said = vars(cmd)
    known = {"record": said["record"], "text": said["text"] or text, "reason": said["reason"]}
    return Ask(type(cmd), known, "", ("reason",) if why else (), ("owners", "due"))


def _prefix(ref: Ref) -> str:
    return ref.rpartition("-")[0]
