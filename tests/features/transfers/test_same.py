"""One person with an account on each platform is one person, once a lead of their company says so."""

from __future__ import annotations

from core.api import Account, Address, Identity
from core.features.actions.records import Action
from tests.features.transfers.test_joining import AOIFE, TEAMS, joined
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, marta, person, priya, words

luis_in_teams = Account(Identity("teams", TEAMS.tenant, "aad-luis"), "Luis Goncalves", "Europe/Warsaw")
NEXT = Address("slack", "T1", "C-next")


async def test_an_account_that_is_not_known_yet_becomes_a_members(room: MeetingRoom) -> None:
    await joined(room)
    said = words(await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams))
    assert "Luís Gonçalves" in said
    await room.say(luis, "note from Slack")
    await room.say(luis_in_teams, "note from Teams", at=TEAMS)
    assert len({entry["person"] for entry in room.trail() if entry["event"] == "NoteTaken"}) == 1
    assert "already" in words(await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams))


async def test_a_guest_s_account_in_the_other_workspace_needs_the_reason_that_is_asked_for(room: MeetingRoom) -> None:
    await joined(room)
    guest = person("Luís (Tarnbrook)", "T1")
    refused = words(await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=guest))
    assert 'say so: reason:"guest in their workspace"' in refused
    said = await room.say(marta, 'member same @p @q reason:"guest in their workspace"', at=TEAMS, p=luis, q=guest)
    assert "Luís Gonçalves" in words(said)
    await room.say(guest, "note from the guest account")
    [noted] = [entry for entry in room.trail() if entry["event"] == "NoteTaken"]
    assert (noted["name"], noted["side"]) == ("Luís Gonçalves", "cmo")
    [entry] = [one for one in room.trail() if "AccountsJoined" in one["event"]]
    assert entry["reason"] == "guest in their workspace"
    told = [words(out.card) for out in await room.deliver() if out.address == AOIFE]
    assert any("Luís Gonçalves" in one and "guest in their workspace" in one for one in told)


async def test_two_members_become_one_with_what_both_may_and_owe(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(marta, "member add @p role:qa", at=TEAMS, p=luis_in_teams)
    await room.say(anna, "action send the batch record @p by Friday", at=TEAMS, p=luis_in_teams)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams)
    assert "send the batch record" in words(await room.say(luis, "mine"))
    await room.say(luis, "decision we go with three batches")
    await room.deliver()
    [card] = [words(card) for card in room.cards() if card.summary.startswith("DEC-001")]
    assert "agreed by @Luís Gonçalves" in card, "the other account is QA"
    [action] = room.rows(Action)
    assert len(action.owners) == 1
    assert [key for key in room.jobs() if "ACT-001" in key and action.owners[0] not in key] == []
    [noted] = [entry for entry in room.trail() if "PeopleJoined" in entry["event"]]
    assert noted["changes"] == {"state": ["active", "left"]}


async def test_nobody_stands_for_two_companies(room: MeetingRoom) -> None:
    await joined(room)
    answer = words(await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=priya))
    assert "Priya Raghunathan stands for Norvane Therapeutics" in answer
    assert "a lead says this of their own" in words(await room.say(anna, "member same @p @q", p=luis, q=jurgen))


async def test_what_two_transfers_know_apart_stays_apart(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(marta, 'transfer new "Y" sponsor:"N" cmo:"Tarnbrook" tz:Europe/Dublin code:NVB side:cmo', at=NEXT)
    for one in (luis, jurgen):
        await room.say(marta, "member add @p role:expert", at=NEXT, p=one)
    assert "both stand in other transfers" in words(await room.say(marta, "member same @p @q", p=luis, q=jurgen))


async def test_neither_is_known(room: MeetingRoom) -> None:
    await joined(room)
    other = Account(Identity("teams", TEAMS.tenant, "aad-x"), "X Y")
    assert "Neither of the two is known" in words(
        await room.say(marta, "member same @p @q", at=TEAMS, p=luis_in_teams, q=other)
    )
