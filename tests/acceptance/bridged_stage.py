"""The story's stage across two platforms: the sponsor's people in Slack, the CMO's in Teams, one core behind both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser

from adapters.rehearsal.cast import Player
from adapters.teams.adapter import TeamsAdapter
from tests.acceptance import slack_stage, teams_stage
from tests.acceptance.serving import door, new_core, serving
from tests.acceptance.slack_stage import SlackStage
from tests.acceptance.stage import CAST, PICTURES, Answers, Stage, aoife, marta
from tests.acceptance.teams_stage import TeamsStage
from tests.tools.bot_connector import BotSender
from tests.tools.slack_line import SlackLine
from tests.tools.slack_workspace import SlackApp


class BridgedStage:
    """Each person acts and reads in their own company's room."""

    rooms, edits = 2, True

    def __init__(
        self, slack: SlackStage, teams: TeamsStage, slack_line: SlackLine, browser: Browser | None = None
    ) -> None:
        self.slack, self.teams, self.slack_line, self._browser = slack, teams, slack_line, browser
        self.core, self.clock = slack.core, slack.clock

    async def say(self, who: Player, text: str) -> None:
        """In one's own room."""
        await self._of(who).say(who, text)

    async def press(self, who: Player, label: str, on: str, *, direct: bool = False) -> None:
        """In one's own room."""
        await self._of(who).press(who, label, on, direct=direct)

    async def fill(self, who: Player, answers: Answers) -> str:
        """As one's own platform shows it."""
        return await self._of(who).fill(who, answers)

    async def capture(self, who: Player, words: str) -> None:
        """In one's own room."""
        await self._of(who).capture(who, words)

    async def react(self, who: Player, emoji: str, words: str, *, gone: bool = False) -> None:
        """In one's own room."""
        await self._of(who).react(who, emoji, words, gone=gone)

    async def reply(self, who: Player, text: str, on: str) -> None:
        """In one's own room."""
        [read] = self._read_by(who, (on,))
        await self._of(who).reply(who, text, read)

    async def edit(self, who: Player, old: str, new: str) -> None:
        """In one's own room."""
        await self._of(who).edit(who, old, new)

    async def delete(self, who: Player, words: str) -> None:
        """In one's own room."""
        await self._of(who).delete(who, words)

    async def told(self, who: Player, *words: str) -> str:
        """By one's own platform."""
        return await self._of(who).told(who, *self._read_by(who, words))

    async def untold(self, who: Player, *words: str) -> None:
        """On one's own platform."""
        await self._of(who).untold(who, *self._read_by(who, words))

    async def marked(self, who: Player, words: str) -> None:
        """In one's own room."""
        await self._of(who).marked(who, words)

    async def see(self, who: Player, *words: str) -> None:
        """In one's own room."""
        await self._of(who).see(who, *self._read_by(who, words))

    async def inbox(self, who: Player, *words: str) -> None:
        """On one's own platform."""
        await self._of(who).inbox(who, *self._read_by(who, words))

    async def stands(self, who: Player, number: int, *words: str, direct: bool = False) -> None:
        """In one's own room."""
        await self._of(who).stands(who, number, *self._read_by(who, words), direct=direct)

    async def picture(self, name: str) -> None:
        """One of each room in which something was said, where there is a browser to draw them."""
        if self._browser is None:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.slack.screenshot(self._browser, aoife, PICTURES / f"bridged-{name}-slack.png")
        if self.teams.teams.conversations[teams_stage.ROOM].messages:
            await self.teams.screenshot(self._browser, marta, PICTURES / f"bridged-{name}-teams.png")

    async def page(self, who: Player) -> str:
        """The one that one's own platform links to."""
        return await self._of(who).page(who)

    def _of(self, who: Player) -> Stage:
        return self.slack if who.side == "sponsor" else self.teams

    @staticmethod
    def _read_by(who: Player, words: tuple[str, ...]) -> list[str]:
        """The words as they are read there: whoever has no account on a platform stands by name, without the @."""
        strangers = [one.name for one in CAST.players if one.side != who.side]
        for name in strangers:
            words = tuple(one.replace(f"@{name}", name) for one in words)
        return list(words)


@asynccontextmanager
async def across_two_platforms(store: str, browser: Browser | None = None) -> AsyncIterator[BridgedStage]:
    """A workspace and an organisation, each with the people of one company; Tandem behind one address."""
    listens, address = door()
    core = new_core(store, address)
    sponsor, cmo = ([one for one in CAST.players if one.side == side] for side in ("sponsor", "cmo"))
    async with teams_stage.organisation(cmo) as (teams, keys):
        with slack_stage.workspace(sponsor, SlackApp(f"{address}/slack/events")) as slack:
            adapter, sender = TeamsAdapter(core, keys), BotSender(f"{address}/api/messages", teams)
            async with SlackLine(slack.api_url) as line:
                adapters = {"slack": slack_stage.adapter(core, slack, api_url=line.api_url), "teams": adapter}
                async with serving(core, listens, adapters):
                    in_teams = TeamsStage(teams, sender, adapter, core)
                    yield BridgedStage(SlackStage(slack, core), in_teams, line, browser)
