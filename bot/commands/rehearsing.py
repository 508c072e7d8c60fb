"""`tandem rehearse`: a joint meeting played by a script, through the real core, in a rehearsal store."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from adapters.rehearsal.script import JOINT_MEETING, Line, ScriptError, read_script
from bot.command_line import Commands
from bot.problem import Problem
from bot.rehearsal import play_once, watch
from bot.serving import rehearsal_held
from bot.settings import read_settings

MORE = (
    "Without --once the rehearsal room is open while it plays, and afterwards. A script has JSON a line: at, room "
    "(sponsor or cmo), who, and one of text, press or fill."
)
WATCHED_SPEED = 60.0


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add("rehearse", rehearse, "play the shipped joint meeting, or one from a file", MORE)
    parser.add_argument("--script", metavar="FILE", type=Path, default=JOINT_MEETING, help="the meeting to play")
    parser.add_argument("--speed", metavar="N", type=_speed, help="so many seconds of it pass in one")
    parser.add_argument("--once", action="store_true", help="play to the end, print the minutes, counts and heads")


def rehearse(given: argparse.Namespace) -> int:
    """Play it."""
    settings, script = read_settings(), _script(given.script)
    if settings.production:
        raise Problem("TANDEM_ENV is production: rehearse where nothing real is served.")
    if given.once:
        asyncio.run(play_once(settings, script, given.speed or 0.0))
        return 0
    with rehearsal_held(playing=True):
        asyncio.run(watch(settings, script, given.speed or WATCHED_SPEED))
    return 0


def _script(path: Path) -> list[Line]:
    try:
        script = read_script(path.read_text(encoding="utf-8"))
    except ScriptError as error:
        raise Problem(f"--script: {path}, {error}") from error
    except UnicodeDecodeError as error:
        raise Problem(f"--script: {path} is no UTF-8.") from error
    except OSError as error:
        raise Problem(f"--script: {path} cannot be read: {error.strerror}.") from error
    if not script:
        raise Problem(f"--script: {path} holds no line: it has JSON a line, such as {_EXAMPLE}")
    return script


_EXAMPLE = '{"at": "2026-03-12T14:00:00Z", "room": "sponsor", "who": "aoife", "text": "/tt help"}'


def _speed(value: str) -> float:
    try:
        speed = float(value)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{value[:40]!r} is no speed: it is a number above 0, such as 60")
    return speed
