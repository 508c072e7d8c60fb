"""Nobody gives themselves more time: a later date of what one owns is another person's to give."""

from __future__ import annotations

from core.features.actions.records import Action
from core.features.capa.records import CapaLine
from tests.features.actions.people import direct
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, marta, words


async def test_an_owner_asks_another_person_for_a_later_date_of_an_action(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(marta, "action send the batch record @p by 20 March", p=marta)
    await room.say(marta, "correct ACT-001 by 23 March")
    [action] = room.rows(Action)
    assert str(action.due) == "2026-03-23", "a slip is mended at once"
    await room.say(marta, "action accept ACT-001")
    room.clock.advance(minutes=16)
    refused = await room.say(marta, 'correct ACT-001 by 30 March reason:"I need more time"')
    assert "ACT-001 is yours, and nobody gives themselves more time" in words(refused)
    assert "action extend ACT-001 by 2026-03-30" in words(refused)
    await room.deliver()
    assert "Jürgen Weiß" in words(await room.say(marta, "action extend ACT-001 by 30 March"))
    await room.deliver()
    asked = room.cards(direct(jurgen))[-1]
    assert str(room.rows(Action)[0].due) == "2026-03-23"
    [yes] = [says for says in buttons(asked).values() if says.startswith("correct")]
    await room.press(jurgen, yes, at=direct(jurgen))
    assert str(room.rows(Action)[0].due) == "2026-03-30"
    await room.say(marta, 'correct ACT-001 by 26 March reason:"it came early"')
    assert str(room.rows(Action)[0].due) == "2026-03-26", "sooner may they all"


async def test_another_lead_or_qa_gives_a_capa_line_s_owner_a_later_date(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'capa new "Hold time was never challenged"')
    await room.say(marta, 'capa line CAPA-001 correction "retrain line 4" @p by 20 March', p=marta)
    await room.say(marta, "capa accept CAPA-001.1")
    await room.say(marta, 'capa assign CAPA-001.1 by 23 March reason:"I meant Monday"')
    room.clock.advance(minutes=16)
    for verb in ("capa assign", "correct"):
        refused = words(await room.say(marta, f'{verb} CAPA-001.1 by 30 March reason:"I need more time"'))
        assert "CAPA-001.1 is yours, and nobody gives themselves more time. Another lead or QA" in refused
        assert "Jürgen Weiß (Tarnbrook Manufacturing)" in refused
    [line] = room.rows(CapaLine)
    assert (str(line.due), line.state) == ("2026-03-23", "in_progress"), "what one changes oneself stays accepted"
    await room.say(marta, 'capa assign CAPA-001.1 by 22 March reason:"it goes faster"')
    await room.say(jurgen, 'capa assign CAPA-001.1 by 30 March reason:"the line is down"')
    assert str(room.rows(CapaLine)[0].due) == "2026-03-30"
