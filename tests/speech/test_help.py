"""Help lists what the speaker may say here, a line each, from the messages themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

import templates
from core.kernel.messages import Command, Question
from core.kernel.templates import Words
from core.rules.typography import upright
from core.speech import HelpLine, HelpNoun, HelpView, help_for
from core.view import Buttons, Card, List, parse, plain
from tests.speech.meeting_words import GRAMMAR, AcceptAction, ProposeAction, heard

EXAMPLES: dict[str, Any] = json.loads(
    (Path(templates.__path__[0]) / "cards/speech/help/example.json").read_text(encoding="utf-8")
)


def test_help_for_one_noun() -> None:
    view = help_for(GRAMMAR, lambda kind: True, "action")
    assert view.noun == "action"
    assert [known.noun for known in view.nouns] == ["action"]
    assert [line.sentence for line in view.nouns[0].lines] == [
        "action <what is to be done> [@person] [by <day>]",
        "action accept ACT-012",
        'action decline ACT-012 reason:"the reason"',
        'action done ACT-012 [evidence:"evidence"]',
        "action reassign ACT-012 @person",
        "action list [mine|open|overdue] [@person] [side:sponsor|cmo]",
    ]
    assert view.nouns[0].lines[1].meaning == "Accept an action that you own."


def test_help_for_everything_keeps_the_order_of_the_features() -> None:
    view = help_for(GRAMMAR, lambda kind: True)
    assert [known.noun for known in view.nouns] == list(GRAMMAR.nouns)
    said = [line.sentence for known in view.nouns for line in known.lines]
    assert (
        'meeting new "what the meeting is about" at:"tomorrow 14:00" [for:60m] '
        "[stage:kickoff|process_validation|ppq_readiness] [chair:@person]"
    ) in said
    assert "agenda order 3,1,2" in said
    assert "mine [<page>] [side:sponsor|cmo]" in said
    assert any('[code:"short code"]' in sentence for sentence in said)
    assert "transfer stage kickoff|process_validation|ppq_readiness" in said


def test_help_holds_only_what_the_speaker_may() -> None:
    reader = help_for(GRAMMAR, lambda kind: issubclass(kind, Question))
    assert [known.noun for known in reader.nouns] == ["agenda", "action", "mine", "who"]
    accepter = help_for(GRAMMAR, lambda kind: kind in (AcceptAction, ProposeAction))
    assert [line.sentence.split()[1] for line in accepter.nouns[0].lines] == ["<what", "accept"]
    assert help_for(GRAMMAR, lambda kind: False) == HelpView(None, ())


def test_help_is_translated() -> None:
    german = {
        "what is to be done": "was zu tun ist",
        "person": "Person",
        "by <day>": "bis <Tag>",
        "Record what somebody is to do.": "Hält fest, was jemand tun soll.",
    }
    view = help_for(GRAMMAR, lambda kind: kind is ProposeAction, None, lambda said: german.get(said, said))
    assert view.nouns == (
        HelpNoun(
            "action",
            (HelpLine("action <was zu tun ist> [@Person] [bis <Tag>]", "Hält fest, was jemand tun soll."),),
            alone="Hält fest, was jemand tun soll.",
        ),
    )


@pytest.mark.parametrize("kind", [shape.kind for noun in GRAMMAR.nouns.values() for shape in noun.shapes])
def test_every_message_has_a_help_line(kind: type[Command]) -> None:
    assert kind.help().endswith(".")


def drawn(view: HelpView) -> Card:
    card = parse(Words().card("speech/help", view, "UTC"))
    assert isinstance(card, Card)
    return card


@pytest.mark.parametrize("name", ["usual", "largest", "hostile"])
def test_the_card_of_each_example(name: str) -> None:
    view = msgspec.convert(EXAMPLES[name], HelpView)
    shown = [plain(item) for block in drawn(view).blocks if isinstance(block, List) for item in block.items]
    if view.noun is None:
        assert shown == [f"{known.noun} – {' · '.join(known.verbs)}" for known in view.nouns]
        return
    said = [(line.sentence, line.meaning) for known in view.nouns for line in known.lines]
    assert len(shown) == len(said)
    for item, (sentence, meaning) in zip(shown, said, strict=True):
        assert " ".join(upright(sentence).split()) in item
        assert " ".join(upright(meaning).split()) in item


def test_the_card_for_someone_who_may_nothing_says_what_to_do() -> None:
    card = drawn(HelpView(None, ()))
    assert "member add @name" in plain(card.blocks[1].spans)  # type: ignore[union-attr]


def test_help_for_everything_is_a_line_each_that_is_read_at_a_glance() -> None:
    card = drawn(help_for(GRAMMAR, lambda kind: True))
    [listed] = [block for block in card.blocks if isinstance(block, List)]
    assert len(listed.items) == len(GRAMMAR.nouns)
    assert "action – Record what somebody is to do. – accept · decline · done · list · reassign" in map(
        plain, listed.items
    )
    assert max(len(plain(item)) for item in listed.items) < 200


def test_what_the_card_names_can_be_said() -> None:
    cards = [drawn(help_for(GRAMMAR, lambda kind: True, noun)) for noun in (None, *GRAMMAR.nouns)]
    for block in (block for card in cards for block in card.blocks):
        for says in [button.says or "" for button in block.buttons] if isinstance(block, Buttons) else []:
            assert heard(says)
        if isinstance(block, List) and block.more:
            assert heard(block.more)
