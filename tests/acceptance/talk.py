"""The chapters of the story in which nobody calls Tandem: people talk, point at what was said, and change it."""

from __future__ import annotations

from tests.acceptance.stage import Stage, advance, aoife, jurgen, luis, marta, priya, tomas, zeynep


async def people_talk(stage: Stage) -> None:
    """Nobody calls Tandem: what is tagged is recorded, what is asked is proposed, and one press makes it a record."""
    await stage.say(marta, "Risk: the swab limits of line 5 are not agreed")
    await stage.see(aoife, "Risk RSK-003: the swab limits of line 5 are not agreed", "@Marta Kowalczyk")
    await stage.marked(marta, "Risk: the swab limits of line 5")

    await stage.say(aoife, "@Luís Gonçalves please send the signed PPQ protocol by 19 March.")
    await stage.untold(priya, "Record this action?")
    await stage.stands(marta, 0, "Action ACT-005")
    await stage.press(aoife, "Confirm", "send the signed PPQ protocol")
    await stage.see(marta, "Action ACT-005: send the signed PPQ protocol", "@Luís Gonçalves", "Thu 19 Mar 2026")

    await stage.say(marta, "@Jürgen Weiß can you send the OOS summary by 18 March?")
    await stage.say(jurgen, "will do")
    await stage.untold(zeynep, "Record this action?")
    await stage.press(aoife, "Confirm", "send the OOS summary")
    await stage.see(
        aoife, "Action ACT-006: send the OOS summary", "@Jürgen Weiß (Tarnbrook Manufacturing) ✓", "accepted"
    )

    await stage.say(tomas, "I'll order the spare gaskets by 20 March")
    await stage.press(tomas, "Edit…", "order the spare gaskets")
    assert not await stage.fill(tomas, {"What is recorded": "order the spare gaskets of line 4"})
    await stage.see(marta, "Action ACT-007: order the spare gaskets of line 4", "@Tomáš Dvořák", "Fri 20 Mar 2026")

    await stage.say(luis, "@Zeynep Şahin please look at the autoclave log by 18 March")
    await stage.press(luis, "No", "look at the autoclave log")
    await stage.stands(aoife, 0, "Action ACT-008")
    await stage.say(marta, "someone needs to chase the excipient CoA")
    await stage.stands(luis, 0, "Action ACT-008")
    await stage.say(luis, "/tt proposals")
    await stage.told(luis, "PRP-005", "chase the excipient CoA")


async def people_point(stage: Stage) -> None:
    """At a message by its menu, or by a reaction below it; at a record by a reply to its card."""
    await stage.say(luis, "good that the filters of line 4 came")
    await stage.capture(zeynep, "the filters of line 4 came")
    await stage.picture("capturing-a-message")
    text = "the filters of line 4 came without papers"
    assert not await stage.fill(zeynep, {"What it is": "risk", "What is recorded": text})
    await stage.see(aoife, f"Risk RSK-004: {text}", "@Luís Gonçalves")
    await stage.marked(luis, "the filters of line 4 came")
    await stage.capture(marta, "the filters of line 4 came")
    await stage.told(marta, "recorded already: RSK-004")
    await stage.say(zeynep, '/tt undo RSK-004 reason:"the papers are here"')
    await stage.see(luis, "Risk RSK-004", "withdrawn", "the papers are here")

    await stage.say(marta, "/tt listen reactions:on")
    await stage.say(luis, "that was the sampler of line 4 again")
    await stage.react(zeynep, "⚠️", "the sampler of line 4 again")
    await stage.told(luis, "Record this risk?", "the sampler of line 4 again", "A reaction by @Zeynep Şahin")
    await stage.react(zeynep, "⚠️", "the sampler of line 4 again", gone=True)
    await stage.say(luis, "/tt proposals")
    assert "PRP-006" not in await stage.told(luis, "PRP-005")

    await stage.reply(jurgen, "done: OOS-26-011", "Action ACT-006")
    await stage.see(aoife, "Action ACT-006", "done, not verified", "OOS-26-011")


async def a_message_is_changed(stage: Stage) -> None:
    """Its author is asked whether the record changes, too; it stands until somebody takes it back."""
    await stage.say(priya, "@Tandem decision we go with the 3-batch design")
    await stage.see(marta, "Decision DEC-004: we go with the 3-batch design", "@Priya Raghunathan")
    await stage.edit(priya, "3-batch design", "4-batch design")
    await stage.see(marta, "Decision DEC-004: we go with the 3-batch design", "edited: should the record change?")
    await stage.inbox(priya, "DEC-004: its message was edited", "3-batch design", "4-batch design")
    await stage.press(priya, "Take the new text", "DEC-004: its message was edited", direct=True)
    await stage.see(marta, "Decision DEC-004: we go with the 4-batch design", "source edited", "@Priya Raghunathan")
    await stage.inbox(priya, "DEC-004: its message was edited", "The record was changed since")
    await advance(stage, 3, 19, 9, 0)
    await stage.say(priya, "/tt s/4-batch/5-batch/")
    assert not await stage.fill(priya, {"Why it changes": "the fifth is for stability"})
    await stage.see(aoife, "Decision DEC-004: we go with the 5-batch design", "the fifth is for stability")
    await stage.delete(priya, "4-batch design")
    await stage.see(marta, "Decision DEC-004", "deleted: should the record stand?")
    await stage.press(priya, "Take the record back…", "DEC-004: its message was deleted", direct=True)
    assert not await stage.fill(priya, {"Why it is taken back": "it was never said so"})
    await stage.see(marta, "Decision DEC-004", "Withdrawn by", "it was never said so")
    await stage.inbox(priya, "DEC-004: its message was deleted", "The record was changed since")
