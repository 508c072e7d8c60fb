"""Motions: one vote a person, counted by company, recorded as a decision by a person and never by itself."""

import pytest

from core.api import Address
from core.export import Records, Scope, audit_store, exporting
from core.features.decisions.records import Decision
from core.features.floor.motions import MOST_OPEN
from core.features.floor.records import Motion
from core.kernel.audit import Verdict
from tests.features.floor.rooms import card_of, events, motion
from tests.features.meetings.planned import meeting, planned, started, utc
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, person, priya, tomas, words

THREE = 'motion "we go with three batches"'
DIRECT = Address("slack", "T2", "U-luís", direct=True)


async def moved(room: MeetingRoom) -> None:
    """MTG-001 runs, and Luís has put MOT-001."""
    await started(room, "batches")
    await room.say(anna, "agenda next")
    await room.say(luis, THREE)


async def voted(room: MeetingRoom) -> None:
    """The same, with 3 for it, 1 against it and 1 who abstains."""
    await moved(room)
    for who, vote in ((anna, "yes"), (priya, "yes"), (tomas, "abstain"), (luis, "no"), (marta, "yes")):
        await room.say(who, f"vote MOT-001 {vote}")


def votes(room: MeetingRoom) -> dict[str, str]:
    """Who voted how, by the first name."""
    names = room.core.directories.look("NVT").members
    return {names[one["person"]].name.split()[0]: one["vote"] for one in motion(room).votes}


async def test_it_is_put_voted_on_closed_and_recorded(room: MeetingRoom) -> None:
    await moved(room)
    card = await card_of(room, "MOT-001")
    assert words(card).splitlines() == [
        "Motion MOT-001: we go with three batches",
        "0 yes · 0 no · 0 abstained",
        "Norvane Therapeutics: 0 yes · 0 no · 0 abstained · not yet: Aoife Ní Bhriain",
        "Tarnbrook Manufacturing: 0 yes · 0 no · 0 abstained · not yet: Luís Gonçalves",
        "Put by: @Luís Gonçalves (Tarnbrook Manufacturing)",
        "Agenda item: 1 · batches",
        "[Yes → vote MOT-001 yes]",
        "[No → vote MOT-001 no]",
        "[Abstain → vote MOT-001 abstain]",
        "[Close and count → motion close MOT-001]",
    ]
    for who, label in ((anna, "Yes"), (priya, "Yes"), (tomas, "Abstain"), (luis, "No"), (marta, "Yes")):
        assert await room.press(who, buttons(card)[label]) is None  # the card in the room says it
    assert votes(room) == {"Aoife": "yes", "Priya": "yes", "Tomáš": "abstain", "Luís": "no", "Marta": "yes"}
    assert len(meeting(room).present) == 5  # who votes in the room is there
    assert "The chair of MTG-001, Aoife Ní Bhriain, or a lead does this." in words(
        await room.say(luis, "motion close MOT-001")
    )
    room.clock.advance(minutes=5)
    await room.press(anna, buttons(card)["Close and count"])
    card = await card_of(room, "MOT-001")
    assert card.summary == "MOT-001 · we go with three batches · carried, 3 yes, 1 no, 1 abstained"
    assert words(card).splitlines()[1:4] == [
        "carried: 3 yes · 1 no · 1 abstained",
        "Norvane Therapeutics: 2 yes: Aoife Ní Bhriain, Priya Raghunathan · 0 no · 1 abstained: Tomáš Dvořák",
        "Tarnbrook Manufacturing: 1 yes: Marta Kowalczyk · 1 no: Luís Gonçalves · 0 abstained",
    ]
    assert buttons(card) == {"Record as a decision": "motion record MOT-001"}
    assert room.rows(Decision) == []  # a vote makes none by itself

    await room.press(anna, buttons(card)["Record as a decision"])
    [decision] = room.rows(Decision)
    assert (decision.text, decision.state, decision.meeting) == ("we go with three batches", "proposed", "MTG-001")
    assert [voice["side"] for voice in decision.agreed_by] == ["sponsor"]  # both companies still agree
    assert (motion(room).state, motion(room).decision) == ("decided", "DEC-001")
    assert "Recorded as DEC-001." in words(await card_of(room, "MOT-001"))
    shown = words(await card_of(room, "DEC-001"))
    assert "From the motion: MOT-001 · 3 yes, 1 no, 1 abstained" in shown
    assert "Tarnbrook Manufacturing: waiting" in shown
    proposed = [entry for entry in room.trail() if entry["record"] == "DEC-001"]
    assert [entry["reason"] for entry in proposed] == ["MOT-001 was carried: 3 yes, 1 no, 1 abstained"]
    await room.say(marta, "decision agree DEC-001")
    assert "From the motion: MOT-001" in words(await card_of(room, "DEC-001"))
    assert room.rows(Decision)[0].state == "agreed"
    assert "MOT-001 is recorded already, as DEC-001." in words(await room.press(marta, "motion record MOT-001"))


async def test_a_later_vote_takes_the_place_of_ones_own(room: MeetingRoom) -> None:
    await moved(room)
    answer = words(await room.say(luis, "vote MOT-001 no"))
    assert answer.splitlines()[0] == "Your vote on MOT-001: no. 0 yes, 1 no, 0 abstained."
    again = words(await room.say(luis, "vote yes"))
    assert again.splitlines()[0] == "Your vote on MOT-001: yes, in place of no. 1 yes, 0 no, 0 abstained."
    version = motion(room).version
    same = words(await room.say(luis, "vote yes"))
    assert same.splitlines()[0] == "Your vote on MOT-001 is counted already: yes. 1 yes, 0 no, 0 abstained."
    assert (motion(room).version, votes(room)) == (version, {"Luís": "yes"})
    cast = [entry["changes"]["votes"] for entry in room.trail() if "VoteCast" in entry["event"]]
    assert [[one["vote"] for one in new] for _, new in cast] == [["no"], ["yes"]]
    assert [one["vote"] for one in cast[1][0]] == ["no"]  # the trail keeps the one before


@pytest.mark.parametrize(
    ("cast", "state"),
    [
        ({}, "not_carried"),
        ({"anna": "yes"}, "carried"),
        ({"anna": "yes", "luis": "no"}, "not_carried"),
        ({"anna": "abstain", "luis": "abstain"}, "not_carried"),
        ({"anna": "yes", "luis": "abstain", "marta": "abstain"}, "carried"),
        ({"anna": "yes", "luis": "no", "marta": "no"}, "not_carried"),
    ],
)
async def test_what_carries_it(room: MeetingRoom, cast: dict[str, str], state: str) -> None:
    await moved(room)
    people = {"anna": anna, "luis": luis, "marta": marta}
    for who, vote in cast.items():
        await room.say(people[who], f"vote {vote}")
    await room.say(anna, "motion close")
    assert motion(room).state == state
    if state != "carried":
        assert not buttons(await card_of(room, "MOT-001"))
        refused = words(await room.say(anna, "motion record MOT-001"))
        assert "MOT-001 is not carried: only a motion that is carried is recorded as a decision." in refused


async def test_only_members_who_are_there_vote(room: MeetingRoom) -> None:
    await moved(room)
    auditor = person("Ines Prado", "T1")
    await room.say(anna, "member add @a side:sponsor role:auditor", a=auditor)
    assert "it needs one of these roles" in words(await room.press(auditor, "vote MOT-001 yes"))
    assert "You do not belong to this transfer yet" in words(
        await room.press(person("Nobody Known", "T9"), "vote MOT-001 yes")
    )
    refused = words(await room.say(jurgen, "vote MOT-001 yes", at=Address("slack", "T2", "U-jürgen", direct=True)))
    assert "Who is at MTG-001 votes, and you are not noted as there. If you are, say so first:\nhere MTG-001" in refused
    await room.say(priya, "here")
    await room.say(anna, "meeting absent @p", p=priya)
    assert "say so first" in words(await room.press(priya, "vote MOT-001 yes"))
    await room.say(priya, "here")
    await room.press(priya, "vote MOT-001 yes")
    await room.say(luis, "vote no", at=DIRECT)  # he put it in the room, so he is there
    assert votes(room) == {"Priya": "yes", "Luís": "no"}


async def test_a_vote_after_the_end_of_voting(room: MeetingRoom) -> None:
    await voted(room)
    room.clock.set(utc(12, 14, 20))
    await room.say(anna, "motion close MOT-001")
    refused = words(await room.press(jurgen, "vote MOT-001 no"))
    assert refused == "MOT-001 is carried since 14:20 (Europe/Dublin), with 3 yes, 1 no, 1 abstained. Nothing changed."
    assert refused == words(await room.say(anna, "motion close MOT-001"))
    await room.press(anna, "motion record MOT-001")
    assert refused == words(await room.press(jurgen, "vote MOT-001 no"))
    assert "No motion is open in MTG-001." in words(await room.say(jurgen, "vote no"))


async def test_a_button_of_last_month(room: MeetingRoom) -> None:
    await moved(room)
    await room.say(anna, "meeting end anyway")
    assert motion(room).state == "lapsed"
    room.clock.set(utc(12, 13, month=4))
    await room.say(anna, 'meeting new "April" at:"12 Apr 2026 14:00"')
    await room.say(anna, "meeting start MTG-002")
    await room.say(luis, "motion we go with four batches")
    for sentence in ("vote MOT-001 yes", "motion close MOT-001", "motion withdraw MOT-001"):
        refused = words(await room.press(anna, sentence))
        assert refused == "MOT-001 was not closed before MTG-001 ended, so it is not counted. Nothing changed."
    assert votes(room) == {}
    assert motion(room, 2).votes == []


async def test_a_motion_that_nobody_closes_lapses_and_the_end_asks_about_it(room: MeetingRoom) -> None:
    await voted(room)
    asked = words(await room.say(anna, "meeting end"))
    assert "Motions that nobody closed: MOT-001" in asked
    await room.say(anna, "motion close")
    assert "Carried, and not recorded as a decision: MOT-001" in words(await room.say(marta, "meeting end"))
    await room.say(luis, "motion another")
    await room.say(anna, "meeting end anyway")
    assert [row.state for row in room.rows(Motion)] == ["carried", "lapsed"]
    assert "not closed before the meeting ended" in (await card_of(room, "MOT-002")).summary
    assert events(room, "MOT-002")[-1] == ("Aoife Ní Bhriain", "MotionLapsed")
    await room.press(marta, "motion record MOT-001")  # a carried one is recorded afterwards as well
    [decision] = room.rows(Decision)
    assert (decision.text, decision.meeting) == ("we go with three batches", None)


async def test_it_is_withdrawn_by_whoever_put_it_or_the_chair(room: MeetingRoom) -> None:
    await moved(room)
    assert "Luís Gonçalves put MOT-001: they withdraw it, or the meeting’s chair or a lead does." in words(
        await room.say(tomas, "motion withdraw MOT-001")
    )
    await room.say(luis, "motion withdraw")
    assert motion(room).state == "withdrawn"
    assert "Withdrawn by: @Luís Gonçalves · 14:00" in words(await card_of(room, "MOT-001"))
    assert "MOT-001 is withdrawn since 14:00" in words(await room.say(anna, "vote MOT-001 yes"))


@pytest.mark.parametrize("said", ['decision reverse DEC-001 reason:"wrong words"', 'undo DEC-001 reason:"wrong words"'])
async def test_a_motion_follows_a_decision_that_is_taken_back(room: MeetingRoom, said: str) -> None:
    await voted(room)
    await room.say(anna, "motion close")
    await room.press(anna, "motion record MOT-001")
    await room.say(anna, said)
    assert (motion(room).state, motion(room).decision) == ("carried", "DEC-001")
    card = await card_of(room, "MOT-001")
    assert "It was recorded as DEC-001, which was taken back. It may be recorded again." in words(card)
    assert "MotionUndecided" in str([entry["event"] for entry in room.trail()])
    with exporting(room.core.store, room.core.door, Scope()) as export:
        assert [row["decision"] for row in export.rows("motions")] == [None]
    await room.press(anna, buttons(card)["Record as a decision"])
    assert (motion(room).state, motion(room).decision) == ("decided", "DEC-002")
    assert "Recorded as DEC-002" in words(await card_of(room, "MOT-001"))
    found = list(audit_store(room.core.store, None, None, Records(room.core.registry)))
    assert [str(one) for one in found if not isinstance(one, Verdict) or one.broken] == []


async def test_a_motion_tells_that_its_decision_was_reversed(room: MeetingRoom) -> None:
    await voted(room)
    await room.say(anna, "motion close")
    await room.press(anna, "motion record MOT-001")
    await room.say(marta, "decision agree DEC-001")
    await room.say(anna, "decision agree DEC-001")
    await room.say(anna, 'decision reverse DEC-001 reason:"superseded"')
    await room.say(marta, "decision reverse DEC-001")
    assert motion(room).state == "decided"
    card = words(await card_of(room, "MOT-001"))
    assert "It was recorded as DEC-001, which both companies have reversed since." in card


async def test_without_a_reference_the_only_open_one_is_meant(room: MeetingRoom) -> None:
    await moved(room)
    await room.say(priya, "motion the swab plan is extended")
    asked = await room.say(anna, "vote yes")
    assert "Several motions are open. Which one do you mean?" in words(asked)
    assert "vote MOT-002 yes" in buttons(asked).values()
    await room.press(anna, "vote MOT-002 yes")
    assert [one["vote"] for one in motion(room, 2).votes] == ["yes"]
    form = await room.say(anna, "vote MOT-002")
    assert words(form).splitlines()[0] == "Vote"
    assert "Your vote" in words(form)
    assert "“maybe” does not fit" in words(await room.say(anna, "vote MOT-002 maybe"))
    listed = words(await room.say(marta, "motion list")).splitlines()
    assert listed[1:3] == [
        "- MOT-002 the swab plan is extended · open · 1 yes, 0 no, 0 abstained",
        "- MOT-001 we go with three batches · open · 0 yes, 0 no, 0 abstained",
    ]


@pytest.mark.parametrize("sentence", [THREE, "vote yes", "motion close", "motion withdraw"])
async def test_without_a_meeting_there_is_nothing_to_vote_on(room: MeetingRoom, sentence: str) -> None:
    await planned(room)
    assert "No meeting is running here. The next one is MTG-001" in words(await room.say(anna, sentence))
    assert words(await room.say(anna, "motion list")).startswith("Motions\nNone yet.")


async def test_no_more_motions_than_people_can_keep_apart(room: MeetingRoom) -> None:
    await started(room)
    for number in range(MOST_OPEN):
        await room.say(luis, f"motion number {number} is right")
    assert f"{MOST_OPEN} motions are open in MTG-001." in words(await room.say(luis, "motion one more"))


async def test_words_that_are_made_to_do_harm_stay_words(room: MeetingRoom) -> None:
    await started(room)
    hostile = '<!channel> </at> {{7*7}} *bold* `code` #read("x") & <b>'
    await room.say(luis, f"motion {hostile}")
    await room.say(anna, "vote yes")
    await room.say(anna, "motion close")
    await room.press(anna, "motion record MOT-001")
    assert (motion(room).text, room.rows(Decision)[0].text) == (hostile, hostile)
    assert hostile in words(await card_of(room, "MOT-001"))


async def test_the_export_has_every_vote_and_the_counts(room: MeetingRoom) -> None:
    await voted(room)
    await room.say(jurgen, "vote yes")
    await room.say(priya, "vote no")
    await room.say(anna, "motion close")
    await room.press(anna, "motion record MOT-001")
    await room.say(luis, "remind us in 5 minutes to stop")
    await room.deliver()
    with exporting(room.core.store, room.core.door, Scope()) as export:
        rows = {key: list(export.rows(key)) for key in ("motions", "reminders", "decisions")}
    [row] = rows["motions"]
    assert (row["id"], row["state"], row["by"], row["decision"]) == ("MOT-001", "decided", "Luís Gonçalves", "DEC-001")
    assert [(one["by"], one["vote"]) for one in row["votes"]] == [
        ("Aoife Ní Bhriain", "yes"),
        ("Tomáš Dvořák", "abstain"),
        ("Luís Gonçalves", "no"),
        ("Marta Kowalczyk", "yes"),
        ("Jürgen Weiß", "yes"),
        ("Priya Raghunathan", "no"),
    ]
    assert row["counts"] == {
        "all": {"yes": 3, "no": 2, "abstained": 1},
        "sponsor": {"yes": 1, "no": 1, "abstained": 1},
        "cmo": {"yes": 2, "no": 1, "abstained": 0},
    }
    assert row["source"]["text"] == THREE
    assert rows["decisions"][0]["source"]["text"] == "motion record MOT-001"
    assert [(one["id"], one["text"], one["due_at"]) for one in rows["reminders"]] == [
        ("REM-001", "stop", "2026-03-12T14:05:00.000Z")
    ]


async def test_the_records_agree_with_the_trail(room: MeetingRoom) -> None:
    await voted(room)
    await room.say(luis, "q+ the filters")
    await room.say(anna, "ack")
    await room.say(anna, "motion close")
    await room.press(anna, "motion record MOT-001")
    await room.say(anna, "remind us in 5 minutes to stop")
    room.clock.advance(minutes=6)
    await room.deliver()
    await room.say(anna, "meeting end anyway")
    found = list(audit_store(room.core.store, None, None, Records(room.core.registry)))
    assert [str(one) for one in found if not isinstance(one, Verdict) or one.broken] == []
