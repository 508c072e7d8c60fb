"""A CAPA from the decision that it came from to the minutes of the next meeting, as the rooms and its owners see it."""

from __future__ import annotations

from core.features.minutes.records import Minutes
from core.view import Form
from tests.features.actions.people import card_of, direct, in_nvt, to
from tests.features.capa.plans import capa, in_a_meeting, line
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, words


async def test_a_capa_comes_from_a_decision_and_is_followed_until_the_next_meeting(room: MeetingRoom) -> None:
    await in_nvt(room)
    await in_a_meeting(room)
    await room.say(anna, "decision the hold time is challenged before PPQ-1")
    await room.deliver()

    # One press on the decision's card: the form knows the title and what it came from.
    card = card_of(room, "DEC-001")
    assert list(buttons(card)) == ["Agree", "Object…", "CAPA…"]
    form = await room.press(marta, buttons(card)["CAPA…"], place=card.place)
    assert isinstance(form, Form)
    assert "CAPA-001" in words(await room.fill(marta, form, title="Hold time never challenged", decision="DEC-001"))
    await room.deliver()
    assert (capa(room).decision, capa(room).meeting, capa(room).state) == ("DEC-001", "MTG-001", "draft")
    assert "CAPA: CAPA-001" in words(card_of(room, "DEC-001"))
    plan = card_of(room, "CAPA-001")
    assert plan.summary == "CAPA-001 · Hold time never challenged · no line yet"
    assert list(buttons(plan)) == ["Correction (fix)…", "Corrective (cause)…", "Preventive…"]

    # A line from the button's form, another typed whole.
    form = await room.press(marta, buttons(plan)["Correction (fix)…"], place=plan.place)
    assert isinstance(form, Form)
    answer = await room.fill(
        marta, form, capa="CAPA-001", kind=("correction",), text="retrain line 4", owner=(luis,), due="2026-03-20"
    )
    assert "CAPA-001.1" in words(answer)
    said = 'capa line CAPA-001 corrective "challenge the hold time at full scale" @j by 27 March'
    assert "CAPA-001.2" in words(await room.say(anna, said, j=jurgen))
    sent = await room.deliver()
    [own] = to(luis, sent)
    assert words(own).startswith("For you: CAPA-001.1 retrain line 4")
    assert "correction · CAPA-001 Hold time never challenged" in words(own)
    assert "Due: Fri 20 Mar 2026" in words(own)
    assert list(buttons(own)) == ["Accept", "Decline…"]

    # The owners are asked: one accepts, one declines with a reason, and the lead names another.
    assert await room.press(luis, buttons(own)["Accept"], at=direct(luis), place=own.place) is None
    assert (line(room).state, line(room).accepted) == ("in_progress", True)  # a fix need not wait for approval
    await room.say(jurgen, 'capa decline CAPA-001.2 reason:"I approve this CAPA"')
    assert "Nobody does it now: CAPA-001.2" in words(to(marta, await room.deliver())[0])
    assert line(room, "CAPA-001.2").owner is None
    await room.say(marta, "capa assign CAPA-001.2 @p by 31 March", p=priya)
    sent = await room.deliver()
    assert words(to(priya, sent)[0]).startswith("For you: CAPA-001.2")
    shown = words(await room.say(priya, "capa CAPA-001"))
    assert "@Luís Gonçalves ✓" in shown
    assert "@Priya Raghunathan" in shown
    assert "Still lacks: preventive" in shown

    # The minutes of this meeting hold it, and those of the next while it is open.
    await room.say(anna, "meeting end MTG-001 anyway")
    await room.deliver()
    first = room.rows(Minutes)[0].markdown
    assert "## CAPA (1)" in first
    assert "**CAPA-001.2** corrective: challenge the hold time at full scale – Priya Raghunathan" in first
    await in_a_meeting(room, "PPQ readiness", 19)
    await room.say(anna, "meeting end MTG-002 anyway")
    second = room.rows(Minutes)[1].markdown
    assert "**CAPA-001** Hold time never challenged – draft, open from before" in second

    # Listed for everybody, and the owner's own list has the line.
    assert "CAPA-001" in words(await room.say(luis, "capa list"))
    assert "CAPA-001.1" in words(await room.say(luis, "mine"))

    entries = [entry for entry in room.trail() if str(entry["record"]).startswith("CAPA-001")]
    assert [(entry["record"], entry["event"], entry["name"]) for entry in entries] == [
        ("CAPA-001", "CapaOpened", "Marta Kowalczyk"),
        ("CAPA-001.1", "CapaLineAdded", "Marta Kowalczyk"),
        ("CAPA-001.2", "CapaLineAdded", "Aoife Ní Bhriain"),
        ("CAPA-001.1", "CapaLineAccepted", "Luís Gonçalves"),
        ("CAPA-001.2", "CapaLineDeclined", "Jürgen Weiß"),
        ("CAPA-001.2", "CapaLineAssigned", "Marta Kowalczyk"),
        ("CAPA-001.1", "OwnerReminded", "Tandem"),
    ]
