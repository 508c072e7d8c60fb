"""Where the time of a served process goes, in all its threads: py-spy looks from outside and slows it little."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.problem import Problem

A_SECOND = 500
"""Samples."""
MOST_SECONDS = 120
STOP_SECONDS = 10.0


def sampler() -> str:
    """The path of py-spy. Raises Problem where it is not installed."""
    found = shutil.which("py-spy", path=str(Path(sys.executable).parent)) or shutil.which("py-spy")
    if found is None:
        raise Problem("A profile needs py-spy, which is not installed here: `make lint` installs it, or pip does.")
    return found


@asynccontextmanager
async def profiled(process: int, file: Path) -> AsyncIterator[None]:
    """Sample the process of this id while the block runs; a flame graph (SVG) stands in `file` at the end.

    Only what holds the interpreter counts: a thread that waits takes no time from anybody. Raises Problem where the
    system lets nobody look into a process.
    """
    command = [
        sampler(), "record", "--pid", str(process), "--output", str(file), "--rate", str(A_SECOND), "--gil",
        "--threads", "--duration", str(MOST_SECONDS),
    ]  # fmt: skip
    look = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield
    finally:
        if look.returncode is None:
            look.send_signal(2)  # it writes what it has
        try:
            async with asyncio.timeout(STOP_SECONDS):
                _, said = await look.communicate()
        except TimeoutError:
            look.kill()
            _, said = await look.communicate()
    if look.returncode:
        why = said.decode(errors="replace").strip().splitlines()
        raise Problem(f"py-spy took no profile: {why[-1] if why else 'it said nothing'}")
