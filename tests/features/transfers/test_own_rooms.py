"""A company's own room: what is said there is its own, and the other company sees it by no road."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from core.api import Address
from core.export import Records, Scope, audit_store, exporting
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.features.decisions.records import Decision
from core.kernel.access import Actor
from core.kernel.audit import Verdict
from core.kernel.ids import Side
from core.kernel.messages import Question
from core.kernel.records import CompanyOwned, Record, Trailed
from tests.features.transfers.test_joining import AOIFE, LUIS, MARTA, TEAMS, joined
from tests.meeting_room import (
    ROOM,
    MeetingRoom,
    anna,
    buttons,
    jurgen,
    luis,
    marta,
    priya,
    said_once,
    stranger,
    tomas,
    words,
)

OWN = Address("slack", "T1", "C-norvane")
PRIYA = Address("slack", "T1", "U-priya", direct=True)
SECRET = "zebrafish"
"""A word that is said in the own room alone."""


@pytest.fixture
@said_once
async def bridged(room: MeetingRoom) -> MeetingRoom:
    """A room of each company, one of both, and something of every kind recorded in the sponsor's own."""
    await joined(room)
    assert "own room of Norvane Therapeutics" in words(await room.say(anna, "transfer room internal", at=OWN))
    await room.say(anna, 'meeting new "PPQ review" at:"9 Mar 2026 10:00" for:60m stage:ppq_readiness')
    room.clock.advance(minutes=55)
    await room.say(anna, "meeting start MTG-001")
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    for line in (
        f"action find out about the {SECRET} @p by Friday",
        f"decision we do not tell them of the {SECRET}",
        f"question who knows of the {SECRET}?",
        f"risk the {SECRET} comes out",
        f"note the {SECRET} is ours",
        f'capa new "the {SECRET} got out"',
    ):
        named = {"p": tomas} if "@p" in line else {}
        answer = words(await room.say(anna, line, at=OWN, **named))
        assert "Nothing" not in answer, (line, answer)
    await room.say(tomas, "action accept ACT-S001", at=OWN)
    await room.say(anna, 'capa line CAPA-S001 corrective "lock it in" @p by Friday', at=OWN, p=priya)
    await room.say(stranger, f"note I know of the {SECRET} too", at=OWN)
    await room.talk(tomas, f"@p please look after the {SECRET} by Friday.", at=OWN, p=priya)
    await room.talk(tomas, f"someone needs to feed the {SECRET}", at=OWN)
    await room.press(tomas, "proposal confirm PRP-S002", at=OWN)
    await room.talk(tomas, f"Risk: the {SECRET} is hungry", at=OWN)
    await room.deliver()
    return room


def everything(room: MeetingRoom) -> Iterator[Any]:
    """Every row that is one company's own, of whatever kind a feature brings."""
    for kind in _kinds(Trailed):
        if issubclass(kind, CompanyOwned) or kind.__tablename__ == "rooms":
            yield from (row for row in room.rows_of(kind) if row.audience != "joint")


def _kinds(kind: type[Any]) -> list[type[Any]]:
    found: list[type[Any]] = []
    for child in kind.__subclasses__():
        found += _kinds(child) if child.__dict__.get("__abstract__") else [child, *_kinds(child)]
    return [one for one in found if "toy" not in one.__module__ and one.__module__.startswith("core.")]


def own_marks(room: MeetingRoom) -> set[str]:
    """What may stand nowhere that the other company reads: the word, the numbers, the room."""
    numbers = {row.ref for row in everything(room) if isinstance(row, Record)}
    assert {
        "ACT-S001",
        "DEC-S001",
        "QUE-S001",
        "RSK-S001",
        "NOT-S001",
        "CAPA-S001",
        "CAPA-S001.1",
        "LIN-S001",
        "PRP-S001",
        "PRP-S002",
        "ACT-S002",
        "RSK-S002",
    } <= numbers
    return {SECRET, OWN.channel, *numbers}


def test_every_captured_kind_has_an_own_row_here(bridged: MeetingRoom) -> None:
    kinds = {type(row) for row in everything(bridged)}
    exempt = {"source_changes"}
    assert {kind.__tablename__ for kind in _kinds(Record) if issubclass(kind, CompanyOwned)} - exempt <= {
        kind.__tablename__ for kind in kinds
    }, "a kind of record that may be one company's own, and this test makes none of it"


async def test_its_numbers_leave_no_gap(bridged: MeetingRoom) -> None:
    await bridged.say(luis, "action order the filters", at=TEAMS)
    assert [row.ref for row in bridged.rows(Action)] == ["ACT-001", "ACT-002", "ACT-S001", "ACT-S002"]


async def test_no_card_of_it_goes_to_the_other_company(bridged: MeetingRoom) -> None:
    await bridged.say(anna, "meeting end anyway")
    bridged.clock.advance(days=9)
    await bridged.deliver()
    marks = own_marks(bridged)
    theirs = {str(ROOM), str(TEAMS), *(f"slack:T2/@{who.identity.user}" for who in (marta, jurgen, luis))}
    for post in bridged.posts():
        if post.address in theirs:
            assert not [mark for mark in marks if mark in f"{post.view} {post.card} {post.key} {post.record}"], post
    assert any("ACT-S001" in words(card) for card in bridged.cards(OWN))


@pytest.mark.parametrize("aloud", [False, True])
async def test_no_question_finds_it(bridged: MeetingRoom, aloud: bool) -> None:
    core, marks = bridged.core, own_marks(bridged)
    who = anna if aloud else marta
    directory = core.directories.look("NVT")
    kinds = [kind for kind in core.registry.messages.values() if issubclass(kind, Question)]
    for kind in kinds:
        for question in _asked(kind, bridged):
            try:
                answer = core.asking.answer(question, directory.transfer, who, aloud=aloud)
            except Exception as refused:  # noqa: BLE001 - a refusal must not tell of it either
                answer = f"{refused}"
            for value in vars(question).values():
                answer = answer.replace(str(value), "").replace(
                    str(value).partition(".")[0], ""
                )  # what was asked for is known to whoever asks
            assert not [mark for mark in marks if mark in answer], f"{question}: {answer}"


def _asked(kind: type[Question], room: MeetingRoom) -> Iterator[Question]:
    """A question as it is without parts, and about each own record where it asks about one."""
    with suppress(TypeError):
        yield kind()
    refs = [row.ref for row in everything(room) if isinstance(row, Record)]
    for name, kept in kind.__dataclass_fields__.items():
        if "Ref" in str(kept.type):
            yield from (kind(**{name: ref}) for ref in refs)
        if "which" in name:
            yield from (kind(**{name: which}) for which in ("all", "open", "overdue"))


async def test_no_page_shows_it(bridged: MeetingRoom) -> None:
    await bridged.say(anna, "meeting end anyway")
    core, marks = bridged.core, own_marks(bridged)
    directory = core.directories.look("NVT")
    theirs = Actor("person", "Marta", side=Side.CMO, roles=frozenset({"lead", "member"}))
    rests = ["", *marks, "MTG-001", "MTG-001.md"]
    for serve in core.registry.pages.values():
        for rest in rests:
            with core.asking.reads(directory, theirs) as reads:
                try:
                    page = serve(reads, rest).text
                except Exception as refused:  # noqa: BLE001 - nor may a refusal tell
                    page = f"{refused}".replace(rest, "") if rest else f"{refused}"
            assert not [mark for mark in marks if mark in page]


async def a_week(bridged: MeetingRoom) -> None:
    """The meeting ends, and every reminder falls due."""
    await bridged.say(anna, "meeting end anyway")
    for _ in range(7):
        bridged.clock.advance(days=1)
        await bridged.deliver()


@pytest.mark.parametrize("shared", [False, True], ids=["own", "shared later"])
async def test_no_export_of_the_other_side_holds_it(bridged: MeetingRoom, shared: bool) -> None:
    if shared:
        await bridged.say(anna, 'transfer room joint reason:"one room less"', at=OWN)
    await a_week(bridged)
    core, marks = bridged.core, own_marks(bridged)
    for side, expected in ((Side.CMO, set()), (Side.SPONSOR, marks)):
        with exporting(core.store, core.door, Scope("NVT", side)) as export:
            keys = export.keys()
            text = json.dumps({key: list(export.rows(key)) for key in keys}, default=str, ensure_ascii=False)
        known = {OWN.channel} if shared else set()  # the room is both companies' by now
        assert {mark for mark in marks if mark in text} - known == expected - known, side


async def test_no_joint_entry_of_the_trail_tells_of_it(bridged: MeetingRoom) -> None:
    await a_week(bridged)
    text = json.dumps(bridged.trail(), ensure_ascii=False)
    assert not [mark for mark in own_marks(bridged) if mark in text]
    own = bridged.trail(audience="sponsor")
    assert {"ActionRecorded", "DecisionProposed", "NoteTaken", "OwnerReminded"} <= {
        event for entry in own for event in entry["event"].split()
    }
    ids = {entry["command_id"] for entry in own} & {entry["command_id"] for entry in bridged.trail()}
    for command in ids:
        parts = [entry["part"] for entry in bridged.trail() if entry["command_id"] == command]
        assert parts == list(range(len(parts))), "what is left out shows as a gap"


async def test_a_loaded_record_of_the_other_company_is_not_there(bridged: MeetingRoom) -> None:
    for sentence in ("action accept ACT-S001", 'action done ACT-S001 evidence:"x"', "decision agree DEC-S001"):
        answer = words(await bridged.say(marta, sentence, at=MARTA))
        unknown = words(await bridged.say(marta, sentence.replace("S001", "S009"), at=MARTA))
        assert answer.replace("S001", "S009") == unknown, "the same answer as for one that was never made"


async def test_its_owner_acts_on_it_in_a_direct_message(bridged: MeetingRoom) -> None:
    direct = Address("slack", "T1", "U-tomáš", direct=True)
    card = next(card for card in bridged.cards(direct) if "ACT-S001" in card.summary)
    form = await bridged.press(tomas, buttons(card)["Done…"], at=direct, place=card.place)
    await bridged.fill(tomas, form, at=direct, action="ACT-S001", evidence="locked away")
    [action] = [row for row in bridged.rows(Action) if row.ref == "ACT-S001"]
    assert action.state == "done_claimed"


async def test_what_both_see_is_not_changed_from_an_own_room(bridged: MeetingRoom) -> None:
    refused = "what is said here stays here"
    for sentence in (
        'meeting new "x" at:"12 Mar 2026 14:00" for:60m',
        'agenda add "the bad data"',
        "meeting end anyway",
    ):
        assert refused in words(await bridged.say(anna, sentence, at=OWN)), sentence
    assert "other company’s own" in words(await bridged.say(marta, "note I am a guest here", at=OWN))
    answer = words(await bridged.say(anna, "action ask @p for the data", at=OWN, p=luis))
    assert "is of the other company" in answer


async def test_what_is_read_there_is_shown_and_confirmed_there_alone(bridged: MeetingRoom) -> None:
    shown = [out for out in bridged.inbox.sent if out.card.place and out.card.place.record == "PRP-S001"]
    assert {(out.address, out.only_for) for out in shown} == {(OWN, "U-tomáš"), (OWN, "U-aoife")}
    unknown = words(await bridged.press(marta, "proposal confirm PRP-S009", at=MARTA))
    assert words(await bridged.press(marta, "proposal confirm PRP-S001", at=MARTA)).replace("S001", "S009") == unknown
    await bridged.press(anna, "proposal confirm PRP-S001", at=AOIFE)
    [action] = [row for row in bridged.rows(Action) if row.ref == "ACT-S003"]
    assert (action.audience, action.meeting) == ("sponsor", None)
    own = next(entry for entry in bridged.trail(audience="sponsor") if entry["record"] == "ACT-S003")
    assert own["source"]["channel"] == OWN.channel


async def test_what_a_guest_of_the_other_company_says_there_is_left_alone(bridged: MeetingRoom) -> None:
    before = bridged.trail(), bridged.trail(audience="sponsor")
    assert await bridged.talk(marta, "someone needs to chase the excipient CoA", at=OWN) is None
    assert await bridged.talk(marta, "Action: chase the excipient CoA", at=OWN) is None
    assert (bridged.trail(), bridged.trail(audience="sponsor")) == before


async def test_what_nobody_confirmed_there_is_left_without_a_word_to_the_other(bridged: MeetingRoom) -> None:
    joint = await _ended(bridged)
    assert "PRP-S" not in joint
    assert "OwnProposalsLeft" not in joint
    [left] = [row for row in bridged.rows(Proposal) if row.ref == "PRP-S001"]
    assert left.state == "left"
    assert any(entry["event"] == "ProposalLeft" for entry in bridged.trail(audience="sponsor"))


async def _ended(room: MeetingRoom) -> str:
    """The joint chain as text, after the meeting's end."""
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    return json.dumps(room.trail())


async def test_a_joint_room_cannot_become_ones_own(bridged: MeetingRoom) -> None:
    assert "Both companies share this room" in words(await bridged.say(anna, "transfer room internal"))
    assert "own room already" in words(await bridged.say(anna, "transfer room internal", at=OWN))
    assert "it needs one of these roles: lead" in words(await bridged.say(tomas, "transfer room internal", at=ROOM))


async def test_an_own_room_is_shared_with_a_reason_and_what_was_said_stays_own(bridged: MeetingRoom) -> None:
    assert "Both companies" not in words(await bridged.say(anna, 'transfer room joint reason:"one room less"', at=OWN))
    await bridged.say(luis, "note hello from Teams", at=TEAMS)
    await bridged.deliver()
    assert any("hello from Teams" in words(card) for card in bridged.cards(OWN))
    assert SECRET not in words(await bridged.say(marta, "note list", at=MARTA))
    assert SECRET in words(await bridged.say(priya, "note list", at=AOIFE))


async def test_an_own_room_that_is_lost_is_its_companys_business(bridged: MeetingRoom) -> None:
    await bridged.core.news.room_lost(OWN, "archived")
    await bridged.deliver()
    assert not [card for card in bridged.cards(MARTA) if "archived" in words(card)]
    assert any("archived" in words(card) for card in bridged.cards(AOIFE))


async def test_the_audit_holds(bridged: MeetingRoom) -> None:
    await bridged.say(anna, 'transfer room joint reason:"one room less"', at=OWN)
    found = list(audit_store(bridged.core.store, None, None, Records(bridged.core.registry)))
    assert [one for one in found if not isinstance(one, Verdict) or one.broken] == []
    assert {one.chain for one in found if isinstance(one, Verdict)} == {"NVT/joint", "NVT/sponsor"}


async def test_the_other_company_may_have_one_as_well(bridged: MeetingRoom) -> None:
    theirs = Address("teams", TEAMS.tenant, "19:own@thread.tacv2")
    assert "own room of Tarnbrook" in words(await bridged.say(marta, "transfer room internal", at=theirs))
    await bridged.say(luis, "note the hedgehog is ours", at=theirs)
    await bridged.deliver()
    assert any("NOT-C001" in card.summary for card in bridged.cards(theirs))
    assert "hedgehog" not in words(await bridged.say(anna, "note list", at=AOIFE))
    assert "hedgehog" not in json.dumps(bridged.trail(audience="sponsor"))
    listed = words(await bridged.say(anna, "transfer room list", at=AOIFE))
    assert "ROM-S001" in listed
    assert "ROM-C001" not in listed


async def test_a_decision_there_is_up_to_that_company_alone(bridged: MeetingRoom) -> None:
    await bridged.say(tomas, "decision we keep two lots back", at=OWN)
    await bridged.deliver()
    card = next(words(card) for card in reversed(bridged.cards(OWN)) if "DEC-S002" in card.summary)
    assert "Norvane Therapeutics: waiting" in card
    assert "Tarnbrook" not in card
    await bridged.say(priya, "decision agree DEC-S002", at=OWN)
    await bridged.say(anna, 'decision reverse DEC-S002 reason:"one is enough"', at=OWN)
    rows = {row.ref: row.state for row in bridged.rows(Decision)}
    assert rows == {"DEC-S001": "agreed", "DEC-S002": "reversed"}


async def test_nothing_there_is_put_to_the_other_company(bridged: MeetingRoom) -> None:
    answer = words(await bridged.say(anna, "question who is to sign? @l", at=OWN, l=luis))
    assert answer == "Luís Gonçalves is of the other company, which sees nothing of this room. Say it in a joint room."


async def test_it_is_told_there_that_it_is_read(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "transfer room internal", at=OWN)
    await room.deliver()
    [told] = [words(card) for card in room.cards(OWN)]
    assert "While a meeting runs, Tandem reads this room too, for your company alone" in told
    assert "[off]" in told


async def test_the_transfer_says_there_whose_room_it_is(bridged: MeetingRoom) -> None:
    assert "own room of Norvane Therapeutics" in words(await bridged.say(tomas, "transfer show", at=OWN))
    assert "recorded for both companies" in words(await bridged.say(tomas, "transfer show"))


async def moved(room: MeetingRoom) -> MeetingRoom:
    """Priya, who owns two things of Norvane's own and one of both, changed to Tarnbrook."""
    await room.opened()
    await room.say(anna, "transfer room internal", at=OWN)
    await room.say(anna, f"action find the {SECRET} @p by Friday", at=OWN, p=priya)
    await room.say(anna, f"action feed the {SECRET} @p by Friday", at=OWN, p=priya)
    await room.say(anna, f'capa new "the {SECRET} got out"', at=OWN)
    await room.say(anna, 'capa line CAPA-S001 corrective "lock it in" @p by Friday', at=OWN, p=priya)
    await room.say(anna, "action send the batch record @p by Friday", p=priya)
    await room.deliver()
    await room.say(anna, 'member remove @p reason:"she changes company"', p=priya)
    await room.say(marta, 'member add @p side:cmo role:expert reason:"she changed company"', p=priya)
    await room.deliver()
    return room


async def test_what_is_a_companys_own_goes_on_when_its_owner_changes_to_the_other(room: MeetingRoom) -> None:
    await moved(room)
    for said in (
        f'correct ACT-S001 "look for the {SECRET}" reason:"clearer"',
        "action reassign ACT-S001 @p",
        'action cancel ACT-S002 reason:"it is fed"',
        "capa assign CAPA-S001.1 @p",
    ):
        answer = words(await room.say(anna, said, at=OWN, **({"p": tomas} if "@p" in said else {})))
        assert "stays there" not in answer, said
    first, second = room.rows(Action)[-2:]
    assert (first.text, second.state) == (f"look for the {SECRET}", "cancelled")
    sent = await room.deliver()
    assert [out for out in sent if out.address == PRIYA] == []
    assert "of the other company can have a part in it" in words(
        await room.say(anna, "action reassign ACT-S001 @p", at=AOIFE, p=priya)
    )


async def test_its_leads_are_reminded_of_what_nobody_of_theirs_owns(room: MeetingRoom) -> None:
    await moved(room)
    room.clock.advance(days=3, hours=8)  # Thursday evening
    sent = await room.deliver()
    told = {out.address: "" for out in sent}
    for out in sent:
        told[out.address] += out.card.summary + "\n" + words(out.card)
    assert "batch record" in told[PRIYA]
    assert not any(one in told[PRIYA] for one in (SECRET, "CAPA-S", "ACT-S"))
    for ref in ("ACT-S001", "ACT-S002", "CAPA-S001.1"):
        assert f"Due on Fri 13 Mar 2026: {ref}" in told[AOIFE]
    assert "Please give it to somebody: @Priya Raghunathan is of the other company now" in told[AOIFE]
    assert "batch record" not in told[AOIFE]


async def test_whoever_left_reads_nothing_more(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await room.deliver()
    await room.say(marta, 'member remove @p reason:"he left us"', p=luis)
    assert "your part has ended" in "".join(out.card.summary for out in await room.deliver() if out.address == LUIS)
    await room.say(anna, 'correct ACT-001 "send both batch records" reason:"there are two"')
    await room.say(anna, 'action cancel ACT-001 reason:"they came"')
    sent = await room.deliver()
    assert [out for out in sent if out.address == LUIS] == []
    assert any("both batch records" in words(out.card) for out in sent if out.address == ROOM)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_without_its_noun_the_sentence_is_offered(room: MeetingRoom) -> None:
    await room.opened()
    assert "“transfer room internal”" in words(await room.say(anna, "room internal"))


OURS = ("ACT-S001", "DEC-S001", "QUE-S001", "RSK-S001", "NOT-S001", "CAPA-S001", "CAPA-S001.1", "PRP-S001", "ROM-S001")


async def test_no_answer_said_aloud_in_the_shared_room_holds_it_and_no_form_either(bridged: MeetingRoom) -> None:
    """In Teams all who are in the room read the answer to a mention: also the form that asks for what is missing."""
    verbs = sorted(kind.says for kind in bridged.core.registry.messages.values() if kind.says)
    for said in (f"{verb} {ref}" for verb in verbs for ref in OURS):
        answer = await bridged.say(anna, said, aloud=True)
        assert SECRET not in repr(answer), said
    told = [words(await bridged.say(anna, f"action accept ACT-{one}", aloud=True)) for one in ("S001", "S099", "C001")]
    assert "asked for in its own room, or in a direct message to Tandem" in told[0]
    assert len({one.replace("S099", "S001").replace("C001", "S001") for one in told}) == 1, (
        "whether there is one or not"
    )
    whispered = await bridged.say(anna, "action done ACT-S001")
    assert SECRET in repr(whispered), "who asks alone is told what they are about to change"
