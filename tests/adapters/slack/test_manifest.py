"""The manifest, by what https://docs.slack.dev/reference/app-manifest and slackapi/manifest-schema demand."""

import json
import re

import pytest

from adapters.slack import slack_manifest
from adapters.slack.manifest import BOT_EVENTS, BOT_SCOPES

URL = "https://tandem.example"
NEEDS = {
    "app_mention": "app_mentions:read",
    "channel_archive": "channels:read",
    "channel_rename": "channels:read",
    "group_rename": "groups:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read groups:read",
    "member_left_channel": "channels:read groups:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
    "app_uninstalled": "",
    "tokens_revoked": "",
}
"""The scopes without which Slack does not send an event."""
CALLS = {
    "chat.postMessage": "chat:write",
    "conversations.open": "im:write",
    "conversations.info": "channels:read groups:read im:read mpim:read",
    "conversations.history": "channels:history groups:history im:history mpim:history",
    "reactions.add": "reactions:write",
    "users.info": "users:read",
    "/tt": "commands",
}


@pytest.mark.parametrize("url", [URL, None])
def test_it_has_the_shape_that_slack_takes(url):
    manifest = json.loads(json.dumps(slack_manifest(url)))
    assert set(manifest) == {"display_information", "features", "oauth_config", "settings"}
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert re.fullmatch("#[0-9a-f]{6}", shown["background_color"])
    [command] = manifest["features"]["slash_commands"]
    assert (command["command"], command["should_escape"]) == ("/tt", True)
    assert len(command["usage_hint"]) <= 1000
    [shortcut] = manifest["features"]["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", "capture")
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150
    assert manifest["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    assert manifest["settings"]["interactivity"]["is_enabled"] is True


def test_over_http_slack_is_told_the_address():
    manifest = slack_manifest(URL + "/")
    address = f"{URL}/slack/events"
    assert manifest["features"]["slash_commands"][0]["url"] == address
    assert manifest["settings"]["event_subscriptions"]["request_url"] == address
    assert manifest["settings"]["interactivity"]["request_url"] == address
    assert manifest["settings"]["socket_mode_enabled"] is False


def test_over_a_socket_there_is_no_address():
    manifest = slack_manifest()
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(manifest)


def test_every_scope_is_needed_and_none_is_missing():
    assert set(NEEDS) == set(BOT_EVENTS)
    needed = " ".join([*NEEDS.values(), *CALLS.values()]).split()
    assert set(needed) == set(BOT_SCOPES)
    assert list(BOT_SCOPES) == sorted(set(BOT_SCOPES))
    assert list(BOT_EVENTS) == sorted(set(BOT_EVENTS))
