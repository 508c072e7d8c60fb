"""Markup becomes shapes, and what breaks a rule is refused with its line and a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.view import (
    Bold,
    Button,
    Buttons,
    ButtonStyle,
    Card,
    Carried,
    ChoiceInput,
    DateInput,
    Divider,
    Field,
    Fields,
    Form,
    Italic,
    Link,
    List,
    MarkupError,
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
    parse,
    plain,
)
from tests.tools.stopwatch import ratio

ACTION_CARD = """\
<card summary="ACT-012 was assigned to Ben Walsh" tone="warn">
  <title><ref>ACT-012</ref> Send the batch record</title>
  <text>
    Send the batch record &amp; the <b>deviation</b> report
    to <person id="p-ben" name="Ben Walsh"/>.
  </text>
  <fields>
    <field label="Due">Fri 13 Mar 2026</field>
    <field label="Said"><time at="2026-03-12T14:00:00Z" zone="Europe/Dublin"/></field>
    <field label="Evidence"></field>
  </fields>
  <buttons>
    <button says="action accept ACT-012" style="main">Accept</button>
    <button href="https://example.com/t/NVT">Open</button>
  </buttons>
</card>"""


def text(inside: str) -> Text:
    card = parse(f'<card summary="s"><text>{inside}</text></card>')
    assert isinstance(card, Card)
    (block,) = card.blocks
    assert isinstance(block, Text)
    return block


def card(inside: str) -> Card:
    parsed = parse(f'<card summary="s">{inside}</card>')
    assert isinstance(parsed, Card)
    return parsed


def form(inside: str) -> Form:
    parsed = parse(
        f'<form title="New action" submit="Record">{inside}</form>',
        carried=Carried("AddAction", '{"meeting": 2}', "action …"),
    )
    assert isinstance(parsed, Form)
    return parsed


def test_an_action_card_is_read_whole():
    place = Place("NVT", "ACT-012", 3)
    assert parse(ACTION_CARD, training=True, place=place) == Card(
        summary="ACT-012 was assigned to Ben Walsh",
        blocks=(
            Title((RefSpan("ACT-012"), Plain(" Send the batch record"))),
            Text(
                (
                    Plain("Send the batch record & the "),
                    Bold("deviation"),
                    Plain(" report to "),
                    PersonSpan("p-ben", "Ben Walsh"),
                    Plain("."),
                )
            ),
            Fields(
                (
                    Field("Due", (Plain("Fri 13 Mar 2026"),)),
                    Field("Said", (TimeSpan(datetime(2026, 3, 12, 14, tzinfo=UTC), "Europe/Dublin"),)),
                )
            ),
            Buttons(
                (
                    Button("Accept", says="action accept ACT-012", style=ButtonStyle.MAIN),
                    Button("Open", href="https://example.com/t/NVT"),
                )
            ),
        ),
        tone=Tone.WARN,
        training=True,
        place=place,
    )


def test_every_block_of_a_card():
    parsed = card(
        """
        <text quiet="yes">small <i>print</i>, <a href="https://example.com/m">minutes</a></text>
        <list ordered="yes" more="action list" left="12"><item>one</item><item/><item>two</item></list>
        <table left="3"><head><cell>Ref</cell><cell/></head><row><cell>ACT-001</cell><cell/></row></table>
        <picture url="https://example.com/chart.png" alt="A control chart"/>
        <divider/>
        """
    )
    assert parsed.blocks == (
        Text(
            (
                Plain("small "),
                Italic("print"),
                Plain(", "),
                Link("minutes", "https://example.com/m"),
            ),
            quiet=True,
        ),
        List(((Plain("one"),), (Plain("two"),)), ordered=True, more="action list", left=12),
        Table(("Ref", ""), (((Plain("ACT-001"),), ()),), left=3),
        Picture("https://example.com/chart.png", "A control chart"),
        Divider(),
    )


def test_a_form_with_every_input():
    parsed = form(
        """
        <text>What is to be done?</text>
        <input-text name="text" label="Action" value="Send it" hint="One sentence" longest="300"/>
        <input-text name="note" label="Note" required="no" multiline="yes">first line
second line</input-text>
        <input-date name="due" label="Due" value="2026-03-13"/>
        <input-choice name="side" label="Side">
          <option value="sponsor">Norvane</option><option value="cmo" selected="yes"/>
        </input-choice>
        <input-people name="owners" label="Owners" many="yes" value="p-1 p-2 p-1"/>
        """
    )
    assert parsed == Form(
        title="New action",
        submit="Record",
        message="AddAction",
        given='{"meeting": 2}',
        says="action …",
        blocks=(
            Text((Plain("What is to be done?"),)),
            TextInput("text", "Action", "Send it", "One sentence", longest=300),
            TextInput("note", "Note", "first line\nsecond line", required=False, multiline=True),
            DateInput("due", "Due", date(2026, 3, 13)),
            ChoiceInput("side", "Side", (Option("sponsor", "Norvane"), Option("cmo", "cmo")), ("cmo",)),
            PeopleInput("owners", "Owners", ("p-1", "p-2"), many=True),
        ),
    )


def test_a_notice():
    notice = parse(
        """<notice tone="bad"><text>No.</text><list><item>try</item></list>
        <buttons><button says="help">Help</button></buttons></notice>"""
    )
    assert notice == Notice(
        Tone.BAD,
        (Text((Plain("No."),)), List(((Plain("try"),),)), Buttons((Button("Help", says="help"),))),
    )


def test_what_holds_nothing_vanishes():
    assert (
        card(
            """<title> </title><text>
            <b> </b></text><fields><field label="Due"> </field></fields><list/><list><item> </item></list>
            <table><head><cell>Ref</cell></head></table><buttons/>"""
        ).blocks
        == ()
    )
    assert form('<input-choice name="side" label="Side"></input-choice>').blocks == ()


@pytest.mark.parametrize(
    ("inside", "spans"),
    [
        ("  a \n\t b  ", (Plain("a b"),)),
        ("a <b> b </b> c", (Plain("a "), Bold("b "), Plain("c"))),
        ("<b>a</b> ", (Bold("a"),)),
        ("a<br/>b", (Plain("a\nb"),)),
        (" a <br/> <br/> b <br/>", (Plain("a\n\nb"),)),
        ("<br/>a", (Plain("a"),)),
        ("<b>a</b><br/><b>b</b>", (Bold("a"), Plain("\n"), Bold("b"))),
        ("a <b/> b", (Plain("a b"),)),
        ("no\u00a0break  stays", (Plain("no\u00a0break stays"),)),
        ("a<!-- why -->b", (Plain("ab"),)),
        ("{{7*7}} &lt;!channel&gt;", (Plain("{{7*7}} <!channel>"),)),
        ("<ref>ACT-001</ref> <ref>ACT-002</ref>", (RefSpan("ACT-001"), Plain(" "), RefSpan("ACT-002"))),
    ],
)
def test_blanks_and_breaks(inside: str, spans: tuple[object, ...]):
    assert text(inside).spans == spans


@pytest.mark.parametrize("at", ["2026-03-12T14:00:00Z", "2026-03-12T15:00:00+01:00"])
def test_a_moment_is_kept_in_utc(at: str):
    assert text(f'<time at="{at}" zone="Europe/Dublin" style="time"/>').spans == (
        TimeSpan(datetime(2026, 3, 12, 14, tzinfo=UTC), "Europe/Dublin", TimeStyle.TIME),
    )


REFUSED = {
    "<card": "is no XML",
    "<list/>": "The root is <card>, <form> or <notice>, not <list>",
    "<card/>": "<card> needs the attribute 'summary'",
    '<card summary=" "/>': "<card> needs the attribute 'summary'",
    '<card summary="s" tone="loud"/>': "one of plain, good, warn, bad, quiet, not 'loud'",
    '<card summary="s" colour="red"/>': "no attribute 'colour': it knows instead, summary, tone",
    '<card summary="s">words</card>': "<card> holds no words",
    '<card summary="s"><divider/>words</card>': "Words stand after <divider>",
    '<card summary="s"><text>a</text><title>t</title></card>': "<title> stands first",
    '<card summary="s"><title>a</title><title>b</title></card>': "<title> stands first",
    '<card summary="s"><script/></card>': "<card> takes <title>, <fields>",
    '<card summary="s"><text><b>a <i>b</i></b></text></card>': "<i> stands within <b>",
    '<card summary="s"><text><u>a</u></text></card>': "<text> takes words and <b>",
    '<card summary="s"><text quiet="true">a</text></card>': "'quiet' of <text> is yes or no, not 'true'",
    '<card summary="s"><text>&nbsp;</text></card>': "undefined entity",
    '<card summary="s"><text><a href="javascript:alert(1)">a</a></text></card>': "starts with https://",
    '<card summary="s"><text><a href="/t/NVT">a</a></text></card>': "starts with https://",
    '<card summary="s"><text><person id="p"/></text></card>': "<person> needs the attribute 'name'",
    '<card summary="s"><text><time at="2026-03-12T14:00" zone="UTC"/></text></card>': "is a moment such as",
    '<card summary="s"><text><time at="31 February" zone="UTC"/></text></card>': "is a moment such as",
    '<card summary="s"><text><time at="2026-03-12T14:00Z" zone="Mars/A"/></text></card>': "not 'Mars/A'",
    '<card summary="s"><text><time at="2026-03-12T14:00Z" zone="../etc"/></text></card>': "not '../etc'",
    '<card summary="s"><list><text>a</text></list></card>': "<list> takes <item>, not <text>",
    '<card summary="s"><list left="-1"><item>a</item></list></card>': "whole number from 0",
    '<card summary="s"><table><row><cell>a</cell></row></table></card>': "starts with its <head>",
    '<card summary="s"><table><head/></table></card>': "names no column",
    '<card summary="s"><table><head><cell><b>a</b></cell></head></table></card>': "takes words alone",
    '<card summary="s"><table><head><cell>a</cell></head><row/></table></card>': "has 0 cells, its <head>",
    '<card summary="s"><picture url="https://e.com/a.png"/></card>': "needs the attribute 'alt'",
    '<card summary="s"><divider>a</divider></card>': "<divider> holds nothing",
    '<card summary="s"><buttons><button>a</button></buttons></card>': "one of the two",
    '<card summary="s"><buttons><button says="a" href="https://e.com">a</button></buttons></card>': "one of",
    '<card summary="s"><buttons><button says="help"/></buttons></card>': "label of 1 to 75 characters, not 0",
    f'<card summary="s"><buttons><button says="{"a" * 1001}">a</button></buttons></card>': "1000 characters",
    '<notice><fields><field label="a">b</field></fields></notice>': "<notice> takes <text>, <list>",
    '<form title="t"/>': "needs the attribute 'submit'",
    '<form title="t" submit="s"><list/></form>': "<form> takes <text>, <divider>, <input-text>",
    '<form title="t" submit="s"><input-text name="A b" label="l"/></form>': "small letters, digits and _",
    '<form title="t" submit="s"><input-text name="a"/></form>': "needs the attribute 'label'",
    '<form title="t" submit="s"><input-text name="a" label="l" longest="4000"/></form>': "from 1 to",
    '<form title="t" submit="s"><input-date name="a" label="l" value="31.2."/></form>': "is a day such",
    '<form title="t" submit="s">' + 2 * '<input-date name="a" label="l"/>' + "</form>": "Two inputs have",
    '<form title="t" submit="s"><input-choice name="a" label="l"><option value="x"/><option value="x"/>'
    "</input-choice></form>": "stands twice",
    '<form title="t" submit="s"><input-choice name="a" label="l"><option value="x" selected="yes"/>'
    '<option value="y" selected="yes"/></input-choice></form>': "several options selected",
    '<form title="t" submit="s"><input-people name="a" label="l" value="p q"/></form>': "several people",
    '<!DOCTYPE card [<!ENTITY a "b">]><card summary="&a;"/>': "DOCTYPE is refused",
    '<card summary="s"><text>\ud800</text></card>': "lone surrogate",
    '<card summary="s"><text>\x00</text></card>': "is no XML",
}


@pytest.mark.parametrize(("markup", "sentence"), REFUSED.items(), ids=range(len(REFUSED)))
def test_broken_markup_is_refused_in_a_sentence(markup: str, sentence: str):
    with pytest.raises(MarkupError) as refused:
        parse(markup, carried=Carried("AddAction"))
    assert sentence in str(refused.value)


def test_the_line_is_that_of_the_element():
    with pytest.raises(MarkupError) as refused:
        parse(ACTION_CARD.replace('zone="Europe/Dublin"', 'zone="Dublin"'))
    assert refused.value.line == 9
    assert str(refused.value) == "Line 9: 'zone' of <time> is an IANA name such as Europe/Dublin, not 'Dublin'."
    with pytest.raises(MarkupError, match=r"^Line 4: This is no XML: undefined entity"):
        parse(ACTION_CARD.replace("&amp;", "&bull;"))


def test_a_form_without_a_message_is_refused():
    with pytest.raises(MarkupError, match="needs a message to make"):
        parse('<form title="t" submit="s"/>')


XML_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=80,
)


@given(XML_TEXT, XML_TEXT)
def test_any_escaped_text_comes_back_as_it_was(words: str, summary: str):
    markup = f"<card summary={quoteattr('s ' + summary)}><text>{escape(words)}</text></card>"
    parsed = parse(markup)
    assert isinstance(parsed, Card)
    squeezed = " ".join(part for part in words.split(" ") if part)
    assert "".join(plain(block.spans) for block in parsed.blocks if isinstance(block, Text)) == squeezed
    assert parsed.summary.split() == ["s", *summary.split()]


def test_reading_a_card_costs_a_few_times_what_its_xml_costs():
    assert ratio(lambda: parse(ACTION_CARD), lambda: fromstring(ACTION_CARD)) < 5
