"""Who may not do something reads who could; a lead reads why something was not delivered, and not a platform's code."""

from __future__ import annotations

from core.api import Gone
from core.kernel.posting import Attempt
from tests.kernel.wire import Wire, raising
from tests.meeting_room import ROOM, MeetingRoom, anna, jurgen, luis, marta, priya, stranger, tomas, words
from tests.two_transfers import direct


async def test_a_refusal_names_who_of_one_s_own_company_could_do_it(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(luis, "transfer stage kickoff"))
    assert refused == (
        "Luís Gonçalves may not do this here: it needs one of these roles: lead. "
        "Ask Marta Kowalczyk (lead, Tarnbrook Manufacturing)."
    )
    refused = words(await room.say(tomas, "decision agree DEC-001"))
    assert refused.endswith(
        "Ask Aoife Ní Bhriain (lead, Norvane Therapeutics), Priya Raghunathan (qa, Norvane Therapeutics)."
    )


async def test_where_nobody_of_one_s_own_has_the_role_the_others_are_named(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(marta, 'member remove @p reason:"another site"', p=jurgen)
    await room.say(anna, 'meeting new "PPQ readiness" at:"27 Mar 2026 14:00" stage:ppq_readiness')
    refused = words(await room.say(luis, 'checklist waive PQ-05 reason:"limits agreed"'))
    assert refused.endswith("Ask Priya Raghunathan (qa, Norvane Therapeutics).")


async def test_three_people_are_named_at_most(room: MeetingRoom) -> None:
    await room.opened()
    for who in (priya, tomas):
        await room.say(anna, "member add @p role:lead", p=who)
    await room.say(anna, "member add @p role:qa", p=tomas)
    await room.say(anna, "member add @p side:sponsor role:management", p=stranger)
    refused = words(await room.say(stranger, "transfer stage kickoff"))
    assert refused.count("(lead, ") == 3
    assert "Luís" not in refused
    refused = words(await room.say(stranger, "decision agree DEC-001"))
    assert refused.count("Norvane") == 3


async def test_somebody_who_is_no_member_learns_no_names(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(stranger, "mine"))
    assert refused == "You do not belong to this transfer yet. A lead can add you: member add @you …"  # and no names


async def test_the_acts_that_look_closer_name_people_too(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:"27 Mar 2026 14:00" stage:ppq_readiness')
    await room.say(anna, "action send the batch record @p by Friday", p=tomas)
    for who, sentence, named in (
        (luis, 'meeting cancel reason:"no time"', "Ask Marta Kowalczyk (lead, Tarnbrook Manufacturing)."),
        (priya, 'checklist na PQ-11 reason:"no such system"', "Ask Jürgen Weiß (qa, Tarnbrook Manufacturing)."),
        (marta, "checklist assign PQ-09 @p", "Ask Aoife Ní Bhriain (lead, Norvane Therapeutics)."),
        (luis, "action accept ACT-001", "a lead gives it to you, Marta Kowalczyk (lead, Tarnbrook Manufacturing):"),
        (marta, "member add @p side:sponsor role:qa", "Ask Aoife Ní Bhriain (lead, Norvane Therapeutics)."),
    ):
        mentions = {"p": tomas} if "@p" in sentence else {}
        assert named in words(await room.say(who, sentence, **mentions)), sentence


async def test_a_lead_reads_why_in_a_sentence_and_the_attempt_keeps_the_code(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    wire.fails(ROOM, raising(Gone("is_archived", "room", told="the channel is archived")))
    await toy.deliver()
    told = [words(out.card) for out in wire.sent if out.address == direct(anna)]
    assert "Why: the channel is archived" in told[-1]
    assert "is_archived" not in told[-1]
    assert [entry["reason"] for entry in toy.trail() if entry["event"] == "RoomLost"] == ["the channel is archived"]
    assert "is_archived" in [one.result for one in toy.rows_of(Attempt)]
