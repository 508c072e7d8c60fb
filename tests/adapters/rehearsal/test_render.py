"""Cards, notices and forms as HTML: what people see, and that no text of theirs is ever anything but text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, given, settings

from adapters.rehearsal import keeping
from adapters.rehearsal.cast import load_cast
from adapters.rehearsal.render import MOST_ITEMS, card, notice
from adapters.rehearsal.render_form import form
from adapters.rehearsal.render_text import Reader
from core.view import (
    Bold,
    Button,
    Buttons,
    Card,
    ChoiceInput,
    DateInput,
    Form,
    Link,
    List,
    Notice,
    Option,
    PeopleInput,
    PersonSpan,
    Picture,
    Place,
    Plain,
    Table,
    Text,
    TextInput,
    TimeSpan,
    TimeStyle,
    Title,
    Tone,
)
from tests.view.made_up import CARDS, HOSTILE, NOTICES, forms

CAST = load_cast()
TOMAS = Reader("tomas", "Europe/Prague", {"p-tomas": "tomas", "p-marta": "marta"}, "http://127.0.0.1:8080")
AT_TWO = TimeSpan(datetime(2026, 3, 12, 14, tzinfo=UTC), "Europe/Dublin")
HARD = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
TAGS = {
    "a", "article", "bdi", "button", "code", "dd", "div", "dl", "dt", "em", "fieldset", "figure", "form", "h2", "h3",
    "hr", "img", "input", "label", "legend", "li", "ol", "option", "p", "select", "span", "strong", "table", "tbody",
    "td", "textarea", "th", "thead", "time", "tr", "ul",
}  # fmt: skip


def drawn(*blocks: Any, **more: Any) -> Tag:
    return BeautifulSoup(card(Card("a card", blocks, **more), TOMAS), "html.parser")


def harmless(html: str) -> None:
    """No element, handler or address that the renderer did not write itself."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        assert tag.name in TAGS, tag
        assert not [name for name in tag.attrs if name.startswith("on") or name in ("style", "srcdoc")], tag
        for name in ("href", "src"):
            address = str(tag.get(name, "https://"))
            assert address.startswith(("https://", "http://", "mailto:", "/")), tag


def test_a_person_a_time_and_a_link_stand_in_a_line():
    said = Text((Plain("Ask "), PersonSpan("p-marta", "Marta Kowalczyk"), Plain(" by "), AT_TWO, Bold("!"),
                 Link("here", "https://example.com/t")))  # fmt: skip
    html = drawn(said)
    mention, time, link = html.select_one(".mention"), html.time, html.a
    assert mention
    assert mention.get_text() == "@Marta Kowalczyk"
    assert "me" not in mention["class"]
    assert time
    assert time["datetime"] == "2026-03-12T14:00:00+00:00"
    assert time.get_text() == "Thu 12 Mar 2026, 15:00 Prague"
    assert link
    assert link["rel"] == ["noopener", "noreferrer"]


def test_ones_own_name_stands_out():
    mention = drawn(Text((PersonSpan("p-tomas", "Tomáš Dvořák"),))).select_one(".mention")
    assert mention
    assert "me" in mention["class"]


def test_a_time_of_a_reader_without_zone_is_in_its_own_zone():
    html = card(Card("c", (Text((replace(AT_TWO, style=TimeStyle.TIME),)),)), Reader())
    assert BeautifulSoup(html, "html.parser").get_text() == "14:00 Dublin"


def test_training_stands_on_card_notice_and_form():
    text = Text((Plain("hello"),))
    views = (
        card(Card("c", (text,), training=True), TOMAS),
        notice(Notice(Tone.GOOD, (text,), training=True), TOMAS),
        form(Form("f", (text,), "Record", "AddAction", "{}", "", training=True), TOMAS, CAST),
    )
    for html in views:
        assert "Training" in html
    assert "Training" not in card(Card("c", (text,)), TOMAS)


def test_a_tone_is_said_in_words_too():
    for tone, words in ((Tone.BAD, "Not done"), (Tone.WARN, "Please look")):
        assert words in notice(Notice(tone, ()), TOMAS)


def test_what_went_well_is_said_once():
    said = Notice(Tone.GOOD, (Text((Plain("Recorded: ACT-001 · send the batch record · accepted"),)),))
    html = BeautifulSoup(notice(said, TOMAS), "html.parser")
    assert html.get_text(strip=True) == "Recorded: ACT-001 · send the batch record · accepted"


def test_a_button_carries_its_sentence_and_the_card_its_place():
    html = drawn(Buttons((Button("Accept", says="action accept ACT-001"),)), place=Place("NVT", "ACT-001", 2))
    button = html.button
    assert button
    assert button["data-says"] == "action accept ACT-001"
    assert html.article
    assert html.article["data-place"] == '{"transfer": "NVT", "record": "ACT-001", "version": 2}'


def test_a_button_that_leads_nowhere_safe_is_no_link():
    html = drawn(Buttons((Button("Minutes", href="javascript:alert(1)"),)))
    assert html.a is None
    assert html.get_text() == "Minutes"


def test_a_long_list_is_cut_and_can_be_shown():
    items = tuple((Plain(f"line {n}"),) for n in range(MOST_ITEMS + 7))
    html = drawn(List(items, more="action list", left=5))
    assert len(html.select("li")) == MOST_ITEMS
    more = html.select_one(".more")
    assert more
    assert more.get_text() == "and 12 more Show more"
    assert more.button
    assert more.button["data-says"] == "action list"


def test_a_table_has_heads_for_its_columns():
    html = drawn(Table(("Who", "What"), (((Plain("Aoife"),), (Plain("agenda"),)),)))
    assert [head.get_text() for head in html.select("th[scope=col]")] == ["Who", "What"]


def test_a_picture_of_another_site_is_a_link_and_of_this_one_an_image():
    elsewhere = drawn(Picture("https://example.com/chart.png", "the chart"))
    assert elsewhere.img is None
    assert elsewhere.get_text() == "Picture: the chart"
    own = drawn(Picture("http://127.0.0.1:8080/t/NVT/chart.png", "the chart"))
    assert own.img
    assert own.img["alt"] == "the chart"


def test_hostile_text_stays_text():
    for text in (*HOSTILE, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onclick='x"):
        html = card(Card(text, (Title((Plain(text),)), Text((PersonSpan("p-x", text),)),
                                Buttons((Button(text, says=text),)))), TOMAS)  # fmt: skip
        harmless(html)
        shown = BeautifulSoup(html, "html.parser").h3
        assert shown
        assert shown.get_text() == text or shown.get_text().endswith("…")


def test_a_form_is_filled_in_with_what_is_known():
    blocks = (
        TextInput("text", "What", 'say "yes" <now>', multiline=True),
        DateInput("due", "Due", date(2026, 3, 12), required=False),
        ChoiceInput("side", "Company", (Option("cmo", "CMO"), Option("sponsor", "Sponsor")), ("cmo",)),
        PeopleInput("owners", "Owners", ("p-marta", "p-email"), many=True),
    )
    html = form(Form("Action", blocks, "Record", "AddAction", '{"a": 1}', "action …"), TOMAS, CAST)
    harmless(html)
    soup = BeautifulSoup(html, "html.parser")
    assert soup.form
    assert soup.form["data-message"] == "AddAction"
    assert soup.form["data-given"] == '{"a": 1}'
    assert soup.textarea
    assert soup.textarea.get_text().lstrip("\n") == 'say "yes" <now>'
    due = soup.select_one("[name=due]")
    assert due
    assert due["value"] == "2026-03-12"
    chosen = [one["value"] for one in soup.select("[name=owners][checked], [name=owners][type=hidden]")]
    assert chosen == ["marta", "person:p-email"]
    side = soup.select_one("[name=side][checked]")
    assert side
    assert side["value"] == "cmo"
    labelled = {label["for"] for label in soup.select("label[for]")}
    assert labelled <= {one["id"] for one in soup.select("[id]")}


def test_a_member_without_an_account_here_can_be_chosen_by_name():
    members = (Option("p-marta", "Marta Kowalczyk", "Tarnbrook"), Option("p-email", "Henrik Lund", "Tarnbrook"))
    owners = PeopleInput("owners", "Owners", ("p-email", "p-gone"), many=True, options=members)
    html = form(Form("Action", (owners,), "Record", "AddAction", "{}", ""), TOMAS, CAST)
    soup = BeautifulSoup(html, "html.parser")
    ticks = {one["value"]: one.has_attr("checked") for one in soup.select("[name=owners][type=checkbox]")}
    assert (ticks["marta"], ticks["person:p-email"]) == (False, True)
    assert [one["value"] for one in soup.select("[name=owners][type=hidden]")] == ["person:p-gone"]


@HARD
@given(CARDS)
def test_any_card_is_drawn_harmlessly_and_kept_whole(view: Card):
    html = card(view, TOMAS)
    harmless(html)
    assert keeping.read(keeping.write(view)) == view


@HARD
@given(NOTICES)
def test_any_notice_is_drawn_harmlessly_and_kept_whole(view: Notice):
    harmless(notice(view, TOMAS))
    assert keeping.read(keeping.write(view)) == view


@HARD
@given(forms())
def test_any_form_is_drawn_harmlessly(view: Form):
    harmless(form(view, TOMAS, CAST))
