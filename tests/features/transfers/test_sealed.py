"""What a wrong company recorded for itself, before its join was taken back, is shown to nobody who comes after it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from core.api import Account, Address, Edited
from core.export import Records, Scope, audit_store, exporting
from core.features.capture.records import Proposal
from core.features.questions.records import Note
from core.kernel.access import Actor
from core.kernel.audit import Verdict
from core.kernel.ids import OWN, Audience, PersonId, Side
from core.kernel.messages import Question
from core.kernel.records import Record
from tests.features.transfers.test_joining import (
    AOIFE,
    MARTA,
    NEXT,
    OURS,
    TEAMS,
    THEIRS,
    WRONG,
    alone,
    direct,
    invited,
    mallory,
    pal,
)
from tests.features.transfers.test_own_rooms import _asked, everything
from tests.meeting_room import ROOM, MeetingRoom, anna, jurgen, luis, marta, person, priya, said_once, tomas, words

SECRET = "zebrafish"
"""A word that the wrong company says in its own room alone."""
guest = person("Guest Unknown", "T8")
SAID = ("ACT-C001", "ACT-C002", "DEC-C001", "QUE-C001", "RSK-C001", "NOT-C001", "CAPA-C001", "CAPA-C001.1")


async def recorded(room: MeetingRoom) -> None:
    """Something of every kind in the wrong company's own room, with a meeting of both still running."""
    for line in (
        f"action find out about the {SECRET} @p by Friday",
        f"action feed the {SECRET} @p by Friday",
        f"decision we do not tell them of the {SECRET}",
        f"question who knows of the {SECRET}?",
        f"risk the {SECRET} comes out",
        f"note the {SECRET} is ours",
        f'capa new "the {SECRET} got out"',
    ):
        named = {"p": jurgen if "feed" in line else pal} if "@p" in line else {}
        slash = "note" not in line
        answer = words(
            await room.say(mallory, line, at=THEIRS, slash=slash, delivery=None if slash else "said", **named)
        )
        assert "Nothing" not in answer, (line, answer)
    await room.say(mallory, 'capa line CAPA-C001 corrective "lock it in" @p by Friday', at=THEIRS, p=pal)
    await room.say(guest, f"note I know of the {SECRET} too", at=THEIRS)
    await room.talk(pal, f"someone needs to look after the {SECRET}", at=THEIRS)
    await room.deliver()


@pytest.fixture
@said_once
async def wrong(room: MeetingRoom) -> MeetingRoom:
    """Mallory's company joined by mistake, and recorded things of its own; Jürgen is the right one's, known before."""
    await alone(room)
    await room.say(anna, "member add @p role:expert", p=tomas)
    await room.say(anna, "member add @p side:cmo role:expert", p=jurgen)
    await room.say(mallory, f"transfer join {await invited(room)}", at=TEAMS)
    await room.say(mallory, "member add @p role:lead", at=TEAMS, p=pal)
    assert "own room of Tarnbrook" in words(await room.say(mallory, "transfer room internal", at=THEIRS))
    await room.say(anna, 'meeting new "PPQ review" at:"9 Mar 2026 10:00" for:60m')
    room.clock.advance(minutes=55)
    await room.say(anna, "meeting start MTG-001")
    await recorded(room)
    return room


@pytest.fixture
async def right(wrong: MeetingRoom) -> MeetingRoom:
    """The join was taken back, and the right company has joined, with a room of its own."""
    await wrong.say(anna, WRONG)
    await wrong.deliver()
    assert "You lead Tarnbrook" in words(await wrong.say(marta, f"transfer join {await invited(wrong)}", at=NEXT))
    await wrong.say(marta, "member add @p role:qa", at=NEXT, p=luis)
    assert "own room of Tarnbrook" in words(await wrong.say(marta, "transfer room internal", at=OURS))
    await wrong.deliver()
    return wrong


def sealed(room: MeetingRoom) -> set[str]:
    """What may stand nowhere that those who came later read."""
    numbers = {row.ref for row in everything(room) if isinstance(row, Record) and row.audience == Audience.CMO}
    assert {*SAID, "LIN-C001", "PRP-C001"} <= numbers
    return {SECRET, THEIRS.channel, *numbers}


def shown_since(room: MeetingRoom, first: int, *, to: tuple[Account, ...]) -> Iterator[str]:
    """What was posted from then on to these people and to the rooms that are still of the transfer."""
    places = {str(at) for at in (ROOM, NEXT, OURS)} | {str(direct(one)) for one in to}
    for post in room.posts()[first:]:
        if post.address in places:
            yield f"{post.view} {post.card} {post.key} {post.record}"


@pytest.mark.parametrize("who", [marta, jurgen, anna], ids=["who joined", "who was there before", "who invited"])
@pytest.mark.parametrize("at", ["own", "direct"])
async def test_no_question_finds_it(right: MeetingRoom, who: Account, at: str) -> None:
    core, marks = right.core, sealed(right)
    kinds = [kind for kind in core.registry.messages.values() if issubclass(kind, Question)]
    where = OURS if at == "own" and who is not anna else direct(who)
    for kind in kinds:
        for question in _asked(kind, right):
            try:
                directory = core.directories.look("NVT")
                actor = core.door.actor(who, directory)
                with core.asking.reads(directory, actor) as reads:
                    assert Audience.CMO not in reads.session.sees
                answer = core.asking.answer(question, directory.transfer, who)
            except Exception as refused:  # noqa: BLE001 - a refusal must not tell of it either
                answer = f"{refused}"
            for value in vars(question).values():
                answer = answer.replace(str(value), "").replace(str(value).partition(".")[0], "")
            assert not [mark for mark in marks if mark in answer], f"{question}: {answer}"
    for sentence in ("note list", "action list all", "capa list", "mine", "overdue", "transfer room list", "proposals"):
        answer = words(await right.say(who, sentence, at=where))
        assert not [mark for mark in marks if mark in answer], f"{sentence}: {answer}"


async def test_a_record_of_it_is_as_if_it_had_never_been_made(right: MeetingRoom) -> None:
    for sentence in (
        "action accept ACT-C002",
        'correct NOT-C001 "x" reason:"to read it"',
        "decision agree DEC-C001",
        "source take NOT-C001",
        'answer QUE-C001 "I do"',
        "capa accept CAPA-C001.1",
        "line who LIN-C001",
        "proposal confirm PRP-C001",
    ):
        for who, at in ((marta, OURS), (marta, MARTA), (jurgen, direct(jurgen)), (anna, AOIFE)):
            answer = words(await right.say(who, sentence, at=at))
            unknown = words(await right.say(who, sentence.replace("C00", "C09"), at=at))
            assert SECRET not in answer
            assert answer.replace("C00", "C09") == unknown, (sentence, who.name)


async def test_no_page_shows_it(right: MeetingRoom) -> None:
    core, marks = right.core, sealed(right)
    await right.say(anna, "meeting end anyway")
    directory = core.directories.look("NVT")
    theirs = Actor("person", "Marta", side=Side.CMO, roles=frozenset({"lead", "member"}))
    for serve in core.registry.pages.values():
        for rest in ("", *marks, "MTG-001", "MTG-001.md"):
            with core.asking.reads(directory, theirs) as reads:
                try:
                    page = serve(reads, rest).text
                except Exception as refused:  # noqa: BLE001 - nor may a refusal tell
                    page = f"{refused}".replace(rest, "") if rest else f"{refused}"
            assert not [mark for mark in marks if mark in page]


async def test_no_reminder_and_no_news_of_it_is_told(right: MeetingRoom) -> None:
    marks, before = sealed(right), len(right.posts())
    edited = Edited(THEIRS, "said", f"note the {SECRET} is theirs", right.clock.now(), "edit-1")
    await right.core.news.source_edited(edited)
    await right.core.news.source_deleted(THEIRS, "said", right.clock.now(), "gone-1")
    await right.core.news.room_lost(THEIRS, "archived")
    await right.say(anna, "meeting end anyway")
    for _ in range(9):
        right.clock.advance(days=1)
        await right.deliver()
    await right.core.news.room_lost(OURS, "archived")
    await right.core.news.room_back(OURS)
    await right.deliver()
    everybody = (marta, luis, jurgen, anna, priya, tomas)
    shown = list(shown_since(right, before, to=everybody))
    assert shown
    assert not [text for text in shown if any(mark in text for mark in marks)]
    minutes = next(text for text in shown if "MTG-001" in text)
    assert SECRET not in minutes
    for at in (ROOM, NEXT, OURS, *(direct(one) for one in (marta, luis, anna, priya, tomas))):
        cards = right.cards(at)
        assert not [card for card in cards if any(mark in f"{words(card)} {card.summary}" for mark in marks)], at


async def test_no_export_of_a_side_holds_it_and_the_whole_one_does(right: MeetingRoom) -> None:
    await right.say(marta, "note the hedgehog is ours", at=OURS)
    await right.say(anna, "meeting end anyway")
    right.clock.advance(days=9)
    await right.deliver()
    core, marks = right.core, sealed(right)
    for side, held in ((Side.CMO, False), (Side.SPONSOR, False), (None, True)):
        with exporting(core.store, core.door, Scope("NVT", side)) as export:
            keys = export.keys()
            rows = {key: list(export.rows(key)) for key in keys}
        text = json.dumps(rows, default=str, ensure_ascii=False)
        assert {mark for mark in marks if mark in text} == (marks if held else set()), side
        chains = {row["chain"] for row in rows["trail"]}
        assert ("NVT/cmo" in chains, "hedgehog" in text) == (held, side is not Side.SPONSOR)
    found = list(audit_store(core.store, None, None, Records(core.registry)))
    assert [one for one in found if not isinstance(one, Verdict) or one.broken] == []
    assert [one.chain for one in found if isinstance(one, Verdict)][:3] == ["NVT/joint", "NVT/cmo", "NVT/cmo2"]


async def test_the_joint_trail_says_that_it_was_sealed_and_nothing_of_what(right: MeetingRoom) -> None:
    joint = right.trail()
    assert not [mark for mark in sealed(right) if mark in json.dumps(joint, ensure_ascii=False)]
    [entry] = [one for one in joint if "OwnSealed" in one["event"]]
    assert (entry["record"], entry["reason"]) == ("NVT", "it went to the wrong company")
    before, after = entry["changes"]["current"]
    assert set(after) - set(before) == {"cmo"}
    [seals] = [one for one in right.trail(audience="cmo") if "RoomRemoved" in one["event"]]
    assert seals["name"] == "Aoife Ní Bhriain"


async def test_who_joined_rightly_records_in_a_series_of_their_own(right: MeetingRoom) -> None:
    await right.say(marta, "action order the filters @p by Friday", at=OURS, p=luis)
    await right.deliver()
    assert any("ACT-CA001" in card.summary for card in right.cards(OURS))
    assert "ACT-CA001" in words(await right.say(luis, "mine", at=direct(luis)))
    assert "Nothing" not in words(await right.say(luis, "action accept act-ca1", at=OURS))
    own = right.trail(audience="cmo2")
    assert [entry["record"] for entry in own if "ActionRecorded" in entry["event"]] == ["ACT-CA001"]
    assert "ACT-CA001" not in words(await right.say(anna, "action list all", at=AOIFE))


async def test_an_own_room_goes_also_where_somebody_made_it_who_stays(wrong: MeetingRoom) -> None:
    await wrong.say(mallory, "member add @p role:lead", at=TEAMS, p=jurgen)
    await wrong.say(jurgen, "transfer room internal", at=OURS)
    await wrong.say(anna, WRONG)
    sent = await wrong.deliver()
    told = next(words(out.card) for out in sent if out.address == OURS and "no room of" in words(out.card))
    assert "is no room of NVT any more" in told
    assert "stays, sealed: nobody who joins later is shown it" in told
    assert "No transfer lives in this room" in words(await wrong.say(jurgen, "note list", at=OURS))


async def test_whoever_led_it_finds_it_again_when_they_are_invited_again(wrong: MeetingRoom) -> None:
    """It went to the right company, and into the wrong room."""
    await wrong.say(anna, WRONG)
    await wrong.say(mallory, f"transfer join {await invited(wrong)}", at=NEXT)
    assert SECRET in words(await wrong.say(mallory, "note list", at=direct(mallory)))
    await wrong.say(mallory, "transfer room internal", at=THEIRS)
    await wrong.say(mallory, "note it is back", at=THEIRS)
    await wrong.deliver()
    assert any("NOT-C002" in card.summary for card in wrong.cards(THEIRS))
    assert "OwnUnsealed" in " ".join(entry["event"] for entry in wrong.trail())
    await wrong.say(anna, 'transfer room remove ROM-003 reason:"it was the wrong one again"')
    await wrong.say(marta, f"transfer join {await invited(wrong)}", at=Address("slack", "T2", "C-third"))
    assert SECRET not in words(await wrong.say(marta, "note list", at=MARTA))


async def joined_in_vain(room: MeetingRoom, times: int) -> None:
    """So many wrong companies have joined one after the other, and Marta's then."""
    await alone(room)
    for nth in range(times):
        who, at = person(f"Nth{nth} Wrong", f"T-{nth}"), Address("slack", f"T-{nth}", "C-x")
        await room.say(who, f"transfer join {await invited(room)}", at=at)
        await room.say(anna, f'transfer room remove ROM-{nth + 2:03d} reason:"it went to the wrong company"')
    await room.say(marta, f"transfer join {await invited(room)}", at=NEXT)


async def test_after_many_joins_taken_back_there_is_an_own_room_still(room: MeetingRoom) -> None:
    await joined_in_vain(room, 8)
    await room.say(marta, "transfer room internal", at=OURS)
    await room.say(marta, f"note of the {SECRET}", at=OURS)
    assert SECRET in words(await room.say(marta, "note list", at=OURS))
    assert [row.ref for row in room.rows(Note)] == ["NOT-CH001"]
    assert SECRET not in words(await room.say(anna, "note list"))


async def test_after_as_many_as_there_are_letters_there_is_none(
    room: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(OWN, Side.CMO, OWN[Side.CMO][-2:])
    await joined_in_vain(room, 1)
    assert "Too many joins of Tarnbrook" in words(await room.say(marta, "transfer room internal", at=OURS))
    assert "Nothing" not in words(await room.say(marta, "note what both see", at=NEXT))


async def test_what_nobody_answered_there_is_left(right: MeetingRoom) -> None:
    await right.say(anna, "meeting end anyway")
    await right.deliver()
    [left] = [row for row in right.rows(Proposal) if row.ref == "PRP-C001"]
    assert left.state == "left"
    assert PersonId(left.author) in right.core.directories.look("NVT").members
