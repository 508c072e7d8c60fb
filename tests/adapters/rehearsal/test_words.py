"""The rehearsal room in a made-up language: all words of its own are turned, and each of them is said somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from adapters.rehearsal import keeping, render
from adapters.rehearsal.cast import load_cast
from adapters.rehearsal.gallery import gallery
from adapters.rehearsal.render_form import form
from adapters.rehearsal.render_line import line
from adapters.rehearsal.render_text import Reader
from adapters.rehearsal.rooms import ANSWER, POST, SAID, Entry, Line
from core.api import (
    Address,
    Button,
    Buttons,
    Card,
    ChoiceInput,
    DateInput,
    Form,
    Gone,
    List,
    Notice,
    Option,
    Outgoing,
    PeopleInput,
    Picture,
    Plain,
    StoreDown,
    Table,
    Text,
    TextInput,
    Tone,
)  # fmt: skip
from core.catalogue import in_adapters
from tests.adapters.made_up_language import Turned
from tests.adapters.rehearsal.stage import OPEN, Stage

OWN = {sentence for file, sentence in in_adapters() if file.startswith("adapters/rehearsal/")}
ONE = (Plain("1"),)
AT = datetime(2026, 3, 9, 9, tzinfo=UTC)
NOBODY = replace(load_cast(), companies={"sponsor": "1", "cmo": "2"}, players=())
CARD = Card(
    "1",
    (List((ONE,) * 99, more="mine"), Table(("1",), ((ONE,),) * 99), Picture("https://1.example", "1"),
     Buttons((Button("1", says="mine"),)), *[Text(ONE)] * 60),
    training=True,
)  # fmt: skip
FORM = Form(
    "1",
    (TextInput("1", "1", required=False), DateInput("2", "2", date(2026, 3, 9)), PeopleInput("4", "4"),
     ChoiceInput("3", "3", tuple(Option(str(n), str(n)) for n in range(9))),
     ChoiceInput("5", "5", (Option("1", "1"),))),
    "1", "M", "{}", "1", training=True,
)  # fmt: skip
TONES = [Notice(tone, (Text(ONE), List((ONE,) * 99))) for tone in Tone]
READ_ALOUD = ("aria-label", "alt", "placeholder")


@pytest.fixture
def turned() -> Turned:
    return Turned()


def entry(body: str, kind: str = POST, only_for: str | None = None, changed: bool = False) -> Line:
    written = Entry(Address("rehearsal", "training", "sponsor"), kind, "1", body, None, only_for)
    return Line(1, 1, 1, written, AT, AT + timedelta(days=2) if changed else None)


def pages(reader: Reader) -> Iterator[str]:
    """All that the room draws, of content without a letter."""
    yield render.card(CARD, reader)
    yield from (render.notice(one, reader) for one in TONES)
    yield form(FORM, reader, NOBODY)
    yield gallery([], reader, NOBODY)
    yield line(entry("no card", changed=True), reader, NOBODY)
    yield line(entry(keeping.write(TONES[0]), ANSWER, "1"), reader, NOBODY)
    yield line(entry("1", SAID), reader, NOBODY, root=entry(keeping.write(CARD)))


def foreign(html: str) -> list[str]:
    """What is read outside the marks; Tandem's name, hours and months are no words of a language of its own."""
    page = BeautifulSoup(html, "html.parser")
    texts = [*page.stripped_strings, *(str(tag.get(name, "")) for tag in page.find_all() for name in READ_ALOUD)]
    return [text for text in texts if re.search(r"[^\W\d_]", re.sub("«[^»]*»|^Tandem$", "", text))]


def test_all_that_is_drawn_is_in_the_language(turned: Turned) -> None:
    drawn = list(pages(Reader(zone="UTC", say=turned)))
    assert [foreign(html) for html in drawn] == [[]] * len(drawn)


async def test_each_word_of_the_room_s_own_is_said_somewhere(stage: Stage, turned: Turned, monkeypatch: Any) -> None:
    list(pages(Reader(zone="UTC", say=turned)))
    monkeypatch.setattr(type(stage.core), "say", lambda _, sentence, /, **values: turned(sentence, **values))
    monkeypatch.setattr("adapters.rehearsal.site.MOST_REHEARSALS", 0)
    full = await stage.client.get("/rehearsal/anew")
    assert (await full.text()).startswith("«There are 0 rehearsals")
    await stage.post("say", "aoife", text="/help")

    async def down(turn: object) -> None:
        raise StoreDown("OperationalError")

    monkeypatch.setattr(stage.core, "hear", down)
    refused = await stage.post("say", "aoife", text=OPEN)
    assert (await refused.json())["error"].startswith("«The store cannot be reached")
    stranger = Outgoing("1", Address("rehearsal", "training", "nobody", direct=True), Card("1", ()), {})
    with pytest.raises(Gone, match="«nobody here is called nobody»"):
        await stage.site.messenger.send(stranger)
    assert OWN - turned.said == set()
