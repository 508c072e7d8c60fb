"""Forms as Slack's modals, and what comes back of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from adapters.slack.render import DoesNotFit, form_view
from adapters.slack.render_carried import FormMetadata, read_metadata
from adapters.slack.render_modal import Submission, read_submission
from core.view import (
    ChoiceInput,
    DateInput,
    Divider,
    Form,
    Option,
    PeopleInput,
    Place,
    Plain,
    Text,
    TextInput,
)
from tests.adapters.slack.test_render import ACCOUNTS, HARD, called, words
from tests.tools.block_kit import problems
from tests.tools.slack_forms import filled_values
from tests.view.made_up import forms

Json = dict[str, Any]
SIDES = (Option("sponsor", "Norvane"), Option("cmo", "Tarnbrook"))
FORM = Form(
    title="New action",
    submit="Record",
    message="AddAction",
    given='{"meeting":"MTG-002", "text": "send \\"it\\""}',
    says='action "…" @owner by Friday',
    place=Place("NVT", "MTG-002", 1),
    blocks=(
        Text((Plain("What is to be done?"),)),
        TextInput("text", "Action", "Send it", hint="One sentence", longest=300),
        TextInput("note", "Note", required=False, multiline=True),
        DateInput("due", "Due", date(2026, 3, 13)),
        Divider(),
        ChoiceInput("side", "Side", SIDES, ("cmo",)),
        ChoiceInput("sides", "Sides", SIDES, ("cmo", "sponsor"), many=True),
        PeopleInput("chair", "Chair", ("p-aoife",)),
        PeopleInput("owners", "Owners", ("p-priya", "p-nobody", "p-aoife"), many=True, required=False),
    ),
)  # fmt: skip


def asked(*inputs: Any) -> list[Json]:
    view = form_view(replace(FORM, blocks=inputs), ACCOUNTS)
    assert problems(view) == []
    blocks: list[Json] = view["blocks"]
    return blocks


def test_a_form_is_a_modal():
    view = form_view(FORM, ACCOUNTS)
    assert problems(view) == []
    assert (view["type"], view["callback_id"], view["title"]["text"]) == ("modal", "form", "New action")
    by_name = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert list(by_name) == ["text", "note", "due", "side", "sides", "chair", "owners"]
    assert by_name["text"]["element"] == {
        "type": "plain_text_input", "action_id": "text", "multiline": False, "max_length": 300,
        "initial_value": "Send it",
    }  # fmt: skip
    assert by_name["text"]["hint"]["text"] == "One sentence"
    assert [name for name, block in by_name.items() if block["optional"]] == ["note", "owners"]
    assert by_name["due"]["element"]["initial_date"] == "2026-03-13"
    assert by_name["side"]["element"]["initial_option"]["value"] == "cmo"
    assert by_name["chair"]["element"]["initial_user"] == "U01AOIFE"
    assert by_name["owners"]["element"]["initial_users"] == ["U02PRIYA", "U01AOIFE"]


def test_what_the_form_knew_comes_back_to_the_letter():
    assert read_metadata(form_view(FORM)["private_metadata"]) == FormMetadata(
        "AddAction", FORM.given, Place("NVT", "MTG-002", 1)
    )
    with pytest.raises(ValueError, match=r"."):
        read_metadata('{"note": "of another app"}')


def test_an_untouched_form_says_what_it_showed():
    assert read_submission({"values": filled_values(form_view(FORM, ACCOUNTS), {})}) == Submission(
        values={
            "text": "Send it", "note": "", "due": "2026-03-13", "side": "cmo", "sides": ("cmo", "sponsor"),
        },
        people={"chair": ("U01AOIFE",), "owners": ("U02PRIYA", "U01AOIFE")},
    )  # fmt: skip


def test_a_form_that_was_filled_in():
    answers = {
        "Action": "Send the deviation report", "Note": "two\nlines", "Due": "2026-04-01", "Side": "Norvane",
        "Sides": ["Tarnbrook"], "Chair": "U02PRIYA", "Owners": [],
    }  # fmt: skip
    assert read_submission({"values": filled_values(form_view(FORM, ACCOUNTS), answers)}) == Submission(
        values={
            "text": "Send the deviation report", "note": "two\nlines", "due": "2026-04-01", "side": "sponsor",
            "sides": ("cmo",),
        },
        people={"chair": ("U02PRIYA",), "owners": ()},
    )  # fmt: skip


def test_an_element_of_another_app_is_refused():
    with pytest.raises(ValueError, match="No form of Tandem has a timepicker"):
        read_submission({"values": {"at": {"at": {"type": "timepicker", "selected_time": "14:00"}}}})


def test_inputs_left_empty_are_empty():
    empty: Json = {
        "text": {"type": "plain_text_input", "value": None},
        "due": {"type": "datepicker", "selected_date": None},
        "side": {"type": "static_select", "selected_option": None},
        "sides": {"type": "checkboxes", "selected_options": []},
        "chair": {"type": "users_select", "selected_user": None},
    }
    state = {"values": {name: {name: entry} for name, entry in empty.items()}}
    assert read_submission(state) == Submission(
        values={"text": "", "due": "", "side": "", "sides": ()}, people={"chair": ()}
    )


@pytest.mark.parametrize(
    ("count", "many", "required", "kind"),
    [
        (5, False, True, "radio_buttons"),
        (5, False, False, "static_select"),
        (6, False, True, "static_select"),
        (100, False, True, "static_select"),
        (10, True, True, "checkboxes"),
        (11, True, True, "multi_static_select"),
    ],
)
def test_a_choice_is_drawn_by_how_many_there_are(count: int, many: bool, required: bool, kind: str):
    options = tuple(Option(f"v{n}", f"Option {n}") for n in range(count))
    (block,) = asked(ChoiceInput("side", "Side", options, ("v1",), many=many, required=required))
    assert block["element"]["type"] == kind


def test_a_long_title_stands_whole_within():
    view = form_view(replace(FORM, title="Move the PPQ readiness review"))
    assert (view["title"]["text"], words(view["blocks"][0])) == (
        "Move the PPQ readiness…", "Move the PPQ readiness review",
    )  # fmt: skip
    assert problems(view) == []


def test_a_rehearsals_form_says_training_first():
    assert words(form_view(replace(FORM, training=True))["blocks"][0]) == "TRAINING"


def test_a_form_without_questions_is_still_one():
    assert [words(block) for block in asked()] == ["New action"]


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (replace(FORM, given='{"text": "' + "x" * 3000 + '"}'), "Slack holds 3000"),
        (replace(FORM, blocks=(TextInput("text", "Action", "x" * 301, longest=300),)), "its field in Slack takes 300"),
        (replace(FORM, blocks=(ChoiceInput("side", "Side", ()),)), "'Side' has 0 options"),
        (replace(FORM, blocks=(ChoiceInput("side", "Side", (Option("v" * 151, "V"),)),)), "151 characters"),
        (replace(FORM, blocks=(Divider(),) * 101), "has 101 parts"),
    ],
)  # fmt: skip
def test_a_form_that_slack_cannot_hold_is_refused_in_a_sentence(form: Form, why: str):
    with pytest.raises(DoesNotFit, match=why):
        form_view(form)


@HARD
@given(forms())
def test_slack_takes_any_form_or_is_not_asked(form: Form):
    try:
        view = form_view(form, ACCOUNTS)
    except DoesNotFit:
        return
    assert problems(view) == []
    assert called(view["blocks"]) <= set(ACCOUNTS.values())
    assert read_metadata(view["private_metadata"]) == FormMetadata(form.message, form.given, form.place)


MEMBERS = (
    Option("p-aoife", "Aoife Ní Bhriain", "Norvane"), Option("p-priya", "Priya Raghunathan", "Norvane"),
    Option("p-nobody", "Henrik Lund", "Tarnbrook"),
)  # fmt: skip


@pytest.mark.parametrize(("many", "kind"), [(False, "static_select"), (True, "multi_static_select")])
def test_a_member_whom_slack_does_not_know_is_chosen_by_name_and_never_lost(many: bool, kind: str):
    shown = ("p-nobody", "p-priya") if many else ("p-nobody",)
    (block,) = asked(PeopleInput("owners", "Who", shown, many=many, options=MEMBERS))
    element = block["element"]
    assert element["type"] == kind
    assert [(group["label"]["text"], len(group["options"])) for group in element["option_groups"]] == [
        ("Norvane", 2), ("Tarnbrook", 1),
    ]  # fmt: skip
    form = replace(FORM, blocks=(PeopleInput("owners", "Who", shown, many=many, options=MEMBERS),))
    untouched = read_submission({"values": filled_values(form_view(form, ACCOUNTS), {})})
    assert untouched.values["owners"] == (shown if many else "p-nobody")
    changed = read_submission({"values": filled_values(form_view(form, ACCOUNTS), {"Who": "Aoife Ní Bhriain"})})
    assert changed.values["owners"] == (("p-aoife",) if many else "p-aoife")


def test_where_slack_knows_every_member_its_own_picker_is_used():
    (block,) = asked(PeopleInput("owners", "Who", ("p-aoife",), options=MEMBERS[:2]))
    assert (block["element"]["type"], block["element"]["initial_user"]) == ("users_select", "U01AOIFE")


def test_a_company_of_many_takes_several_groups():
    crowd = tuple(Option(f"p-{n}", f"Expert {n}", "Tarnbrook") for n in range(250))
    (block,) = asked(PeopleInput("owners", "Who", ("p-249",), many=True, options=crowd))
    assert [len(group["options"]) for group in block["element"]["option_groups"]] == [100, 100, 50]
    assert [option["value"] for option in block["element"]["initial_options"]] == ["p-249"]
