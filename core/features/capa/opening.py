"""Opening a CAPA, from nothing or from the decision or action that called for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.actions.records import Action
from core.features.actions.telling import show as show_action
from core.features.capa.events import CapaOpened
from core.features.capa.records import Capa
from core.features.capa.telling import show_agendas, show_plan
from core.features.decisions.commands import show as show_decision
from core.features.decisions.records import Decision
from core.features.meetings.current import during
from core.features.meetings.records import headline
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import Audience, Ref, is_reference
from core.kernel.messages import Command, Quoted, Reference
from core.kernel.registry import handles
from core.kernel.work import Ask, Reads, Work

TITLE = 300
"""Characters of a title at most."""
DECISION = Reference("the decision that it comes from", prefix="DEC", either="action")
ACTION = Reference("the action that it comes from", prefix="ACT", either="decision")


@dataclass(frozen=True, kw_only=True)
class OpenCapa(Command):
    """Open a CAPA as a draft; a decision or action named with it is what it came from."""

    says: ClassVar[str] = "capa new"
    heading: ClassVar[str] = msg("Open a CAPA")
    needs: ClassVar[str] = "capa.plan"

    title: Annotated[str, Quoted("what went wrong, or what is to be put right", longest=TITLE)]
    decision: Annotated[Ref | None, DECISION] = None
    action: Annotated[Ref | None, ACTION] = None


@dataclass(frozen=True, kw_only=True)
class StartCapa(Command):
    """Begin a CAPA from a decision or an action; without a title a form opens, with its words as the title."""

    says: ClassVar[str] = "capa from"
    needs: ClassVar[str] = "capa.plan"

    title: Annotated[str, Quoted("what went wrong, if it is called otherwise", longest=TITLE)] = ""
    decision: Annotated[Ref | None, DECISION] = None
    action: Annotated[Ref | None, ACTION] = None


@handles(OpenCapa)
def open_capa(cmd: OpenCapa, work: Work) -> None:
    this_transfer(work)
    _check_title(cmd.title)
    decision, action = _what_it_came_from(cmd, work)
    for source in (decision, action):
        if source is not None and source.audience not in (Audience.JOINT, work.audience):
            raise Refused(
                msg("{ref} is your company’s own: open a CAPA that comes from it in your company’s own room."),
                ref=source.ref,
                examples=('capa new "what went wrong"',),
            )
    capa = Capa(
        ref=work.number("CAPA"),
        state=Capa.cycle.start,
        title=cmd.title,
        meeting=during(work)["meeting"],
        decision=decision.ref if decision else None,
        action=action.ref if action else None,
        audience=audience_here(work),
        open=True,
    )
    work.add(capa)
    work.record(CapaOpened(record=capa.ref))
    show_plan(capa, work)
    show_agendas(capa, work)
    if decision is not None and capa.audience == Audience.JOINT:
        show_decision(decision, work)
    if action is not None and capa.audience == Audience.JOINT:
        show_action(action, work)


@handles(StartCapa)
def start_capa(cmd: StartCapa, work: Work) -> Ask | None:
    this_transfer(work)
    decision, action = _what_it_came_from(cmd, work)
    source = decision or action
    if source is None:
        raise Refused(
            msg("Say what it comes from, a decision or an action; or open one from nothing:"),
            examples=("capa from DEC-003", 'capa new "what went wrong"'),
        )
    if cmd.title:
        return open_capa(OpenCapa(title=cmd.title, decision=cmd.decision, action=cmd.action), work)
    title = headline(source.text)
    return work.form(OpenCapa, title=title, decision=cmd.decision, action=cmd.action)


def _check_title(title: str) -> None:
    """Raises Refused for a record's reference alone: it says of nothing what went wrong."""
    named = title.strip(" .").upper()
    if " " not in named and is_reference(named):
        raise Refused(
            msg("“{named}” is a reference, and tells nobody what went wrong. Say it in words:"),
            named=named,
            examples=(
                'capa new "what went wrong"',
                *((f"capa {named}",) if named.startswith("CAPA-") else ()),
            ),
        )


def _what_it_came_from(cmd: OpenCapa | StartCapa, work: Work) -> tuple[Decision | None, Action | None]:
    """Raises NotFound for a reference that is none, Refused where it holds no more."""
    decision = work.get(Decision, cmd.decision) if cmd.decision else None
    action = work.get(Action, cmd.action) if cmd.action else None
    if decision is not None and decision.undone is not None:
        raise Refused(
            msg("{ref} is {state}: nothing comes from it any more. A CAPA without it is opened so:"),
            ref=decision.ref,
            state=decision.state,
            examples=('capa new "what went wrong"',),
        )
    return decision, action


def audience_here(reads: Reads) -> Audience:
    """Who may see what is said here: the room's own company in its own room, else both."""
    room = reads.directory.room_at(reads.origin.room) if reads.origin else None
    return room.audience if room else Audience.JOINT
