"""A second room comes to a transfer by a code, and what was recorded in one stands in both."""

from __future__ import annotations

import asyncio
import re

import pytest

from core.api import Account, Address
from core.features.transfers.records import Invite
from core.kernel.transfers import Room
from tests.meeting_room import (
    ROOM,
    MeetingRoom,
    anna,
    buttons,
    jurgen,
    luis,
    marta,
    person,
    priya,
    said_once,
    stranger,
    words,
)

TEAMS = Address("teams", "6d1f3b52-7c5e-4a51-9d1f-0a3c5b7e9f11", "19:5d0a8e@thread.tacv2")
NEXT = Address("slack", "T1", "C-next")
MARTA = Address("slack", "T2", "U-marta", direct=True)
LUIS = Address("slack", "T2", "U-luís", direct=True)
AOIFE = Address("slack", "T1", "U-aoife", direct=True)
THEIRS, OURS = Address("slack", "T8", "C-theirs"), Address("slack", "T2", "C-ours")
mallory, pal = person("Mallory Wrong", "T8"), person("Pal Friend", "T8")


def direct(account: Account) -> Address:
    """Their own conversation with Tandem."""
    one = account.identity
    return Address(one.platform, one.tenant, one.user, direct=True)


async def invited(room: MeetingRoom, *more: str, by: Account = anna, at: Address = ROOM) -> str:
    """The code that a lead gets."""
    answer = words(await room.say(by, " ".join(["transfer invite", *more]), at=at))
    found = re.search(r"transfer join ([A-Z0-9]{4}(?:-[A-Z0-9]{4}){2})", answer)
    assert found, answer
    return found[1]


@said_once
async def alone(room: MeetingRoom) -> MeetingRoom:
    """A transfer with the sponsor's people only."""
    await room.say(
        anna,
        'transfer new "Product X 50 mg" sponsor:"Norvane Therapeutics" cmo:"Tarnbrook Manufacturing" '
        "tz:Europe/Dublin code:NVT",
    )
    await room.say(anna, "member add @p side:sponsor role:qa", p=priya)
    return room


@said_once
async def joined(room: MeetingRoom) -> MeetingRoom:
    """Both companies' people, and Tarnbrook's room in Teams."""
    await room.opened()
    code = await invited(room)
    assert "one of NVT" in words(await room.say(marta, f"transfer join {code}", at=TEAMS))
    await room.deliver()
    return room


async def test_two_rooms_two_platforms_one_transfer(room: MeetingRoom) -> None:
    await alone(room)
    code = await invited(room)
    answer = words(await room.say(marta, f"transfer join {code}", at=TEAMS))
    assert "You lead Tarnbrook Manufacturing" in answer
    await room.deliver()
    assert any("Product X 50 mg" in words(card) for card in room.cards(TEAMS))
    told = next(card for card in room.cards(AOIFE) if "has joined" in card.summary)
    said = words(told)
    assert all(one in said for one in ("Marta Kowalczyk", TEAMS.tenant, TEAMS.channel))
    await room.say(marta, "member add @p role:expert", at=TEAMS, p=luis)
    await room.say(luis, "action send the batch record by Friday", at=TEAMS)
    await room.say(anna, "note the filters are in stock")
    await room.deliver()
    for at in (ROOM, TEAMS):
        shown = [card.summary for card in room.cards(at) if card.summary.startswith(("ACT-", "NOT-"))]
        assert [line.split(" ")[0] for line in shown] == ["ACT-001", "NOT-001"]
    assert "Luís Gonçalves" in "".join(words(card) for card in room.cards(ROOM) if "ACT-001" in card.summary)


async def test_only_its_hash_is_kept(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    [invite] = room.rows(Invite)
    assert len(invite.secret) == 64
    kept = f"{room.trail()} {room.posts()} {vars(invite)}"
    assert code not in kept
    assert code.replace("-", "") not in kept


async def test_a_code_may_be_typed_carelessly(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    assert "one of NVT" in words(await room.say(marta, f"transfer join {code.lower().replace('-', ' ')}", at=TEAMS))


async def test_it_works_once(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    await room.say(marta, f"transfer join {code}", at=TEAMS)
    again = words(await room.say(marta, f"transfer join {code}", at=NEXT))
    assert "was used on Mon 9 Mar 2026 09:00" in again
    assert "Norvane Therapeutics gives you a new one" in again
    assert "RoomJoined" not in [entry["event"] for entry in room.trail("house")]
    [noted] = [entry for entry in room.trail("house") if entry["event"] == "JoinRefused"]
    assert noted["record"] == f"join:{marta.identity}"
    assert str(NEXT) in noted["reason"]


async def test_two_rooms_that_say_it_at_once_are_one_and_a_refusal(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    said = [room.say(who, f"transfer join {code}", at=at) for who, at in ((marta, TEAMS), (luis, NEXT))]
    answers = [words(answer) for answer in await asyncio.gather(*said)]
    assert sorted("one of NVT" in answer for answer in answers) == [False, True]
    assert sorted("was used on" in answer for answer in answers) == [False, True]
    assert len(room.rows_of(Room)) == 2


async def test_it_ends_after_24_hours(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    room.clock.advance(hours=24, seconds=1)
    assert "ended on Tue 10 Mar 2026 09:00" in words(await room.say(marta, f"transfer join {code}", at=TEAMS))


async def test_guessing_ends_after_five_tries_even_with_the_right_one(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    for _ in range(5):
        assert "There is no such code" in words(await room.say(marta, "transfer join AAAA-BBBB-CCCC", at=TEAMS))
    assert "Wait an hour" in words(await room.say(marta, f"transfer join {code}", at=TEAMS))
    assert "one of NVT" in words(await room.say(luis, "transfer join " + code, at=TEAMS)), "others are not held up"
    room.clock.advance(hours=1, seconds=1)
    assert "There is no such code" in words(await room.say(marta, "transfer join AAAA-BBBB-CCCC", at=NEXT))
    assert len([one for one in room.trail("house") if one["event"] == "JoinRefused"]) == 6


@pytest.mark.parametrize("said", ["nonsense", "6d1f3b52-7c5e-4a51-9d1f", "tarnbrook.example", "T"])
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_an_invitation_is_for_a_workspace_or_tenant_that_can_be(room: MeetingRoom, said: str) -> None:
    await room.opened()
    assert "is no workspace of Slack" in words(await room.say(anna, f"transfer invite tenant:{said}"))
    assert room.rows(Invite) == []


@pytest.mark.parametrize("said", [TEAMS.tenant, TEAMS.tenant.upper()])
async def test_an_invitation_for_one_workspace_works_in_no_other(room: MeetingRoom, said: str) -> None:
    await room.opened()
    code = await invited(room, f"tenant:{said}")
    assert "for another workspace than this one (T1)" in words(await room.say(marta, f"transfer join {code}", at=NEXT))
    assert "one of NVT" in words(await room.say(marta, f"transfer join {code}", at=TEAMS)), "it was not used up"


async def test_the_company_that_invites_does_not_join_itself(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    assert "lives in this room already" in words(await room.say(anna, f"transfer join {code}"))
    assert "gave this code itself" in words(await room.say(priya, f"transfer join {code}", at=NEXT))


async def test_who_joins_a_company_that_has_a_lead_must_be_known(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    answer = words(await room.say(stranger, f"transfer join {code}", at=TEAMS))
    assert "Tarnbrook Manufacturing has a lead already, who says this here" in answer
    assert "Marta" not in answer
    assert "one of NVT" in words(await room.say(luis, f"transfer join {code}", at=TEAMS))


async def test_who_gave_a_code_is_told_once_of_each_that_could_not_be_used(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room, f"tenant:{TEAMS.tenant}")
    for _ in range(2):
        await room.say(mallory, f"transfer join {code}", at=THEIRS)
    told = [out for out in await room.deliver() if "Somebody could not join NVT" in words(out.card)]
    assert [(out.address, out.message is None) for out in told] == [(AOIFE, True)]
    assert "Mallory Wrong said the code for Tarnbrook Manufacturing" in words(told[0].card)
    assert "it is for another workspace" in words(told[0].card)
    assert buttons(told[0].card) == {"Withdraw the code": "transfer uninvite INV-001"}
    await room.say(priya, f"transfer join {code}", at=NEXT)  # a slip of their own company
    await room.say(mallory, "transfer join AAAA-BBBB-CCCC", at=THEIRS)  # of nobody's transfer
    assert [out for out in await room.deliver() if "could not join" in words(out.card)] == []
    await room.say(marta, f"transfer join {code}", at=TEAMS)
    await room.say(mallory, f"transfer join {code}", at=THEIRS)
    [again] = [out for out in await room.deliver() if "could not join" in words(out.card)]
    assert "a room has joined with it already" in words(again.card)
    assert again.message is not None


async def test_a_room_of_another_transfer_does_not_join(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(priya, 'transfer new "Y" sponsor:"Norvane" cmo:"Other" tz:Europe/Dublin code:NVB', at=NEXT)
    code = await invited(room)
    assert "lives in this room already" in words(await room.say(marta, f"transfer join {code}", at=NEXT))
    direct = words(await room.say(marta, f"transfer join {code}", at=MARTA))
    assert "Say this in the channel that is to join" in direct


async def test_a_rehearsal_never_meets_a_real_transfer(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    with pytest.raises(ValueError, match="cannot be heard in this store"):
        await room.say(marta, f"transfer join {code}", at=Address("rehearsal", "training", "cmo"))


async def test_only_leads_invite(room: MeetingRoom) -> None:
    await room.opened()
    assert "it needs one of these roles: lead" in words(await room.say(luis, "transfer invite"))


async def test_one_press_takes_it_back(room: MeetingRoom) -> None:
    await alone(room)
    code = await invited(room)
    await room.say(stranger, f"transfer join {code}", at=TEAMS)
    await room.deliver()
    told = next(card for card in room.cards(AOIFE) if "has joined" in card.summary)
    form = await room.press(anna, buttons(told)["Take it back…"], at=AOIFE, place=told.place)
    taken = words(await room.fill(anna, form, at=AOIFE, room="ROM-002", reason="it went to the wrong company"))
    assert "is no room of NVT any more" in taken
    await room.say(anna, "note only for those who are left")
    await room.deliver()
    assert not [card for card in room.cards(TEAMS) if card.summary.startswith("NOT-")]
    assert any("is no room of NVT any more" in words(card) for card in room.cards(TEAMS))
    assert any("taken out again" in card.summary for card in room.cards(AOIFE))
    assert "No transfer lives in this room" in words(await room.say(stranger, "note is anybody here?", at=TEAMS))
    assert "Nobody Known" not in words(await room.say(anna, "member list")), "they led by the code alone"
    again = await invited(room)
    assert "You lead Tarnbrook" in words(await room.say(marta, f"transfer join {again}", at=TEAMS)), "it may come again"


async def test_whoever_led_by_a_code_hears_that_their_part_has_ended_with_it(room: MeetingRoom) -> None:
    await alone(room)
    await room.say(anna, "member add @p side:cmo role:expert", p=luis)
    await room.say(marta, f"transfer join {await invited(room)}", at=TEAMS)
    await room.deliver()
    taken = words(await room.say(anna, 'transfer room remove ROM-002 reason:"the wrong company had the code"'))
    assert "@Marta Kowalczyk led Tarnbrook Manufacturing by joining with this room" in taken
    sent = await room.deliver()
    [hers] = [words(out.card) for out in sent if out.address == MARTA]
    assert "You are no longer part of NVT" in hers
    assert "Why: the wrong company had the code" in hers
    assert "You led your company by joining with" in hers
    assert "If this is wrong, ask: @Aoife Ní Bhriain" in hers
    [his] = [words(out.card) for out in sent if out.address == LUIS]
    assert "Marta Kowalczyk is no longer part of this transfer" in his
    assert "Nobody leads Tarnbrook Manufacturing here now." in his
    assert any("that part has ended with it" in words(out.card) for out in sent if out.address == TEAMS)
    [entry] = [one for one in room.trail() if one["event"] == "MemberRemoved"]
    assert (entry["reason"], entry["changes"]["state"]) == ("the wrong company had the code", ["active", "left"])


async def taken_back(room: MeetingRoom) -> None:
    """Somebody wrong joined, made themselves QA, brought a friend and a room of their own, and gave a code."""
    await alone(room)
    await room.say(anna, "member add @p side:cmo role:expert", p=jurgen)
    await room.say(mallory, f"transfer join {await invited(room)}", at=TEAMS)
    await room.say(mallory, "member add @m role:qa", at=TEAMS, m=mallory)
    await room.say(mallory, "member add @p role:lead", at=TEAMS, p=pal)
    await room.say(mallory, "transfer room internal", at=THEIRS)
    await room.say(pal, "member add @p role:lead", at=TEAMS, p=jurgen)
    await room.deliver()


WRONG = 'transfer room remove ROM-002 reason:"it went to the wrong company"'


async def test_what_hangs_on_a_join_goes_with_it(room: MeetingRoom) -> None:
    await taken_back(room)
    answer = words(await room.say(anna, WRONG))
    assert "@Mallory Wrong led Tarnbrook Manufacturing by joining with this room" in answer
    assert "With it go those who came by it: @Pal Friend" in answer
    assert "ROM-C" not in answer, "a company's own room is its own business"
    sent = await room.deliver()
    told = {out.address for out in sent if "your part has ended" in out.card.summary}
    assert told == {direct(mallory), direct(pal)}
    assert any("is no room of NVT any more" in words(out.card) for out in sent if out.address == THEIRS)
    assert "No transfer lives in this room" in words(await room.say(pal, "note list", at=THEIRS))
    assert "No transfer lives in this room" in words(await room.say(pal, "note list", at=direct(pal)))
    listed = words(await room.say(anna, "member list"))
    assert "Jürgen Weiß" in listed, "Aoife added them herself"
    assert [name for name in ("Mallory", "Pal") if name in listed] == []
    [entry] = [one for one in room.trail() if "RolesTaken" in one["event"]]
    assert entry["changes"]["roles"] == [["expert", "lead"], ["expert"]], "but not as a lead"


async def test_after_a_join_was_taken_back_the_right_company_is_alone(room: MeetingRoom) -> None:
    await taken_back(room)
    await room.say(anna, WRONG)
    await room.deliver()
    assert "You lead Tarnbrook" in words(await room.say(marta, f"transfer join {await invited(room)}", at=NEXT))
    await room.say(marta, "transfer room internal", at=OURS)
    await room.say(marta, "note the yield is bad", at=OURS)
    sent = await room.deliver()
    assert {out.address for out in sent if "the yield" in words(out.card)} == {OURS}


async def test_who_led_by_a_code_is_taken_out_by_name_too(room: MeetingRoom) -> None:
    await alone(room)
    await room.say(mallory, f"transfer join {await invited(room)}", at=TEAMS)
    await room.say(mallory, "member add @p role:qa", at=TEAMS, p=pal)
    code = await invited(room, by=mallory, at=direct(mallory))
    await room.say(mallory, 'transfer room remove ROM-002 reason:"nobody is to take it back"', at=TEAMS)
    answer = words(await room.say(anna, 'member remove @m reason:"it went to the wrong company"', m=mallory))
    assert "Mallory Wrong is no longer part of this transfer" in answer
    listed = words(await room.say(anna, "member list"))
    assert [name for name in ("Mallory", "Pal") if name in listed] == []
    assert "Whoever gave this code is not here" in words(await room.say(anna, f"transfer join {code}", at=NEXT))


async def test_a_lead_by_other_means_stays_when_the_room_goes(room: MeetingRoom) -> None:
    await joined(room)
    taken = words(await room.say(anna, 'transfer room remove ROM-002 reason:"moved to Slack"'))
    assert "that part has ended" not in taken
    sent = await room.deliver()
    assert not [out for out in sent if "your part has ended" in out.card.summary]


async def test_a_transfer_keeps_one_joint_room(room: MeetingRoom) -> None:
    await room.opened()
    assert "is the only room that both" in words(await room.say(anna, 'transfer room remove reason:"moved away"'))
    await room.say(marta, f"transfer join {await invited(room)}", at=TEAMS)
    assert "is no room of NVT" in words(await room.say(marta, 'transfer room remove ROM-001 reason:"moved to Teams"'))
    assert "is the only room" in words(await room.say(marta, 'transfer room remove reason:"as well"', at=TEAMS))


async def test_rooms_are_listed(room: MeetingRoom) -> None:
    await joined(room)
    listed = words(await room.say(person("Luís Gonçalves", "T2"), "transfer room list"))
    assert "ROM-001 · #joint · slack T1 · both companies" in listed
    assert "ROM-002" in listed
    assert "teams" in listed
    missing = words(await room.say(anna, 'transfer room remove ROM-009 reason:"what was it"'))
    assert "NVT has no room ROM-009. Which one do you mean?" in missing
    assert "ROM-001 · #joint" in missing
    assert [one.state for one in room.rows_of(Room)] == ["open", "open"]
    assert "transfer room remove ROM-002 reason:" in listed
    await room.say(anna, 'transfer room remove ROM-002 reason:"wrong team"')
    assert "room remove" not in words(await room.say(anna, "transfer room list"))


async def test_a_code_that_nobody_used_is_withdrawn_with_one_press(room: MeetingRoom) -> None:
    await alone(room)
    given = await room.say(anna, "transfer invite")
    code = re.search(r"transfer join ([A-Z0-9-]+)", words(given))
    assert code is not None
    answer = words(await room.press(anna, buttons(given)["Withdraw the code"]))
    assert "INV-001 is withdrawn: nobody of Tarnbrook Manufacturing joins NVT with its code any more" in answer
    refused = words(await room.say(marta, f"transfer join {code[1]}", at=TEAMS))
    assert "Norvane Therapeutics has withdrawn this code. A lead of theirs gives you a new one." in refused
    [entry] = [one for one in room.trail() if one["event"] == "InviteWithdrawn"]
    assert (entry["record"], entry["changes"]["state"]) == ("INV-001", ["given", "withdrawn"])
    assert [row.state for row in room.rows(Invite)] == ["withdrawn"]
    assert "is withdrawn already" in words(await room.say(anna, "transfer uninvite INV-001"))
    assert "You lead Tarnbrook" in words(await room.say(marta, f"transfer join {await invited(room)}", at=TEAMS))


async def test_the_code_that_is_withdrawn_is_the_only_one_or_chosen(room: MeetingRoom) -> None:
    await room.opened()
    assert "No code of your company waits" in words(await room.say(anna, "transfer uninvite"))
    await invited(room)
    await invited(room)
    await invited(room, by=marta, at=MARTA)
    which = words(await room.say(anna, 'transfer uninvite reason:"sent to the wrong people"'))
    assert "Several codes wait to be used" in which
    assert "INV-002 · Aoife Ní Bhriain, until Tue 10 Mar 2026 09:00 (Europe/Dublin)" in which
    assert "INV-003" not in which
    await room.say(anna, 'transfer uninvite INV-001 reason:"sent to the wrong people"')
    assert "INV-002 is withdrawn" in words(await room.say(anna, "transfer uninvite"))
    [first, _] = [one for one in room.trail() if one["event"] == "InviteWithdrawn"]
    assert first["reason"] == "sent to the wrong people"


async def test_only_the_company_that_gave_a_code_withdraws_it_and_only_while_it_works(room: MeetingRoom) -> None:
    await room.opened()
    code = await invited(room)
    theirs = words(await room.say(marta, "transfer uninvite INV-001"))
    assert "Norvane Therapeutics gave this code: a lead of theirs withdraws it, Aoife Ní Bhriain" in theirs
    assert "it needs one of these roles: lead" in words(await room.say(priya, "transfer uninvite INV-001"))
    assert "needs at least 5 characters" in words(await room.say(anna, "transfer uninvite INV-001 reason:x"))
    await room.say(marta, f"transfer join {code}", at=TEAMS)
    used = words(await room.say(anna, "transfer uninvite INV-001"))
    assert "INV-001 was used on Mon 9 Mar 2026 09:00" in used
    assert "transfer room remove ROM-002" in used
    await invited(room)
    room.clock.advance(hours=25)
    assert "INV-002 ended on Tue 10 Mar 2026 09:00" in words(await room.say(anna, "transfer uninvite INV-002"))
    assert "No code of your company waits" in words(await room.say(anna, "transfer uninvite"))
    assert [row.state for row in room.rows(Invite)] == ["used", "given"]
