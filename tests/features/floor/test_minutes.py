"""Motions in the minutes: the card, the Markdown and the page count what the store holds."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from core import documents
from core.features.floor.records import Motion
from core.features.minutes.commands import view_of
from core.features.minutes.records import Minutes
from tests.features.floor.rooms import card_of
from tests.features.meetings.planned import started
from tests.meeting_room import MeetingRoom, anna, luis, marta, priya, tomas, words

HOSTILE = "<!channel> </at> {{7*7}} *bold* [link](http://x) `code` & <b>"


async def held(room: MeetingRoom) -> Minutes:
    """The minutes of a meeting with a motion that was carried and recorded, one that was not, and one that lapsed."""
    await started(room, "batches")
    await room.say(anna, "agenda next")
    for text in ("we go with three batches", HOSTILE, "the swab plan is extended"):
        await room.say(luis, f"motion {text}")
    for who, vote in ((anna, "yes"), (priya, "yes"), (tomas, "abstain"), (luis, "no"), (marta, "yes")):
        await room.say(who, f"vote MOT-001 {vote}")
    await room.say(luis, "vote MOT-002 no")
    await room.say(anna, "motion close MOT-001")
    await room.say(anna, "motion close MOT-002")
    await room.press(anna, "motion record MOT-001")
    await room.say(anna, "meeting end anyway")
    minutes: Minutes = room.rows(Minutes)[0]
    return minutes


async def test_every_form_counts_what_the_store_holds(room: MeetingRoom) -> None:
    minutes = await held(room)
    stored = [
        tuple(sum(one["vote"] == vote for one in row.votes) for vote in ("yes", "no", "abstain"))
        for row in room.rows(Motion)
    ]
    assert stored == [(3, 1, 1), (0, 1, 0), (0, 0, 0)]
    counts = re.compile(r"(\d+) yes, (\d+) no, (\d+) abstained")

    card = words(await card_of(room, "MIN-001"))
    assert "Motions (3)" in card
    assert [tuple(map(int, one)) for one in counts.findall(card)] == stored
    assert "- MOT-001 we go with three batches · carried: 3 yes, 1 no, 1 abstained · recorded as DEC-001" in card
    assert "· not closed: 0 yes, 0 no, 0 abstained" in card

    soup = BeautifulSoup(MarkdownIt().render(minutes.markdown), "html.parser")
    [heading] = [one for one in soup("h2") if one.get_text() == "Motions (3)"]
    listed = heading.find_next("ul")
    assert listed is not None
    lines = [one.get_text() for one in listed.find_all("li", recursive=False)]
    assert [tuple(map(int, found.groups())) for line in lines if (found := counts.search(line))] == stored
    assert "Norvane Therapeutics: 2 yes, 0 no, 1 abstained" in lines[0]
    assert "Tarnbrook Manufacturing: 1 yes, 1 no, 0 abstained" in lines[0]
    assert HOSTILE in lines[1]

    view = view_of(minutes)
    page = BeautifulSoup(
        documents.html(room.core.door.words, "minutes", view, training=False, sha256=minutes.sha256), "html.parser"
    )
    count = page.select_one("#motions .count")
    assert count is not None
    assert int(count.get_text()) == len(stored)
    states = [one.get_text() for one in page.select("#motions .state")]
    assert states == ["carried", "not carried", "not closed"]
    told = [one.get_text() for one in page.select("#motions article")]
    assert [tuple(map(int, found.groups())) for one in told if (found := counts.search(one))] == stored


async def test_a_meeting_without_motions_says_nothing_of_them(room: MeetingRoom) -> None:
    await started(room)
    await room.say(anna, "meeting end anyway")
    assert "Motions" not in room.rows(Minutes)[0].markdown
    assert "Motions" not in words(await card_of(room, "MIN-001"))
