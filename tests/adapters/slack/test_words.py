"""Slack in a made-up language: all words of the adapter's own are turned, and each of them is said somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from adapters.slack.opened import opened_view
from adapters.slack.people import LATE, NOBODY
from adapters.slack.render import DoesNotFit, card_message, form_view, notice_message
from adapters.slack.render_blocks import Ink
from core.api import (
    Button,
    Buttons,
    Card,
    ChoiceInput,
    DateInput,
    Form,
    List,
    Notice,
    Option,
    PeopleInput,
    Plain,
    Table,
    Text,
    TextInput,
    Title,
    Tone,
)  # fmt: skip
from core.catalogue import in_adapters
from tests.adapters.made_up_language import Turned
from tests.adapters.slack.listening import AOIFE, BEN, JOINT
from tests.tools.slack_double import BOT, TEAM, Channel

OWN = {
    sentence
    for file, sentence in in_adapters()
    if file.startswith("adapters/slack/") and file != "adapters/slack/reasons.py"
} - {LATE, NOBODY}
"""Without those that the core says for it."""
ONE = (Plain("1"),)
FORM = Form(
    "1",
    (TextInput("1", "1"), DateInput("2", "2", date(2026, 3, 9)), ChoiceInput("3", "3", (Option("1", "1"),)),
     PeopleInput("4", "4")),
    "1", "M", "{}", "1", training=True,
)  # fmt: skip
LONG = replace(FORM, blocks=(Text(ONE),) * 120)


@pytest.fixture
def turned() -> Turned:
    return Turned()


def shown(drawn: Any) -> Iterator[str]:
    """Every text in what Slack is handed, wherever it stands."""
    match drawn:
        case dict():
            for key, value in drawn.items():
                if isinstance(value, str) and key in ("text", "alt_text", "fallback"):
                    yield value
                elif key == "errors":
                    yield from value.values()
                else:
                    yield from shown(value)
        case list():
            for value in drawn:
                yield from shown(value)


def foreign(drawn: Any) -> list[str]:
    """The texts that hold a word outside the marks: the made-up content holds none, and a call is of no language."""
    return [text for text in shown(drawn) if re.search(r"[^\W\d_]", re.sub("«[^»]*»|/tt |@Tandem ", "", text))]


def cards() -> Iterator[Card]:
    yield Card("1", (Title(ONE), List((ONE,) * 200, more="mine"), Table(("1",), ((ONE,),) * 200)), training=True)
    yield Card("1", (List((ONE,), left=7), Buttons((Button("1", says="mine"),)), *[Text(ONE)] * 80))


@pytest.mark.parametrize("card", list(cards()), ids=["long lists", "many parts"])
def test_a_card_is_in_the_language(turned: Turned, card: Card) -> None:
    message = card_message(card, {}, turned)
    assert list(shown(message))
    assert foreign(message) == []


def test_a_notice_and_a_form_are_in_the_language(turned: Turned) -> None:
    notice = Notice(Tone.WARN, (Text(ONE), List((ONE,) * 200)), training=True)
    assert foreign(notice_message(notice, {}, turned)) == []
    assert foreign(form_view(FORM, {}, turned)) == []


UNFIT = [
    LONG,
    replace(FORM, given='"' + "x" * 3100 + '"'),
    replace(FORM, blocks=(TextInput("1", "1", "x" * 3100),)),
    replace(FORM, blocks=(ChoiceInput("1", "1", ()),)),
    replace(FORM, blocks=(ChoiceInput("1", "1", (Option("x" * 200, "1"),)),)),
]


def refused(form: Form) -> DoesNotFit:
    with pytest.raises(DoesNotFit) as refusal:
        opened_view(form, Ink({}), JOINT, None)
    return refusal.value


async def acts(office: Any) -> list[Any]:
    """Everything that the adapter answers by itself, once."""
    core, send, slack = office.core, office.send, office.slack
    slack.channels["C0OTHER"] = Channel("other", joined=False)
    answers = [await send.command("mine", AOIFE, "C0OTHER"), await send.command("mine", AOIFE, "D0PRIVATE")]
    await send.press("strange", AOIFE, JOINT)
    core.answer = FORM
    await office.line(f"<@{BOT}> action", BEN)
    await send.command("action", AOIFE, JOINT)
    view = slack.views[-1]
    values = {"1": {"type": "plain_text_input", "value": "1"}}
    answers.append(await send.submit({**view, "private_metadata": "[]"}, AOIFE, values))
    for form in UNFIT:
        core.answer = form
        answers += [await send.command("action", AOIFE, JOINT), await send.submit(view, AOIFE, values)]
    await office.adapter.idle()
    return [*answers, *slack.whispers, *slack.responses, view]


async def test_what_the_adapter_answers_by_itself_is_in_the_language(office: Any, turned: Turned) -> None:
    office.core.language = turned
    answers = await acts(office)
    assert len(list(shown([list(one) if isinstance(one, tuple) else one for one in answers]))) > 20
    assert foreign([list(one) if isinstance(one, tuple) else one for one in answers]) == []


async def test_each_word_of_the_adapter_s_own_is_said_somewhere(office: Any, turned: Turned) -> None:
    office.core.language = turned
    await acts(office)
    for card in cards():
        card_message(card, {}, turned)
    for kind in ("channel_archive", "channel_deleted", "channel_left", "app_uninstalled"):
        await office.send.event({"type": kind, "channel": JOINT})
    await office.send.event({"type": "user_change", "user": {"id": BEN, "team_id": TEAM, "deleted": True}})
    assert OWN - turned.said == set()
    why = [told[-1] for told in office.core.told]
    assert len(why) == 5
    assert all(words.startswith("«") for words in why)
