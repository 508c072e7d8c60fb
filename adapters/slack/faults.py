"""Slack's error codes sorted: what may work later, and what never will because something is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.reasons import REASONS
from core.api import Gone, TryLater

UNTAKEN = frozenset({"ratelimited", "rate_limited", "team_added_to_org"})
"""Come back later: Slack has certainly not taken the post."""
BROKEN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Come back later: some of it may have happened."""
GONE = {
    "room": "channel_not_found is_archived not_in_channel restricted_action restricted_action_read_only_channel "
    "restricted_action_thread_only_channel restricted_action_non_threadable_channel restricted_action_thread_locked "
    "channel_type_not_supported posting_to_general_channel_denied cannot_post_to_channel",
    "person": "user_not_found users_not_found user_disabled user_not_visible cannot_dm_bot messages_tab_disabled "
    "invalid_user_combination not_enough_users",
    "app": "invalid_auth not_authed token_revoked token_expired account_inactive missing_scope no_permission "
    "org_login_required ekm_access_denied access_denied accesslimited not_allowed_token_type "
    "enterprise_is_restricted two_factor_setup_required team_access_not_granted",
    "post": "msg_too_long msg_blocks_too_long invalid_blocks invalid_blocks_format no_text metadata_too_large "
    "invalid_metadata_format invalid_metadata_schema too_many_attachments user_not_in_channel "
    "message_limit_exceeded thread_not_found invalid_arguments",
    "message": "message_not_found cant_update_message edit_window_closed",
}
_WHAT = {code: what for what, codes in GONE.items() for code in codes.split()}


class InDoubt(TryLater):
    """The call broke off, or something in Slack did: it may have done what was asked."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason, after, in_doubt=True)


@asynccontextmanager
async def sorted_faults(direct: bool = False, otherwise: str = "post") -> AsyncIterator[None]:
    """Raise TryLater, InDoubt or Gone for whatever a call to Slack raises.

    `direct`: its room is one person. `otherwise` is what a code that nobody knows says is gone.
    """
    try:
        yield
    except SlackApiError as error:
        raise sort(error, direct, otherwise) from error
    except ClientConnectorError as error:
        raise TryLater("Slack could not be reached") from error
    except (TimeoutError, ClientError, SlackClientError, OSError) as error:
        raise InDoubt(f"the line to Slack broke: {type(error).__name__}") from error


def sort(error: SlackApiError, direct: bool = False, otherwise: str = "post") -> TryLater | Gone:
    """What an answer of Slack's means; a code that nobody knows is taken for final, so that its room goes on."""
    status, code = _status(error), code_of(error)
    if status == 429 or code in UNTAKEN:
        return TryLater(code or "ratelimited", _retry_after(error))
    if status >= 500 or code in BROKEN:
        return InDoubt(code or f"Slack answered {status}", _retry_after(error))
    if not code:
        return InDoubt("Slack's answer could not be read")
    what = _WHAT.get(code, otherwise)
    return Gone(code, "person" if direct and what == "room" else what, told=REASONS.get(code, ""))


def code_of(error: SlackApiError) -> str:
    """Slack's own word for what went wrong, or "" where the answer holds none."""
    answer = getattr(error.response, "data", None)
    return str(answer.get("error") or "") if isinstance(answer, dict) else ""


def _status(error: SlackApiError) -> int:
    """The HTTP status; an answer that is no JSON arrives as aiohttp's own response."""
    response = error.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)


def _retry_after(error: SlackApiError) -> float | None:
    headers = getattr(error.response, "headers", None) or {}
    found = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    try:
        return max(0.0, float(found)) if found is not None else None
    except ValueError:
        return None
