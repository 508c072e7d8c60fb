"""Cards in Teams: within its limits, in its own words, and nothing that a person wrote is read as more than text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from adapters.teams.render import card_content, notice_content
from adapters.teams.render_form import Stands, form_content
from adapters.teams.render_text import escaped
from core.api import (
    Block,
    Bold,
    Button,
    Buttons,
    ButtonStyle,
    Card,
    ChoiceInput,
    DateInput,
    Divider,
    Field,
    Fields,
    Form,
    Italic,
    Link,
    List,
    Notice,
    Option,
    PeopleInput,
    PersonSpan,
    Picture,
    Place,
    Plain,
    RefSpan,
    Table,
    Text,
    TextInput,
    TimeSpan,
    TimeStyle,
    Title,
    Tone,
)
from tests.tools.adaptive_cards import problems, told_by_renderer

HOSTILE = "**b** _i_ [x](https://evil.example) <at>Marta</at> {{DATE(2026-01-01T00:00:00Z)}} {{{x}}} `c` &amp; \\ ~s~"
AT = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
PEOPLE = {"p1": "aad-1", "p2": "aad-2"}


def card(*blocks: Block, **more) -> Card:
    return Card("ACT-012 · verify", blocks, **more)


def drawn(*blocks: Block, **more) -> dict:
    content = card_content(card(*blocks, **more), PEOPLE)
    assert problems(content) == []
    return content


def texts(content: dict) -> str:
    return json.dumps(content["body"], ensure_ascii=False)


def test_a_moment_is_shown_in_the_reader_s_zone() -> None:
    times = tuple(TimeSpan(AT, "Europe/Dublin", style) for style in TimeStyle)
    (line,) = drawn(Text(times))["body"]
    assert [run["text"] for run in line["inlines"]] == [
        "{{DATE(2026-03-12T14:00:00Z,SHORT)}}",
        "{{TIME(2026-03-12T14:00:00Z)}}",
        "{{DATE(2026-03-12T14:00:00Z,SHORT)}} {{TIME(2026-03-12T14:00:00Z)}}",
    ]


def test_somebody_with_an_account_is_mentioned() -> None:
    content = drawn(Text((PersonSpan("p1", "Marta <b> & Co"), Plain(" and "), PersonSpan("p9", "Nobody"))))
    assert content["body"][0]["text"] == "<at>Marta  b    Co</at> and Nobody"
    assert content["msteams"]["entities"] == [
        {"type": "mention", "text": "<at>Marta  b    Co</at>", "mentioned": {"id": "aad-1", "name": "Marta  b    Co"}}
    ]


def test_two_people_of_one_name_are_two_mentions() -> None:
    content = drawn(Text((PersonSpan("p1", "Luís"), Plain(" "), PersonSpan("p2", "Luís"), PersonSpan("p1", "Luís"))))
    entities = content["msteams"]["entities"]
    assert [entity["mentioned"]["id"] for entity in entities] == ["aad-1", "aad-2"]
    assert len({entity["text"] for entity in entities}) == 2


@pytest.mark.parametrize(
    "block",
    [
        Title((Plain(HOSTILE),)),
        Text((Plain(HOSTILE), PersonSpan("p1", "Marta"))),
        Text((Bold(HOSTILE), Italic(HOSTILE), RefSpan("ACT-012"))),
        Fields((Field(HOSTILE, (Plain(HOSTILE), PersonSpan("p1", HOSTILE))),)),
        List(((Plain(HOSTILE),), (Plain(HOSTILE), PersonSpan("p2", HOSTILE)))),
        Table((HOSTILE, "b"), (((Plain(HOSTILE),), (Plain("x"),)),)),
        Buttons((Button(HOSTILE, "mine"),)),
        Text((Link(HOSTILE, "https://x.example/a(b)"), PersonSpan("p1", "Marta"))),
    ],
)
def test_what_a_person_wrote_is_text(block: Block) -> None:
    shown = texts(drawn(block, Text((PersonSpan("p1", "Marta"),))))
    assert "{{DATE" not in shown
    for mark in ("**b**", "[x](https://evil.example)"):
        in_marks = [found for found in _marked_texts(drawn(block)) if mark in found]
        assert in_marks == []


def _marked_texts(node: dict | list) -> list[str]:
    """The texts that Teams reads Markdown in."""
    found: list[str] = []
    if isinstance(node, list):
        return [text for one in node for text in _marked_texts(one)]
    if node.get("type") == "TextBlock":
        found.append(node["text"])
    found += [fact["value"] for fact in node.get("facts", ())] + [fact["title"] for fact in node.get("facts", ())]
    for value in node.values():
        if isinstance(value, dict | list) and not (isinstance(value, list) and value and isinstance(value[0], str)):
            found += _marked_texts(value)
    return found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("a*b_c", r"a\*b\_c"),
        ("- no list", r"\- no list"),
        ("1. no list", r"\1. no list"),
        ("a - b", "a - b"),
        ("# no head", r"\# no head"),
        ("{{x}}", "{\u2060{x}}"),
        ("a\nb", "a\n\nb"),
    ],
)
def test_marks_are_escaped_where_teams_reads_them(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_the_tone_is_a_sign_and_a_colour_that_can_be_read() -> None:
    for tone, sign, colour in ((Tone.GOOD, "✓", "Good"), (Tone.WARN, "▲", None), (Tone.BAD, "✗", "Attention")):
        first = drawn(Title((Plain("Done"),)), tone=tone)["body"][0]
        assert first["text"].startswith(sign)
        assert first.get("color") == colour, "Teams draws Warning in yellow, on white"


def test_training_is_said_first() -> None:
    content = drawn(Title((Plain("Done"),)), training=True)
    assert content["body"][0]["text"] == "TRAINING"
    assert content["fallbackText"].startswith("TRAINING")


def test_a_button_has_a_submit_for_old_clients() -> None:
    buttons = Buttons(
        (
            Button("Done", "action done ACT-012", style=ButtonStyle.MAIN),
            Button("Cancel", "action cancel ACT-012", style=ButtonStyle.DANGER),
            Button("Page", href="https://tandem.example/t/NVT"),
            Button("Nowhere", href="javascript:alert(1)"),
            Button("Too long", "x" * 5000),
        )
    )
    (row,) = drawn(buttons, place=Place("NVT", "ACT-012", 3))["body"]
    assert [action["title"] for action in row["actions"]] == ["Done", "Cancel", "Page"]
    done = row["actions"][0]
    assert (done["type"], done["style"], done["fallback"]["type"]) == ("Action.Execute", "positive", "Action.Submit")
    assert done["data"] == {
        "tandem": {"says": "action done ACT-012", "place": {"transfer": "NVT", "record": "ACT-012", "version": 3}}
    }


def test_many_buttons_stand_in_rows() -> None:
    rows = drawn(Buttons(tuple(Button(str(number), "mine") for number in range(14))))["body"]
    assert [len(row["actions"]) for row in rows] == [6, 6, 2]


def test_long_titles_stand_in_more_rows() -> None:
    rows = drawn(Buttons(tuple(Button(f"Evidence for PQ-{number:02}…", "mine") for number in range(5))))["body"]
    assert [len(row["actions"]) for row in rows] == [2, 2, 1]


def test_text_that_turns_around_turns_back() -> None:
    (line,) = drawn(Text((Plain("\u202eabc"), Bold(" mine"))))["body"]
    assert line["inlines"][0]["text"] == "\u202eabc\u202c"


def test_a_word_without_end_breaks() -> None:
    (line,) = drawn(Text((Plain("W" * 200),)))["body"]
    assert max(len(part) for part in line["inlines"][0]["text"].split("\u200b")) == 60


def test_a_long_list_ends_with_a_button_that_shows_the_rest() -> None:
    items = tuple((Plain(f"ACT-{number:03} verify the batch record"),) for number in range(200))
    content = drawn(List(items, more="action list"))
    button = content["body"][-1]["actions"][0]
    shown = len(content["body"]) - 1
    assert button["title"] == f"Show {200 - shown} more"
    assert button["data"]["tandem"]["says"] == "action list"
    (line,) = drawn(List(((Plain("one"),),), left=7))["body"][1:]
    assert line["text"] == "… and 7 more"


def test_everything_at_once_stays_within_the_limit() -> None:
    words = "wörds 🎉 & <marks> " * 200
    many = tuple((Plain(f"{number} {words}"), PersonSpan("p1", "Marta")) for number in range(300))
    content = drawn(
        Title((Plain(words),)), Text((Plain(words * 20),)), Fields(tuple(Field(words, line) for line in many)),
        List(many, more="action list"), Table(("a", "b", "c"), tuple((line, line, line) for line in many)),
        Divider(), Picture("https://x.example/p.png", words), Text((Plain(words * 20), PersonSpan("p2", "Luís"))),
        Buttons(tuple(Button(words, "mine") for _ in range(30))),
    )  # fmt: skip
    assert 20_000 < len(json.dumps(content, ensure_ascii=False).encode()) < 28_000


def test_an_empty_card_says_its_summary() -> None:
    assert "ACT-012" in texts(drawn())
    assert problems(notice_content(Notice(Tone.PLAIN, ()))) == []


FORM = Form(
    "New action",
    (
        Text((Plain("Some parts are missing."),)),
        TextInput("text", "What", HOSTILE, hint="such as “verify”", multiline=True, longest=300),
        DateInput("due", "By when", date(2026, 3, 13), hint="a working day"),
        PeopleInput("owners", "Who", ("p1",), many=True),
        ChoiceInput("side", "Side", (Option("cmo", "CMO"), Option("sponsor", "Sponsor")), ("cmo",)),
        ChoiceInput("roles", "Roles", tuple(Option(f"r{n}", f"Role {n}") for n in range(9)), ("r1", "r2"), many=True),
        Divider(),
    ),
    "Record", "record_action", '{"meeting":"MTG-001"}', "action …", place=Place("NVT"),
)  # fmt: skip


@pytest.mark.parametrize("stands", Stands)
def test_a_form_is_a_card(stands: Stands) -> None:
    content = form_content(FORM, PEOPLE, stands, wrong={"due": "Give a day to come.", "other": "And this."})
    assert problems(content) == []
    inputs = {element["id"]: element for element in content["body"] if element["type"].startswith("Input.")}
    assert inputs["text"]["value"] == HOSTILE  # it is sent back as it stands
    assert inputs["due"]["value"] == "2026-03-13"
    assert inputs["side"]["value"] == "cmo"
    assert inputs["roles"]["value"] == "r1,r2"
    assert inputs["roles"]["style"] == "compact"
    said = texts(content)
    assert "Give a day to come." in said
    assert "And this." in said
    assert content["body"][-1]["actions"][0]["type"] == (
        "Action.Submit" if stands is Stands.DIALOG else "Action.Execute"
    )


def test_microsoft_s_renderer_takes_all_of_it() -> None:
    everything = card_content(
        card(
            Title((Plain(HOSTILE),)), Text((Plain("x"), TimeSpan(AT, "UTC"))), Fields((Field("a", (Plain("b"),)),)),
            List(((Plain("x"),),), more="action list", left=3), Table(("a",), (((Plain("b"),),),)),
            Picture("https://x.example/p.png", "a picture"), Divider(), Buttons((Button("Go", "mine"),)),
        )
    )  # fmt: skip
    bare = replace(FORM, blocks=tuple(block for block in FORM.blocks if not isinstance(block, PeopleInput)))
    assert told_by_renderer([everything, form_content(bare), form_content(bare, stands=Stands.DIALOG)]) == [[], [], []]
