"""A CAPA's plan: adding a line, and giving one to somebody, or another date, before the approval fixes both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.actions.telling import Remark
from core.features.capa.events import CapaLineAdded, CapaLineAssigned
from core.features.capa.lines import lines_of
from core.features.capa.owners import check_due, check_not_for_oneself, check_owner, deadline, owner_still
from core.features.capa.records import Capa, CapaLine
from core.features.capa.reminders import plan_reminders, take_back_reminders
from core.features.capa.standing import line_meant, plan_still_open, still_open
from core.features.capa.telling import is_to_be_told, recount, show, tell_released
from core.features.meetings.current import during
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Due, DueBy, OneOf, Quoted, Reason, Reference, Someone, checked_reason
from core.kernel.registry import handles
from core.kernel.templates import day_words
from core.kernel.work import Ask, Work
from core.rules.capa import LineKind

LINE = Reference("the line", prefix="CAPA", like="CAPA-001.2")


@dataclass(frozen=True, kw_only=True)
class AddCapaLine(Command):
    """Add a line to a CAPA, with its one owner and its date; `capa kinds` tells the kinds apart."""

    says: ClassVar[str] = "capa line"
    heading: ClassVar[str] = msg("Add a line")
    needs: ClassVar[str] = "capa.plan"

    capa: Annotated[Ref, Reference("the CAPA", prefix="CAPA")]
    kind: Annotated[
        LineKind,
        OneOf(
            "what kind it is, such as correction (fixes what happened), corrective (removes its cause) "
            "or preventive (keeps it from happening again)",
            bare=True,
        ),
    ]
    text: Annotated[str, Quoted("what is to be done", longest=1000)]
    owner: Annotated[PersonId, Someone("who does it, one person")]
    due: Annotated[Due, DueBy("by when")]


@dataclass(frozen=True, kw_only=True)
class AssignCapaLine(Command):
    """Give a line of a CAPA its owner, its due date, or both."""

    says: ClassVar[str] = "capa assign"
    heading: ClassVar[str] = msg("Give a line its owner")
    needs: ClassVar[str] = "capa.plan"

    line: Annotated[Ref, LINE]
    owner: Annotated[PersonId | None, Someone("who does it, one person")] = None
    due: Annotated[Due | None, DueBy("by when")] = None
    reason: Annotated[str, Reason("why, if its owner accepted it already")] = ""


@handles(AddCapaLine)
def add_capa_line(cmd: AddCapaLine, work: Work) -> Ask | None:
    this_transfer(work)
    capa = plan_still_open(work.get(Capa, _whole(cmd.capa)))
    check_owner(cmd.owner, capa, work)
    check_due(cmd.due, cmd.owner, work)
    if cmd.due.ask:  # a guess is no date: the form shows what was understood
        return work.form(AddCapaLine, **{**vars(cmd), "due": Due(cmd.due.day, cmd.due.at)})
    number = 1 + max((line.number for line in lines_of(capa.ref, work)), default=0)
    line = CapaLine(
        ref=Ref(f"{capa.ref}.{number}"),
        state=CapaLine.cycle.start,
        capa=capa.ref,
        number=number,
        kind=cmd.kind,
        text=cmd.text,
        owner=cmd.owner,
        side=work.directory.side_of(cmd.owner),
        due=cmd.due.day,
        due_at=cmd.due.at,
        deadline=deadline(cmd.due, cmd.owner, work),
        told=is_to_be_told(cmd.owner, work),
        meeting=during(work)["meeting"],
        audience=capa.audience,
        open=True,
    )
    work.add(line)
    work.record(CapaLineAdded(record=line.ref))
    plan_reminders(line, work)
    show(line, work)
    recount(line, work)
    return None


def _whole(reference: Ref) -> Ref:
    """The CAPA that is named. Raises Refused for one of its lines: nothing says that a new one is wanted beside it."""
    capa, dot, _ = reference.partition(".")
    if dot:
        raise Refused(
            msg(
                "{line} is a line already. A new one is added to its CAPA, another owner or date is given to the line:"
            ),
            line=reference,
            examples=(
                f'capa line {capa} corrective "what is to be done" @name by Friday',
                f"capa assign {reference} @name by Friday",
            ),
        )
    return Ref(capa)


@handles(AssignCapaLine)
def assign_capa_line(cmd: AssignCapaLine, work: Work) -> Ask | None:
    this_transfer(work)
    line = still_open(line_meant(cmd.line, work))
    capa = plan_still_open(work.get(Capa, line.capa))
    if cmd.owner is None and cmd.due is None:
        return _ask(cmd, line, capa, work)
    owner = cmd.owner or line.owner
    if owner is not None:
        check_owner(owner, capa, work)
    due = cmd.due or Due(line.due, line.due_at)
    moved = (due.day, due.at or line.due_at) != (line.due, line.due_at)
    if owner == line.owner and not moved:
        raise _settled_already(line, work)
    if moved:
        check_due(due, owner, work)
        check_not_for_oneself(line, owner, due, work)
    if due.ask:
        said = AssignCapaLine(line=line.ref, owner=owner, due=Due(due.day, due.at), reason=cmd.reason)
        return _ask(said, line, capa, work)
    reason = _reason(cmd, line, work)
    before, was, accepted = line.owner, Due(line.due, line.due_at), line.accepted
    take_back_reminders(line, work)
    line.due, line.due_at, line.deadline = due.day, due.at, deadline(due, owner, work)
    give(owner, line, work)
    plan_reminders(line, work)
    work.record(CapaLineAssigned(record=line.ref, owner=before, due=was, accepted=accepted), reason=reason)
    _tell(line, before, reason, work)
    if moved:
        recount(line, work)
    return None


def _ask(cmd: AssignCapaLine, line: CapaLine, capa: Capa, work: Work) -> Ask:
    """The form with what the line has; of whoever can own it no more, somebody else is asked for."""
    owner = cmd.owner or owner_still(line, capa, work)
    due = cmd.due or Due(line.due, line.due_at)
    known = {"line": line.ref, "owner": owner, "due": due, "reason": cmd.reason}
    needs = ("owner",) if owner is None and line.owner is not None else ()
    if line.accepted and line.owner is not None:
        return Ask(AssignCapaLine, known, needs=(*needs, "reason"))
    return Ask(AssignCapaLine, known, needs=needs, leaves=() if cmd.reason else ("reason",))


def _settled_already(line: CapaLine, work: Work) -> Refused:
    return Refused(
        msg("{ref} is {owner}’s and due on {day} already."),
        ref=line.ref,
        owner=work.directory.known_as(line.owner) if line.owner else "–",
        day=day_words(line.due),
    )


def _reason(cmd: AssignCapaLine, line: CapaLine, work: Work) -> str:
    if cmd.reason:
        return checked_reason(cmd.reason)
    if line.accepted and line.owner is not None:
        raise Refused(
            msg("{owner} accepted {ref} for {day}: say why it changes."),
            ref=line.ref,
            owner=work.directory.known_as(line.owner),
            day=day_words(line.due),
            examples=(f'capa assign {line.ref} @name by Friday reason:"why"',),
        )
    return ""


def give(owner: PersonId | None, line: CapaLine, work: Work) -> None:
    """Give the line to its owner, who accepts it anew, whatever changed, but for whoever changes their own."""
    same = owner == line.owner
    line.owner, line.side = owner, work.directory.side_of(owner) if owner else None
    line.told = (line.told and same) or is_to_be_told(owner, work)
    if same and owner == work.actor.person:
        return
    line.accepted_at = None
    if line.state == "in_progress":
        line.move("planned")


def _tell(line: CapaLine, before: PersonId | None, reason: str, work: Work) -> None:
    assert work.actor.person is not None  # the role table lets only members in
    remark = Remark("assigned", work.actor.person, reason)
    gone = before if before is not None and before != line.owner else None
    if gone is not None:
        tell_released(gone, line, remark, work)
    show(line, work, remark if reason and before is None else None, before=gone)
