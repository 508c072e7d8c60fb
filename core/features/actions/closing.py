"""What a transfer that is to be closed still has to do: its open actions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from core.features.actions.records import Action
from core.kernel.complements import Complement, Fact
from core.kernel.errors import msg
from core.kernel.registry import complements
from core.kernel.work import Reads


@complements("transfers/closing")
def open_actions(reads: Reads, **_: Any) -> Complement | None:
    open_now = reads.all(select(Action).where(Action.transfer == reads.transfer, Action.open))
    says = reads.words.translate
    return Complement((Fact(says(msg("Open actions")), str(len(open_now)), grave=True),)) if open_now else None
