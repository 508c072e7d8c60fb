"""Between meetings people point at messages: by the menu of one, by a reaction below one, by a reply to a card."""

from __future__ import annotations

import pytest

from tests.acceptance import story
from tests.acceptance.slack_stage import CHANNEL, SlackStage, account, over_http
from tests.acceptance.stage import Stage, aoife, luis, marta, priya, rest, tomas
from tests.acceptance.teams_stage import PEOPLE, ROOM, TeamsStage, in_a_channel
from tests.tools.slack_double import Sender

ASKED = f"@{priya.name} please send the sampling plan by Friday"
LATE = "the second compressor is late again"


async def captured(stage: Stage) -> None:
    """What everybody sees of it, and what a second one is told."""
    await stage.see(luis, "Action ACT-001: send the sampling plan", f"@{priya.name}", "Fri 13 Mar 2026")


async def replied(stage: Stage) -> None:
    """The owner's word below the card is enough."""
    await stage.see(luis, "Action ACT-001", "State: done, not verified", "SP-4 v2")


async def in_slack(stage: SlackStage) -> None:
    await stage.say(luis, ASKED)
    [message] = [one for one in await stage.slack.messages(CHANNEL) if "sampling plan" in str(one.get("text"))]
    send = Sender(str(stage.slack.app.request_url), stage.slack.app.signing_secret)
    assert await send.shortcut(message, account(marta), CHANNEL) == (200, "")
    await stage.told(marta, "Say it whole:", "action send the sampling plan")  # local-slack knows no such trigger
    await stage.say(marta, f"/tt action send the sampling plan @{priya.name} by Friday")
    await captured(stage)
    await rest(stage.core)
    shown = [one for one in await stage.slack.messages(CHANNEL) if not one.get("ephemeral_to")]
    card = next(one for one in shown if "ACT-001" in str(one.get("text")))
    await stage.slack.message(CHANNEL, account(priya), "done: SP-4 v2", thread=card["ts"])
    await replied(stage)
    await stage.say(aoife, "/tt listen reactions:on")
    await stage.say(tomas, LATE)
    [late] = [one for one in await stage.slack.messages(CHANNEL) if one.get("text") == LATE]
    await stage.slack.react(CHANNEL, account(marta), late["ts"], "warning")
    await stage.told(tomas, "Record this risk?", LATE, "A reaction by @Marta Kowalczyk")
    await stage.slack.react(CHANNEL, account(marta), late["ts"], "warning", present=False)
    await stage.say(tomas, "/tt proposals")
    await stage.told(tomas, "Nothing waits.")


@pytest.mark.slack
async def test_in_slack(store_url: str) -> None:
    async with over_http(store_url) as stage:
        await story.people_come_together(stage)
        await in_slack(stage)


async def in_teams(stage: TeamsStage) -> None:
    mention = {
        "id": 0,
        "mentionText": priya.name,
        "mentioned": {"user": {"id": PEOPLE[priya.slug].user, "displayName": priya.name}},
    }
    message = {
        "id": "1772000000000",
        "createdDateTime": "2026-03-09T08:00:00Z",
        "from": {"user": {"id": PEOPLE[luis.slug].user, "displayName": luis.name}},
        "body": {
            "contentType": "html",
            "content": ASKED.replace(f"@{priya.name}", f'<at id="0">{priya.name}</at>'),
        },
        "mentions": [mention],
    }
    _, reply = await stage.send.capture(message, PEOPLE[marta.slug], ROOM)
    card = reply["task"]["value"]["card"]["content"]
    filled = {one["id"]: one.get("value", "") for one in card["body"] if "id" in one}
    data = {**card["body"][-1]["actions"][0]["data"], **filled}
    _, reply = await stage.send.capture(message, PEOPLE[marta.slug], ROOM, data=data)
    assert "ACT-001" in str(reply)
    await captured(stage)
    await rest(stage.core)
    posted = next(one for one in stage.teams.conversations[ROOM].messages if "ACT-001" in str(one.get("summary")))
    await stage.send.line("done: SP-4 v2", PEOPLE[priya.slug], ROOM, thread=posted["id"])
    await stage.adapter.idle()
    await replied(stage)
    _, reply = await stage.send.capture(message, PEOPLE[aoife.slug], ROOM)
    assert "recorded already: ACT-001" in reply["task"]["value"]


async def test_in_teams(store_url: str) -> None:
    async with in_a_channel(store_url) as stage:
        await story.people_come_together(stage)
        await in_teams(stage)
