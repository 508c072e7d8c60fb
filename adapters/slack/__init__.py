"""Slack: its payloads become turns, cards become Block Kit, posts become calls."""

from adapters.slack.adapter import NotInstalled as NotInstalled
from adapters.slack.adapter import SlackAdapter as SlackAdapter
from adapters.slack.adapter import SlackKeys as SlackKeys
from adapters.slack.checks import Check as Check
from adapters.slack.checks import slack_checks as slack_checks
from adapters.slack.manifest import slack_manifest as slack_manifest
