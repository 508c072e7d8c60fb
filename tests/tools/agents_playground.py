"""Microsoft's own stand-in for the Teams client, the Microsoft 365 Agents Playground, run on loopback.

It draws Adaptive Cards as Teams does and speaks the Bot Framework's protocol to a bot, without tokens. Its licence is
for evaluation: it is never part of Tandem, and what needs it is skipped where it is not installed. Seen in 0.2.28:

- It listens on every interface whatever it is told, so it is started with a script that keeps it on loopback.
- One person looks at its page, and whatever is said over its own HTTP interface is said by that person; for anybody
  else of its configuration a whole activity is handed to it.
- In a room a bot hears its mentions alone. A button that opens a dialog does nothing.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.tools.presence import require_or_skip

Json = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """Somebody of the playground's own configuration."""

    id: str
    name: str


BOT = Account("00000000-0000-0000-0000-00000000000011", "Test Bot")
KEEP_ON_LOOPBACK = """\
const { Server } = require("net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, { port, host: "127.0.0.1" }, ...rest.filter((one) => typeof one === "function"));
};
"""


@dataclass
class AgentsPlayground:
    """`with AgentsPlayground(address_of_the_bot) as playground:` starts it and stops it."""

    bot: str
    url: str = ""

    def __enter__(self) -> Self:
        program = require_or_skip("playground")
        self._folder = tempfile.TemporaryDirectory(prefix="playground-")
        folder = Path(self._folder.name)
        (folder / "loopback.cjs").write_text(KEEP_ON_LOOPBACK)
        with (folder / "out").open("w") as out:
            self._process = subprocess.Popen(
                ["node", program, "start", "-e", self.bot, "-c", "msteams", "-p", "0", "--disable-telemetry"],
                cwd=folder,
                env={**os.environ, "NODE_OPTIONS": f"--require {folder / 'loopback.cjs'}", "BROWSER": "none"},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            self.url = f"http://127.0.0.1:{self._port(folder / 'out')}"
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

    async def say(self, name: str, text: str) -> None:
        """Let somebody mention the bot in the group chat; the page does not show the line, only what comes of it."""
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{self.url}/_internal/v1/config") as answer:
                config: Json = (await answer.json())["config"]
            activity = self._line(name, text, config)
            async with session.post(f"{self.url}/_internal/v1/customActivities", json=activity) as answer:
                assert answer.status == 200, await answer.text()

    def _line(self, name: str, text: str, config: Json) -> Json:
        (who,) = (one for one in config["users"] if one["name"] == name)
        chat, tenant, mention = config["groupChats"][0]["id"], {"id": config["tenantId"]}, f"<at>{BOT.name}</at>"
        bot = {"id": BOT.id, "name": BOT.name}
        return {
            "type": "message", "id": f"said-{time.time_ns()}", "channelId": "msteams",
            "serviceUrl": f"{self.url}/_connector", "text": f"{mention} {text}", "textFormat": "plain",
            "from": {"id": who["id"], "name": name, "aadObjectId": who["aadObjectId"]}, "recipient": bot,
            "conversation": {"id": chat, "isGroup": True, "conversationType": "groupChat", "tenantId": tenant["id"]},
            "entities": [{"type": "mention", "mentioned": bot, "text": mention}], "channelData": {"tenant": tenant},
        }  # fmt: skip

    def _port(self, out: Path) -> str:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self._process.poll() is None:
            if found := re.search(r"Listening on (\d+)", out.read_text()):
                return found[1]
            time.sleep(0.05)
        raise RuntimeError(f"the Agents Playground did not start:\n{out.read_text()}")
