from core.view import Form
from tests.meeting_room import MeetingRoom, anna, buttons


async def test_a_platform_can_know_which_button_opens_a_form(room: MeetingRoom) -> None:
    await room.opened()
    assert room.core.asks_more("action cancel ACT-001")
    assert room.core.asks_more("meeting move MTG-001")
    assert not room.core.asks_more("action accept ACT-001")
    assert not room.core.asks_more("mine")
    assert not room.core.asks_more("help")
    assert not room.core.asks_more("")


async def test_what_it_promises_is_what_happens(room: MeetingRoom) -> None:
    """A command may still ask of itself: that is known only once it is said."""
    await room.opened()
    await room.say(anna, "action send the batch record by Friday")
    await room.deliver()
    card = next(card for card in room.cards() if "ACT-001" in card.summary)
    promised = [says for says in buttons(card).values() if room.core.asks_more(says)]
    assert promised
    for says in promised:
        assert isinstance(await room.press(anna, says), Form), says
