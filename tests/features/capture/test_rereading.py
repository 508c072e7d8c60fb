"""A line is edited while what was proposed of it waits: the proposal follows it, and no old words become a record."""

from __future__ import annotations

from datetime import date

import pytest

from core.api import Edited
from core.export import Scope, exporting
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.features.decisions.records import Decision
from core.features.transfers.records import SourceChange
from core.kernel.audit import Source
from core.view import Form
from tests.features.capture.pointing import message, react
from tests.features.capture.talking import PLEASE, SOMEONE, named, proposal, whispered
from tests.meeting_room import MENTION, ROOM, MeetingRoom, Said, Turn, anna, jurgen, luis, priya, tomas, words

CHASE = "someone needs to chase the excipient CoA by Friday"


async def edit(room: MeetingRoom, text: str, n: int = 1) -> None:
    """Its author edits the message."""
    room.clock.advance(seconds=20)
    await room.core.news.source_edited(Edited(ROOM, "17.5", text, room.clock.now(), f"edit-{n}"))


async def proposed(room: MeetingRoom, line: str = SOMEONE) -> None:
    """PRP-001, of a line by Tomáš, shown to him and to the chair."""
    await room.talk(tomas, line, delivery="17.5")
    await room.deliver()
    assert [row.state for row in room.rows(Proposal)] == ["proposed"]


def entry(room: MeetingRoom, event: str, record: str) -> dict[str, object]:
    return next(one for one in room.trail() if event in one["event"].split() and one["record"] == record)


@pytest.mark.parametrize("text", ["forget it, Marta has it already", f"[off] {SOMEONE}", "", "👍"])
async def test_an_edit_that_says_nothing_takes_the_proposal_back(talk: MeetingRoom, text: str) -> None:
    await proposed(talk)
    await edit(talk, text)
    assert (proposal(talk).state, proposal(talk).text) == ("withdrawn", "chase the excipient CoA")
    assert entry(talk, "ProposalUnsaid", "PRP-001")["command"] == "RereadProposals"
    sent = await talk.deliver()
    assert sent
    assert all("the line was edited and asks for no record now" in words(out.card) for out in sent)
    assert all(out.message is not None for out in sent)
    assert "asks for no record now" in words(await talk.press(tomas, "proposal confirm PRP-001"))
    assert talk.rows(Action) == []


async def test_an_edit_that_says_something_else_changes_the_proposal(talk: MeetingRoom) -> None:
    await proposed(talk)
    await edit(talk, "Decision: we skip the excipient CoA")
    row = proposal(talk)
    assert (row.state, row.kind, row.text) == ("proposed", "decision", "we skip the excipient CoA")
    assert row.said == "Decision: we skip the excipient CoA"
    changed = [one["changes"] for one in talk.trail() if one["command"] == "RereadProposals" and one["version"]]
    assert [one["text"] for one in changed] == [["chase the excipient CoA", "we skip the excipient CoA"]]
    [source] = [one for one in talk.rows_of(Source) if one.record == "PRP-001"]
    assert source.text == SOMEONE
    await talk.deliver()
    shown = whispered(talk)[-1][1]
    assert "Record this decision?" in shown
    assert "(edited since)" in shown
    await talk.press(tomas, "proposal confirm PRP-001")
    assert [row.text for row in talk.rows(Decision)] == ["we skip the excipient CoA"]


async def test_the_record_of_an_edited_line_says_so_and_asks_nobody(talk: MeetingRoom) -> None:
    await proposed(talk)
    await edit(talk, CHASE)
    await talk.press(tomas, "proposal confirm PRP-001")
    talk.clock.advance(seconds=1)
    await talk.deliver()
    [action] = talk.rows(Action)
    assert action.due == date(2026, 3, 13)
    assert any("edited; the record was changed since" in words(card) for card in talk.cards())
    assert [one["edited"] is not None for one in _exported(talk) if one["record"] == "ACT-001"] == [True]
    assert not any(post.template == "corrections/source" for post in talk.posts())


async def test_what_was_confirmed_in_other_words_is_asked_about(talk: MeetingRoom) -> None:
    """The form was open while the message was edited."""
    await proposed(talk)
    form = await talk.press(tomas, "proposal edit PRP-001")
    assert isinstance(form, Form)
    await edit(talk, CHASE)
    await talk.fill(tomas, form, proposal="PRP-001", kind="action", text="ask for the CoA", owners=(luis,), due="")
    await talk.deliver()
    assert [row.text for row in talk.rows(Action)] == ["ask for the CoA"]
    asked = [out for out in talk.inbox.sent if "ACT-001: its message was edited" in words(out.card)]
    assert {out.address.channel for out in asked} == {"U-tomáš", "U-luís"}
    assert [one["edited"] is not None for one in _exported(talk) if one["record"] == "ACT-001"] == [True]


async def test_an_unfurled_link_is_no_edit(talk: MeetingRoom) -> None:
    await proposed(talk)
    await talk.say(tomas, "PRP-001")
    before = proposal(talk)
    await edit(talk, SOMEONE)
    after = proposal(talk)
    assert (after.state, after.version) == ("proposed", before.version)
    assert talk.rows_of(SourceChange) == []


async def test_the_same_edit_twice_changes_it_once(talk: MeetingRoom) -> None:
    await proposed(talk)
    for _ in range(2):
        await edit(talk, CHASE)
    assert (proposal(talk).version, proposal(talk).due) == (2, date(2026, 3, 13))


async def test_who_took_it_on_still_does_it_but_accepts_the_new_words_anew(talk: MeetingRoom) -> None:
    await proposed(talk)
    await talk.talk(luis, "I can take that one", thread="17.5")
    await edit(talk, CHASE)
    row = proposal(talk)
    assert ([named(talk)[one] for one in row.owners], row.accepted, row.due) == (["Luís"], [], date(2026, 3, 13))


async def test_of_two_things_the_one_that_is_left_stays(talk: MeetingRoom) -> None:
    await talk.talk(
        tomas, "@j please send the signed PPQ protocol and @l please send the yields by Friday",
        delivery="17.5", j=jurgen, l=luis,
    )  # fmt: skip
    first, second = talk.rows(Proposal)
    said = Said(f"{MENTION} please send the yields by Friday", (luis,), "…yields…", "17.5", called=False)
    line = Turn("x", ROOM, tomas, talk.clock.now(), said)

    async def written() -> Turn:
        return line

    await talk.core.news.source_edited(Edited(ROOM, "17.5", "…yields…", talk.clock.now(), "edit-two", line=written))
    assert [row.state for row in talk.rows(Proposal)] == ["withdrawn", "proposed"]
    assert proposal(talk, second.ref).text == second.text
    assert [named(talk)[one] for one in proposal(talk, second.ref).owners] == ["Luís"]
    assert proposal(talk, first.ref).owners == first.owners


@pytest.mark.parametrize(
    ("text", "reads_now"),
    [
        ("we should review the yields of batch 3 by Monday", "review the yields of batch 3"),
        ("someone needs to chase the signed excipient CoA by Friday and someone needs to send the yields of batch 3",
         "send the yields of batch 3"),
    ],
    ids=["the answered one was left out", "both were changed"],
)  # fmt: skip
async def test_what_waits_follows_the_line_and_what_is_answered_stays(
    talk: MeetingRoom, text: str, reads_now: str
) -> None:
    await talk.talk(
        tomas, "someone needs to chase the excipient CoA by Friday and someone needs to send the yields",
        delivery="17.5",
    )  # fmt: skip
    assert [row.text for row in talk.rows(Proposal)] == ["chase the excipient CoA", "send the yields"]
    await talk.press(anna, "proposal decline PRP-001")
    await edit(talk, text)
    assert [(row.state, row.text) for row in talk.rows(Proposal)] == [
        ("declined", "chase the excipient CoA"), ("proposed", reads_now),
    ]  # fmt: skip


async def test_whoever_is_mentioned_now_is_its_owner(talk: MeetingRoom) -> None:
    await talk.talk(tomas, PLEASE, delivery="17.5", j=jurgen)
    said = Said(f"{MENTION} please send the signed PPQ protocol by Friday.", (priya,), "<@U>", "17.5", called=False)
    line = Turn("x", ROOM, tomas, talk.clock.now(), said)

    async def written() -> Turn:
        return line

    await talk.core.news.source_edited(Edited(ROOM, "17.5", "<@U>", talk.clock.now(), "edit-who", line=written))
    assert [named(talk)[one] for one in proposal(talk).owners] == ["Priya"]


async def test_a_later_edit_is_the_one_that_counts(talk: MeetingRoom) -> None:
    await proposed(talk)
    await edit(talk, CHASE)
    await edit(talk, "forget it", 2)
    assert proposal(talk).state == "withdrawn"


async def test_an_answered_proposal_is_not_read_again(talk: MeetingRoom) -> None:
    await proposed(talk)
    await talk.press(anna, "proposal decline PRP-001")
    await edit(talk, CHASE)
    assert [(row.state, row.text) for row in talk.rows(Proposal)] == [("declined", "chase the excipient CoA")]


async def test_a_reaction_s_proposal_reads_as_its_message_does_now(talk: MeetingRoom) -> None:
    await talk.say(anna, "listen tags reactions:on")
    await react(talk, priya, "📌", message(talk, tomas, "the yields look odd", number="17.5"))
    assert proposal(talk).kind == "action"
    await edit(talk, "the yields of batch 3 look odd")
    assert (proposal(talk).state, proposal(talk).text) == ("proposed", "the yields of batch 3 look odd")
    await edit(talk, "[off] never mind", 2)
    assert proposal(talk).state == "withdrawn"


def _exported(room: MeetingRoom) -> list[dict[str, object]]:
    with exporting(room.core.store, room.core.door, Scope("NVT")) as export:
        return [{"record": row["id"], **row["source"]} for row in export.rows("actions")]
