from typing import Any

from core.api import Filled, Notice, Pressed, TextInput, Turn
from core.view import Form, Input
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, words


async def test_a_platform_can_know_which_button_only_asks_or_shows_something(room: MeetingRoom) -> None:
    await room.opened()
    for says in ("action cancel ACT-001", "meeting move MTG-001", "mine", "help", "checklist MTG-001 open"):
        assert room.core.is_aside(says), says
    for says in ("action accept ACT-001", "agenda next", "no such sentence", ""):
        assert not room.core.is_aside(says), says


async def test_what_it_promises_is_what_happens(room: MeetingRoom) -> None:
    """A command may still ask of itself: that is known only once it is said."""
    await room.opened()
    await room.say(anna, "action send the batch record by Friday")
    await room.deliver()
    card = next(card for card in room.cards() if "ACT-001" in card.summary)
    promised = [says for says in buttons(card).values() if room.core.is_aside(says)]
    assert promised
    for says in promised:
        assert isinstance(await room.press(anna, says), Form), says


async def test_a_form_that_was_refused_can_be_shown_again(room: MeetingRoom) -> None:
    await room.opened()
    form = await room.say(anna, "member add")
    assert isinstance(form, Form)
    values: dict[str, Any] = {"name": "Eva Nowak", "side": "cmo", "role": "expert"}
    turn = Turn("d-form", ROOM, anna, room.clock.now(), Filled(form.message, form.given, values, form.place))
    assert isinstance(await room.core.hear(turn), Notice)  # somebody without an account needs an address
    again = await room.core.form_again(turn)
    assert again is not None
    shown = {block.name: block.value for block in again.blocks if isinstance(block, TextInput)}
    assert shown["name"] == "Eva Nowak"
    assert (again.message, again.given, again.place) == (form.message, form.given, form.place)


async def test_a_form_that_left_something_out_leaves_it_out_again(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "note the filters are in stock")
    room.clock.advance(minutes=16)
    form = await room.say(anna, "correct NOT-001")
    assert isinstance(form, Form)
    filled = Filled(form.message, form.given, {"text": "the filters are here", "reason": "x"}, form.place)
    turn = Turn("d-form", ROOM, anna, room.clock.now(), filled)
    assert "at least 5 characters" in words(await room.core.hear(turn))
    again = await room.core.form_again(turn)
    assert again is not None
    asked = [[block.name for block in one.blocks if isinstance(block, Input)] for one in (form, again)]
    assert asked[0] == asked[1]
    assert {"text", "reason"} <= set(asked[0]) <= {"record", "text", "reason"}


async def test_nothing_else_is_a_form_again(room: MeetingRoom) -> None:
    await room.opened()
    now = room.clock.now()
    for act in (Pressed("mine"), Filled("NoSuchForm", "{}"), Filled("AddMember", "{}", {"x": "y"})):
        shown = await room.core.form_again(Turn("d", ROOM, anna, now, act))
        assert shown is None or isinstance(shown, Form)
    assert await room.core.form_again(Turn("d", ROOM, anna, now, Pressed("mine"))) is None
    assert await room.core.form_again(Turn("d", ROOM, anna, now, Filled("NoSuchForm", "{}"))) is None
