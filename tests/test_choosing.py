"""More than one fits: whoever spoke chooses by a button, and nothing that they said has to be typed again."""

from __future__ import annotations

from typing import Any

import pytest

from core.api import Address, Edited, Form, FormErrors, Notice, Place
from core.export import Records, audit_store
from core.features.actions.records import Action
from core.features.capa.records import CapaLine
from core.features.meetings.records import AgendaItem, Meeting
from core.features.questions.records import Note
from core.features.transfers.records import HeldLine
from core.kernel.audit import Source
from core.kernel.transfers import Room
from tests.features.capa.plans import with_lines
from tests.features.transfers.test_joining import joined
from tests.meeting_room import (
    MeetingRoom,
    anna,
    buttons,
    jurgen,
    luis,
    marta,
    person,
    priya,
    stranger,
    tomas,
    words,
)
from tests.two_transfers import SECOND, direct, twice_opened

BEN = person("ben-t Adler", "T2")
OTHER_BEN = person("ben-n Adler")


async def two_planned(room: MeetingRoom) -> MeetingRoom:
    """PPQ readiness on the 12th and Governance on the 20th, both chaired by Aoife."""
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" @l', l=luis)
    await room.say(anna, 'meeting new "Governance" at:"20 Mar 2026 10:00" @l', l=luis)
    return room


def held(room: MeetingRoom, transfer: str = "NVT") -> list[tuple[str, str]]:
    """The lines that are kept, and what became of them."""
    return [(line.ref, line.state) for line in room.rows(HeldLine, transfer)]


async def test_a_sentence_of_tandem_s_own_words_stands_on_the_buttons(room: MeetingRoom) -> None:
    await two_planned(room)
    choice = await room.say(anna, "meeting start")
    assert isinstance(choice, Notice)
    assert words(choice).splitlines()[:3] == [
        "Several meetings are planned. Which one do you mean? Nothing was recorded yet.",
        "- MTG-001 · PPQ readiness – Thu 12 Mar 2026 14:00 (Europe/Dublin)",
        "- MTG-002 · Governance – Fri 20 Mar 2026 10:00 (Europe/Dublin)",
    ]
    assert buttons(choice) == {"MTG-001": "meeting start MTG-001", "MTG-002": "meeting start MTG-002"}
    assert choice.place == Place("NVT")
    await room.press(anna, "meeting start MTG-002", place=choice.place)
    assert [(row.ref, row.running) for row in room.rows(Meeting)] == [("MTG-001", False), ("MTG-002", True)]
    assert held(room) == []


async def test_people_who_were_named_are_named_by_the_button(room: MeetingRoom) -> None:
    await two_planned(room)
    choice = await room.say(anna, "meeting invite @j @t", j=jurgen, t=tomas)
    await room.press(anna, buttons(choice)["MTG-002"])
    assert [len(row.invited) for row in room.rows(Meeting)] == [2, 4]
    assert held(room) == []


@pytest.mark.parametrize("slash", [True, False])
async def test_a_line_with_words_of_its_own_is_kept_and_the_button_completes_it(room: MeetingRoom, slash: bool) -> None:
    await two_planned(room)
    said = 'agenda add "Line 4: who signs?" @l for:20m'
    choice = await room.say(anna, said, l=luis, slash=slash, delivery="m-1")
    assert 'agenda add "Line 4: who signs?" @Luís Gonçalves for:20m' in words(choice)
    assert buttons(choice) == {
        "MTG-001": "line choose LIN-001 one:MTG-001",
        "MTG-002": "line choose LIN-001 one:MTG-002",
    }
    assert room.rows(AgendaItem) == []
    again = await room.say(anna, said, l=luis, slash=slash, delivery="m-1")
    assert buttons(again) == buttons(choice)  # the same delivery, the same line
    assert held(room) == [("LIN-001", "held")]

    room.clock.advance(hours=2)
    answer = words(await room.press(anna, "line choose LIN-001 one:MTG-002", place=choice.place))
    assert "Item 1" in answer
    [item] = room.rows(AgendaItem)
    assert (item.meeting, item.text, item.minutes) == ("MTG-002", "Line 4: who signs?", 20)
    assert room.core.directories.look("NVT").name_of(item.presenter) == "Luís Gonçalves"
    [source] = [row for row in room.rows_of(Source) if row.record == item.ref]
    assert (source.text, source.author, source.sent_at.hour) == (said, str(anna.identity), 9)
    assert held(room) == [("LIN-001", "recorded")]
    for one in ("MTG-002", "MTG-001"):
        assert "LIN-001 was recorded already" in words(await room.press(anna, f"line choose LIN-001 one:{one}"))
    assert len(room.rows(AgendaItem)) == 1


async def test_who_may_choose(room: MeetingRoom) -> None:
    await two_planned(room)
    await room.say(luis, "agenda add deviations")
    assert "A lead, or the person who said it" in words(await room.press(tomas, "line choose LIN-001 one:MTG-001"))
    assert "do not belong to this transfer" in words(await room.press(stranger, "line choose LIN-001 one:MTG-001"))
    assert room.rows(AgendaItem) == []
    await room.press(marta, "line choose LIN-001 one:MTG-001")
    [item] = room.rows(AgendaItem)
    assert item.created_by == room.core.directories.look("NVT").by_identity[luis.identity]


async def test_what_was_no_choice_is_asked_again(room: MeetingRoom) -> None:
    await two_planned(room)
    await room.say(anna, "agenda add deviations")
    again = await room.press(anna, "line choose LIN-001 one:MTG-009")
    assert buttons(again)["MTG-002"] == "line choose LIN-001 one:MTG-009,MTG-002"
    await room.say(anna, 'meeting cancel MTG-002 reason:"not needed"')
    assert "MTG-001" in words(await room.press(anna, "line choose LIN-001 one:MTG-002"))  # the one that is left
    assert [item.meeting for item in room.rows(AgendaItem)] == ["MTG-001"]


async def test_a_form_opens_once_the_meeting_is_chosen(room: MeetingRoom) -> None:
    await two_planned(room)
    for sentence in ("agenda add", "meeting move", "agenda drop", "meeting invite"):
        choice = await room.say(anna, sentence)
        assert buttons(choice)["MTG-002"] == f"{sentence} MTG-002", sentence
    form = await room.press(anna, "agenda add MTG-002")
    assert isinstance(form, Form)
    assert "MTG-002 · Governance" in words(form) + str(form.blocks)
    await room.fill(anna, form, text="deviations", meeting="MTG-002")
    assert [item.meeting for item in room.rows(AgendaItem)] == ["MTG-002"]


async def test_a_form_that_names_none_stays_open_with_the_choices(room: MeetingRoom) -> None:
    await two_planned(room)
    form = await room.press(anna, "agenda add MTG-002")
    faults = await room.fill(anna, form, text="deviations", meeting="")
    assert isinstance(faults, FormErrors)
    assert "MTG-001 PPQ readiness" in faults.fields["meeting"]
    assert "MTG-002 Governance" in faults.fields["meeting"]
    assert faults.form is not None
    assert room.rows(AgendaItem) == []


async def test_a_line_that_nobody_knew_is_asked_about_where_it_waits(room: MeetingRoom) -> None:
    await two_planned(room)
    await room.say(stranger, "agenda add deviations")
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    choice = await room.press(anna, "line record LIN-001")
    assert buttons(choice)["MTG-002"] == "line choose LIN-001 one:MTG-002"
    assert held(room) == [("LIN-001", "held")]
    await room.press(anna, "line choose LIN-001 one:MTG-002")
    assert [item.meeting for item in room.rows(AgendaItem)] == ["MTG-002"]
    assert held(room) == [("LIN-001", "recorded")]


async def test_lines_that_wait_for_a_choice_are_not_recorded_with_a_stranger_s(room: MeetingRoom) -> None:
    await two_planned(room)
    await room.say(stranger, "note MBR-114 is v4")
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    await room.say(stranger, "agenda add deviations")
    await room.press(anna, "line all LIN-001")
    assert held(room) == [("LIN-001", "recorded"), ("LIN-002", "held")]


async def test_regrets_of_somebody_who_is_invited_to_two(room: MeetingRoom) -> None:
    await two_planned(room)
    await room.say(anna, 'meeting new "Closure" at:"27 Mar 2026 10:00"')
    choice = await room.say(luis, "regrets")
    assert buttons(choice) == {"MTG-001": "regrets MTG-001", "MTG-002": "regrets MTG-002"}  # not the third


async def test_which_line_of_a_capa(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(luis, "capa decline CAPA-001.1 reason:elsewhere")
    await room.say(anna, "capa assign CAPA-001.1 @l", l=luis)
    choice = await room.say(luis, 'capa decline CAPA-001 reason:"no time for it"')
    assert buttons(choice)["CAPA-001.1"] == "line choose LIN-001 one:CAPA-001.1"
    await room.press(luis, "line choose LIN-001 one:CAPA-001.1")
    assert [line.owner is None for line in room.rows(CapaLine)] == [True, False]


async def test_which_room_is_taken_out(room: MeetingRoom) -> None:
    await joined(room)
    choice = await room.say(anna, 'transfer room remove reason:"moved away"', at=direct(anna))
    assert "- ROM-002 · #" in words(choice)
    await room.press(anna, buttons(choice)["ROM-002"], at=direct(anna), place=choice.place)
    assert [one.state for one in room.rows_of(Room) if one.platform == "teams"] == ["removed"]
    assert "Say this in the room that both" in words(
        await room.say(anna, 'transfer room joint reason:"x y z"', at=direct(anna))
    )


async def test_whose_own_room_this_is(room: MeetingRoom) -> None:
    await twice_opened(room)
    await room.say(priya, "member add @p role:lead", at=SECOND, p=anna)
    own = Address("slack", "T1", "C-own")
    choice = await room.say(anna, "transfer room internal", at=own)
    assert buttons(choice) == {
        "NVB": "transfer room internal code:NVB",
        "NVT": "transfer room internal code:NVT",
    }
    await room.press(anna, buttons(choice)["NVB"], at=own)
    assert [one.transfer for one in room.rows_of(Room) if one.channel == "C-own"] == ["NVB"]


async def namesakes(room: MeetingRoom) -> MeetingRoom:
    """A Ben Adler in either company."""
    await room.opened()
    for lead, who, role in ((marta, BEN, "qa"), (anna, OTHER_BEN, "expert")):
        account = type(who)(who.identity, "Ben Adler")
        await room.say(lead, f"member add @p role:{role}", p=account)
    return room


def owner(room: MeetingRoom, action: Action) -> list[str]:
    """The accounts of an action's owners."""
    known = room.core.directories.look("NVT").by_identity
    return [identity.user for identity, person in known.items() if person in action.owners]


async def test_a_typed_name_of_two_people_is_a_choice(room: MeetingRoom) -> None:
    await namesakes(room)
    await room.say(anna, "action send the batch record @l by Friday", l=luis)
    choice = await room.say(anna, "action reassign ACT-001 @Ben Adler")
    assert "2 people here are called Ben Adler. Which one do you mean?" in words(choice)
    found = buttons(choice)
    assert sorted(found) == [
        "Ben Adler · Norvane Therapeutics · expert",
        "Ben Adler · Tarnbrook Manufacturing · qa",
    ]
    said = found["Ben Adler · Tarnbrook Manufacturing · qa"]
    assert said.startswith("action reassign ACT-001 @")
    await room.press(anna, said)
    assert owner(room, room.rows(Action)[0]) == ["U-ben-t"]
    assert held(room) == []


async def test_namesakes_of_one_company_and_role_are_told_apart_by_mail_or_account_and_time(room: MeetingRoom) -> None:
    await room.opened()
    for who, more in (
        (BEN, ""),
        (person("ben-s Adler", "T2"), ""),
        (person("ben-u Adler", "T2"), "email:ben@t.example"),
    ):
        account = type(who)(who.identity, "Ben Adler")
        assert await room.say(marta, f"member add @p role:qa {more}", p=account)
        room.clock.advance(hours=24)
    found = buttons(await room.say(marta, "action send the protocol @Ben Adler by Friday"))
    assert sorted(found) == [
        "Ben Adler · Slack …-ben-s · since Tue 10 Mar 2026 · Tarnbrook Manufacturin…",
        "Ben Adler · Slack …-ben-t · since Mon 9 Mar 2026 · Tarnbrook Manufacturing…",
        "Ben Adler · ben@t.example · since Wed 11 Mar 2026 · Tarnbrook Manufacturin…",
    ]
    assert all(len(label) <= 75 for label in found)
    said = found["Ben Adler · Slack …-ben-s · since Tue 10 Mar 2026 · Tarnbrook Manufacturin…"]
    await room.press(marta, said)
    assert owner(room, room.rows(Action)[0]) == ["U-ben-s"]


async def test_a_new_action_for_one_of_two_namesakes(room: MeetingRoom) -> None:
    await namesakes(room)
    choice = await room.say(anna, "action send the protocol to the site @Ben Adler by Friday")
    assert room.rows(Action) == []
    says = buttons(choice)["Ben Adler · Norvane Therapeutics · expert"]
    assert says.startswith("line choose LIN-001 one:")
    room.clock.advance(days=7)
    await room.press(anna, says)
    [action] = room.rows(Action)
    assert (action.text, owner(room, action), str(action.due)) == (
        "send the protocol to the site", ["U-ben-n"], "2026-03-13",
    )  # fmt: skip


async def test_a_mention_is_no_choice_nor_is_a_name_that_no_part_wants(room: MeetingRoom) -> None:
    await namesakes(room)
    await room.say(anna, "action send the protocol @b by Friday", b=BEN)
    assert owner(room, room.rows(Action)[0]) == ["U-ben-t"]
    await room.say(anna, "note @Ben Adler knows")
    assert [row.text for row in room.rows(Note)] == ["@Ben Adler knows"]


async def test_which_person_and_then_which_meeting(room: MeetingRoom) -> None:
    await namesakes(room)
    for title, day in (("PPQ readiness", 12), ("Governance", 20)):
        await room.say(anna, f'meeting new "{title}" at:"{day} Mar 2026 14:00"')
    who = await room.say(anna, 'agenda add "Line 4" @Ben Adler')
    which = await room.press(anna, buttons(who)["Ben Adler · Tarnbrook Manufacturing · qa"])
    assert "Several meetings are planned" in words(which)
    await room.press(anna, buttons(which)["MTG-002"])
    [item] = room.rows(AgendaItem)
    assert item.meeting == "MTG-002"
    assert room.core.directories.look("NVT").by_identity[BEN.identity] == item.presenter
    assert held(room) == [("LIN-001", "recorded")]


async def test_a_form_tells_two_of_one_name_apart(room: MeetingRoom) -> None:
    await namesakes(room)
    account = person("ben-x Adler", "T2")
    await room.say(marta, "member add @p role:expert", p=type(account)(account.identity, "Ben Adler"))
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00"')
    form = await room.say(anna, "meeting invite MTG-001")
    assert isinstance(form, Form)
    options = [option.label for block in form.blocks for option in getattr(block, "options", ())]
    assert sorted(one for one in options if one.startswith("Ben")) == [
        "Ben Adler (expert, Slack …-ben-n)", "Ben Adler (expert, Slack …-ben-x)", "Ben Adler (qa, Slack …-ben-t)",
    ]  # fmt: skip


HIS = direct(luis)


async def test_a_direct_message_of_its_own_words_is_kept_for_the_transfer_that_is_pressed(room: MeetingRoom) -> None:
    await twice_opened(room)
    said = "action send the <b>report</b> to @anna by Friday"
    choice = await room.say(luis, said, at=HIS, anna=anna, delivery="dm-1", slash=False)
    assert "action send the <b>report</b> to @Aoife Ní Bhriain by Friday" in words(choice)
    assert buttons(choice) == {"NVB": "NVB/line here LIN-001", "NVT": "NVT/line here LIN-001"}
    assert held(room, "house") == [("LIN-001", "held")]  # neither transfer reads what may be the other's
    assert "report" not in str([room.trail(code) for code in ("NVT", "NVB")])

    await room.press(luis, "NVB/line here LIN-001", at=HIS)
    [action] = room.rows(Action, "NVB")
    assert str(action.due) == "2026-03-13"
    [source] = [row for row in room.rows_of(Source) if row.transfer == "NVB" and row.record == "ACT-001"]
    assert (source.text, source.message) == (said, "dm-1")
    assert room.rows(Action) == []
    assert held(room, "house") == [("LIN-001", "recorded")]
    assert "report" not in str(room.trail("NVT"))
    await room.press(luis, "NVB/line here LIN-001", at=HIS)
    assert len(room.rows(Action, "NVB")) == 1


async def test_a_kept_line_is_its_speaker_s_alone(room: MeetingRoom) -> None:
    await twice_opened(room)
    await room.say(luis, "note the yields fell", at=HIS)
    for who, at in ((jurgen, direct(jurgen)), (priya, SECOND)):
        assert "No line of yours waits" in words(await room.press(who, "NVB/line here LIN-001", at=at))
    assert "There is no transfer NVB" in words(await room.press(marta, "NVB/line here LIN-001", at=direct(marta)))
    assert "No line of yours waits" in words(await room.press(luis, "NVB/line here LIN-009", at=HIS))
    assert room.rows(Note, "NVB") == []


async def test_which_transfer_and_then_which_meeting(room: MeetingRoom) -> None:
    await two_planned(room)
    await room.say(
        priya, 'transfer new "Product Y" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVB', at=SECOND
    )
    await room.say(priya, "member add @p side:cmo role:expert", at=SECOND, p=luis)
    transfer = await room.say(luis, "agenda add deviations", at=HIS)
    meeting = await room.press(luis, buttons(transfer)["NVT"], at=HIS)
    assert buttons(meeting)["MTG-002"] == "line choose LIN-001 one:MTG-002"
    await room.press(luis, buttons(meeting)["MTG-002"], at=HIS, place=meeting.place)
    assert [item.meeting for item in room.rows(AgendaItem)] == ["MTG-002"]
    assert (held(room, "house"), held(room)) == ([("LIN-001", "recorded")], [("LIN-001", "recorded")])


async def test_a_name_of_two_in_one_of_two_transfers(room: MeetingRoom) -> None:
    await namesakes(room)
    await room.say(
        priya, 'transfer new "Product Y" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVB', at=SECOND
    )
    await room.say(priya, "member add @p side:cmo role:expert", at=SECOND, p=luis)
    transfer = await room.say(luis, "action send the yields @Ben Adler by Friday", at=HIS)
    assert sorted(buttons(transfer)) == ["NVB", "NVT"]
    who: Any = await room.press(luis, buttons(transfer)["NVT"], at=HIS)
    await room.press(luis, buttons(who)["Ben Adler · Norvane Therapeutics · expert"], at=HIS, place=who.place)
    assert owner(room, room.rows(Action)[0]) == ["U-ben-n"]


async def test_the_trail_holds_and_an_edit_of_a_kept_message_harms_nothing(room: MeetingRoom) -> None:
    await two_planned(room)
    await twice_named(room)
    await room.say(luis, "note the yields fell", at=HIS, delivery="dm-1", slash=False)
    await room.core.news.source_edited(Edited(HIS, "dm-1", "note the yields rose", room.clock.now(), "edit-1"))
    await room.press(luis, "NVB/line here LIN-001", at=HIS)
    await room.say(anna, "agenda add deviations")
    await room.press(anna, "line choose LIN-001 one:MTG-002")
    found = list(audit_store(room.core.store, None, None, Records(room.core.registry)))
    assert [str(one) for one in found if getattr(one, "broken", one) is not None] == []


async def twice_named(room: MeetingRoom) -> None:
    """Luís belongs to NVB as well."""
    await room.say(
        priya, 'transfer new "Product Y" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVB', at=SECOND
    )
    await room.say(priya, "member add @p side:cmo role:expert", at=SECOND, p=luis)
