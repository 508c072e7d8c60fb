"""Which line is meant, and whether something may still be done with it, said plainly where not."""

from __future__ import annotations

from core.features.capa.lines import lines_of
from core.features.capa.records import Capa, CapaLine
from core.kernel.errors import Refused, msg
from core.kernel.ids import Ref
from core.kernel.records import spoken
from core.kernel.work import Reads
from core.rules.capa import TAKES_LINES


def line_meant(ref: Ref, reads: Reads) -> CapaLine:
    """The line CAPA-001.2, or the only one of CAPA-001. Raises NotFound, and Refused naming those to choose from."""
    if "." in ref:
        return reads.get(CapaLine, ref)
    capa = reads.get(Capa, ref)
    lines = lines_of(capa.ref, reads)
    if not lines:
        raise Refused(
            msg("{ref} has no line yet. Add one:"),
            ref=capa.ref,
            examples=(f'capa line {capa.ref} corrective "what is to be done" @name by Friday',),
        )
    if len(lines) > 1:
        raise Refused(
            msg("{ref} has {count} lines. Say which one: {choices}."),
            ref=capa.ref,
            count=len(lines),
            choices=", ".join(line.ref for line in lines),
        )
    return lines[0]


def still_open(line: CapaLine) -> CapaLine:
    """The line. Raises Refused where nobody is to do it any more."""
    if not line.open:
        raise Refused(
            msg("{ref} is {state} already: nothing more is expected of its owner."),
            ref=line.ref,
            state=spoken(line.state),
        )
    return line


def plan_still_open(capa: Capa) -> Capa:
    """The CAPA. Raises Refused where its approval has fixed the lines and their dates, or it is over."""
    if capa.state not in TAKES_LINES:
        raise Refused(
            msg("{ref} is {state}: its lines and their dates are fixed, and a date changes by an extension alone."),
            ref=capa.ref,
            state=spoken(capa.state),
        )
    return capa
