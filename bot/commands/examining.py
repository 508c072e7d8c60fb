"""`tandem doctor`: a line for each thing that has to be right before people rely on Tandem."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator

from adapters.slack import SlackKeys
from adapters.slack.checks import slack_checks
from adapters.teams import teams_checks
from bot.command_line import Commands
from bot.cores import real_core
from bot.doctor import FAILS, FINE, Finding, examine_settings, examine_store, examine_templates
from bot.platforms import teams_keys
from bot.problem import Problem
from bot.settings import Settings, read_settings
from core.kernel.clock import SystemClock

MORE = "Exit code 1 if anything fails; a warning is none."


def add(commands: Commands) -> None:
    """Add the command."""
    commands.add("doctor", doctor, "check settings, store, clock, chains and what the platforms allow", MORE)


def doctor(_: argparse.Namespace) -> int:
    """Print a line for each finding, as it is found."""
    failed = False
    for finding in _findings():
        print(f"{finding.verdict:4}  {finding.name}: {finding.sentence}", flush=True)
        failed = failed or finding.verdict == FAILS
    return 1 if failed else 0


def _findings() -> Iterator[Finding]:
    try:
        settings = read_settings()
    except Problem as problem:
        yield Finding(FAILS, "settings", str(problem))
        return
    yield from examine_settings(settings)
    core = real_core(settings)
    try:
        yield from examine_templates(settings, core)
        yield from examine_store(core)
    finally:
        core.store.close()
    yield from _slack(settings)
    yield from _teams(settings)


def _slack(settings: Settings) -> Iterator[Finding]:
    slack = settings.slack
    if slack is None:
        yield Finding(FINE, "slack", "not set up: SLACK_BOT_TOKEN is not set.")
        return
    keys = SlackKeys(slack.bot_token, slack.signing_secret, slack.app_token, slack.api_url)
    for check in asyncio.run(slack_checks(keys, SystemClock().now)):
        yield Finding(FINE if check.ok else FAILS, check.name, check.sentence)


def _teams(settings: Settings) -> Iterator[Finding]:
    if settings.teams is None:
        yield Finding(FINE, "teams", "not set up: MICROSOFT_APP_ID is not set.")
        return
    for check in asyncio.run(teams_checks(teams_keys(settings.teams))):
        yield Finding(FINE if check.ok else FAILS, check.name, check.sentence)
