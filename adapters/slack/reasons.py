"""What Slack's error codes mean to people: the reason that a lead reads where something could not be delivered."""

from __future__ import annotations

from core.api import msg

_CLOSED = msg("Slack lets Tandem post in this channel no more: an administrator restricts who may")
_WORKSPACE = msg("the workspace lets Tandem in no more: its installation or its rights have to be renewed")
_TOO_LARGE = msg("it is larger than Slack takes")
_NOT_TAKEN = msg("Slack does not take it as Tandem drew it: tell your administrator")

REASONS = {
    "channel_not_found": msg("the channel is gone, or Tandem may not see it any more"),
    "is_archived": msg("the channel is archived"),
    "not_in_channel": msg("Tandem is not in the channel: /invite @Tandem brings it back"),
    "channel_type_not_supported": msg("Tandem cannot post in a conversation of this kind"),
    **dict.fromkeys(
        (
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_non_threadable_channel",
            "restricted_action_thread_locked",
            "posting_to_general_channel_denied",
            "cannot_post_to_channel",
        ),
        _CLOSED,
    ),
    "user_not_found": msg("the account is gone from Slack"),
    "users_not_found": msg("the account is gone from Slack"),
    "user_disabled": msg("the account is deactivated in Slack"),
    "user_not_visible": msg("Tandem may not see the account: it belongs to another workspace"),
    "cannot_dm_bot": msg("the account is one of a bot"),
    "messages_tab_disabled": msg("direct messages with Tandem are switched off in Slack"),
    "invalid_user_combination": msg("Slack allows no direct message with this account"),
    "not_enough_users": msg("Slack allows no direct message with this account"),
    **dict.fromkeys(
        (
            "invalid_auth",
            "not_authed",
            "token_revoked",
            "token_expired",
            "account_inactive",
            "missing_scope",
            "no_permission",
            "org_login_required",
            "ekm_access_denied",
            "access_denied",
            "accesslimited",
            "not_allowed_token_type",
            "enterprise_is_restricted",
            "two_factor_setup_required",
            "team_access_not_granted",
        ),
        _WORKSPACE,
    ),
    **dict.fromkeys(("msg_too_long", "msg_blocks_too_long", "metadata_too_large", "too_many_attachments"), _TOO_LARGE),
    **dict.fromkeys(
        (
            "invalid_blocks",
            "invalid_blocks_format",
            "no_text",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "invalid_arguments",
        ),
        _NOT_TAKEN,
    ),
    "user_not_in_channel": msg("the person is not in the channel"),
    "message_limit_exceeded": msg("the workspace has reached the number of messages that its plan allows"),
    "thread_not_found": msg("the thread is gone"),
    "message_not_found": msg("the message is gone"),
    "cant_update_message": msg("Slack does not let Tandem change the message"),
    "edit_window_closed": msg("Slack does not let Tandem change the message any more"),
}
"""By code; one that nobody knows is told as it came."""
