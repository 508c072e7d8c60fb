"""What goes wrong between two platforms: both speak at once, one is down for an hour, one takes Tandem out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from adapters.rehearsal.cast import Player
from core.kernel.ids import TransferId
from core.kernel.posting import Attempt, Post
from tests.acceptance import slack_stage, teams_stage
from tests.acceptance.aftermath import exported
from tests.acceptance.bridged_stage import BridgedStage, across_two_platforms
from tests.acceptance.stage import aoife, luis, marta, priya, rest, until
from tests.acceptance.story import people_come_together
from tests.tools import bot_connector, slack_line
from tests.tools.bot_connector import BotConnector
from tests.tools.slack_line import SlackLine

pytestmark = pytest.mark.slack

SENTENCES = 100
FAULTS = {"503": bot_connector.refusal(503), "cut": bot_connector.cut}
LINE_FAULTS = {"503": slack_line.answers(503), "cut": slack_line.cut}
LISTS = ((1, 13), (2, 14))
"""What stands in each of the lists that 26 notes and a decision make."""


def in_slack(stage: BridgedStage) -> Callable[[str], Awaitable[object]]:
    """Priya's slash commands, one after the other, nothing waited for."""
    return lambda text: stage.slack.slack._post(
        "command", channel=slack_stage.CHANNEL, user=slack_stage.account(priya), command="/tt", text=text
    )


def in_teams(stage: BridgedStage, who: Player = luis) -> Callable[[str], Awaitable[object]]:
    """Somebody's lines in the channel, one after the other, nothing waited for."""
    person = teams_stage.PEOPLE[who.slug]
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


class Away:
    """One of the two platforms, which is down: who speaks and who reads in the other, and what each room shows."""

    def __init__(self, stage: BridgedStage, platform: str) -> None:
        self.stage, self.slack = stage, platform == "Slack"
        self.down: SlackLine | BotConnector = stage.slack_line if self.slack else stage.teams.teams
        self.say, self.reader = (in_teams(stage, marta), marta) if self.slack else (in_slack(stage), aoife)
        rooms = stage.core.directories.look(TransferId("NVT")).rooms
        self.room = next(one.address for one in rooms if one.address.platform == platform.lower())

    async def shown(self) -> list[str]:
        """The words of each card that stands in its room, oldest first."""
        ours, theirs = await read_by_both(self.stage)
        return ours if self.slack else theirs

    async def five_minutes(self, text: str) -> None:
        """Time goes on, something is said in the other room, and the post is tried in vain."""
        before = await asyncio.to_thread(self._attempts)
        self.stage.clock.advance(minutes=5)
        await self.say(text)

        async def tried() -> bool:
            return await asyncio.to_thread(self._attempts) > before

        await until(tried, "another attempt")

    def _attempts(self) -> int:
        there = Post.address == str(self.room)
        with self.stage.core.store.read() as connection:
            return connection.execute(select(func.count()).where(Attempt.post == Post.id, there)).scalar_one()


@pytest.mark.parametrize(
    ("platform", "fault", "notes"),
    [("Teams", "503", 26), ("Teams", "cut", 12), ("Slack", "503", 12), ("Slack", "cut", 26)],
)
async def test_a_platform_that_is_down_for_an_hour(
    sqlite_url: str, tmp_path: Path, platform: str, fault: str, notes: int
) -> None:
    async with across_two_platforms(sqlite_url) as stage:
        await people_come_together(stage)
        await rest(stage.core)
        away = Away(stage, platform)
        before = len(await away.shown())
        stage.teams.teams.down = FAULTS[fault] if platform == "Teams" else None
        stage.slack_line.down = LINE_FAULTS[fault] if platform == "Slack" else None
        await away.say('meeting new "PPQ readiness review" at:now for:30m')
        await away.say("meeting start MTG-001")
        await stage.see(away.reader, "Running: PPQ readiness review")
        await away.say("decision we go with three batches")
        for number in range(notes - 12):
            await away.say(f"note {number} while they are away")
        for number in range(notes - 12, notes):  # an hour
            await away.five_minutes(f"note {number} while they are away")
        await away.say("meeting end anyway")
        await stage.see(away.reader, "Minutes: PPQ readiness review", "Decisions (1)", f"Notes ({notes})")
        assert len(await away.shown()) == before

        away.down.down = None
        stage.clock.advance(minutes=5)
        await rest(stage.core)
        missed = (await away.shown())[before:]
        title = "PPQ readiness review"
        lists = ["13 new records"] if notes == 12 else [f"{n} new records · list {part} of 2" for part, n in LISTS]
        titles = [title, f"Ended: {title}", *lists, f"Minutes: {title}"]
        assert [next((one for one in titles if card.startswith(one)), card) for card in missed] == titles
        records = re.findall(r"NOT-\d+|DEC-001", " ".join(missed[2:-1]))
        assert records == ["DEC-001", *(f"NOT-{n:03d}" for n in range(1, notes + 1))]
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
