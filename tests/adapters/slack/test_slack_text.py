import pytest

from adapters.slack.slack_text import Mentioned, called, is_off, read
from core.api import MENTION


@pytest.mark.parametrize(
    ("escaped", "words"),
    [
        ("action send it by Friday", "action send it by Friday"),
        ("a &lt;b&gt; &amp; c &amp;lt; d", "a <b> & c &lt; d"),
        ("see <https://x.example/a?b=1&amp;c=2>", "see https://x.example/a?b=1&c=2"),
        ("see <https://x.example|the report>", "see the report"),
        ("mail <mailto:a@norvane.example|a@norvane.example>", "mail a@norvane.example"),
        ("in <#C01JOINT|joint> and <#C02>", "in #joint and #C02"),
        ("<!channel> <!here|here> <!subteam^S1|@qa> <!subteam^S1>", "@channel here @qa @subteam"),
        ("<!date^1392734382^{date}|18 Feb 2014>", "18 Feb 2014"),
        ("a > b and a < b", "a > b and a < b"),
        ("&lt;@U05BEN&gt;", "<@U05BEN>"),
        ("<>", ""),
        ("", ""),
    ],
)
def test_what_is_written_is_read(escaped, words):
    assert read(escaped).text == words
    assert read(escaped).people == ()


def test_mentions_stand_in_order_with_the_names_that_slack_writes():
    words = read("<@U05BEN|ben> and <@W07X> check <@U05BEN|ben>")
    assert words.text == f"{MENTION} and {MENTION} check {MENTION}"
    assert words.people == (Mentioned("U05BEN", "ben"), Mentioned("W07X"), Mentioned("U05BEN", "ben"))


def test_nobody_can_type_the_character_that_stands_for_a_mention():
    words = read(f"{MENTION} <@U05BEN> <https://x.example|{MENTION}>")
    assert words.text.count(MENTION) == len(words.people) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<@U0TANDEM> help", "help"),
        ("<@U0TANDEM|tandem>: action send it", "action send it"),
        ("hey <@U0TANDEM>, mine", "mine"),
        ("mine <@U0TANDEM>", "mine"),
        ("<@U0TANDEM>", ""),
        ("<@U0TANDEM> action ask <@U05BEN>", "action ask <@U05BEN>"),
        ("<@U0TANDEMX> help", None),
        ("no call at all", None),
        ("&lt;@U0TANDEM&gt; help", None),
    ],
)
def test_a_call_is_cut_off(text, sentence):
    assert called(text, "U0TANDEM") == sentence


def test_the_bot_itself_is_no_person():
    assert read("ask <@U0TANDEM> or <@U0TANDEM|tandem>", "U0TANDEM").text == "ask @Tandem or @tandem"


@pytest.mark.parametrize("text", ["[off] between us", " [OFF]x", "[Off]"])
def test_a_line_off_the_record_is_known(text):
    assert is_off(text)
    assert not is_off("x " + text)
