"""Slack: its payloads become turns, cards become Block Kit, posts become calls."""

from adapters.slack.adapter import NotInstalled as NotInstalled
from adapters.slack.adapter import SlackAdapter as SlackAdapter
from adapters.slack.adapter import SlackKeys as SlackKeys
