"""Cards and notices in Slack: what people see, and that Slack takes them whatever they hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.slack.render import MOST_BYTES, card_message, notice_message, weight
from adapters.slack.render_carried import ButtonValue, read_value
from core.view import (
    Bold,
    Button,
    Buttons,
    ButtonStyle,
    Card,
    Divider,
    Field,
    Fields,
    Italic,
    Link,
    List,
    Notice,
    PersonSpan,
    Picture,
    Place,
    Plain,
    RefSpan,
    Sentence,
    Table,
    Text,
    TimeSpan,
    TimeStyle,
    Title,
    Tone,
    parse,
)
from tests.tools.block_kit import problems
from tests.tools.stopwatch import ratio
from tests.view.made_up import CARDS, HOSTILE, NOTICES
from tests.view.test_markup import ACTION_CARD

Json = dict[str, Any]
ACCOUNTS = {"p-aoife": "U01AOIFE", "p-priya": "U02PRIYA", "p-ben": "U03BEN"}
AT_TWO = TimeSpan(datetime(2026, 3, 12, 14, tzinfo=UTC), "Europe/Dublin")
HARD = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def drawn(*blocks: Any, **more: Any) -> list[Json]:
    message = card_message(Card("a card", blocks, **more), ACCOUNTS)
    assert problems(message) == []
    found: list[Json] = message["blocks"]
    return found


def line(*spans: Any) -> list[Json]:
    (block,) = drawn(Text(spans))
    (section,) = block["elements"]
    found: list[Json] = section["elements"]
    return found


def words(value: object) -> str:
    """All that a person reads of it."""
    match value:
        case {"type": "date", "fallback": str(text)}:
            return text
        case {"type": "image", "alt_text": str(text)}:
            return text
        case dict():
            return " ".join(words(value[key]) for key in ("text", "elements", "rows") if key in value)
        case list():
            return " ".join(map(words, value))
        case str():
            return value
    raise AssertionError(f"no words in {value!r}")


def test_the_action_card():
    card = parse(ACTION_CARD, place=Place("NVT", "ACT-012", 3))
    assert isinstance(card, Card)
    message = card_message(card, ACCOUNTS)
    assert problems(message) == []
    assert message["text"] == "ACT-012 was assigned to Ben Walsh"
    header, text, fields, actions = message["blocks"]
    assert header["text"] == {
        "type": "plain_text", "text": "▲ ACT-012 Send the batch record", "emoji": False,
    }  # fmt: skip
    assert {"type": "user", "user_id": "U03BEN"} in text["elements"][0]["elements"]
    assert words(fields) == "Due:  Fri 13 Mar 2026 \nSaid:  Thu 12 Mar 2026 14:00 (Europe/Dublin)"
    accept, page = actions["elements"]
    assert (accept["action_id"], accept["style"]) == ("say:0", "primary")
    assert read_value(accept["value"]) == ButtonValue("action accept ACT-012", Place("NVT", "ACT-012", 3))
    assert (page["action_id"], page["url"]) == ("open:1", "https://example.com/t/NVT")


def test_marks_within_a_line():
    assert line(
        Plain("a "), Bold("b"), Italic("c"), RefSpan("ACT-001"), Link("d", "https://e.example"), Sentence("/tt help")
    ) == [
        {"type": "text", "text": "a "},
        {"type": "text", "text": "b", "style": {"bold": True}},
        {"type": "text", "text": "c", "style": {"italic": True}},
        {"type": "text", "text": "ACT-001", "style": {"bold": True}},
        {"type": "link", "url": "https://e.example", "text": "d"},
        {"type": "text", "text": "/tt help", "style": {"code": True}},
    ]


def test_a_person_is_mentioned_where_slack_knows_them():
    assert line(PersonSpan("p-aoife", "Aoife Ní Bhriain"), PersonSpan("p-luis", "Luis Ortega")) == [
        {"type": "user", "user_id": "U01AOIFE"},
        {"type": "text", "text": "Luis Ortega"},
    ]


@pytest.mark.parametrize(
    ("style", "form", "fallback"),
    [
        (TimeStyle.MOMENT, "{date_short_pretty}, {time}", "Thu 12 Mar 2026 14:00 (Europe/Dublin)"),
        (TimeStyle.DATE, "{date_short_pretty}", "Thu 12 Mar 2026"),
        (TimeStyle.TIME, "{time}", "14:00 (Europe/Dublin)"),
    ],
)
def test_a_moment_is_in_the_readers_own_zone(style: TimeStyle, form: str, fallback: str):
    (element,) = line(TimeSpan(AT_TWO.at, AT_TWO.zone, style))
    assert element == {"type": "date", "timestamp": 1773324000, "format": form, "fallback": fallback}


def test_a_link_that_slack_would_refuse_is_words():
    assert line(Link("minutes", "javascript:alert(1)")) == [{"type": "text", "text": "minutes"}]


def test_a_title_has_words_for_people_and_times():
    (header,) = drawn(Title((Plain("Minutes for "), PersonSpan("p-aoife", "Aoife"), Plain(", "), AT_TWO)))
    assert header["text"]["text"] == "Minutes for @Aoife, Thu 12 Mar 2026 14:00 (Europe/Dublin)"


def test_small_print_reads_no_marks_in_words_of_people():
    quiet = Text((Plain("*said* by "), PersonSpan("p-aoife", "Aoife"), Plain(" "), AT_TWO), quiet=True)
    (block,) = drawn(quiet)
    assert block == {
        "type": "context",
        "elements": [
            {"type": "plain_text", "text": "*said* by", "emoji": False},
            {"type": "mrkdwn", "text": "<@U01AOIFE>"},
            {
                "type": "mrkdwn",
                "text": "<!date^1773324000^{date_short_pretty}, {time}|Thu 12 Mar 2026 14:00 (Europe/Dublin)>",
            },
        ],
    }
    (linked,) = drawn(Text((Plain("see "), Link("minutes", "https://e.example")), quiet=True))
    assert linked["type"] == "rich_text"


def test_every_block():
    blocks = drawn(
        List(((Plain("one"),), (Plain("two"),)), ordered=True),
        Table(("Ref", "Due"), (((RefSpan("ACT-001"),), ()),)),
        Picture("https://example.com/chart.png", "A control chart"),
        Divider(),
    )
    assert [block["type"] for block in blocks] == ["rich_text", "table", "image", "divider"]
    assert blocks[0]["elements"][0]["style"] == "ordered"
    assert [[words(cell) for cell in row] for row in blocks[1]["rows"]] == [["Ref", "Due"], ["ACT-001", " "]]


def test_only_the_first_table_is_slacks_own():
    table = Table(("Ref", "Text"), (((RefSpan("ACT-001"),), (Plain("Send it"),)),))
    first, second = drawn(table, table)
    assert (first["type"], words(second)) == ("table", "Ref      Text\nACT-001  Send it")


@pytest.mark.parametrize(
    ("tone", "sign"), [(Tone.GOOD, "✓ "), (Tone.WARN, "▲ "), (Tone.BAD, "✗ "), (Tone.PLAIN, ""), (Tone.QUIET, "")]
)
def test_a_tone_is_a_sign_before_the_first_words(tone: Tone, sign: str):
    assert words(drawn(Title((Plain("Agreed"),)), tone=tone)) == f"{sign}Agreed"
    notice = notice_message(Notice(tone, (Text((Plain("Agreed"),)),)))
    assert words(notice["blocks"]).replace("  ", " ") == f"{sign}Agreed"
    assert notice["text"] == "Agreed"


def test_a_tone_shows_on_a_card_of_buttons_alone():
    assert words(drawn(Buttons((Button("Help", says="help"),)), tone=Tone.BAD)) == "✗ Help"


def test_a_rehearsal_says_training_first():
    message = card_message(Card("Agreed", (Text((Plain("Agreed"),)),), training=True))
    assert (words(message["blocks"][0]), message["text"]) == ("TRAINING", "TRAINING: Agreed")
    notice = notice_message(Notice(Tone.PLAIN, (Text((Plain("No."),)),), training=True))
    assert (words(notice["blocks"][0]), notice["text"]) == ("TRAINING", "TRAINING: No.")


def test_a_notice_is_for_one_person():
    notice = notice_message(
        Notice(Tone.PLAIN, (Text((Plain("Say"),)), List(((Plain("a"),), (Plain("b"),))), Buttons(())))
    )
    assert problems(notice) == []
    assert (notice["response_type"], notice["text"]) == ("ephemeral", "Say a; b")


def test_a_card_without_blocks_says_its_summary():
    assert words(drawn()) == "a card"
    assert words(notice_message(Notice(Tone.PLAIN, ()))["blocks"]) == "…"


@pytest.mark.parametrize("more", ["action list", None])
def test_a_long_list_is_cut_and_says_so(more: str | None):
    items = tuple((RefSpan(f"ACT-{n:03}"), Plain(" send the batch record")) for n in range(1000))
    listed, rest = drawn(List(items, more=more), place=Place("NVT"))
    shown = len(listed["elements"][0]["elements"])
    assert 20 < shown <= 100
    if more is None:
        assert words(rest) == f"… and {1000 - shown} more"
    else:
        (button,) = rest["elements"]
        assert button["text"]["text"] == f"Show {1000 - shown} more"
        assert read_value(button["value"]) == ButtonValue("action list", Place("NVT"))


def test_what_the_view_cut_counts_too():
    _, rest = drawn(List(((Plain("one"),),), more="action list", left=12))
    assert words(rest) == "Show 12 more"
    assert len(drawn(List(((Plain("one"),),), more="action list"))) == 1


def test_a_long_table_is_cut_and_says_so():
    rows = tuple(((RefSpan(f"ACT-{n:03}"),), (Plain("send it"),)) for n in range(500))
    table, rest = drawn(Table(("Ref", "Text"), rows))
    assert words(rest) == f"… and {501 - len(table['rows'])} more"


def test_a_long_text_is_cut_at_a_word():
    (element,) = line(Plain("word " * 10_000))
    assert 2900 < len(element["text"]) <= 3000
    assert element["text"].endswith(" word…")


def test_when_all_is_too_much_each_block_keeps_its_share():
    long = Text((Plain("word " * 590),))
    short = Text((Plain("Decision DEC-003 was agreed."),))
    blocks = drawn(Title((Plain("Minutes"),)), *[long] * 8, short, Buttons((Button("Help", says="help"),)))
    assert [block["type"] for block in blocks] == ["header", *["rich_text"] * 9, "actions"]
    assert words(blocks[9]) == "Decision DEC-003 was agreed."
    assert all(words(block).endswith("…") for block in blocks[1:9])
    assert MOST_BYTES * 0.8 < weight(blocks) <= MOST_BYTES


def test_of_too_many_blocks_the_buttons_stay():
    blocks = drawn(*[Text((Plain("one"),))] * 80, Buttons((Button("Help", says="help"),)))
    assert len(blocks) == 50
    assert blocks[-2]["type"] == "actions"
    assert words(blocks[-1]) == "… and 32 more parts"


def test_a_button_that_leads_nowhere_is_left_out():
    buttons = Buttons(
        (
            Button("Too long", says="say " * 700),
            Button("No page", href="javascript:alert(1)"),
            Button("Decline", says="action decline ACT-012", style=ButtonStyle.DANGER),
        )
    )
    (actions,) = drawn(buttons)
    assert [(one["text"]["text"], one["style"]) for one in actions["elements"]] == [("Decline", "danger")]


def test_more_than_25_buttons_take_another_row():
    rows = drawn(Buttons(tuple(Button(f"B{n}", says="help") for n in range(30))))
    assert [len(row["elements"]) for row in rows] == [25, 5]


def test_rows_upon_rows_of_buttons_are_weighed_with_their_ids():
    row = Buttons(tuple(Button(f"Page {n}", href="https://example.com/t/NVT") for n in range(8)))
    assert len(drawn(*[row] * 12)) > 8


def test_a_value_that_tandem_did_not_write_is_refused():
    for strange in ("", "accept", "[]", '{"place": null}'):
        with pytest.raises(ValueError, match=r"."):
            read_value(strange)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_calls_nobody(text: str):
    line = (Plain(text),)
    card = Card(
        text,
        (
            Title(line),
            Text(line),
            Text((Plain(text), PersonSpan("p-aoife", text), PersonSpan("p-nobody", text)), quiet=True),
            Fields((Field(text, line),)),
            List((line, (Bold(text), Italic(text)))),
            Table((text,), ((line,),)),
            Table((text,), ((line,),)),
            Picture("https://example.com/a.png", text),
            Buttons((Button(text, says="help"),)),
        ),
    )
    message = card_message(card, ACCOUNTS)
    assert problems(message) == []
    assert called(message["blocks"]) <= {"U01AOIFE"}


def called(value: object) -> set[str]:
    """Every account and group that Slack would notify."""
    match value:
        case {"type": "user", "user_id": str(account)}:
            return {account}
        case {"type": "broadcast" | "usergroup" | "channel"}:
            return {value["type"]}
        case {"type": "mrkdwn", "text": str(text)} if text.startswith("<@"):
            return {text[2:-1]}
        case dict():
            return set().union(*map(called, value.values()))
        case list():
            return set().union(*map(called, value))
    return set()


@HARD
@given(CARDS)
def test_slack_takes_any_card(card: Card):
    message = card_message(card, ACCOUNTS)
    assert problems(message) == []
    assert called(message["blocks"]) <= set(ACCOUNTS.values())
    assert message == card_message(card, ACCOUNTS)


@HARD
@given(NOTICES)
def test_slack_takes_any_notice(notice: Notice):
    message = notice_message(notice, ACCOUNTS)
    assert problems(message) == []
    assert called(message["blocks"]) <= set(ACCOUNTS.values())


def test_drawing_a_card_costs_little_more_than_to_write_it_as_json():
    card = parse(ACTION_CARD, place=Place("NVT", "ACT-012", 3))
    assert isinstance(card, Card)
    message = card_message(card, ACCOUNTS)
    assert ratio(lambda: card_message(card, ACCOUNTS), lambda: json.dumps(message)) < 5
