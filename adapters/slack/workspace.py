"""The workspace that Tandem is installed in, and how its rooms, messages and moments are named outside Slack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from core.api import Address

PLATFORM = "slack"


@dataclass(frozen=True, slots=True)
class Workspace:
    """What `auth.test` tells: team id, the bot's user and bot id, and the workspace's web address."""

    team: str
    bot_user: str
    bot_id: str
    url: str

    def room(self, channel: str) -> Address:
        """A channel; whoever speaks there, its tenant is the workspace that installed Tandem."""
        return Address(PLATFORM, self.team, channel)

    def link(self, channel: str, ts: str, thread: str | None = None) -> str:
        """What `chat.getPermalink` would answer, without asking."""
        link = f"{self.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
        return f"{link}?thread_ts={thread}&cid={channel}" if thread and thread != ts else link

    def message(self, channel: str, ts: str) -> str:
        """The delivery id of a message: by team, channel and ts, whatever event brought it."""
        return f"slack:{self.team}/{channel}/{ts}"


def moment(ts: str) -> datetime:
    """A Slack timestamp such as `1767224888.280449`, UTC, to the millisecond. Raises ValueError."""
    seconds, _, fraction = ts.partition(".")
    at = datetime.fromtimestamp(int(seconds), UTC)
    return at.replace(microsecond=int((fraction + "000")[:3]) * 1000)
