"""`tandem manifest slack` and `teams`: the app as the platform is to install it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from urllib.parse import urlsplit

from adapters.slack.manifest import slack_manifest
from adapters.teams import teams_package
from bot.command_line import Commands
from bot.problem import Problem
from bot.settings import read_settings

MORE = (
    "Paste it at https://api.slack.com/apps, 'Create New App', 'From a manifest'. Without --url it is for Socket Mode."
)

TEAMS_MORE = "Upload it in Teams: 'Apps', 'Manage your apps', 'Upload an app'. It is made for MICROSOFT_APP_ID."
PACKAGE = Path("tandem-teams.zip")


def add(commands: Commands) -> None:
    """Add the command."""
    group = commands.group("manifest", "what a platform needs to install Tandem")
    slack = group.add("slack", manifest, "print Slack's app manifest", MORE)
    slack.add_argument("--url", metavar="URL", help="Tandem's public address, such as https://tandem.example.com")
    slack.add_argument("--to", metavar="PATH", type=Path, help="the file to write; standard output where none is named")
    teams = group.add("teams", package, "write the Teams app package: manifest and icons", TEAMS_MORE)
    teams.add_argument("--url", metavar="URL", help="Tandem's public address, such as https://tandem.example.com")
    teams.add_argument("--to", metavar="PATH", type=Path, default=PACKAGE, help=f"the file to write; {PACKAGE}")


def manifest(given: argparse.Namespace) -> int:
    """Print or write it."""
    text = json.dumps(slack_manifest(_address(given.url)), indent=2, ensure_ascii=False) + "\n"
    if given.to is None:
        print(text, end="")
        return 0
    _write(given.to, text.encode())
    return 0


def package(given: argparse.Namespace) -> int:
    """Write it."""
    address, settings = _address(given.url), read_settings()
    if settings.teams is None:
        raise Problem("MICROSOFT_APP_ID is not set: the package is made for one bot, so set its keys first.")
    _write(given.to, teams_package(settings.teams.app_id, address or settings.public_url))
    print(f"{given.to} is written.")
    return 0


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Problem(f"--to: {path} cannot be written: {error.strerror}.") from error


def _address(url: str | None) -> str | None:
    parts = urlsplit(url) if url is not None else None
    if parts is not None and not (parts.scheme in ("http", "https") and parts.hostname):
        raise Problem(f"--url is {str(url)[:80]!r}: it is an address such as https://tandem.example.com.")
    return url
