"""What a transfer that is to be closed still has before it: the meetings that are planned or run."""

from __future__ import annotations

from typing import Any

from core.features.meetings.current import planned_meetings, running_meeting
from core.kernel.complements import Complement, Fact
from core.kernel.errors import msg
from core.kernel.registry import complements
from core.kernel.work import Reads


@complements("transfers/closing")
def open_meetings(reads: Reads, **_: Any) -> Complement | None:
    says, running, planned = reads.words.translate, running_meeting(reads), planned_meetings(reads)
    facts = [Fact(says(msg("Running meeting")), running.ref, grave=True)] if running else []
    if planned:
        facts.append(Fact(says(msg("Planned meetings")), ", ".join(one.ref for one in planned[:10]), grave=True))
    return Complement(tuple(facts)) if facts else None
