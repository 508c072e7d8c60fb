from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from adapters.slack import SlackKeys, slack_checks
from adapters.slack.manifest import BOT_SCOPES
from tests.tools.slack_double import SECRET, SlackDouble, error, rate_limited


def now() -> datetime:
    return datetime.now(UTC)


@pytest_asyncio.fixture
async def slack():
    async with SlackDouble() as slack:
        slack.scopes = ",".join(BOT_SCOPES)
        yield slack


async def checked(slack, clock=now, **keys):
    keys = {"bot_token": "xoxb-test", "signing_secret": SECRET, "api_url": slack.api_url, **keys}
    return {check.name: check for check in await slack_checks(SlackKeys(**keys), clock)}


async def test_all_is_well_over_http(slack):
    checks = await checked(slack)
    assert list(checks) == ["slack token", "slack scopes", "slack clock", "slack signing secret"]
    assert all(check.ok for check in checks.values())


async def test_all_is_well_over_a_socket(slack):
    checks = await checked(slack, app_token="xapp-test", signing_secret="")
    assert list(checks) == ["slack token", "slack scopes", "slack clock", "slack socket mode"]
    assert all(check.ok for check in checks.values())


async def test_a_missing_scope_is_named(slack):
    slack.scopes = ",".join(scope for scope in BOT_SCOPES if scope != "groups:history")
    check = (await checked(slack))["slack scopes"]
    assert not check.ok
    assert "Missing: groups:history;" in check.sentence


@pytest.mark.parametrize(("minutes", "side"), [(5, "ahead of"), (-5, "behind")])
async def test_a_clock_that_is_wrong_is_told(slack, minutes, side):
    check = (await checked(slack, lambda: now() + timedelta(minutes=minutes)))["slack clock"]
    assert not check.ok
    assert f"s {side} Slack" in check.sentence


async def test_a_token_that_slack_refuses(slack):
    slack.fails("auth.test", error("invalid_auth"))
    checks = await checked(slack)
    assert list(checks) == ["slack token", "slack signing secret"]
    assert "invalid_auth" in checks["slack token"].sentence


async def test_slack_out_of_reach(slack):
    check = (await checked(slack, api_url="http://127.0.0.1:9/api/"))["slack token"]
    assert (check.ok, "cannot be reached" in check.sentence) == (False, True)


@pytest.mark.parametrize("secret", ["", "xoxb-1", SECRET.upper(), SECRET[:-1]])
async def test_a_secret_that_is_none(slack, secret):
    assert not (await checked(slack, signing_secret=secret))["slack signing secret"].ok


@pytest.mark.parametrize("fault", [error("not_allowed_token_type"), rate_limited(1)], ids=["refused", "busy"])
async def test_a_socket_that_does_not_open(slack, fault):
    slack.fails("apps.connections.open", fault)
    assert not (await checked(slack, app_token="xapp-test"))["slack socket mode"].ok
