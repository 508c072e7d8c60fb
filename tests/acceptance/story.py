"""One transfer's day, from the first sentence to the last reminder, as its people live it."""

from __future__ import annotations

import re

from tests.acceptance.stage import Stage, advance, aoife, jurgen, luis, marta, priya, tomas, zeynep
from tests.acceptance.talk import a_message_is_changed, people_point, people_talk

OPEN = (
    '/tt transfer new "Product X 50 mg" sponsor:"Norvane Therapeutics" cmo:"Tarnbrook Manufacturing" '
    "tz:Europe/Dublin code:NVT"
)
SPONSOR, CMO = "Norvane Therapeutics (sponsor)", "Tarnbrook Manufacturing (cmo)"
"""What a form calls each company."""


async def the_whole_day(stage: Stage) -> None:
    """Every chapter in its order."""
    await people_come_together(stage)
    await somebody_unknown_speaks(stage)
    await a_meeting_is_prepared(stage)
    await the_agenda_comes_by_itself(stage)
    await the_meeting_begins(stage)
    await decisions_are_taken(stage)
    await actions_are_given(stage)
    await questions_risks_and_notes(stage)
    await what_was_wrong_is_put_right(stage)
    await the_room_is_run(stage)
    await people_talk(stage)
    await people_point(stage)
    await the_meeting_ends(stage)
    await the_days_after(stage)
    if stage.edits:
        await a_message_is_changed(stage)


async def people_come_together(stage: Stage) -> None:
    """A transfer is opened; people come by sentence and by form."""
    await stage.picture("01-empty-room")
    await stage.say(aoife, OPEN)
    await stage.told(aoife, "NVT is open. You lead Norvane Therapeutics")
    await stage.see(aoife, "Product X 50 mg", "Tarnbrook Manufacturing", "@Aoife Ní Bhriain")

    await stage.press(aoife, "Add a person", "Product X 50 mg")
    await stage.picture("02-a-form")
    assert "person" in (await stage.fill(aoife, {"Their company": SPONSOR, "What they do": "qa"})).lower()
    assert not await stage.fill(aoife, {"The person": priya.name, "Their company": SPONSOR, "What they do": "qa"})
    await stage.told(aoife, "@Priya Raghunathan", "Norvane Therapeutics", "qa")
    await stage.say(aoife, "@Tandem member add @Tomáš Dvořák role:expert")
    await stage.told(aoife, "@Tomáš Dvořák")

    await the_other_company_comes(stage)
    await stage.see(marta, "Product X 50 mg", "Tarnbrook Manufacturing", "@Aoife Ní Bhriain", "@Marta Kowalczyk")
    await stage.say(marta, "/tt member add @Jürgen Weiß role:qa")
    await stage.told(marta, "@Jürgen Weiß")
    await stage.say(marta, "/tt member add @Luís Gonçalves role:expert")
    await stage.told(marta, "@Luís Gonçalves", "Tarnbrook Manufacturing")
    await stage.say(aoife, "/tt member add @Luís Gonçalves side:cmo role:qa")
    await stage.told(aoife, "Tarnbrook Manufacturing has a lead of its own")


async def the_other_company_comes(stage: Stage) -> None:
    """Its lead is added where both share a room, and where each has its own says the code that the other was given."""
    if stage.rooms == 1:
        await stage.say(aoife, "/tt member add @Marta Kowalczyk side:cmo role:lead")
        await stage.told(aoife, "@Marta Kowalczyk", "Tarnbrook Manufacturing", "lead")
        return
    await stage.say(aoife, "/tt transfer invite")
    given = re.search(r"transfer join \S+", await stage.told(aoife, "transfer join", "Tarnbrook Manufacturing"))
    assert given is not None
    await stage.say(marta, f"/tt {given[0]}")
    await stage.told(marta, "This room is one of NVT", "You lead Tarnbrook Manufacturing")
    await stage.inbox(aoife, "has joined", "@Marta Kowalczyk", "Take it back…")
    await stage.say(luis, f"/tt {given[0]}")
    await stage.told(luis, "lives in this room already")


async def somebody_unknown_speaks(stage: Stage) -> None:
    """Her line is held; once her lead has said who she is, one press records it under her own name."""
    await stage.say(zeynep, "/tt risk the new sampler on line 4 is not trained yet")
    await stage.told(zeynep, "Nothing was recorded yet", "the new sampler on line 4")
    await stage.inbox(marta, "Who is Zeynep Şahin?", "the new sampler on line 4")
    await stage.press(marta, "2. Record the line", "Zeynep Şahin", direct=True)
    await stage.told(marta, "Zeynep Şahin is not known here yet")
    await stage.press(marta, "1. Add them", "Zeynep Şahin", direct=True)
    assert not await stage.fill(marta, {"Their company": CMO, "What they do": "expert"})
    await stage.told(marta, "@Zeynep Şahin", "Tarnbrook Manufacturing", "expert")
    await stage.press(marta, "Record the line", "They are known here by now", direct=True)
    await stage.inbox(marta, "Who is Zeynep Şahin?", "Recorded.")
    for who in (aoife, marta):
        await stage.see(who, "Risk RSK-001: the new sampler on line 4", "@Zeynep Şahin (Tarnbrook Manufacturing)")


async def a_meeting_is_prepared(stage: Stage) -> None:
    """Planned in the transfer's zone, shown in each reader's own; the agenda says when it is too full."""
    await stage.say(aoife, "/tt transfer stage ppq_readiness")
    await stage.say(aoife, '/tt transfer set agenda_lead:"3 days, 20 minutes"')
    await stage.say(aoife, '/tt meeting new "PPQ readiness review" at:"12 Mar 2026 14:00" for:60m stage:ppq_readiness')
    await stage.told(aoife, "MTG-001 is planned for Thu 12 Mar 2026, 14:00")
    await stage.say(
        aoife, "/tt meeting invite @Priya Raghunathan @Marta Kowalczyk @Jürgen Weiß @Luís Gonçalves @Tomáš Dvořák"
    )
    await stage.told(aoife, "Invited to MTG-001", "@Jürgen Weiß")
    await stage.see(marta, "PPQ readiness review", "Thu 12 Mar 2026, 15:00", "60 min", "@Luís Gonçalves")
    await stage.see(aoife, "PPQ readiness review", "Thu 12 Mar 2026, 14:00")

    await stage.say(luis, '/tt agenda add "Qualification status of line 4" @Luís Gonçalves for:20m')
    await stage.told(luis, "Item 1 is on the agenda of MTG-001", "20 of 60 min")
    await stage.say(marta, '/tt agenda add "Open redlines of MBR-114" @Marta Kowalczyk for:30m')
    await stage.told(marta, "Item 2 is on the agenda of MTG-001", "Open redlines of MBR-114", "@Marta Kowalczyk")
    await stage.press(priya, "Add an item", "PPQ readiness review")
    item = {"What to talk about": "Go or no-go for PPQ-1", "Who presents it": priya.name, "How long it takes": "15m"}
    assert not await stage.fill(priya, item)
    await stage.told(priya, "The agenda is now 5 min over the plan")
    await stage.see(aoife, "1 · Qualification status of line 4 · @Luís Gonçalves · 20 min", "5 min over the plan")
    await stage.stands(aoife, 1, "PPQ readiness review", "5 min over the plan")


async def the_agenda_comes_by_itself(stage: Stage) -> None:
    """At its lead times, after a move at the new ones; whatever changes later changes on every card of it."""
    await advance(stage, 3, 9, 14, 0)
    await stage.stands(aoife, 2, "Qualification status of line 4", "5 min over the plan")
    await stage.picture("03-agenda")

    await stage.say(luis, "/tt agenda order 3,1")
    await stage.told(luis, "chair")
    await stage.say(aoife, "/tt agenda order 3,1")
    await stage.told(aoife, "The agenda of MTG-001 is in this order now")
    await stage.say(aoife, '/tt agenda drop 2 reason:"it is done"')
    await stage.told(aoife, "Item 2 is off the agenda of MTG-001")
    await stage.see(
        marta, "Qualification status of line 4", "25 min under the plan", "dropped: Open redlines of MBR-114"
    )
    await stage.stands(marta, 2, "Qualification status of line 4", "25 min under the plan")
    await stage.stands(marta, 0, "5 min over the plan")

    await stage.say(aoife, '/tt meeting move MTG-001 to:"13 Mar 2026 10:00" reason:"Marta is travelling"')
    await stage.see(marta, "Moved: PPQ readiness review", "Fri 13 Mar 2026, 11:00", "Marta is travelling")
    await stage.see(aoife, "Moved: PPQ readiness review", "Fri 13 Mar 2026, 10:00")
    await stage.stands(aoife, 0, "Qualification status of line 4", "Thu 12 Mar 2026, 14:00")
    await stage.stands(aoife, 2, "Qualification status of line 4", "25 min under the plan")
    await advance(stage, 3, 12, 14, 30)
    await stage.stands(aoife, 3, "Qualification status of line 4", "25 min under the plan")
    await advance(stage, 3, 13, 9, 39)
    await stage.stands(aoife, 3, "Qualification status of line 4", "25 min under the plan")
    await advance(stage, 3, 13, 9, 40)
    await stage.stands(aoife, 4, "Qualification status of line 4", "25 min under the plan")


async def the_meeting_begins(stage: Stage) -> None:
    """The chair starts with a button; people say that they are here, or that they cannot come; talk makes no card."""
    await stage.press(jurgen, "I cannot come", "Qualification status of line 4")
    await advance(stage, 3, 13, 9, 45)
    await stage.inbox(aoife, "Ready to start? PPQ readiness review", "Regrets: @Jürgen Weiß")
    await advance(stage, 3, 13, 10, 1)
    await stage.press(aoife, "Start", "Ready to start?", direct=True)
    for who in (aoife, marta):
        await stage.see(who, "Running: PPQ readiness review", "Tandem reads this room until the meeting ends", "[off]")
    await stage.press(luis, "Here", "Running: PPQ readiness review")
    await stage.press(marta, "Here", "Running: PPQ readiness review")
    await stage.say(priya, "/tt here")
    await stage.told(priya, "@Priya Raghunathan", "noted as present")
    await stage.see(marta, "Running: PPQ", "@Luís Gonçalves, @Marta Kowalczyk", "regrets @Jürgen Weiß")
    await stage.say(aoife, "/tt agenda next")
    await stage.see(aoife, "Now: 3 · Go or no-go for PPQ-1", "@Priya Raghunathan", "15 min")
    await advance(stage, 3, 13, 10, 12)
    await stage.press(priya, "Next item", "Now: 3 ·")
    await stage.see(marta, "Now: 1 · Qualification status of line 4", "@Luís Gonçalves")
    await stage.see(marta, "3 · Go or no-go for PPQ-1", "discussed")
    await stage.say(priya, "good morning everybody")
    await stage.say(marta, "they are on their way")
    for who in (aoife, luis):
        await stage.stands(who, 0, "good morning")
        await stage.stands(who, 0, "on their way")
    await stage.picture("04-running-meeting")


async def decisions_are_taken(stage: Stage) -> None:
    """Agreed when both companies said so; an objection is settled by agreeing after all."""
    await stage.say(luis, "/tt decision PPQ runs three consecutive batches of 118 kg")
    await stage.see(marta, "Decision DEC-001: PPQ runs three", "Norvane Therapeutics: waiting", "State: proposed")
    await stage.press(aoife, "Agree", "Decision DEC-001")
    await stage.see(marta, "Decision DEC-001", "agreed by @Aoife Ní Bhriain", "Tarnbrook Manufacturing: waiting")
    await stage.press(luis, "Object…", "Decision DEC-001")
    await stage.picture("05-an-objection")
    assert not await stage.fill(luis, {"What speaks against it": "the hold time was never challenged"})
    await stage.see(aoife, "Decision DEC-001", "objects", "the hold time was never challenged")
    await stage.press(marta, "Agree", "Decision DEC-001")
    await stage.see(aoife, "Decision DEC-001", "agreed by @Marta Kowalczyk", "State: agreed", "Fri 13 Mar 2026, 10:12")
    await stage.see(marta, "Decision DEC-001", "State: agreed", "Fri 13 Mar 2026, 11:12")
    await stage.stands(marta, 1, "Decision DEC-001")
    await stage.say(aoife, '/tt decision object DEC-001 reason:"we changed our mind"')
    await stage.told(aoife, "DEC-001")

    await stage.press(marta, "Decision", "Running: PPQ readiness review")
    assert not await stage.fill(marta, {"What was decided": "HEPA filters of line 4 are requalified before PPQ-1"})
    await stage.see(aoife, "Decision DEC-002: HEPA filters", "agreed by @Marta Kowalczyk")


async def actions_are_given(stage: Stage) -> None:
    """By sentence, by mention and by form; taken, declined, handed on, done and cancelled."""
    await stage.say(marta, "/tt action send the swab plan with limits for line 4 @Luís Gonçalves by 17 March")
    await stage.see(
        aoife, "Action ACT-001: send the swab plan", "@Luís Gonçalves", "Tue 17 Mar 2026", "not accepted yet"
    )
    await stage.inbox(luis, "For you: ACT-001 send the swab plan", "@Marta Kowalczyk")
    await stage.press(luis, "Decline…", "For you: ACT-001", direct=True)
    assert not await stage.fill(luis, {"Why not": "the swab plan belongs to QA"})
    await stage.inbox(marta, "Nobody does it now: ACT-001", "the swab plan belongs to QA")
    await stage.press(marta, "Name somebody else…", "Nobody does it now: ACT-001", direct=True)
    assert not await stage.fill(marta, {"Who does it from now on": [jurgen.name]})
    await stage.press(jurgen, "Accept", "For you: ACT-001", direct=True)
    await stage.see(aoife, "Action ACT-001", "@Jürgen Weiß (Tarnbrook Manufacturing) ✓", "accepted")

    await stage.say(priya, "@Tandem action verify the batch record @Luís Gonçalves by Tuesday")
    await stage.see(priya, "Action ACT-002: verify the batch record", "Tue 17 Mar 2026")
    await stage.press(luis, "Accept", "Action ACT-002")
    await stage.see(aoife, "Action ACT-002: verify the batch record", "@Luís Gonçalves (Tarnbrook Manufacturing) ✓")

    await stage.press(tomas, "Action", "Running: PPQ readiness review")
    assert not await stage.fill(tomas, {"What is to be done": "order the 0.2 µm filters"})
    await stage.see(marta, "Action ACT-003: order the 0.2 µm filters", "nobody yet", "no date yet")
    await stage.press(tomas, "Owner and date…", "Action ACT-003")
    await stage.picture("06-owner-and-date")
    assert not await stage.fill(tomas, {"Who does it": [tomas.name], "By when": "2026-03-16"})
    await stage.see(marta, "Action ACT-003", "@Tomáš Dvořák", "Mon 16 Mar 2026")

    await stage.say(aoife, "/tt action book the cleanroom @Tomáš Dvořák by Monday")
    await stage.see(tomas, "Action ACT-004: book the cleanroom", "Mon 16 Mar 2026")
    await stage.say(aoife, '/tt action cancel ACT-004 reason:"it is booked already"')
    await stage.see(marta, "Action ACT-004: book the cleanroom", "cancelled", "it is booked already")
    await stage.say(luis, "/tt mine")
    await stage.told(luis, "Your actions", "ACT-002 verify the batch record")
    await stage.say(luis, "/tt overdue")
    await stage.told(luis, "Nothing is overdue.")


async def questions_risks_and_notes(stage: Stage) -> None:
    """And what is said off the record stays off it."""
    await stage.press(priya, "Question", "Running: PPQ readiness review")
    assert not await stage.fill(priya, {"What is asked": "Which filter do we use in step 7?"})
    await stage.see(marta, "Question QUE-001: Which filter do we use in step 7?", "@Priya Raghunathan")
    await stage.press(luis, "Answer…", "Question QUE-001")
    assert not await stage.fill(luis, {"The answer": "The 0.2 µm filter of MBR-114"})
    await stage.see(priya, "Question QUE-001", "Answer", "The 0.2 µm filter of MBR-114", "@Luís Gonçalves")
    await stage.say(luis, "/tt risk HEPA requalification falls due inside the campaign")
    await stage.see(luis, "Risk RSK-002: HEPA requalification", "identified")
    await stage.press(jurgen, "Close…", "Risk RSK-001")
    assert not await stage.fill(jurgen, {"Why it is none any more": "the training was done today"})
    await stage.see(aoife, "Risk RSK-001", "closed", "the training was done today")
    await stage.press(aoife, "Note", "Running: PPQ readiness review")
    assert not await stage.fill(aoife, {"What is to be remembered": "PV-2207 version 2 is approved"})
    await stage.see(marta, "Note NOT-001", "PV-2207 version 2 is approved")
    await stage.say(marta, "[off] did we tell them about the compressor?")
    await stage.say(marta, "/tt [off] note the compressor failed twice")
    await stage.stands(aoife, 0, "compressor failed")


async def what_was_wrong_is_put_right(stage: Stage) -> None:
    """A slip at once and without a word, what somebody built on with the reason; what should not be there is undone."""
    await stage.say(luis, "/tt note MBR-114 is at version 4")
    await stage.see(aoife, "Note NOT-002", "MBR-114 is at version 4")
    await stage.say(luis, "/tt s/version 4/version 5/")
    await stage.see(aoife, "Note NOT-002", "MBR-114 is at version 5", "Corrected", "slip of the pen")
    await stage.say(luis, "/tt s/version 6/version 7/")
    await stage.told(luis, "“version 6” does not stand in NOT-002")
    await stage.say(luis, "/tt undo")
    await stage.see(marta, "Note NOT-002", "withdrawn", "@Luís Gonçalves")

    await stage.say(marta, '/tt correct ACT-001 "send the swab plan with limits for lines 4 and 5"')
    await stage.picture("correcting")
    assert not await stage.fill(marta, {"Why it changes": "line 5 is part of it"})
    await stage.see(aoife, "Action ACT-001: send the swab plan with limits for lines 4 and 5", "Corrected")
    await stage.inbox(jurgen, "Corrected: ACT-001", "line 5 is part of it", "It was: send the swab plan with limits")
    await stage.say(luis, '/tt correct ACT-001 by 20 March reason:"the lab is closed"')
    await stage.told(luis, "ACT-001 was recorded by Marta Kowalczyk: it is corrected by them, by the chair")
    await stage.say(marta, '/tt correct DEC-001 "PPQ runs four batches" reason:"one for stability"')
    await stage.told(marta, "Both companies agreed to DEC-001", "decision reverse DEC-001")


async def the_room_is_run(stage: Stage) -> None:
    """People wait to speak and are given the floor; an item is not closed over them; a motion becomes a decision."""
    await stage.say(luis, "/tt q+ to ask about the hold time")
    await stage.see(luis, "Waiting to speak", "1 · @Luís Gonçalves · ask about the hold time")
    await stage.say(marta, "@Tandem q+")
    for who in (aoife, marta):
        await stage.see(who, "1 · @Luís Gonçalves · ask about the hold time", "2 · @Marta Kowalczyk")
        await stage.see(who, "Running: PPQ", "Luís Gonçalves (ask about the hold time), Marta Kowalczyk")
    await stage.press(luis, "Next speaker", "1 · @Luís Gonçalves · ask about the hold time")
    await stage.told(luis, "The chair of MTG-001, Aoife Ní Bhriain, or a lead does this.")
    await stage.say(aoife, "/tt ack")
    await stage.see(marta, "Speaks now: Luís Gonçalves", "1 · @Marta Kowalczyk")
    await stage.stands(marta, 1, "Speaks now: Luís Gonçalves", "Then")
    await advance(stage, 3, 13, 10, 19, 55)
    await stage.say(aoife, "/tt agenda next")
    await stage.told(aoife, "Close this item?", "Marta Kowalczyk", "say it again within a minute")
    await stage.see(marta, "Now: 1 · Qualification status of line 4")
    await advance(stage, 3, 13, 10, 20)
    await stage.say(aoife, "/tt agenda next")
    await stage.see(marta, "1 · Qualification status of line 4", "discussed")
    await stage.see(luis, "Waiting to speak", "1 · @Marta Kowalczyk")
    await stage.say(marta, "/tt q-")
    await stage.see(luis, "The floor is free", "Nobody waits.")

    await stage.say(priya, "/tt motion the swab plan is extended to line 3")
    for who, vote in ((aoife, "Yes"), (priya, "Abstain"), (luis, "No"), (marta, "No"), (marta, "Yes")):
        await stage.press(who, vote, "Motion MOT-001")
    await stage.see(aoife, "Motion MOT-001: the swab plan is extended", "2 yes · 1 no · 1 abstained", "not yet")
    await stage.press(aoife, "Close and count", "Motion MOT-001")
    await stage.see(marta, "Motion MOT-001", "carried: 2 yes · 1 no · 1 abstained", "1 yes: Marta Kowalczyk")
    await stage.picture("06-a-motion")
    await stage.press(aoife, "Record as a decision", "Motion MOT-001")
    await stage.see(
        marta, "Decision DEC-003: the swab plan", "From the motion: MOT-001", "Tarnbrook Manufacturing: waiting"
    )
    await stage.see(marta, "Motion MOT-001", "Recorded as DEC-003")

    await stage.say(luis, "/tt remind us in 20 minutes to open the line")
    await stage.see(marta, "Reminder set: open the line", "Fri 13 Mar 2026, 11:40")
    await advance(stage, 3, 13, 10, 40)
    await stage.see(marta, "It is time: open the line", "@Luís Gonçalves")
    await stage.say(tomas, "/tt who is here?")
    await stage.told(tomas, "Who is here: PPQ readiness review", "@Marta Kowalczyk · lead")


async def the_meeting_ends(stage: Stage) -> None:
    """Who asks to end it sees first what is open; the minutes have everybody who spoke, whatever they said before."""
    await advance(stage, 3, 13, 10, 55)
    await stage.press(aoife, "End", "Running: PPQ readiness review")
    await stage.told(aoife, "End PPQ readiness review?", "Decisions that wait for a company", "DEC-002")
    await stage.told(aoife, "Proposals that nobody confirmed", "PRP-005")
    await stage.press(aoife, "End the meeting", "End PPQ readiness review?")
    for who in (aoife, marta):
        await stage.see(
            who, "Minutes: PPQ readiness review", "agreed by", "head",
            "@Tomáš Dvořák (recorded something)", "@Jürgen Weiß (recorded something)",
            "Readiness (15)", "Decisions (3)", "Motions (1)", "Actions (7)", "Questions (1)", "Risks (3)", "Notes (2)",
            "Not confirmed (1)", "chase the excipient CoA",
            "ACT-004 book the cleanroom · Mon 16 Mar 2026 · cancelled",
        )  # fmt: skip
    await stage.see(aoife, "Ended: PPQ readiness review")
    await stage.picture("07-minutes")


async def the_days_after(stage: Stage) -> None:
    """A reminder the working day before and one on the day, at nine where the owner is; then it is overdue."""
    await stage.stands(luis, 0, "Due on", "ACT-002", direct=True)
    await advance(stage, 3, 16, 7, 59)
    await stage.stands(luis, 0, "Due on", "ACT-002", direct=True)
    await advance(stage, 3, 16, 8, 0)
    await stage.inbox(luis, "Due on Tue 17 Mar 2026: ACT-002 verify the batch record")
    await stage.inbox(jurgen, "Due on Tue 17 Mar 2026: ACT-001")
    await stage.press(jurgen, "Done…", "Due on Tue 17 Mar 2026: ACT-001", direct=True)
    assert not await stage.fill(jurgen, {"What shows it": "SOP-CL-221 version 4"})
    await stage.see(aoife, "Action ACT-001", "done, not verified", "SOP-CL-221 version 4")
    await advance(stage, 3, 17, 8, 0)
    await stage.inbox(luis, "Due today: ACT-002 verify the batch record")
    await stage.stands(jurgen, 0, "Due today", direct=True)
    await advance(stage, 3, 18, 9, 0)
    await stage.say(aoife, "/tt overdue")
    await stage.told(aoife, "Overdue actions", "ACT-002", "1 day overdue")
    await stage.say(luis, '/tt action done ACT-002 evidence:"MBR-114 version 5"')
    await stage.see(marta, "Action ACT-002", "MBR-114 version 5")
    await stage.say(priya, "/tt minutes show")
    await stage.told(priya, "Minutes: PPQ readiness review")
