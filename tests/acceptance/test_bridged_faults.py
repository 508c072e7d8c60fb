"""What goes wrong between two platforms: both speak at once, one is down for an hour, one takes Tandem out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.acceptance import slack_stage, teams_stage
from tests.acceptance.aftermath import exported
from tests.acceptance.bridged_stage import BridgedStage, across_two_platforms
from tests.acceptance.stage import aoife, luis, marta, priya, rest
from tests.acceptance.story import people_come_together
from tests.tools.bot_connector import Fault, cut, refusal

pytestmark = pytest.mark.slack

SENTENCES = 100


def in_slack(stage: BridgedStage) -> Callable[[str], Awaitable[object]]:
    """Priya's slash commands, one after the other, nothing waited for."""
    return lambda text: stage.slack.slack._post(
        "command", channel=slack_stage.CHANNEL, user=slack_stage.account(priya), command="/tt", text=text
    )


def in_teams(stage: BridgedStage) -> Callable[[str], Awaitable[object]]:
    """Luís' lines in the channel, one after the other, nothing waited for."""
    person = teams_stage.PEOPLE[luis.slug]
    return lambda text: stage.teams.send.line(f"/tt {text}", person, teams_stage.ROOM)


async def read_by_both(stage: BridgedStage) -> tuple[list[str], list[str]]:
    """The words of every card that stands in each room, oldest first."""
    theirs = [stage.teams._words(marta, one) for one in stage.teams._cards(teams_stage.ROOM)]
    shown = await stage.slack._shown(aoife, direct=False)
    ours = [slack_stage._reader(aoife).words(one) for one in shown if one.get("blocks") and not one.get("ephemeral_to")]
    return ours, theirs


async def test_both_rooms_speak_at_once(store_url: str, tmp_path: Path) -> None:
    async with across_two_platforms(store_url) as stage:
        await people_come_together(stage)

        async def speak(say: Callable[[str], Awaitable[object]], where: str) -> None:
            for number in range(SENTENCES):
                await say(f"note {number} from {where}")

        await asyncio.gather(speak(in_slack(stage), "Slack"), speak(in_teams(stage), "Teams"))
        await rest(stage.core)
        rows = exported(stage.core, tmp_path / "export.json")
        notes = [row["text"] for row in rows["notes"]]
        assert [row["id"] for row in rows["notes"]] == [f"NOT-{n:03d}" for n in range(1, 2 * SENTENCES + 1)]
        for where in ("Slack", "Teams"):
            assert [one for one in notes if where in one] == [f"{n} from {where}" for n in range(SENTENCES)]
        taken = [entry["record"] for entry in rows["trail"] if entry["event"] == "NoteTaken"]
        assert taken == [row["id"] for row in rows["notes"]], "the numbers are given in order of arrival"
        for room in await read_by_both(stage):
            shown = re.findall(r"NOT-\d+", " ".join(room))
            assert shown == taken


@pytest.mark.parametrize("fault", [refusal(503), cut], ids=["answers 503", "breaks each line"])
async def test_a_platform_that_is_down_for_an_hour(sqlite_url: str, tmp_path: Path, fault: Fault) -> None:
    async with across_two_platforms(sqlite_url) as stage:
        await people_come_together(stage)
        await rest(stage.core)
        before = len((await read_by_both(stage))[1])
        stage.teams.teams.down = fault
        say = in_slack(stage)
        await say('meeting new "PPQ readiness review" at:now for:30m')
        await say("meeting start MTG-001")
        await stage.see(aoife, "Running: PPQ readiness review")
        for number in range(12):
            await say(f"note {number} while they are away")
        await say("decision we go with three batches")
        for _ in range(12):  # an hour
            stage.clock.advance(minutes=5)
            await asyncio.sleep(0.2)
        await say("meeting end anyway")
        await stage.see(aoife, "Minutes: PPQ readiness review", "Decisions (1)", "Notes (12)")
        assert len((await read_by_both(stage))[1]) == before

        stage.teams.teams.down = None
        stage.clock.advance(minutes=5)
        await rest(stage.core)
        missed = (await read_by_both(stage))[1][before:]
        title = "PPQ readiness review"
        titles = [title, f"Ended: {title}", "13 new records", f"Minutes: {title}"]
        assert [next((one for one in titles if card.startswith(one)), card) for card in missed] == titles
        assert re.findall(r"NOT-\d+|DEC-001", missed[2]) == [*(f"NOT-{n:03d}" for n in range(1, 13)), "DEC-001"]
        rows = exported(stage.core, tmp_path / "export.json")
        assert not [post for post in rows["posts"] if post["state"] == "failed"]


async def test_a_team_that_takes_tandem_out_and_in_again(sqlite_url: str) -> None:
    async with across_two_platforms(sqlite_url) as stage:
        await people_come_together(stage)
        await rest(stage.core)
        room, manager = teams_stage.ROOM, teams_stage.PEOPLE[marta.slug]
        team, say = stage.teams.teams.conversations[room], in_slack(stage)
        team.present = False
        await stage.teams.send.activity("installationUpdate", manager, room, action="remove")
        await stage.see(aoife, "cannot be reached", "Tandem was removed from the team")
        before = len((await read_by_both(stage))[1])
        await say("note nobody in Teams reads this now")
        await stage.see(aoife, "nobody in Teams reads this now")
        await rest(stage.core)
        assert len((await read_by_both(stage))[1]) == before

        team.present = True
        await stage.teams.send.activity("installationUpdate", manager, room, action="add")
        for who in (aoife, marta):
            await stage.see(who, "can be reached again")
        await say("note and now they do")
        await stage.see(marta, "Note NOT-002", "and now they do")
        assert [card for card in (await read_by_both(stage))[1] if "Tandem keeps your joint meetings" in card] == []
