"""A Slack of one's own: the local-slack program, run on loopback and driven as people would use their Slack.

What it does and does not do, seen in version 0.1.8:

- Its configuration is YAML or JSON: `workspace`, `apps` (`mode: socket`, or `mode: events` with one
  `requestUrl` that gets commands, interactions and events alike, all signed), `users`, and `channels`.
  An app gets the events of a channel if its bot user is a member. It knows no subscriptions and no scopes.
- It listens on every interface whatever it is told, so it is started with a script that keeps it on loopback.
- `/_control/command`, `/message` and `/interact` return when the app has answered the delivery. What the app
  answers to a slash command becomes a message; so does what it posts to the `response_url`. An ephemeral one
  is an ordinary message with `subtype: ephemeral` and `ephemeral_to`.
- A command's text is delivered as given: write a mention as Slack does under `should_escape`, `<@U…|name>`.
- A mention in a message brings two events, `message` and `app_mention`, in this order and with two event ids.
- There is one stack of modals for everybody, seen and submitted only over the WebSocket of its page.
  A submission holds every input block; a block without `block_id` is called `undefined`.
- It checks no blocks, keeps no metadata, never answers 429, never delivers twice; triggers do not expire.
- In Socket Mode every connection of an app gets every envelope (Slack picks one); an envelope sent while no
  connection is open is dropped. `connected()` tells.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

import aiohttp

from tests.tools.presence import require_or_skip
from tests.tools.slack_forms import filled_values
from tests.tools.slack_workspace import SlackApp, SlackChannel, SlackUser, configuration

Message = dict[str, Any]

KEEP_ON_LOOPBACK = """\
const serve = Bun.serve.bind(Bun);
Bun.serve = (options) => serve({ ...options, hostname: "127.0.0.1" });
"""


@dataclass
class LocalSlack:
    """One running workspace; `with LocalSlack(...) as slack:` starts it and stops it.

    Starting is plain, everything else is a coroutine, so that an app in the test's own loop can answer.
    `command` and its like raise AssertionError where Slack itself would refuse.
    """

    users: Sequence[SlackUser]
    channels: Sequence[SlackChannel]
    app: SlackApp = field(default_factory=SlackApp)
    team: str = "T01NORVANE"
    url: str = ""

    @property
    def api_url(self) -> str:
        """What `SLACK_API_URL` must be."""
        return f"{self.url}/api/"

    def __enter__(self) -> Self:
        program = require_or_skip("slack")
        self._folder = tempfile.TemporaryDirectory(prefix="local-slack-")
        folder = Path(self._folder.name)
        (folder / "config.json").write_text(json.dumps(configuration(self.users, self.channels, self.app, self.team)))
        (folder / "loopback.js").write_text(KEEP_ON_LOOPBACK)
        with (folder / "out").open("w") as out:
            self._process = subprocess.Popen(
                [
                    program,
                    "--config",
                    "config.json",
                    "--port",
                    "0",
                    "--base-host",
                    "127.0.0.1",
                    "--files-dir",
                    ".",
                ],
                cwd=folder,
                env={**os.environ, "BUN_OPTIONS": f"--preload={folder / 'loopback.js'}"},
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        try:
            self.url = self._await_address(folder / "out")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()

    # What people do

    async def command(self, channel: str, user: str, text: str, command: str = "/tt") -> list[Message]:
        """Type a slash command; returns the messages that the channel gained by the time it was answered."""
        before = {message["ts"] for message in await self.messages(channel)}
        await self._post("command", channel=channel, user=user, command=command, text=text)
        return [message for message in await self.messages(channel) if message["ts"] not in before]

    async def message(self, channel: str, user: str, text: str, thread: str | None = None) -> Message:
        """Write in a channel or in a thread; returns the message when the app has taken its events."""
        thread_ts = {"thread_ts": thread} if thread else {}
        answer = await self._post("message", channel=channel, user=user, text=text, **thread_ts)
        return answer["message"]

    async def direct(self, user: str, text: str) -> Message:
        """Write to the app alone; the events say `channel_type: im`."""
        return await self.message(user, user, text)

    async def edit(self, channel: str, user: str, ts: str, text: str) -> None:
        """Change one's own message; brings a `message_changed` event."""
        await self._post("edit-message", channel=channel, user=user, ts=ts, text=text)

    async def delete(self, channel: str, user: str, ts: str) -> None:
        """Delete one's own message; brings a `message_deleted` event."""
        await self._post("delete-message", channel=channel, user=user, ts=ts)

    async def react(self, channel: str, user: str, ts: str, name: str, present: bool = True) -> None:
        """Put a reaction on a message or take it back."""
        await self._post("reaction", channel=channel, user=user, ts=ts, name=name, present=present)

    async def open_home(self, user: str) -> None:
        """Open the app's Home tab; brings an `app_home_opened` event."""
        await self._post("open-home", user=user)

    async def interact(self, channel: str, user: str, ts: str, action: Mapping[str, Any]) -> None:
        """Send a click as it stands: `type`, `action_id`, `block_id`, and `value` or the selection."""
        await self._post("interact", channel=channel, user=user, messageTs=ts, action=dict(action))

    async def press(self, user: str, message: Message, label: str) -> None:
        """Press the button of a message that bears this label."""
        buttons = {button["text"]["text"]: button for button in _buttons(message.get("blocks") or [])}
        assert label in buttons, f"no button {label!r} on this card, only {sorted(buttons)}"
        await self.interact(message["channel"], user, message["ts"], buttons[label])

    async def trigger(self, user: str, message: Message) -> str:
        """A trigger for a form, made by a press that the app has no use for: the page has no menu of messages."""
        unused = {"type": "button", "action_id": "unused", "block_id": "unused"}
        await self.interact(message["channel"], user, message["ts"], unused)
        pressed = [one["detail"] for one in await self.log() if one["kind"] == "interactive" and one["detail"]]
        payload = json.loads(parse_qs(pressed[-1])["payload"][0])
        return str(payload["trigger_id"])

    # Modals

    async def views(self) -> list[dict[str, Any]]:
        """The open modals, the one in front last."""
        async with self._page() as page:
            return (await page.receive_json())["state"]["modalStack"]

    async def submit_view(self, user: str, values: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
        """Submit the modal in front with `{block_id: {action_id: element state}}`.

        Returns the errors by block id that the app answered with; empty if it took the form.
        """
        async with self._page() as page:
            state = (await page.receive_json())["state"]
            assert state["modalStack"], "no form is open"
            await page.send_json({"t": "view_submit", "user": user, "values": values})
            while True:
                event = await page.receive_json(timeout=15)
                if event["t"] == "view":
                    return {}
                if event["t"] == "view_errors":
                    return event["errors"]

    async def fill(self, user: str, answers: Mapping[str, Any]) -> dict[str, str]:
        """Fill in the modal in front by its labels and submit it; what is not named keeps its initial value.

        An answer is a text, date (`2026-12-05`), time (`14:00`), user id, option, or a list of these.
        """
        views = await self.views()
        assert views, "no form is open"
        return await self.submit_view(user, filled_values(views[-1], answers))

    async def close_view(self, user: str) -> None:
        """Close all modals, as Escape does."""
        async with self._page() as page:
            await page.receive_json()
            await page.send_json({"t": "view_close", "user": user})
            while (await page.receive_json(timeout=15))["t"] != "view":
                pass

    # What is there to see

    async def messages(self, channel: str) -> list[Message]:
        """All messages of a channel, ephemeral ones and threads included, the oldest first."""
        return (await self._get(f"messages/{channel}"))["messages"]

    async def direct_messages(self, user: str) -> list[Message]:
        """What was said between the app and one person."""
        channels = (await self._get("state"))["channels"]
        return [
            message
            for channel in channels
            if channel["is_im"] and user in channel["members"]
            for message in await self.messages(channel["id"])
        ]

    async def until(self, channel: str, wanted: Callable[[Message], bool], seconds: float = 15) -> Message:
        """Wait for a message that fits; raises AssertionError with what is there instead."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for message in await self.messages(channel):
                if wanted(message):
                    return message
            await asyncio.sleep(0.03)
        texts = [message.get("text") for message in await self.messages(channel)]
        raise AssertionError(f"no such message in {channel} within {seconds} s, only {texts}")

    async def connected(self, seconds: float = 15) -> None:
        """Wait until the app's Socket Mode connection is open."""
        async with asyncio.timeout(seconds), self._page() as page:
            state = (await page.receive_json())["state"]
            connected = any(app["connected"] for app in state["apps"])
            while not connected:
                event = await page.receive_json()
                connected = event["t"] == "socket_status" and event["connected"]

    async def log(self) -> list[dict[str, Any]]:
        """The last 1,000 exchanges with the app: `direction` (`to_bot`, `from_bot`), `kind`, `detail`."""
        return (await self._get("log"))["log"]

    async def reset(self) -> None:
        """Forget messages, modals, direct channels and the log."""
        await self._post("reset")

    # How it is reached

    def _await_address(self, out: Path) -> str:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self._process.poll() is None:
            if found := re.search(r"Web UI:\s+(http://\S+)", out.read_text()):
                return found[1]
            time.sleep(0.02)
        raise RuntimeError(f"local-slack did not start:\n{out.read_text()}")

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        async with aiohttp.ClientSession() as session, session.ws_connect(f"{self.url}/ui") as page:
            yield page

    async def _post(self, what: str, **body: object) -> dict[str, Any]:
        address = f"{self.url}/_control/{what}"
        async with aiohttp.ClientSession() as session, session.post(address, json=body) as response:
            answer: dict[str, Any] = await response.json()
        assert answer["ok"], f"{what}: {answer}"
        return answer

    async def _get(self, what: str) -> dict[str, Any]:
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/_control/{what}") as response:
            answer: dict[str, Any] = await response.json()
            return answer


def _buttons(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every button of a message as the click on it is sent; a link is none."""
    return [
        {**element, "block_id": block.get("block_id")}
        for block in blocks
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("type") == "button" and "url" not in element
    ]
