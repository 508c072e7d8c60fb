"""What is shown of proposals: one to answer, what became of it, those that are open, and a sentence that is offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.features.capture.making import ACTION, QUESTION
from core.features.capture.records import DUE, OWNER, Proposal
from core.features.capture.telling import may_answer
from core.features.meetings.pages import Page
from core.features.meetings.records import Meeting, headline
from core.features.transfers.sources import EDITED, TAKEN, changes_of, counting
from core.kernel.ids import PersonId
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads

OFFERED = 3
"""How many proposals of a list have their buttons there."""


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal. `kind` is action, decision, question, risk or signal; `headline` its text on one line, cut.

    `owners` do it, `accepted` have said so, `asked_of` are whom a question is put to. `due` is a day, `due_at` the
    moment where a time was said; `guessed`: the date is a guess; `missing` names what was not said: `owner`, `due`.
    `check` names what else to look at: `owner`, `summary`, `decision text`. `recurs`: it is said of more than one time.
    `said` is what was said, on one line; `rule` read it, by the words `trigger`. `state` is one of its life
    cycle, `record` what it became; `settled_by` is whose answer that was. `aloud`: everybody in the room sees it.
    `reacted` are those whose reaction, the `trigger`, proposes it; `untied`: the last of them took it away. `unsaid`:
    its line was edited, and says nothing to record any more. `edited`: its line was edited since it was said.
    """

    ref: str
    kind: str
    headline: str
    text: str
    owners: tuple[PersonView, ...]
    accepted: tuple[PersonView, ...]
    asked_of: tuple[PersonView, ...]
    due: date | None
    due_at: TimeView | None
    guessed: bool
    missing: tuple[str, ...]
    check: tuple[str, ...]
    recurs: bool
    author: PersonView
    said: str
    said_at: TimeView
    rule: str
    trigger: str
    state: str
    record: str = ""
    settled_by: PersonView | None = None
    settled_at: TimeView | None = None
    aloud: bool = False
    reacted: tuple[PersonView, ...] = ()
    untied: bool = False
    unsaid: bool = False
    edited: bool = False


def view_of(reads: Reads, proposal: Proposal) -> ProposalView:
    """The proposal as templates get it."""
    is_action = proposal.kind == ACTION
    became = [change.kind for change in counting(changes_of(proposal.ref, reads))] if proposal.version > 1 else []
    missing = [what for what, there in ((OWNER, proposal.owners), (DUE, proposal.due)) if is_action and not there]
    return ProposalView(
        ref=proposal.ref,
        kind=proposal.kind,
        headline=proposal.headline,
        text=proposal.text,
        owners=_people(proposal.owners, reads) if is_action else (),
        accepted=_people(proposal.accepted, reads),
        asked_of=_people(proposal.asked_of, reads) if proposal.kind == QUESTION else (),
        due=proposal.due if is_action else None,
        due_at=reads.time(proposal.due_at) if is_action and proposal.due_at else None,
        guessed=is_action and DUE in proposal.confirm and proposal.due is not None,
        missing=tuple(missing),
        check=tuple(what for what in proposal.confirm if what != DUE and what not in missing),
        recurs=bool(proposal.recurrence),
        author=reads.person(proposal.author),
        said=headline(proposal.said),
        said_at=reads.time(proposal.created_at),
        rule=proposal.rule,
        trigger=proposal.trigger,
        state=proposal.state,
        record=proposal.record or "",
        settled_by=reads.person(proposal.settled_by) if proposal.settled_by else None,
        settled_at=reads.time(proposal.settled_at) if proposal.settled_at else None,
        aloud=proposal.aloud,
        reacted=_people(proposal.reacted or (), reads),
        untied=proposal.untied,
        unsaid=proposal.state == "withdrawn" and bool(became) and became[-1] == TAKEN,
        edited=EDITED in became,
    )


def _people(people: Sequence[PersonId], reads: Reads) -> tuple[PersonView, ...]:
    return tuple(reads.person(person) for person in people)


@dataclass(frozen=True, slots=True)
class ShownView:
    """A proposal as it is shown to those who answer it."""

    proposal: ProposalView


@shows("capture/proposal")
def shown_view(reads: Reads, proposal: Proposal) -> ShownView:
    return ShownView(view_of(reads, proposal))


@dataclass(frozen=True, slots=True)
class SettledView:
    """What became of a proposal; `again`: somebody answered it before, and nothing changed now."""

    proposal: ProposalView
    again: bool


@shows("capture/settled")
def settled_view(reads: Reads, proposal: Proposal, again: bool) -> SettledView:
    return SettledView(view_of(reads, proposal), again)


@dataclass(frozen=True, slots=True)
class ProposalsView:
    """A page of open proposals, the oldest first; `next` is the page after it, 0 where there is none.

    `offered` are those that have buttons here, as their reader may answer them. `chairs` is the meeting whose chair its
    reader has just become, empty where they asked for the list.
    """

    lines: tuple[ProposalView, ...]
    offered: tuple[str, ...]
    next: int
    left: int
    chairs: str = ""


@shows("capture/proposals")
def proposals_view(reads: Reads, page: Page[Proposal], chaired: Meeting | None = None) -> ProposalsView:
    lines = tuple(view_of(reads, row) for row in page.rows)
    reader = chaired.chair if chaired is not None else reads.actor.person
    offered = [row.ref for row in page.rows if may_answer(row, reader, reads)][:OFFERED]
    return ProposalsView(lines, tuple(offered), page.next, page.left, chaired.ref if chaired is not None else "")
