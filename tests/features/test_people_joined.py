"""Two accounts are one person: whatever is not over and names the one names the other, in every feature's records."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from core.api import Account, Identity
from core.export import Records, audit_store
from core.features import shipped
from core.features.floor.records import Motion
from core.features.meetings.records import Meeting
from core.kernel.ids import PersonId
from core.kernel.posting import Job
from core.kernel.records import Record
from core.kernel.registry import Registry
from tests.features.capture.pointing import message, react
from tests.features.checklists.called import the
from tests.features.transfers.test_joining import TEAMS, joined
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, marta, words
from tests.two_transfers import direct

LUIS_IN_TEAMS = Account(Identity("teams", TEAMS.tenant, "aad-luis"), "Luis Goncalves", "Europe/Warsaw")

HISTORY = {
    "created_by": "who made it, by the account that they had then",
    "correction": "who put it right, by the account that they had then",
    "Decision.agreed_by": "a word for their company, given by the account that they had then",
    "Decision.objections": "the same",
    "Decision.undone": "the same",
    "AskedQuestion.answered_by": "it is over",
    "Risk.closed_by": "it is over",
    "ChecklistItem.settled_by": "it is over",
    "ChecklistItem.returned": "who sent it back, by the account that they had then",
    "Invite.used_by": "it is over",
    "Reminder.settled_by": "it is over",
    "Proposal.settled_by": "it is over",
    "Motion.closed_by": "it is over",
}
"""What stays as it was said; everything else that names a person has to be handed over."""

Field = tuple[type[Record], str]


def naming() -> list[Field]:
    """Every field of every record that names people, but for what is history."""
    found = []
    for kind in Registry.of(shipped()).records():
        for name, hint in typing.get_type_hints(kind).items():
            if names_people(hint) and name not in HISTORY and f"{kind.__name__}.{name}" not in HISTORY:
                found.append((kind, name))
    return found


def names_people(hint: Any) -> bool:
    """Whether a value of this type holds somebody's id."""
    if hint is PersonId:
        return True
    if typing.is_typeddict(hint):
        return any(map(names_people, typing.get_type_hints(hint).values()))
    return not isinstance(hint, types.FunctionType) and any(map(names_people, typing.get_args(hint)))


def holds(value: Any, person: str) -> bool:
    """Whether a person's id stands anywhere in a value."""
    match value:
        case dict():
            return any(holds(one, person) for pair in value.items() for one in pair)
        case list():
            return any(holds(one, person) for one in value)
        case _:
            return bool(value == person)


def still_named(room: MeetingRoom, person: str) -> Iterator[Field]:
    """The fields of records that are not over which name a person."""
    for kind, name in naming():
        rows = [row for row in room.rows(kind) if row.state in row.cycle.alive]
        if any(holds(getattr(row, name), person) for row in rows):
            yield kind, name


async def everywhere(room: MeetingRoom) -> MeetingRoom:
    """A second account of Luís, lead and QA of Tarnbrook, who has a part in all that there is."""
    him, his = LUIS_IN_TEAMS, {"p": LUIS_IN_TEAMS}
    await joined(room)
    for role in ("expert", "qa", "lead"):
        await room.say(marta, f"member add @p role:{role}", at=TEAMS, **his)
    await room.say(
        anna, 'meeting new "PPQ readiness" at:"9 Mar 2026 10:00" for:60m stage:ppq_readiness chair:@p', **his
    )
    await room.say(anna, 'meeting new "Governance" at:"20 Mar 2026 10:00" @p', **his)
    await room.say(him, "regrets MTG-002", at=TEAMS)
    await room.say(anna, 'agenda add "Line 4" @p MTG-001', **his)
    for item in ("PQ-03", "PQ-04"):
        await room.say(marta, f"checklist assign MTG-001/{item} @p", at=TEAMS, **his)
    await room.say(him, 'checklist evidence MTG-001/PQ-03 "MBR-114 v4"', at=TEAMS)
    await room.say(him, 'checklist waive MTG-001/PQ-09 reason:"limits agreed in CV-77"', at=TEAMS)
    room.clock.set(datetime(2026, 3, 9, 10, 0, tzinfo=UTC))
    await room.say(him, "meeting start MTG-001", at=TEAMS)
    await room.say(him, "agenda next", at=TEAMS)
    await room.say(him, "q+ the filters", at=TEAMS)
    await room.say(him, "ack", at=TEAMS)
    await room.say(him, "q+ the hold time", at=TEAMS)
    room.clock.advance(minutes=1)
    await room.say(him, "agenda next", at=TEAMS)  # not done: he waits to speak
    await room.talk(him, "someone needs to chase the excipient CoA", at=TEAMS, delivery="1")
    await room.talk(him, "I can take that one", at=TEAMS, delivery="2", thread="1")
    await room.talk(anna, "@p, who is going to own the shipping validation?", **his)
    await room.say(him, "listen reactions:on", at=TEAMS)
    await react(room, him, "⚠️", message(room, anna, "the compressor is late", number="9", where=TEAMS), where=TEAMS)
    await room.say(him, "motion we go with three batches", at=TEAMS)
    await room.say(him, "vote yes", at=TEAMS)
    await room.say(him, "meeting present @j", at=TEAMS, j=jurgen)
    await room.say(him, "meeting end", at=TEAMS)
    await room.say(anna, "action send the batch record @p by 20 March", **his)
    await room.say(him, "action accept ACT-001", at=TEAMS)
    await room.say(anna, "action send the second one @p by 20 March", **his)
    await room.say(him, 'action done ACT-002 evidence:"sent on Monday"', at=TEAMS)
    await room.say(anna, 'capa new "Hold time was never challenged"')
    await room.say(anna, 'capa line CAPA-001 correction "retrain the operators" @p by 20 March', **his)
    await room.say(anna, "question who signs? of:@p", **his)
    await room.deliver()
    return room


def who(room: MeetingRoom, account: Account) -> str:
    """Whose an account is."""
    return str(room.core.directories.look("NVT").by_identity[account.identity])


async def test_whatever_names_the_one_and_is_not_over_names_the_other(room: MeetingRoom) -> None:
    await everywhere(room)
    gone, kept = who(room, LUIS_IN_TEAMS), who(room, luis)
    forgotten = {f"{kind.__name__}.{name}" for kind, name in set(naming()) - set(still_named(room, gone))}
    assert forgotten == set(), "let him have a part in it above: or say in HISTORY why it stays"
    assert "Luís Gonçalves" in words(await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=LUIS_IN_TEAMS))
    assert {f"{kind.__name__}.{name}" for kind, name in still_named(room, gone)} == set()
    assert len(set(naming())) == len(set(still_named(room, kept)))
    with room.core.store.read() as connection:
        waiting = [f"{row.key} {row.body}" for row in connection.execute(select(Job.key, Job.body))]
    assert [job for job in waiting if gone in job] == []
    assert len([job for job in waiting if kept in job]) > 2
    found = list(audit_store(room.core.store, None, None, Records(room.core.registry)))
    assert [str(one) for one in found if getattr(one, "broken", one) is not None] == []


async def test_his_items_stand_on_one_list_and_the_other_says_so(room: MeetingRoom) -> None:
    await everywhere(room)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=LUIS_IN_TEAMS)
    await room.deliver()
    lists = [card for card in room.cards(direct(LUIS_IN_TEAMS)) if card.place and card.place.record == "CHK-001"]
    assert "Nothing of yours any more: PPQ readiness" in [words(card).splitlines()[0] for card in lists]
    mine = words(await room.say(luis, "checklist MTG-001 mine"))
    assert "PQ-03" in mine
    assert "PQ-04" in mine


async def test_nobody_verifies_their_own_evidence_by_the_other_account(room: MeetingRoom) -> None:
    await everywhere(room)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=LUIS_IN_TEAMS)
    answer = words(await room.say(luis, "checklist verify MTG-001/PQ-03"))
    assert "You gave the evidence for MTG-001/PQ-03 yourself" in answer
    assert the(room, "PQ-03").state == "evidence_attached"


async def test_of_two_votes_of_his_the_later_counts(room: MeetingRoom) -> None:
    await everywhere(room)
    room.clock.advance(seconds=30)
    await room.say(luis, "vote no")
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=LUIS_IN_TEAMS)
    [motion] = room.rows(Motion)
    assert [(vote["person"], vote["vote"]) for vote in motion.votes] == [(who(room, luis), "no")]


async def test_the_meeting_goes_on_with_the_one(room: MeetingRoom) -> None:
    await everywhere(room)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=LUIS_IN_TEAMS)
    await room.deliver()
    shown = "\n".join(words(card) for card in room.cards() if card.summary.startswith(("MTG-001", "Running")))
    assert "@Luís Gonçalves" in shown
    assert "Luis Goncalves" not in shown
    room.clock.advance(minutes=1)
    await room.say(luis, "agenda next")  # the chair, by either account
    assert room.rows(Meeting)[0].chair == who(room, luis)


async def test_reminders_speak_to_the_one(room: MeetingRoom) -> None:
    await everywhere(room)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=LUIS_IN_TEAMS)
    await room.say(luis, "mine")
    await room.deliver()
    room.clock.set(datetime(2026, 3, 20, 9, 30, tzinfo=UTC))
    sent = [out for out in await room.deliver() if out.address in (direct(luis), direct(LUIS_IN_TEAMS))]
    assert {out.address for out in sent} == {direct(luis)}
    assert "send the batch record" in "\n".join(words(out.card) for out in sent)
