"""A message that is edited and deleted after it became a record, in Slack and in Teams as they tell of it."""

from __future__ import annotations

import pytest

from tests.acceptance import story
from tests.acceptance.slack_stage import CHANNEL, SlackStage, account, over_http
from tests.acceptance.stage import Stage, advance, aoife, luis, marta, priya
from tests.acceptance.teams_stage import PEOPLE, ROOM, TeamsStage, in_a_channel

SAID = "decision we go with the 3-batch design"


async def said(stage: Stage) -> None:
    """A decision, said in a message of the sponsor's QA."""
    await story.people_come_together(stage)
    await stage.say(priya, f"@Tandem {SAID}")
    await stage.see(marta, "Decision DEC-001: we go with the 3-batch design", "@Priya Raghunathan")


async def asked_and_taken_over(stage: Stage) -> None:
    """What its author and the others see of the edit, and the one press."""
    await stage.see(marta, "Decision DEC-001: we go with the 3-batch design", "edited: should the record change?")
    await stage.inbox(priya, "DEC-001: its message was edited", "3-batch design", "4-batch design")
    await stage.press(priya, "Take the new text", "DEC-001: its message was edited", direct=True)
    await stage.see(marta, "Decision DEC-001: we go with the 4-batch design", "source edited", "@Priya Raghunathan")
    await stage.inbox(priya, "DEC-001: its message was edited", "The record was changed since")


async def words_and_reasons(stage: Stage) -> None:
    """A word by a mention; a day later the reason is asked for."""
    await stage.say(priya, "@Tandem s/4-batch/5-batch/")
    await stage.see(aoife, "Decision DEC-001: we go with the 5-batch design", "slip of the pen")
    await advance(stage, 3, 10, 9, 0)
    await stage.say(priya, "/tt s/5-batch/6-batch/")
    assert not await stage.fill(priya, {"Why it changes": "the sixth is for stability"})
    await stage.see(aoife, "Decision DEC-001: we go with the 6-batch design", "the sixth is for stability")
    await stage.say(luis, "/tt s/6-batch/7-batch/ DEC-001")
    await stage.told(luis, "DEC-001 was recorded by Priya Raghunathan")


async def deleted_and_taken_back(stage: Stage) -> None:
    """The record stands until somebody takes it back."""
    await stage.see(marta, "Decision DEC-001", "deleted: should the record stand?")
    await stage.press(priya, "Take the record back…", "DEC-001: its message was deleted", direct=True)
    assert not await stage.fill(priya, {"Why it is taken back": "it was never said so"})
    await stage.see(marta, "Decision DEC-001", "Withdrawn by", "it was never said so")
    await stage.inbox(priya, "DEC-001: its message was deleted", "The record was changed since")


async def slack_message(stage: SlackStage) -> str:
    """The id of the message that the decision was said in."""
    [ts] = [one["ts"] for one in await stage.slack.messages(CHANNEL) if one.get("user") == account(priya)]
    return str(ts)


@pytest.mark.slack
async def test_in_slack(store_url: str) -> None:
    async with over_http(store_url) as stage:
        await said(stage)
        ts = await slack_message(stage)
        await stage.slack.edit(CHANNEL, account(priya), ts, "<@U0TANDEM> decision we go with the 4-batch design")
        await asked_and_taken_over(stage)
        await words_and_reasons(stage)
        await stage.slack.delete(CHANNEL, account(priya), ts)
        await deleted_and_taken_back(stage)


async def told_of(stage: TeamsStage, kind: str, event: str, message: str, text: str = "") -> None:
    """What Teams tells of a message that somebody changed."""
    told = {"text": text} if text else {}
    status, _ = await stage.send.activity(
        kind, PEOPLE[priya.slug], ROOM, id=message, channelData={"eventType": event}, **told
    )
    assert status == 200
    await stage.adapter.idle()


async def test_in_teams(store_url: str) -> None:
    async with in_a_channel(store_url) as stage:
        await said(stage)
        message = next(one["id"] for one in stage.teams.conversations[ROOM].messages if SAID in str(one.get("text")))
        edited = "<at>Tandem</at> decision we go with the 4-batch design"
        await told_of(stage, "messageUpdate", "editMessage", message, edited)
        await asked_and_taken_over(stage)
        await words_and_reasons(stage)
        await told_of(stage, "messageDelete", "softDeleteMessage", message)
        await deleted_and_taken_back(stage)
