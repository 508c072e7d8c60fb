"""Forms know the members, and show again what was filled in where it cannot stand."""

from __future__ import annotations

from typing import Any

from core.api import Filled, Form, FormErrors, Turn
from core.asked import with_members
from core.features.actions.records import Action
from core.features.capa.records import Capa, CapaLine
from core.features.decisions.records import Decision
from core.features.meetings.records import Meeting
from core.features.questions.records import AskedQuestion
from core.features.transfers.members import AddMember
from core.kernel.ids import TransferId
from core.kernel.messages import Stranger, parts_of
from core.kernel.records import Record
from core.view import PeopleInput, TextInput
from tests.meeting_room import ROOM, MeetingRoom, anna, luis, marta, priya, words


def people_in(form: Form, name: str = "chair") -> PeopleInput:
    """One of the form's inputs of people."""
    [found] = [block for block in form.blocks if isinstance(block, PeopleInput) and block.name == name]
    return found


HENRIK = 'member add "Henrik Lund" email:henrik.lund@tarnbrook.example side:cmo role:expert'


async def asked(room: MeetingRoom, sentence: str) -> Form:
    """The form that a sentence opens where Henrik, who has no account, is a member too."""
    await room.opened()
    await room.say(marta, HENRIK)
    form = await room.say(anna, sentence)
    assert isinstance(form, Form)
    return form


NEW = 'meeting new at:"12 Mar 2026 14:00"'


async def test_a_form_names_every_member_under_their_company(room: MeetingRoom) -> None:
    chair = people_in(await asked(room, NEW))
    assert [(option.label, option.group) for option in chair.options] == [
        ("Aoife Ní Bhriain", "Norvane Therapeutics"),
        ("Priya Raghunathan", "Norvane Therapeutics"),
        ("Tomáš Dvořák", "Norvane Therapeutics"),
        ("Henrik Lund", "Tarnbrook Manufacturing"),
        ("Jürgen Weiß", "Tarnbrook Manufacturing"),
        ("Luís Gonçalves", "Tarnbrook Manufacturing"),
        ("Marta Kowalczyk", "Tarnbrook Manufacturing"),
    ]


async def test_somebody_without_an_account_is_chosen_by_their_id(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(marta, HENRIK)
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" for:60m')
    form = await room.say(anna, "agenda add for:10m")
    assert isinstance(form, Form)
    presenter = next(block for block in form.blocks if isinstance(block, PeopleInput))
    assert "Henrik Lund" in [option.label for option in presenter.options]


async def test_a_stranger_is_not_chosen_among_the_members(room: MeetingRoom) -> None:
    await room.opened()
    names = [name for name, part in parts_of(AddMember).items() if isinstance(part, Stranger)]
    form = Form("Add", tuple(PeopleInput(name, "Who") for name in names), "Add", "AddMember", "{}", "member add @p")
    directory = room.core.directories.look(TransferId("NVT"))
    assert names
    assert with_members(form, AddMember, directory) == form


async def test_a_form_that_cannot_stand_comes_back_as_it_was_filled_in(room: MeetingRoom) -> None:
    form = await asked(room, NEW)
    answer = await room.fill(anna, form, title="PPQ readiness", minutes="soon", chair=(luis,))
    assert isinstance(answer, FormErrors)
    again = answer.form
    assert again is not None
    assert (again.message, again.given, again.place) == (form.message, form.given, form.place)
    shown = {block.name: block.value for block in again.blocks if isinstance(block, TextInput)}
    assert (shown["title"], shown["minutes"]) == ("PPQ readiness", "soon")
    [luis_id] = [option.value for option in people_in(form).options if option.label == "Luís Gonçalves"]
    assert people_in(again).value == (luis_id,)
    assert "minutes" in answer.fields


FORMS: dict[str, tuple[type[Record], dict[str, Any]]] = {
    "capa new": (Capa, {"title": "Hold time never challenged"}),
    "capa line": (
        CapaLine,
        {"capa": "CAPA-001", "kind": "corrective", "text": "challenge it", "owner": (luis,), "due": "2026-03-20"},
    ),
    "action": (Action, {"text": "verify the batch record", "owners": (luis,), "due": "2026-03-13"}),
    "decision": (Decision, {"text": "three batches it is"}),
    "question": (AskedQuestion, {"text": "Which filter do we use?"}),
    "meeting new": (Meeting, {"title": "PPQ readiness", "at": "12 Mar 2026 14:00", "minutes": "60m"}),
}  # fmt: skip


async def test_a_form_is_one_act_by_whatever_deliveries_it_is_sent(room: MeetingRoom) -> None:
    await room.opened()
    for noun, (kind, values) in FORMS.items():
        form = await room.press(anna, noun)
        assert isinstance(form, Form), noun
        filled = Filled(form.message, form.given, values, form.place)
        for delivery in ("click", "retry"):
            turn = Turn(f"{delivery}:{noun}", ROOM, anna, room.clock.now(), filled)
            answer = await room.core.hear(turn)
        [made] = room.rows(kind)
        assert words(answer) == f"That is recorded already: {made.ref}.", noun


async def test_a_form_opened_anew_is_another_act_and_one_that_somebody_sent_is_done(room: MeetingRoom) -> None:
    await room.opened()
    form = await room.press(anna, "capa new")
    assert isinstance(await room.fill(anna, form, title=""), FormErrors)  # nothing was recorded: it is sent again
    await room.fill(anna, form, title="Hold time never challenged")
    answer = words(await room.fill(priya, form, title="Filter without a certificate"))
    assert "Aoife Ní Bhriain has sent this form already: CAPA-001." in answer
    assert "capa new" in answer
    await room.fill(anna, await room.press(anna, "capa new"), title="Hold time never challenged")
    assert [capa.title for capa in room.rows(Capa)] == ["Hold time never challenged"] * 2


async def test_an_adapter_s_own_sentence_has_its_places_filled(room: MeetingRoom) -> None:
    assert room.core.say("Show {left} more", left=7) == "Show 7 more"
