"""Signs that turn the reading direction stay in what was said; what is shown of it reads in its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from core.features.decisions.records import Decision
from core.features.minutes.records import Minutes
from core.kernel.audit import Source
from tests.features.capture.talking import proposal
from tests.meeting_room import MeetingRoom, anna, luis, marta, tomas, words

TURNED = "\u202ethgir\u202c of \u202dleft\u202c and \u2067isolated\u2069 and \u202bembedded\u202c"
UPRIGHT = "thgir of left and isolated and embedded"
HEBREW = "אשר את הפרוטוקול v2 עד יום שישי\u200f"
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


async def test_nothing_that_is_shown_turns_a_line_and_nothing_that_is_kept_is_changed(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, f'meeting new "Review {TURNED}" at:"12 Mar 2026 14:00" for:60m')
    await room.say(anna, f"agenda add point {TURNED}")
    assert "Item 2 is on the agenda" in words(await room.say(anna, "agenda add “point \u202ethgir” for:5m"))
    room.clock.set(datetime(2026, 3, 12, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.say(anna, "agenda next")
    card = await room.say(luis, f"decision we go {TURNED}")
    assert words(card).count("thgir of left") == 1, "not once in its title and again as a longer text"
    await room.say(luis, f"action send {TURNED}", slash=False)
    await room.say(marta, f"decision {HEBREW}")
    await room.talk(tomas, f"someone needs to chase {TURNED}")
    form = await room.press(tomas, "proposal edit PRP-001")
    listed = [await room.say(anna, said) for said in ("decision list", "action list", "agenda", "proposals", "DEC-001")]
    await room.say(anna, "meeting end anyway")
    sent = await room.deliver()
    shown = [words(form), *map(words, listed), *(words(out.card) for out in sent)]
    shown += [out.card.summary for out in sent]
    markdown = next(row for row in room.rows(Minutes)).markdown
    assert not [text for text in (*shown, markdown) if TURNS.search(text)]
    assert f"we go {UPRIGHT}" in "\n".join(shown)
    assert f"we go {UPRIGHT}" in markdown
    assert HEBREW in "\n".join(shown)
    assert HEBREW in markdown
    assert [row.text for row in room.rows(Decision)] == [f"we go {TURNED}", HEBREW]
    assert proposal(room).text.startswith("chase \u202e")
    assert any(TURNED in one.text for one in room.rows_of(Source))
