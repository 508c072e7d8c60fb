"""HTTP load on loopback: requests written beforehand, sent over connections that stay open, each answer checked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.bench.servers import LOOPBACK
from core.kernel.clock import monotonic


class WrongAnswer(Exception):
    """The server answered something else than 200: what follows would measure nothing."""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: requests a second, and the 99th percentile of the time for one, in milliseconds."""

    rate: float
    p99: float
    last: bytes


async def load(port: int, requests: Sequence[bytes], connections: int) -> Load:
    """Send every request once, over `connections` connections at a time. Raises WrongAnswer."""
    waiting = iter(requests)
    took: list[float] = []
    last = [b""]

    async def sender() -> None:
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        for request in waiting:
            began = monotonic()
            last[0] = await exchange(reader, writer, request)
            took.append(monotonic() - began)
        writer.close()

    began = monotonic()
    await asyncio.gather(*[sender() for _ in range(connections)])
    seconds = monotonic() - began
    return Load(len(requests) / seconds, sorted(took)[int(len(took) * 0.99) - 1] * 1000, last[0])


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    """The body of the answer to one request. Raises WrongAnswer."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    size = next((int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:")), 0)
    body = await reader.readexactly(size)
    if status not in (200, 201, 202):
        raise WrongAnswer(f"{status}: {body[:200]!r}")
    return body


def http_post(path: str, body: bytes, **headers: str) -> bytes:
    """A POST of HTTP/1.1 as bytes."""
    lines = [f"POST {path} HTTP/1.1", f"Host: {LOOPBACK}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
