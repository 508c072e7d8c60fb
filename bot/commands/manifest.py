"""`tandem manifest slack`: the app as Slack is to install it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from urllib.parse import urlsplit

from adapters.slack.manifest import slack_manifest
from bot.command_line import Commands
from bot.problem import Problem

MORE = (
    "Paste it at https://api.slack.com/apps, 'Create New App', 'From a manifest'. Without --url it is for Socket Mode."
)


def add(commands: Commands) -> None:
    """Add the command."""
    group = commands.group("manifest", "what a platform needs to install Tandem")
    slack = group.add("slack", manifest, "print Slack's app manifest", MORE)
    slack.add_argument("--url", metavar="URL", help="Tandem's public address, such as https://tandem.example.com")
    slack.add_argument("--to", metavar="PATH", type=Path, help="the file to write; standard output where none is named")


def manifest(given: argparse.Namespace) -> int:
    """Print or write it."""
    text = json.dumps(slack_manifest(_address(given.url)), indent=2, ensure_ascii=False) + "\n"
    if given.to is None:
        print(text, end="")
        return 0
    try:
        given.to.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem(f"--to: {given.to} cannot be written: {error.strerror}.") from error
    return 0


def _address(url: str | None) -> str | None:
    parts = urlsplit(url) if url is not None else None
    if parts is not None and not (parts.scheme in ("http", "https") and parts.hostname):
        raise Problem(f"--url is {str(url)[:80]!r}: it is an address such as https://tandem.example.com.")
    return url
