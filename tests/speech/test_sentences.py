"""A message and its sentence are the same thing: what is said back is heard as what it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.kernel import messages
from core.kernel.ids import Ref, Side
from core.kernel.messages import Due, Message, Part, SaidTime, parts_of
from core.rules.typography import undone
from core.speech import Understood, clean, sentence_for, understand
from core.speech.leftover import tidy
from tests.speech.meeting_words import (
    ACCOUNTS,
    GRAMMAR,
    KINDS,
    LUIS,
    NAMES,
    ROOM,
    STAGES,
    AcceptAction,
    AddAgendaItem,
    AddMember,
    AnswerQuestion,
    CallMeeting,
    DeclineAction,
    DropAgendaItem,
    FinishAction,
    InviteToMeeting,
    ListActions,
    MendRecord,
    Mine,
    MoveMeeting,
    OpenTransfer,
    OrderAgenda,
    ProposeAction,
    ProposeDecision,
    RemindUs,
    RemoveMember,
    Role,
    SetMilestone,
    SetStage,
    SwapWords,
    TakeNote,
    WantFloor,
)


def ref(prefix: str) -> st.SearchStrategy[Ref]:
    return st.integers(1, 99_999).map(lambda number: Ref(f"{prefix}-{number:03d}"))


SPECIAL = (
    *("by Friday", "before PPQ-1", "today", "ACT-012", "side:cmo", "reason:none", "owner:", "@Luís Gonçalves", "@"),
    *("list", "accept", "done", "help", "mine", "to", "please", "and", "with", "2", "3,1,2"),
    *(",", ".", "–", "-", ":", "(", ")", "<b>", "&", "“so”", "«so»", "\n"),
)


def words(longest: int) -> st.SearchStrategy[str]:
    """What people write: words of the meeting among any others, with what is special to sentences among them."""
    special = st.sampled_from(SPECIAL)
    word = st.one_of(
        special, st.text(st.characters(codec="utf-8", exclude_characters="\ufffc"), min_size=1, max_size=8)
    )
    text = st.lists(word, min_size=1, max_size=9).map(" ".join).map(clean).map(undone).map(tidy)
    return text.filter(lambda said: 0 < len(said) <= longest and not _holds_both_styles_of_quotes(said))


def _holds_both_styles_of_quotes(text: str) -> bool:
    return any(mark in text for mark in '"“”„‟') and any(mark in text for mark in "«»")


PERSON = st.sampled_from(list(NAMES))
DAY = st.dates(date(2026, 3, 13), date(2029, 12, 31))
MINUTE = st.integers(0, 900_000).map(lambda minutes: datetime(2026, 3, 13, tzinfo=UTC) + timedelta(minutes=minutes))
REASON = words(3000).filter(lambda said: len(said) >= 5)
SIDE = st.sampled_from(Side)
NUMBER = st.integers(0, 999_999)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(
        ProposeAction,
        text=words(3000),
        owners=st.lists(PERSON, unique=True).map(tuple),
        due=maybe(st.builds(Due, day=DAY)),
    ),
    st.builds(ProposeDecision, text=words(3000)),
    st.builds(TakeNote, text=words(3000)),
    st.builds(AcceptAction, action=ref("ACT")),
    st.builds(DeclineAction, action=ref("ACT"), reason=REASON),
    st.builds(FinishAction, action=ref("ACT"), evidence=maybe(words(300))),
    st.builds(
        ListActions, which=maybe(st.sampled_from(("mine", "open", "overdue"))), owner=maybe(PERSON), side=maybe(SIDE)
    ),
    st.builds(AnswerQuestion, question=ref("QUE"), answer=words(3000)),
    st.builds(SetStage, stage=st.sampled_from(STAGES)),
    st.builds(SetMilestone, milestone=words(300), on=DAY),
    st.builds(
        CallMeeting,
        title=words(300),
        at=MINUTE,
        minutes=st.integers(1, 1440),
        stage=maybe(st.sampled_from(STAGES)),
        chair=maybe(PERSON),
    ),
    st.builds(MoveMeeting, meeting=ref("MTG"), to=MINUTE, reason=REASON),
    st.builds(InviteToMeeting, meeting=maybe(ref("MTG")), people=st.lists(PERSON, min_size=1, unique=True).map(tuple)),
    st.builds(AddAgendaItem, text=words(300), presenter=maybe(PERSON), minutes=maybe(st.integers(1, 1440))),
    st.builds(DropAgendaItem, item=NUMBER, reason=REASON),
    st.builds(OrderAgenda, items=st.lists(st.integers(0, 9999), min_size=1, max_size=9).map(tuple)),
    st.builds(
        OpenTransfer,
        title=words(300),
        sponsor=words(300),
        cmo=words(300),
        tz=st.sampled_from(("Europe/Dublin", "America/Argentina/Buenos_Aires", "UTC")),
        code=maybe(st.from_regex("[A-Z]{2,12}", fullmatch=True)),
        side=maybe(SIDE),
    ),
    st.builds(
        AddMember,
        account=maybe(st.sampled_from(list(ACCOUNTS.values()))),
        name=maybe(words(300)),
        email=st.sampled_from((None, "a.b@norvane.example")),
        side=maybe(SIDE),
        role=st.sampled_from(Role),
    ).filter(lambda said: said.account is not None or said.name is not None),
    st.builds(RemoveMember, person=PERSON, reason=REASON),
    st.builds(Mine, page=maybe(NUMBER), side=maybe(SIDE)),
    st.builds(WantFloor, person=maybe(PERSON), meeting=maybe(ref("MTG")), text=st.just("") | words(3000)),
    st.builds(RemindUs, at=st.builds(SaidTime, at=MINUTE), text=words(3000)),
    st.builds(
        RemindUs,
        at=st.integers(1, 1440).map(lambda minutes: SaidTime(ROOM.now + timedelta(minutes=minutes), span=True)),
        text=words(3000),
    ),
    st.builds(
        MendRecord,
        record=ref("ACT"),
        text=st.just("") | words(3000),
        owners=st.lists(PERSON, unique=True).map(tuple),
        due=maybe(st.builds(Due, day=DAY)),
        reason=st.just("") | REASON,
    ),
    st.builds(SwapWords, old=words(3000), new=st.just("") | words(3000), record=maybe(ref("ACT"))),
)


@given(MESSAGES)
@example(ProposeAction(text="list"))
@example(ProposeAction(text="accept ACT-012"))
@example(ProposeAction(text="list open overdue mine"))
@example(ProposeAction(text="send the reply by", owners=(LUIS,)))
@example(ProposeAction(text="a text that ends in a comma,", owners=(LUIS,)))
@example(AddAgendaItem(text="“so”"))
@example(WantFloor(person=LUIS, text="to ask @Jürgen Weiß about MTG-002"))
@example(RemindUs(at=SaidTime(ROOM.now + timedelta(minutes=20), span=True), text="in 5 minutes and at 15:30"))
def test_a_sentence_is_heard_as_the_message_it_was_made_from(said: Message) -> None:
    sentence = sentence_for(type(said), vars(said), ROOM)
    assert understand(sentence, (), GRAMMAR, ROOM) == Understood(said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            ProposeAction(text="verify the batch record", owners=(LUIS,), due=Due(date(2026, 3, 20))),
            "action verify the batch record @Luís Gonçalves by 2026-03-20",
        ),
        (
            ProposeAction(text="he said “by Friday” and left", owners=(LUIS,)),
            "action «he said “by Friday” and left» @Luís Gonçalves",
        ),
        (ProposeAction(text="verify it by Friday"), 'action "verify it by Friday"'),
        (
            ProposeAction(
                text="verify the batch record", due=Due(date(2026, 4, 3), datetime(2026, 4, 3, 14, 30, tzinfo=UTC))
            ),
            "action verify the batch record by 2026-04-03 15:30",
        ),
        (DropAgendaItem(item=2, reason="late again"), 'agenda drop 2 reason:"late again"'),
        (
            CallMeeting(title="PPQ", at=datetime(2026, 4, 1, 13, tzinfo=UTC), minutes=90, chair=LUIS),
            'meeting new "PPQ" chair:@Luís Gonçalves at:"1 Apr 2026 14:00" for:90m',
        ),
    ],
)
def test_a_sentence_as_a_person_would_type_it(said: Message, sentence: str) -> None:
    assert sentence_for(type(said), vars(said), ROOM) == sentence
    assert understand(sentence, (), GRAMMAR, ROOM) == Understood(said)


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        (DeclineAction, {"action": "ACT-012"}, 'action decline ACT-012 reason:"the reason"'),
        (AcceptAction, {}, "action accept ACT-012"),
        (ProposeAction, {"owners": (LUIS,)}, "action <what is to be done> @Luís Gonçalves"),
        (
            CallMeeting,
            {"chair": LUIS},
            'meeting new "what the meeting is about" chair:@Luís Gonçalves at:"tomorrow 14:00"',
        ),
        (AddMember, {}, "member add @person role:lead"),
    ],
)
def test_what_is_missing_is_named(kind: type[Message], values: dict[str, Any], sentence: str) -> None:
    assert sentence_for(kind, values, ROOM) == sentence


def test_the_toy_messages_have_every_kind_of_part() -> None:
    covered = {type(part) for kind in KINDS for part in parts_of(kind).values()}
    every = {one for one in vars(messages).values() if isinstance(one, type) and issubclass(one, Part)} - {Part}
    assert every <= covered
