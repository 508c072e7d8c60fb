"""Whoever records something in the room while a meeting runs is at it, until somebody says otherwise."""

from sqlalchemy import event

from core.api import Address, Form
from core.features.actions.records import Action
from core.features.minutes.records import Minutes
from core.features.questions.records import Note
from tests.features.meetings.planned import meeting, planned, standing, started, utc
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, marta, stranger, words

RUNNING = "MTG-001 · PPQ readiness · running"


def how(room: MeetingRoom) -> dict[str, str]:
    """First name to how the attendance is known."""
    directory = room.core.directories.look(meeting(room).transfer)
    return {directory.name_of(person).split()[0]: fact["how"] for person, fact in (meeting(room).known or {}).items()}


async def test_whoever_agrees_in_the_room_was_there_when_they_spoke(room: MeetingRoom) -> None:
    await started(room)
    await room.say(anna, "decision we go with the 3-batch design")
    room.clock.advance(minutes=10)
    await room.press(marta, "decision agree DEC-001")
    room.clock.advance(minutes=5)
    await room.say(luis, "here")
    await room.deliver()
    card = words(standing(room, RUNNING))
    assert (
        "Tarnbrook Manufacturing: @Marta Kowalczyk (recorded something at 14:10 (Europe/Dublin)), @Luís Gonçalves"
        in card
    )
    assert "Norvane Therapeutics: @Aoife Ní Bhriain · not heard of @Priya Raghunathan" in card
    noted = [entry for entry in room.trail() if "PresenceNoted" in entry["event"] and entry["record"] == "MTG-001"]
    assert [(entry["name"], entry["command"]) for entry in noted] == [
        ("Marta Kowalczyk", "AgreeDecision"),
        ("Luís Gonçalves", "SayHere"),
    ]
    assert how(room) == {"Aoife": "started", "Marta": "spoke", "Luís": "said"}


async def test_the_minutes_say_how_each_presence_is_known(room: MeetingRoom) -> None:
    await started(room)
    room.clock.advance(minutes=10)
    await room.say(marta, "note the hold time is open")
    await room.say(luis, "here")
    await room.say(anna, "meeting present @j", j=jurgen)
    await room.say(anna, "meeting end anyway")
    text = room.rows(Minutes)[0].markdown
    assert "- Aoife Ní Bhriain: present, started the meeting\n" in text
    assert "- Marta Kowalczyk: present, recorded something at 14:10 (Europe/Dublin)\n" in text
    assert "- Luís Gonçalves: present, said so at 14:10 (Europe/Dublin)\n" in text
    assert "- Jürgen Weiß: present, noted by Aoife Ní Bhriain\n" in text
    await room.deliver()
    [minutes] = [card for card in room.cards() if card.summary.startswith("Minutes of")]
    assert "@Marta Kowalczyk (recorded something), @Luís Gonçalves, @Jürgen Weiß" in words(minutes)


async def test_what_is_said_here_counts_more_than_having_spoken(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "note the filters are here")
    assert how(room)["Luís"] == "spoke"
    await room.say(luis, "here")
    assert how(room)["Luís"] == "said"
    assert len(meeting(room).present) == 2


async def test_a_direct_message_and_what_is_only_read_prove_nothing(room: MeetingRoom) -> None:
    await started(room)
    await room.say(anna, "action order the filters @l by Friday", l=luis)
    direct = Address("slack", "T2", "U-luís", direct=True)
    await room.press(luis, "action accept ACT-001", at=direct)
    await room.say(luis, "note from far away", at=direct)
    await room.say(marta, "action list")
    assert "Nobody" not in words(await room.say(marta, "agenda"))
    assert list(how(room)) == ["Aoife"]


async def test_whose_line_is_proposed_or_accepts_one_was_heard(room: MeetingRoom) -> None:
    await started(room)
    room.clock.advance(minutes=10)
    await room.talk(luis, "someone needs to chase the excipient CoA", delivery="1")
    await room.talk(marta, "I can take that one", delivery="2", thread="1")
    await room.talk(jurgen, "lunch at noon?")
    assert how(room) == {"Aoife": "started", "Luís": "heard", "Marta": "heard"}
    await room.say(marta, "here")
    await room.deliver()
    assert "@Luís Gonçalves (heard at 14:10 (Europe/Dublin)), @Marta Kowalczyk" in words(standing(room, RUNNING))
    await room.say(anna, "meeting absent @l", l=luis)
    await room.talk(luis, "someone needs to call the courier")
    assert how(room) == {"Aoife": "started", "Luís": "absent", "Marta": "said"}
    await room.say(anna, "meeting present @l", l=luis)
    await room.talk(jurgen, "someone needs to order the filters")
    await room.say(anna, "meeting end anyway")
    assert "- Jürgen Weiß: present, heard at 14:10 (Europe/Dublin)\n" in room.rows(Minutes)[0].markdown
    await room.deliver()
    [minutes] = [card for card in room.cards() if card.summary.startswith("Minutes of")]
    assert "@Jürgen Weiß (heard)" in words(minutes)


async def test_what_is_refused_proves_nothing(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "decision agree DEC-001")
    assert list(how(room)) == ["Aoife"]


async def test_a_form_filled_in_in_the_room_counts(room: MeetingRoom) -> None:
    await started(room)
    form = await room.press(luis, "note")
    assert isinstance(form, Form)
    assert list(how(room)) == ["Aoife"]
    await room.fill(luis, form, text="the filters are here")
    assert how(room)["Luís"] == "spoke"


async def test_regrets_after_speaking_take_it_back_until_they_speak_again(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "note the filters are here")
    await room.say(luis, "regrets")
    assert len(meeting(room).present) == 1
    assert len(meeting(room).regrets) == 1
    await room.say(luis, "note I am back")
    assert (len(meeting(room).present), meeting(room).regrets) == (2, [])


async def test_the_chair_corrects_it_and_only_the_person_says_otherwise(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "note pressed from home")
    assert "or a lead does this" in words(await room.say(luis, "meeting absent @m", m=marta))
    answer = words(await room.say(anna, "meeting absent @l", l=luis))
    assert "@Luís Gonçalves: noted as not at MTG-001." in answer
    await room.say(luis, "note pressed from home again")
    assert len(meeting(room).present) == 1
    await room.deliver()
    assert "not here @Luís Gonçalves" in words(standing(room, RUNNING))
    noted = [entry for entry in room.trail() if "AbsenceNoted" in entry["event"]]
    assert [(entry["name"], entry["record"]) for entry in noted] == [("Aoife Ní Bhriain", "MTG-001")]
    await room.say(luis, "here")
    assert how(room)["Luís"] == "said"
    assert len(meeting(room).present) == 2


async def test_a_line_held_since_before_the_meeting_is_no_presence(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(stranger, "note said before the meeting")
    room.clock.set(utc(12, 14))
    await room.say(anna, "meeting start")
    await room.say(anna, "member add @s role:expert", s=stranger)
    await room.say(anna, "line record LIN-001")
    assert [row.text for row in room.rows(Note)] == ["said before the meeting"]
    assert list(how(room)) == ["Aoife"]


async def test_outside_a_meeting_nobody_is_noted(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(luis, "note nothing runs")
    assert meeting(room).present == []


async def test_one_card_changes_once_for_each_person_and_not_for_each_sentence(room: MeetingRoom) -> None:
    await started(room, "one", "two")
    await room.say(luis, "agenda next")  # moves the agenda on, and he is there: one change of the card
    posts = [post for post in room.posts() if post.key == "running:MTG-001"]
    assert len(posts) == 2  # the start, and this
    for number in range(3):
        await room.say(luis, f"note number {number}")
    assert len([post for post in room.posts() if post.key == "running:MTG-001"]) == 2


async def test_who_is_there_already_costs_no_question_to_the_store(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "action order the filters @l by Friday", l=luis)
    asked: list[str] = []
    event.listen(room.core.store.writing, "before_cursor_execute", lambda *call: asked.append(call[2]))
    await room.say(luis, "action order the labels @l by Friday", l=luis)
    assert len(room.rows(Action)) == 2
    assert [sentence for sentence in asked if "INSERT INTO actions" in sentence]
    assert not [sentence for sentence in asked if "meetings" in sentence or "FROM transfers" in sentence]
