"""A core in a process of its own, driven over pipes: `Driven` in the test, this module's `main` in the child."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from core.api import MENTION, Account, Address, Core, Gone, Identity, Options, Outgoing, Said, Sent, TryLater, Turn
from core.kernel.clock import ShiftedClock, SystemClock
from core.view import Card
from tests.meeting_room import words

LIMIT = 30.0
"""Seconds within which whatever is asked is answered."""
BUSY = "Tandem is busy"


class Ended(Exception):
    """The child is gone, and with it the answer."""


class Driven:
    """A child process with a core over `url`, whose clock is `ahead` seconds ahead; `wire` is a FileWire's file."""

    def __init__(self, url: str, *, ahead: float = 0, wire: Path | None = None, seed: int = 0) -> None:
        self._arguments = [url, str(ahead), str(wire or ""), str(seed)]
        self._waiting: dict[str, asyncio.Future[str]] = {}
        self._ids = itertools.count(1)
        self._ended = False

    async def __aenter__(self) -> Self:
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            __name__,
            *self._arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read())
        await self.ask({"op": "ready"})
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._child.returncode is None and self._child.stdin is not None:
            self._child.stdin.close()
        await asyncio.wait_for(self._child.wait(), LIMIT)
        await self._reading

    async def _read(self) -> None:
        assert self._child.stdout is not None
        async for line in self._child.stdout:
            answer = json.loads(line)
            self._waiting.pop(answer["id"]).set_result(answer["answer"])
        self._ended = True
        for waiting in self._waiting.values():
            waiting.set_exception(Ended())

    async def say(self, delivery: str, who: Account, room: Address, text: str, **mentions: Account) -> str:
        """The answer to a sentence; raises Ended if the child did so without one.

        Where Tandem says that it is busy, it is said again under the same id, as the answer asks.
        """
        named = sorted(mentions.items(), key=lambda one: text.index(f"@{one[0]}"))
        for name, _ in named:
            text = text.replace(f"@{name}", MENTION, 1)
        asked = {
            "op": "say",
            "delivery": delivery,
            "who": _plain(who),
            "room": room.channel,
            "text": text,
            "mentions": [_plain(account) for _, account in named],
        }
        while BUSY in (answer := await self.ask(asked)):
            pass
        return answer

    async def left(self, who: Account) -> None:
        """Say that an account was deactivated."""
        await self.ask({"op": "left", "who": _plain(who)})

    async def ask(self, asked: dict[str, Any]) -> str:
        """Whatever `main` answers."""
        if self._ended:
            raise Ended
        number = str(next(self._ids))
        waiting = self._waiting[number] = asyncio.get_running_loop().create_future()
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps({"id": number, **asked}).encode() + b"\n")
        return await asyncio.wait_for(waiting, LIMIT)

    def kill(self) -> None:
        """End the child as a power cut does."""
        self._child.kill()


def _plain(account: Account) -> list[str]:
    return [account.identity.tenant, account.identity.user, account.name]


def _account(plain: list[str]) -> Account:
    tenant, user, name = plain
    return Account(Identity("slack", tenant, user), name)


class FileWire:
    """A platform whose messages outlive the process: one JSON line each, with the post's id as metadata.

    With a `seed` it cuts every eighth line, before or after it took the card.
    """

    def __init__(self, file: Path, seed: int) -> None:
        self._file, self._chance = file, random.Random(seed) if seed else None

    async def send(self, out: Outgoing) -> Sent:
        """Take the card; sometimes cut the line."""
        await asyncio.sleep(0.002)
        fate = self._chance.random() if self._chance else 1.0
        if fate < 1 / 16:
            raise TryLater("cut before", after=0.01, in_doubt=True)
        message = out.message or out.post
        if out.message and out.message not in {line["message"] for line in read(self._file)}:
            raise Gone("message_not_found", "message")
        line = {"post": out.post, "room": str(out.address), "message": message, "new": out.message is None}
        with self._file.open("ab") as file:
            file.write(json.dumps(line).encode() + b"\n")
        if fate < 1 / 8:
            raise TryLater("cut after", after=0.01, in_doubt=True)
        await asyncio.sleep(0.002)
        return Sent(message)

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:
        """By the post's id."""
        return next((Sent(line["message"]) for line in read(self._file) if line["post"] == out.post), None)


def read(file: Path) -> list[dict[str, Any]]:
    """All that a FileWire took."""
    return [json.loads(line) for line in file.read_bytes().splitlines()] if file.exists() else []


async def main(url: str, ahead: str, wire: str, seed: str) -> None:
    """Answer what stands on stdin until it ends."""
    clock = ShiftedClock(SystemClock().now() + timedelta(seconds=float(ahead)))
    core = Core.create(url, Options(clock=clock, open_to_all=True))
    core.start()
    working = asyncio.create_task(core.work({"slack": FileWire(Path(wire), int(seed))})) if wire else None
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with asyncio.TaskGroup() as tasks:
        async for line in lines:
            tasks.create_task(_answer(core, json.loads(line)))
    if working is not None:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
    await core.close()


async def _answer(core: Core, asked: dict[str, Any]) -> None:
    answer = ""
    match asked["op"]:
        case "say":
            said = Said(asked["text"], tuple(_account(one) for one in asked["mentions"]), asked["text"])
            room = Address("slack", "T1", asked["room"])
            turn = Turn(asked["delivery"], room, _account(asked["who"]), core.clock.now(), said, room_name=room.channel)
            view = await core.hear(turn)
            answer = f"{view.summary}\n{words(view)}" if isinstance(view, Card) else words(view)
        case "left":
            await core.news.person_left(_account(asked["who"]).identity, "deactivated")
    os.write(1, json.dumps({"id": asked["id"], "answer": answer}).encode() + b"\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
