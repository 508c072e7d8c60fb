import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.faults import GONE, InDoubt, sort, sorted_faults
from core.api import Gone, TryLater


def answered(code="", status=200, data=None, **headers):
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, status_code=status, headers=headers,
        data={"ok": False, "error": code} if data is None else data,
    )  # fmt: skip
    return SlackApiError("failed", response)


@pytest.mark.parametrize(
    ("error", "after"),
    [
        (answered("ratelimited", 429, **{"Retry-After": "30"}), 30),
        (answered("ratelimited", 429, **{"retry-after": "2"}), 2),
        (answered("rate_limited"), None),
        (answered("", 429, "Too many", **{"Retry-After": "soon"}), None),
        (answered("team_added_to_org"), None),
    ],
    ids=str,
)
def test_a_limit_is_waited_for_as_long_as_slack_says(error, after):
    fault = sort(error)
    assert type(fault) is TryLater
    assert fault.after == after


@pytest.mark.parametrize(
    "error",
    [
        answered("internal_error"),
        answered("fatal_error"),
        answered("service_unavailable", 503),
        answered("request_timeout"),
        answered("", 500, {}),
        answered("", 502, "<html>"),
        answered("", 504, None),
        answered("", 200, "not what Slack says"),
    ],
    ids=str,
)
def test_what_broke_inside_slack_is_in_doubt(error):
    assert isinstance(sort(error), InDoubt)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("channel_not_found", "room"),
        ("is_archived", "room"),
        ("not_in_channel", "room"),
        ("restricted_action", "room"),
        ("restricted_action_read_only_channel", "room"),
        ("user_not_found", "person"),
        ("user_disabled", "person"),
        ("cannot_dm_bot", "person"),
        ("messages_tab_disabled", "person"),
        ("invalid_auth", "app"),
        ("not_authed", "app"),
        ("token_revoked", "app"),
        ("token_expired", "app"),
        ("account_inactive", "app"),
        ("missing_scope", "app"),
        ("msg_too_long", "post"),
        ("msg_blocks_too_long", "post"),
        ("invalid_blocks", "post"),
        ("metadata_too_large", "post"),
        ("user_not_in_channel", "post"),
        ("message_not_found", "message"),
        ("cant_update_message", "message"),
        ("edit_window_closed", "message"),
        ("a_code_of_next_year", "post"),
    ],
)
def test_what_is_gone_is_named(code, what):
    fault = sort(answered(code))
    assert isinstance(fault, Gone)
    assert (fault.reason, fault.what) == (code, what)


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel"])
def test_a_lost_conversation_with_one_person_is_a_lost_person(code):
    assert sort(answered(code), direct=True).what == "person"
    assert sort(answered("invalid_auth"), direct=True).what == "app"


@pytest.mark.parametrize("error", [TimeoutError(), ConnectionResetError(), OSError("gone")], ids=repr)
async def test_a_broken_line_is_in_doubt(error):
    with pytest.raises(InDoubt):
        async with sorted_faults():
            raise error


async def test_a_bug_stays_a_bug():
    with pytest.raises(KeyError):
        async with sorted_faults():
            raise KeyError("post")


@pytest.mark.parametrize("code", sorted(code for codes in GONE.values() for code in codes.split()))
def test_every_code_that_is_final_is_told_in_a_sentence(code):
    fault = sort(answered(code))
    assert fault.reason == code  # the attempt keeps Slack's own word
    assert " " in fault.told
    assert code not in fault.told
    assert not fault.told.endswith(".")


def test_a_code_that_nobody_knows_is_told_as_it_came():
    fault = sort(answered("some_new_code"))
    assert (fault.reason, fault.told) == ("some_new_code", "")
