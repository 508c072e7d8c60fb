"""The app as Slack is to install it: what it may do, what it hears, and the one command that it brings."""

from __future__ import annotations

from adapters.slack.entrance import PATH
from adapters.slack.listeners import COMMAND
from adapters.slack.pointing import SHORTCUT
from adapters.slack.render_text import Json

BOT_SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "reactions:read",
    "reactions:write",
    "users:read",
)
"""History of every kind of room: a post whose call broke off is looked up before it is made again, and so is a message
that somebody reacts to. Reactions mark what was recorded at once; those of people are read where a room wants it."""
BOT_EVENTS = (
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "reaction_removed",
    "tokens_revoked",
    "user_change",
)


def slack_manifest(url: str | None = None) -> Json:
    """The manifest to paste at api.slack.com/apps; `url` is Tandem's public address, None means Socket Mode.

    The fields are those of https://docs.slack.dev/reference/app-manifest.
    """
    address = f"{url.rstrip('/')}{PATH}" if url else None
    request_url = {"request_url": address} if address else {}
    return {
        "display_information": {
            "name": "Tandem",
            "description": "Joint technology-transfer meetings of a sponsor and its manufacturer",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Tandem", "always_online": True},
            "shortcuts": [
                {
                    "name": "Capture in Tandem",
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": "Record this message as a decision, an action, a question or a risk",
                }
            ],
            "slash_commands": [_command(address)],
        },
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
        },
    }


def _command(address: str | None) -> Json:
    """`should_escape` makes Slack write who is meant by @ben: without it two people may share the name."""
    return {
        "command": COMMAND,
        "description": "Prepare, hold and write up a joint meeting",
        "usage_hint": "help · meeting new … · action … @who by Friday",
        "should_escape": True,
        **({"url": address} if address else {}),
    }
