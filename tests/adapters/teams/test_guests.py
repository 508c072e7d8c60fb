"""A guest, whom Teams lets nobody write to alone, is mentioned in the channel: nothing that is theirs is said there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest_asyncio
from sqlalchemy import insert, update

from core.api import Address, Core, Identity, Options
from core.features.actions.records import Action
from core.kernel.clock import SetClock
from core.kernel.database import Store
from core.kernel.transfers import Head, Person, PersonAccount
from tests.adapters.teams.listening import CHANNEL, Office, guest, marta, office
from tests.meeting_room import START, MeetingRoom
from tests.tools.bot_connector import TENANT

OPEN = (
    '@Tandem transfer new "Product X 50 mg" sponsor:"Norvane Therapeutics" cmo:"Tarnbrook Manufacturing" '
    "tz:Europe/Dublin code:NVT side:cmo"
)


class Channel:
    """A channel with a real core behind it: Marta of the CMO and a guest of the sponsor, to whom nobody may write."""

    def __init__(self, here: Office, core: Core, clock: SetClock) -> None:
        self.office, self.core, self.clock = here, core, clock
        self.room = MeetingRoom(core, clock)

    async def say(self, words: str, who: Any = marta) -> None:
        """A line that mentions the guest wherever their name stands."""
        named = words.replace("@guest", f"<at>{guest.name}</at>")
        await self.office.line(named, who, mentions=[(guest,)] * (named != words))

    async def deliver(self) -> list[str]:
        """Run what is due and send what waits; the words of the cards that came to the channel meanwhile."""
        before = len(self.office.teams.cards(CHANNEL))
        while await self.core.jobs().run_due():
            pass
        await self.core.dispatcher({"teams": self.office.adapter.messenger}).drain()
        return [str(card["body"]) for card in self.office.teams.cards(CHANNEL)[before:]]

    def account(self) -> PersonAccount:
        """The guest's account as the store has it."""
        found: PersonAccount = next(row for row in self.room.rows_of(PersonAccount) if row.user == guest.user)
        return found


@pytest_asyncio.fixture
async def channel(store: Store) -> AsyncIterator[Channel]:
    """The transfer is open, the guest belongs to it, and all that was said so far is delivered."""
    clock = SetClock(START)
    core = Core.over(store, Options(clock=clock, open_to_all=True))
    core.start()
    async with office(core) as here:
        here.teams.unreachable = {guest.user}
        found = Channel(here, core, clock)
        await found.say(OPEN)
        await found.say("@Tandem member add @guest side:sponsor role:lead")
        await found.deliver()
        yield found
    await core.close()


def calls(shown: list[str]) -> list[str]:
    """Those of the cards that call the guest."""
    return [words for words in shown if "something waits for you" in words]


async def test_an_ask_becomes_a_mention_that_names_what_the_room_shows_anyway(channel: Channel) -> None:
    channel.clock.advance(hours=2)
    await channel.say("@Tandem action send the batch record @guest by Friday")
    [call] = calls(await channel.deliver())
    assert f"<at>{guest.name}</at>" in call
    assert "**ACT-001**" in call
    assert "batch record" not in call
    card = channel.office.teams.cards(CHANNEL)[-1]
    assert [one["mentioned"]["id"] for one in card["msteams"]["entities"]] == [guest.user]
    assert channel.account().state == "active"  # they are there, and stay in reach of a mention
    events = [entry["event"] for entry in channel.room.trail()]
    assert "PersonCalled" in events
    assert not {"AccountLost", "PostUndelivered"} & set(events)


async def test_a_reminder_too_and_its_button_shows_what_is_theirs_to_the_presser(channel: Channel) -> None:
    await channel.say("@Tandem action send the batch record @guest by Friday")
    await channel.deliver()
    channel.clock.set(START + timedelta(days=3, hours=1))  # Thursday, the day before
    [call] = calls(await channel.deliver())
    assert "batch record" not in call
    card = channel.office.teams.cards(CHANNEL)[-1]
    [button] = [action for one in card["body"] if one["type"] == "ActionSet" for action in one["actions"]]
    _, reply = await channel.office.send.press(button, guest, CHANNEL)
    assert "send the batch record" in str(reply["value"])
    [action] = channel.room.rows(Action)
    assert action.told


async def test_within_an_hour_one_mention_is_enough(channel: Channel) -> None:
    channel.clock.advance(hours=2)
    for number in range(3):
        await channel.say(f"@Tandem action send sample {number} @guest by Friday")
        await channel.deliver()
    cards = [str(card["body"]) for card in channel.office.teams.cards(CHANNEL)]
    assert len(calls(cards)) == 1
    channel.clock.advance(hours=1)
    await channel.say("@Tandem action send another @guest by Friday")
    assert len(calls(await channel.deliver())) == 1


async def test_what_is_no_record_of_the_room_is_not_named(channel: Channel) -> None:
    """The lead's card about somebody unknown quotes a line: nothing of it is said in the room."""
    channel.clock.advance(hours=2)
    await channel.core.news.person_left(
        channel.room.core.directories.look("NVT").members[_marta(channel)].accounts[0], "left"
    )
    [call] = calls(await channel.deliver())
    assert "Marta" not in call
    assert "left" not in call


def _marta(channel: Channel) -> Any:
    members = channel.core.directories.look("NVT").members.values()
    return next(member.person for member in members if member.name == marta.name)


async def test_once_they_begin_a_chat_it_is_said_there(channel: Channel) -> None:
    channel.office.teams.unreachable = set()
    channel.clock.advance(hours=2)
    await channel.say("@Tandem action send the batch record @guest by Friday")
    assert calls(await channel.deliver()) == []
    assert "batch record" in str(channel.office.teams.cards(f"a:1{guest.user:x<120}")[-1])


async def test_where_no_room_of_theirs_is_left_the_leads_are_told(channel: Channel) -> None:
    channel.clock.advance(hours=2)
    await channel.say("@Tandem action send the batch record @guest by Friday")
    await channel.core.news.room_lost(Address("teams", TENANT, CHANNEL), "removed")
    await channel.deliver()
    assert channel.account().state == "lost"
    assert "AccountLost" in [entry["event"] for entry in channel.room.trail()]


async def test_a_second_account_is_written_to_instead(channel: Channel) -> None:
    person = channel.account().person
    hers = PersonAccount(platform="slack", tenant="T1", user="U-aoife", person=person, state="active")
    with channel.core.store.write() as connection:
        connection.execute(insert(PersonAccount).values(**{name: getattr(hers, name) for name in KEPT}))
        connection.execute(update(Head).values(directory=Head.directory + 1))
        connection.execute(update(Person).where(Person.id == person).values(speaks_from=str(TEAMS_ACCOUNT)))
    channel.clock.advance(hours=2)
    await channel.say("@Tandem action send the batch record @guest by Friday")
    assert calls(await channel.deliver()) == []
    assert [post.address for post in channel.room.posts() if post.unsent] == ["slack:T1/@U-aoife"]
    assert channel.account().state == "active"


KEPT = ("platform", "tenant", "user", "person", "state")
TEAMS_ACCOUNT = Identity("teams", TENANT, guest.user)
