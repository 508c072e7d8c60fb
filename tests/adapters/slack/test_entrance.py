import json
import logging
import time
from urllib.parse import urlencode

import pytest

from core.api import StoreDown
from tests.adapters.slack.listening import AOIFE, JOINT

COMMAND = urlencode({"command": "/tt", "text": "secret plan", "user_id": AOIFE, "channel_id": JOINT, "trigger_id": "1"})


async def test_a_signed_command_comes_in(office):
    assert (await office.send.post(COMMAND.encode()))[0] == 200
    assert office.turn.act.text == "secret plan"


@pytest.mark.parametrize("skew", [-290, 290])
async def test_clocks_may_differ_by_five_minutes(office, skew):
    office.send.skew = skew
    assert (await office.send.post(COMMAND.encode()))[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=ünsigned"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "٣" * 10},
        {"X-Slack-Request-Timestamp": "1e9"},
    ],
    ids=repr,
)
async def test_a_wrong_signature_is_refused(office, headers, caplog):
    with caplog.at_level(logging.DEBUG):
        status, body = await office.send.post(COMMAND.encode(), headers=headers)
    assert (status, body) == (401, {"error": "invalid signature"})
    assert office.core.turns == []
    assert "secret" not in caplog.text
    assert [record.getMessage() for record in caplog.records if record.name == "tandem.slack"] == [
        "refused a request without a true and timely signature"
    ]


@pytest.mark.parametrize("skew", [-310, 310, 86400], ids=["old", "from the future", "from tomorrow"])
async def test_a_signature_of_another_time_is_refused(office, skew):
    office.send.skew = skew
    began = time.monotonic()
    assert (await office.send.post(COMMAND.encode()))[0] == 401
    assert time.monotonic() - began < 1
    assert office.core.turns == []


async def test_another_secret_is_refused(office):
    office.send.secret = "not the secret"
    assert (await office.send.post(COMMAND.encode()))[0] == 401


@pytest.mark.parametrize("body", [b"\xff\xfe", b"", b"{", "ä".encode("latin-1")])
async def test_bytes_that_are_no_text_are_refused_unsigned(office, body):
    headers = {"X-Slack-Signature": "v0=" + "0" * 64}
    assert (await office.send.post(body, "application/json", headers))[0] == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'"text"', "application/json"),
        (b'{"type": "event_callback", "event": "none"}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=7", "application/x-www-form-urlencoded"),
    ],
)
async def test_what_holds_no_payload_is_refused_though_signed(office, body, kind):
    assert (await office.send.post(body, kind))[0] == 400


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "event_callback", "event": {"type": "message", "text": "<@U0TANDEM> x", "user": AOIFE}},
        {"type": "event_callback", "event": {"type": "member_joined_channel"}},
        {"type": "block_actions", "user": {"id": AOIFE}},
        {"type": "view_submission", "user": {"id": AOIFE}, "view": {}},
        {"type": "shortcut", "callback_id": "x"},
        {"type": 7, "event": {"type": []}},
    ],
)
async def test_a_payload_that_lacks_half_is_never_a_500(office, payload):
    status, _ = await office.send.post(json.dumps(payload).encode(), "application/json")
    assert status in (400, 404, 503)


async def test_slack_checks_its_address_and_the_certificate(office):
    challenge = json.dumps({"type": "url_verification", "challenge": "3eZbrw1"}).encode()
    assert await office.send.post(challenge, "application/json") == (200, {"challenge": "3eZbrw1"})
    assert (await office.send.post(challenge, "application/json", {"X-Slack-Signature": "v0=0"}))[0] == 401
    assert (await office.send.post(b"token=x&ssl_check=1"))[0] == 200


async def test_without_the_store_slack_is_asked_to_deliver_again(office):
    office.core.answer = StoreDown("gone")
    assert (await office.send.post(COMMAND.encode()))[0] == 503
    assert (await office.line("<@U0TANDEM> help", ts="1767224888.280449"))[0] == 503
    office.core.answer = None
    assert (await office.line("<@U0TANDEM> help", ts="1767224888.280449"))[0] == 200
    assert [turn.act.text for turn in office.core.turns[-2:]] == ["help", "help"]


async def test_a_bug_is_logged_without_the_words(office, caplog):
    office.core.answer = RuntimeError("a bug")
    assert (await office.send.post(COMMAND.encode()))[0] == 503
    assert "a payload could not be handled" in caplog.text
    assert "secret" not in caplog.text


async def test_an_unknown_command_is_none_of_ours(office):
    other = COMMAND.replace("%2Ftt", "%2Fother")
    assert (await office.send.post(other.encode()))[0] == 404
    assert office.core.turns == []
