"""Small calls that are not waited for: a fault of one is logged, one that hangs is broken off."""

import asyncio

from adapters.slack.faults import sorted_faults
from core import errands as errands_module
from core.api import Errands, TryLater


async def test_a_bug_in_an_errand_is_logged_and_stops_nothing(caplog):
    errands = Errands("slack", sorted_faults)

    async def breaks() -> None:
        raise KeyError("no such thing")

    errands.start(breaks)
    await errands.idle()
    await asyncio.sleep(0)
    assert "an answer could not be shown" in caplog.text


async def test_what_slack_has_no_time_for_is_given_up(monkeypatch, caplog):
    monkeypatch.setattr(errands_module, "LONGEST_WAIT", 0)
    errands, tried = Errands("slack", sorted_faults), []

    async def busy() -> None:
        tried.append(1)
        raise TryLater("ratelimited", 30)

    errands.start(busy)
    await errands.idle()
    assert len(tried) == errands_module.TRIES
    assert "Slack had no time" in caplog.text


async def test_at_the_end_what_hangs_is_broken_off(monkeypatch):
    monkeypatch.setattr(errands_module, "GRACE", 0.01)
    errands = Errands("slack", sorted_faults)
    errands.start(asyncio.Event().wait)
    await asyncio.wait_for(errands.close(), 5)
