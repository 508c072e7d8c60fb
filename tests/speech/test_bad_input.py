"""What cannot be read is refused with a sentence that says what would be right; nothing half done."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.errors import Refused, Unclear
from core.kernel.turn import MENTION
from core.speech import Understood, clean, understand
from tests.speech.meeting_words import ACCOUNTS, GRAMMAR, LUIS, ROOM, ProposeAction, TakeNote, heard, message

ADD_SIOBHAN = "member add @Siobhán O'Rourke side:sponsor role:expert"


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [
        ("metting start", "I do not know “metting”. Did you mean “meeting”?", "meeting"),
        ("accept ACT-012", "I do not know “accept”. Did you mean “action accept”?", "action accept"),
        ("accept ACT-007", "Did you mean “action accept”?", "action accept ACT-007"),
        ("agree dec-6 please", "Did you mean “decision agree”?", "decision agree DEC-6"),
        ("xyzzy", "Most sentences begin with one of: transfer, member, meeting, agenda, decision,", "help"),
        ("help xyzzy", "I do not know “xyzzy”", "help"),
        ("@luis verify it", "I do not know “@Luís Gonçalves”", "help"),
        ("meeting strat", "“meeting” does not know “strat”. It knows: new, move, start, invite.", "meeting start"),
        ("agenda 7", "“agenda” does not know “7”", "help agenda"),
        ("meeting start tomorrow", "do not know what to do with “tomorrow” in “meeting start”", "meeting start"),
        ("mine all", "do not know what to do with “all” in “mine”", "mine"),
        ('agenda add "PPQ" and more', "do not know what to do with “and more”", 'agenda add "what to talk about"'),
        ("agenda done two", "“two” is no whole number such as 2.", "agenda done 2"),
        ("agenda order first, last", "“first” is no whole number", "agenda order 3,1,2"),
        ("meeting move 2 to:now reason:because", "“2” is no reference such as MTG-012.", "meeting move MTG-012"),
        ("transfer stage nonsense", "Say one of: kickoff, process_validation, ppq_readiness.", "transfer stage"),
        ("action list side:both", "“both” does not fit “side”. Say one of: sponsor, cmo.", "action list"),
        ("action list side:cmo side:sponsor", "“side:” is said twice.", "action list"),
        (
            "member add @siobhan role:boss",
            "“boss” does not fit “role”. Say one of: lead, qa, expert.",
            "member add @Siobhán O'Rourke role:lead",
        ),
        ("action ACT-001", "names a record and nothing to do with it", "action accept ACT-001"),
        ("action act-1?", "“action ACT-1” names a record", "action done ACT-1"),
        ("note ACT-001", "“note ACT-001” names a record", "action accept ACT-001"),
        ("action ACT-012 accept the plan", "“the plan” is to be in “action accept”.", "action accept ACT-012"),
        ("action ACT-012 accept the plan", "a text in quotes", 'action "ACT-012 accept the plan"'),
        ("decision DEC-003 agree and DEC-004", "A verb stands before its record", "decision agree DEC-003"),
        ("action ACT-012 decline reason:no", "A reason needs at least 5 characters", "action decline ACT-012"),
        ("action accept DEC-003", "DEC-003 is not what “action accept” is for.", "decision agree DEC-003"),
        ("action accept ACT-", "ACT- is not what “action accept” is for.", "action accept ACT-012"),
        ("action accept ACT-99999999", "ACT-99999999 is not what “action accept” is for.", "action accept ACT-012"),
        ("action done act-0000012 at last", "ACT-0000012 is not what “action done” is for.", "action done ACT-012"),
        ("action reassign ACT-012 @luis @jurgen", "one person at a time: say it for Jürgen Weiß", "action reassign"),
        ("action reassign ACT-012 @siobhan", "Siobhán O'Rourke is no member here yet.", ADD_SIOBHAN),
        ("meeting invite @luis @siobhan", "Siobhán O'Rourke is no member here yet.", ADD_SIOBHAN),
        ("action list @siobhan", "Siobhán O'Rourke is no member here yet.", ADD_SIOBHAN),
        (
            "member remove @luis reason:no",
            "A reason needs at least 5 characters",
            'member remove @Luís Gonçalves reason:"the reason"',
        ),
        (
            "action verify it by 31 February",
            "“31 February” is no date: February 2026 has 28 days.",
            "action verify it by Friday",
        ),
        ("action @luis verify it by 31 February", "is no date", "action @Luís Gonçalves verify it by Friday"),
        ("action close ACT-012", "“action” does not know “close”. It knows: ", "help action"),
        ("action vrify act-12.", "“action” does not know “vrify”.", "help action"),
        ('action finish ACT-012 reason:“no more use”', "“action” does not know “finish”.", "help action"),
        ('meeting new "PPQ" at:"31 Feb 2026 14:00"', "February 2026 has 28 days", 'at:"tomorrow 14:00"'),
        ('meeting new "PPQ" at:sometime', "“sometime” is no day and time.", 'at:"tomorrow 14:00"'),
        (
            'meeting new "PPQ" at:"12 Mar 2026 15:00" stage:',
            "“stage:” is empty. Say one of: kickoff, process_validation, ppq_readiness; or leave it out.",
            'meeting new "PPQ" at:"12 Mar 2026 15:00" stage:kickoff',
        ),
        ('transfer new "X" sponsor:A cmo:B tz:Europe/Dublin code: side:cmo', "“code:” is empty.", "sponsor:A cmo:B"),
        ('meeting new "PPQ" at:now for:ages', "“ages” is no length of time.", "meeting new"),
        ('transfer milestone "PPQ-1" on:2026-02-31', "“2026-02-31” is no date", "on:Friday"),
        (
            'transfer new "X" sponsor:A cmo:B tz:Dublin',
            "“Dublin” is no IANA zone. Did you mean Europe/Dublin?",
            'transfer new "X" sponsor:A cmo:B tz:Europe/Dublin',
        ),
        ('transfer new "X" sponsor:A cmo:B tz:Warsaw', "Did you mean Europe/Warsaw?", "cmo:B tz:Europe/Warsaw"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_what_would_be_right(sentence: str, wrong: str, right: str) -> None:
    with pytest.raises(Refused) as refused:
        heard(sentence)
    assert wrong in str(refused.value)
    assert any(right in example for example in refused.value.examples), refused.value.examples


def test_fifty_thousand_characters() -> None:
    for sentence in ("action ", "note ", 'question answer QUE-002 "', "meeting new ", "action accept "):
        with pytest.raises(Unclear, match=r"characters; (3000|300) are the most"):
            heard(sentence + "x" * 50_000)


def test_the_longest_text_is_taken_and_one_character_more_is_not() -> None:
    assert message("note " + "x" * 3000) == TakeNote(text="x" * 3000)
    with pytest.raises(Unclear, match="This text has 3001 characters; 3000 are the most"):
        heard("note " + "x" * 3001)


def test_a_character_that_stands_for_a_person_names_nobody() -> None:
    with pytest.raises(Unclear, match="stands for a person"):
        understand(f"action {MENTION} verify it", (), GRAMMAR, ROOM)


HOSTILE = [
    "<!channel> </at> <at>everyone</at> &lt;",
    "{{ 7*7 }} {% for a in b %} {0} {name} %s %(x)d",
    '#read("/etc/passwd") $x$ \\ `code` *b* _i_ ~s~',
    "x\0y\x1b[31m\ud800z\udfff",
    "\u202egnirts\u202c \u2066abc\u2069 \u200f\u200e",
    '\': ; -- DROP TABLE actions; """" « » “ ”',
    "by by by due: until before before PPQ in in",
    "@ @@ @luis@jurgen ,,, ... --- (((@luis)))",
    "side: reason: at: for: :::: a:b:c",
    "ACT- ACT-0 ACT-9999999 NVT// NVT/ACT NVT/ACT-1/2",
    "\U0001f600" * 50,
    "0" * 500,
    "1,2;3 4, 5 6 7 8 9 10," * 20,
    ": \u200e " * 1200,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("start", ["", "note ", "action ", "action accept ", "meeting new ", "agenda order ", "help "])
def test_hostile_text_is_read_or_refused_and_never_breaks(start: str, text: str) -> None:
    assert "\0" not in answer_to(start + text)


PIECES = (
    *GRAMMAR.nouns,
    *("new", "add", "list", "accept", "answer", "move", "order", "drop", "ACT-012", "NVT/QUE-1", "MTG-2", "2", "3,1,2"),
    *("by", "Friday", "due:", "31 February", "before PPQ-1", "at:", "to:", "for:", "reason:", "side:cmo", "chair:"),
    *(MENTION, "@Luís Gonçalves", "(", ")", '"', "“", "”", "«", "»", ",", ".", "–", "and", "to", "\n"),
)
SAID = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12)


@given(SAID, st.sampled_from(("", " ")))
def test_whatever_is_said_is_read_or_refused(said: list[str], between: str) -> None:
    text = clean(between.join(said))
    with suppress(Refused):
        understand(text, (ACCOUNTS[LUIS],) * text.count(MENTION), GRAMMAR, ROOM)


def answer_to(sentence: str) -> str:
    try:
        return str(heard(clean(sentence)))
    except Refused as refused:
        return str(refused)


UNSEEN = ("\u200b", '"\u200b"', "\u3164", "“\u2800 \u3164”", "\u2060\ufeff\u00ad", "\u202e", "\u200e\u200f", "\ufe0f")


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_cannot_be_seen_is_no_text(unseen: str) -> None:
    assert heard(clean(f"note {unseen}")) == heard("note")
    assert heard(clean(f"agenda add {unseen} for:10m")) == heard("agenda add for:10m")
    said = '"\u200b\u200b\u200b\u200b\u200b"'
    assert heard(f"action decline ACT-012 reason:{said}") == heard("action decline ACT-012")


def test_what_has_no_width_stays_between_what_is_seen() -> None:
    assert message("note \U0001f469\u200d\U0001f52c is here \u2764\ufe0f") == TakeNote(
        text="\U0001f469\u200d\U0001f52c is here \u2764\ufe0f"
    )


def test_hostile_text_stays_as_it_was_said() -> None:
    assert message("action <!channel> {{ 7*7 }} #read(1) </at>") == ProposeAction(
        text="<!channel> {{ 7*7 }} #read(1) </at>"
    )


def test_what_turns_the_reading_direction_ends_with_its_text() -> None:
    reading = heard(clean("action verify \u202eit now @luis"))
    assert isinstance(reading, Understood)
    assert isinstance(reading.message, ProposeAction)
    assert reading.message.text.count("\u202e") == reading.message.text.count("\u202c")


@pytest.mark.parametrize("piece", ["by ", "@", "(", '"', "«", "a:", "1,", "ACT-", " \n", "-", "\u200b", MENTION + ","])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    """Four times the text may not take forty times as long: that is how a line could stop the bot."""

    def seconds(times: int) -> float:
        text = "action " + piece * times
        begun = time.perf_counter()
        with suppress(Refused):
            understand(text, (ACCOUNTS[LUIS],) * text.count(MENTION), GRAMMAR, ROOM)
        return time.perf_counter() - begun

    seconds(10)
    assert min(seconds(800) for _ in range(3)) < 40 * min(seconds(200) for _ in range(5)) + 0.01
