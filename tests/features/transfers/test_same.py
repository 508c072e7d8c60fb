"""One person with an account on each platform is one person, once a lead of their company says so."""

from __future__ import annotations

from core.api import Account, Address, Identity
from core.export import Records, audit_store
from core.features.actions.records import Action
from core.features.transfers.records import HeldLine
from core.kernel.audit import Verdict
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


async def test_two_who_were_two_are_two_again_with_what_each_may(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(marta, "member add @p role:qa", at=TEAMS, p=luis_in_teams)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams)
    await room.say(luis_in_teams, "note said while they were one", at=TEAMS)
    await room.say(anna, "action send the batch record @p by Friday", at=TEAMS, p=luis_in_teams)
    await room.say(luis_in_teams, "note and again", at=TEAMS)
    await room.deliver()
    said = words(await room.say(jurgen, 'member apart @p reason:"two of one name"', at=TEAMS, p=luis_in_teams))
    assert "Luis Goncalves is somebody of their own again, for Tarnbrook Manufacturing: qa." in said
    assert "What was recorded so far stays with @Luís Gonçalves" in said
    await room.say(luis_in_teams, "note said by the other", at=TEAMS)
    await room.say(luis, "note said by himself")
    first, _, third, fourth = [one for one in room.trail() if one["event"] == "NoteTaken"]
    assert first["person"] == fourth["person"] != third["person"]
    assert (third["name"], third["role"]) == ("Luis Goncalves", "qa")
    assert "send the batch record" in words(await room.say(luis, "mine"))
    assert "send the batch record" not in words(await room.say(luis_in_teams, "mine", at=TEAMS))
    members = {one.name: one for one in room.core.directories.look("NVT").members.values()}
    assert {name: sorted(members[name].roles) for name in ("Luís Gonçalves", "Luis Goncalves")} == {
        "Luís Gonçalves": ["expert"],
        "Luis Goncalves": ["qa"],
    }
    [entry] = [one for one in room.trail() if "AccountsParted" in one["event"]]
    assert (entry["reason"], entry["role"], entry["changes"]["roles"]) == (
        "two of one name", "qa", [["expert", "qa"], ["expert"]],
    )  # fmt: skip
    told = [words(out.card) for out in await room.deliver() if out.address == AOIFE]
    assert any("Luis Goncalves" in one and "two of one name" in one for one in told)
    found = list(audit_store(room.core.store, None, None, Records(room.core.registry)))
    assert [one for one in found if not isinstance(one, Verdict) or one.broken] == []
    assert "Luís Gonçalves" in words(await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams))


async def test_an_account_that_nobody_knew_is_nobody_s_again_until_a_lead_says_who_it_is(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams)
    await room.say(luis_in_teams, "note from Teams", at=TEAMS)
    said = words(await room.say(marta, 'member apart @p reason:"the wrong one"', at=TEAMS, p=luis_in_teams))
    assert "Luis Goncalves is somebody else, and no member here." in said
    await room.say(luis_in_teams, "note who am I?", at=TEAMS)
    assert [row.text for row in room.rows(HeldLine)] == ["note who am I?"]
    await room.say(marta, "member add @p role:expert", at=TEAMS, p=luis_in_teams)
    await room.say(marta, "line all LIN-001", at=TEAMS)
    first, second = [one for one in room.trail() if one["event"].startswith("NoteTaken")]
    assert first["person"] != second["person"]
    assert second["name"] == "Luis Goncalves"


async def test_whoever_parts_them_may_give_the_other_a_role_at_once(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams)
    part = 'member apart @p role:expert reason:"two of one name"'
    assert "A lead gives somebody a role, Marta" in words(await room.say(jurgen, part, at=TEAMS, p=luis_in_teams))
    assert "for Tarnbrook Manufacturing: expert" in words(await room.say(marta, part, at=TEAMS, p=luis_in_teams))


async def test_only_who_was_joined_here_is_parted_by_their_own_company_with_a_reason(room: MeetingRoom) -> None:
    await joined(room)
    why = 'member apart @p reason:"two of one name"'
    assert "was known first" in words(await room.say(marta, why, at=TEAMS, p=luis))
    assert "no member’s account here" in words(await room.say(marta, why, at=TEAMS, p=luis_in_teams))
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams)
    assert "was known first" in words(await room.say(marta, why, at=TEAMS, p=luis))
    assert "stands for Tarnbrook Manufacturing: a lead or QA" in words(await room.say(anna, why, p=luis_in_teams))
    assert "needs one of these roles: lead, qa" in words(await room.say(luis, why, p=luis_in_teams))
    form = await room.say(marta, "member apart @p", at=TEAMS, p=luis_in_teams)
    assert "Two accounts, two people" in words(form)


async def test_in_another_transfer_the_account_is_theirs_no_more_either(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(marta, 'transfer new "Y" sponsor:"N" cmo:"Tarnbrook" tz:Europe/Dublin code:NVB side:cmo', at=NEXT)
    await room.say(marta, "member add @p role:expert", at=NEXT, p=luis)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams)
    await room.say(luis_in_teams, "note in the other transfer", at=NEXT)
    await room.say(marta, 'member apart @p reason:"two of one name"', at=TEAMS, p=luis_in_teams)
    await room.say(luis_in_teams, "note once more", at=NEXT)
    assert [row.text for row in room.rows(HeldLine, "NVB")] == ["note once more"]
