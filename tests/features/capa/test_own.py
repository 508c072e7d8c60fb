"""A CAPA made in one company's own room is that company's: no question, card, page, export or entry shows it."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.api import Address
from core.features.minutes.records import Minutes
from core.kernel.ids import Audience, RoomId, Side
from core.kernel.transfers import Head, Room
from tests.features.actions.people import card_of, in_nvt, to
from tests.features.capa.plans import capa, in_a_meeting, line
from tests.features.capa.test_lists import exported
from tests.meeting_room import MeetingRoom, anna, luis, marta, priya, tomas, words

OWN = Address("slack", "T1", "C-sponsor")


async def with_own_room(room: MeetingRoom) -> MeetingRoom:
    """The transfer with a room of the sponsor's own, and a decision of both companies."""
    await in_nvt(room)
    await room.say(anna, "decision the hold time is challenged")
    with room.core.store.write() as connection, Session(connection) as session:
        session.add(
            Room(
                id=RoomId("r-own"),
                transfer="NVT",
                platform=OWN.platform,
                tenant=OWN.tenant,
                channel=OWN.channel,
                name="sponsor",
                audience=Audience.SPONSOR,
                state="open",
            )
        )
        session.flush()
        session.execute(update(Head).where(Head.transfer == "NVT").values(directory=Head.directory + 1))
    await room.say(anna, 'capa new "secret: the supplier is changed" DEC-001', at=OWN)
    await room.say(anna, 'capa line CAPA-S001 corrective "secret: audit the supplier" @p by 20 March', at=OWN, p=tomas)
    await room.deliver()
    return room


async def test_its_cards_stand_in_its_own_room_alone(room: MeetingRoom) -> None:
    await with_own_room(room)
    assert (capa(room, "CAPA-S001").audience, line(room, "CAPA-S001.1").audience) == ("sponsor", "sponsor")
    assert "secret" in words(card_of(room, "CAPA-S001", OWN))
    assert "secret" not in "".join(words(card) for card in room.cards())
    assert "CAPA-S001" not in words(card_of(room, "DEC-001"))


async def test_the_other_company_finds_nothing(room: MeetingRoom) -> None:
    await with_own_room(room)
    for said in ("capa list", "capa list all", "overdue", "mine", "agenda"):
        assert "CAPA-S001" not in words(await room.say(marta, said)), said
    for said in ("capa CAPA-S001", "capa accept CAPA-S001.1", "capa assign CAPA-S001.1 by 24 March"):
        assert "There is no CAPA-S001" in words(await room.say(marta, said)), said
    assert exported(room, Side.CMO) == []
    assert [row["id"] for row in exported(room, Side.SPONSOR)] == ["CAPA-S001"]
    assert not [entry for entry in room.trail() if str(entry["record"]).startswith("CAPA")]
    own = [entry["record"] for entry in room.trail(audience="sponsor")]
    assert own == ["CAPA-S001", "CAPA-S001.1"]


async def test_its_own_people_work_on_it(room: MeetingRoom) -> None:
    await with_own_room(room)
    said = 'capa line CAPA-S001 corrective "secret: ask them" @p by 20 March'
    assert "its lines have owners of Norvane Therapeutics alone" in words(await room.say(anna, said, at=OWN, p=luis))
    assert "CAPA-S001.1" in words(await room.say(tomas, "capa accept CAPA-S001.1", at=OWN))
    assert "secret" in words(await room.say(priya, "capa list", at=OWN))
    room.clock.advance(days=10)
    assert "secret" in "".join(words(card) for card in to(tomas, await room.deliver()))


async def test_minutes_and_agenda_of_both_do_not_name_it(room: MeetingRoom) -> None:
    await with_own_room(room)
    await in_a_meeting(room)
    assert "CAPA" not in "".join(words(card) for card in room.cards() if card.place and card.place.record == "MTG-001")
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    assert "CAPA" not in room.rows(Minutes)[0].markdown
    assert "secret" not in "".join(words(card) for card in room.cards())
