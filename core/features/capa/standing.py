"""Which line is meant, and whether something may still be done with it, said plainly where not."""

from __future__ import annotations

from core.features.capa.lines import lines_of
from core.features.capa.records import Capa, CapaLine
from core.kernel.errors import Choice, Refused, WhichOne, msg
from core.kernel.ids import Ref
from core.kernel.records import spoken
from core.kernel.work import Reads
from core.rules.capa import TAKES_LINES


def line_meant(ref: Ref, reads: Reads) -> CapaLine:
    """The line CAPA-001.2, or the only open one of CAPA-001. Raises NotFound, and WhichOne where it has several."""
    if "." in ref:
        return reads.get(CapaLine, ref)
    capa = reads.get(Capa, ref)
    lines = list(lines_of(capa.ref, reads))
    if not lines:
        raise Refused(
            msg("{ref} has no line yet. Add one:"),
            ref=capa.ref,
            examples=(f'capa line {capa.ref} corrective "what is to be done" @name by Friday',),
        )
    lines = [line for line in lines if line.open] or lines
    if len(lines) > 1:
        raise WhichOne(
            msg("{ref} has {count} open lines. Which one do you mean?"),
            ref=capa.ref,
            count=len(lines),
            choices=tuple(Choice(line.ref, line.headline) for line in lines),
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
    if capa.state == "withdrawn":
        raise Refused(
            msg("{ref} is withdrawn: nothing is added to it any more. Open another:"),
            ref=capa.ref,
            examples=('capa new "what went wrong"',),
        )
    if capa.state not in TAKES_LINES:
        raise Refused(
            msg("{ref} is {state}: its lines and their dates are fixed, and a date changes by an extension alone."),
            ref=capa.ref,
            state=spoken(capa.state),
        )
    return capa
