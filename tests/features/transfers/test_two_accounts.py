"""Somebody with an account on each platform is written to on the one that they spoke on last."""

from __future__ import annotations

from dataclasses import dataclass

from core.api import Address, Gone, Outgoing
from core.export import Records, audit_store
from core.kernel.posting import Attempt
from core.kernel.transfers import Person
from tests.features.transfers.test_joining import TEAMS, joined
from tests.features.transfers.test_same import luis_in_teams
from tests.meeting_room import Inbox, MeetingRoom, Sent, anna, buttons, luis, marta, words
from tests.two_transfers import direct

SLACK, IN_TEAMS = direct(luis), direct(luis_in_teams)


async def same(room: MeetingRoom) -> MeetingRoom:
    """Luís has an account in Slack and one in Teams; everything said so far is delivered."""
    await joined(room)
    await room.say(marta, "member same @p @q", at=TEAMS, p=luis, q=luis_in_teams)
    await room.deliver()
    return room


def sent_to(sent: list[Outgoing]) -> list[Address]:
    """Which of his conversations something went to, in order."""
    return [out.address for out in sent if out.address in (SLACK, IN_TEAMS)]


def spoke_from(room: MeetingRoom) -> list[str]:
    """What the trail says of where he spoke."""
    return [entry["changes"]["speaks_from"][1] for entry in room.trail() if "SpokeFrom" in entry["event"]]


async def test_a_nudge_goes_where_he_spoke_last(room: MeetingRoom) -> None:
    await same(room)
    for who, at, there in ((luis_in_teams, TEAMS, IN_TEAMS), (luis, SLACK, SLACK), (luis_in_teams, IN_TEAMS, IN_TEAMS)):
        await room.say(who, "note I am here", at=at)
        await room.say(anna, "action send the batch record @p by Friday", p=luis)
        assert sent_to(await room.deliver()) == [there]
    assert spoke_from(room) == [str(one.identity) for one in (luis_in_teams, luis, luis_in_teams)]


async def test_a_press_and_a_question_count_and_speaking_on_there_notes_nothing(room: MeetingRoom) -> None:
    await same(room)
    await room.say(luis_in_teams, "mine", at=TEAMS)
    await room.press(luis_in_teams, "mine", at=TEAMS)
    await room.say(luis_in_teams, "note again", at=TEAMS)
    assert spoke_from(room) == [str(luis_in_teams.identity)]
    await room.press(luis, "mine")
    assert spoke_from(room) == [str(one.identity) for one in (luis_in_teams, luis)]


async def test_who_has_one_account_leaves_no_trace_of_where_they_speak(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(luis, "note from Slack")
    assert spoke_from(room) == []
    assert {person.speaks_from for person in room.rows_of(Person)} == {None}


async def test_a_card_that_stands_changes_where_it_stands(room: MeetingRoom) -> None:
    await same(room)
    await room.say(luis, "note from Slack")
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await room.deliver()
    [card] = [card for card in room.cards(SLACK) if card.place and card.place.record == "ACT-001"]
    assert "Accept" in buttons(card)
    await room.say(luis_in_teams, "action accept ACT-001", at=TEAMS)
    assert sent_to(await room.deliver()) == [SLACK]
    [card] = [card for card in room.cards(SLACK) if card.place and card.place.record == "ACT-001"]
    assert "Accept" not in buttons(card)
    assert [card for card in room.cards(IN_TEAMS) if card.place and card.place.record == "ACT-001"] == []
    room.clock.advance(days=3)
    assert IN_TEAMS in sent_to(await room.deliver())  # the reminder is a message of its own


@dataclass
class Deactivated(Inbox):
    """A platform on which his account in Slack is gone."""

    async def send(self, out: Outgoing) -> Sent:
        """Refuse what goes there."""
        if out.address == SLACK:
            raise Gone("user_not_found", "person")
        return await super().send(out)


async def test_a_lost_account_falls_back_to_the_other_and_nothing_is_lost(room: MeetingRoom) -> None:
    await same(room)
    await room.say(luis, "note from Slack")
    room.inbox = Deactivated()
    for number in range(3):
        await room.say(anna, f"action send batch record {number} @p by Friday", p=luis)
    sent = await room.deliver()
    assert sent_to(sent) == [IN_TEAMS] * 3
    assert [card.place.record for card in room.cards(IN_TEAMS) if card.place] == ["ACT-001", "ACT-002", "ACT-003"]
    assert [one.result for one in room.rows_of(Attempt) if one.result == "user_not_found"] == ["user_not_found"] * 3
    told = [words(out.card) for out in sent if "could not be delivered" in words(out.card)]
    assert len(told) == 2  # the leads hear of the account, and of no lost post
    assert not any("PostUndelivered" in entry["event"] for entry in room.trail())

    await room.say(anna, "action send another @p by Friday", p=luis)
    assert sent_to(await room.deliver()) == [IN_TEAMS]


async def test_a_lead_of_two_accounts_hears_of_a_lost_one_on_the_other(room: MeetingRoom) -> None:
    await joined(room)
    hers = type(luis)(type(luis.identity)("teams", TEAMS.tenant, "aad-marta"), "Marta Kowalczyk")
    await room.say(marta, "member same @p @q", at=TEAMS, p=marta, q=hers)
    await room.deliver()
    await room.core.news.person_left(marta.identity, "deactivated")
    told = [out.address for out in await room.deliver() if "could not be delivered" in words(out.card)]
    assert direct(hers) in told


async def test_the_trail_holds(room: MeetingRoom) -> None:
    await same(room)
    await room.say(luis_in_teams, "note from Teams", at=TEAMS)
    found = list(audit_store(room.core.store, None, None, Records(room.core.registry)))
    assert [str(one) for one in found if getattr(one, "broken", one) is not None] == []
