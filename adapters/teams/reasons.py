"""What the Bot Connector's refusals mean to people: the reason that a lead reads where something was not delivered."""

from __future__ import annotations

from core.api import msg

ABSENT = msg("Tandem is not in this conversation any more: add the app again")
ALONE = msg("Teams lets Tandem write to this account only in a chat that its owner begins")
BLOCKED = msg("the person has blocked Tandem in Teams")
GONE = msg("Teams knows this conversation no more")
TOO_LARGE = msg("it is larger than Teams takes")
NOT_TAKEN = msg("Teams does not take it as Tandem drew it: tell your administrator")
MESSAGE = msg("the message is gone")

BY_CODE = {
    "botnotinconversationroster": ABSENT,
    "bot_not_installed": ABSENT,
    "botdisabledbyadmin": msg("an administrator has switched Tandem off in Teams"),
    "conversationblockedbyuser": BLOCKED,
    "userblocked": BLOCKED,
    "forbiddenoperationexception": ALONE,
    "conversationnotfound": GONE,
    "threadnotfound": msg("the thread is gone"),
    "activitynotfoundinconversation": MESSAGE,
    "activitynotfound": MESSAGE,
    "messagenotfound": MESSAGE,
    "messagesizetoobig": TOO_LARGE,
    "badsyntax": NOT_TAKEN,
    "badargument": NOT_TAKEN,
}
BY_STATUS = {400: NOT_TAKEN, 403: ABSENT, 404: GONE, 413: TOO_LARGE}


def told(status: int, code: str, direct: bool) -> str:
    """The sentence for a refusal; nothing for one that nobody knows."""
    known = BY_CODE.get(code.lower().partition(":")[0])
    if known is None and direct and status == 403:
        return ALONE
    return known or BY_STATUS.get(status, "")
