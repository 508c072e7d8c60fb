import asyncio

from adapters.slack import errands as errands_module
from adapters.slack.deliveries import Deliveries
from adapters.slack.errands import Errands
from core.api import TryLater


async def test_a_bug_in_an_errand_is_logged_and_stops_nothing(caplog):
    errands = Errands()

    async def breaks() -> None:
        raise KeyError("no such thing")

    errands.start(breaks)
    await errands.idle()
    await asyncio.sleep(0)
    assert "an answer could not be shown" in caplog.text


async def test_what_slack_has_no_time_for_is_given_up(monkeypatch, caplog):
    monkeypatch.setattr(errands_module, "LONGEST_WAIT", 0)
    errands, tried = Errands(), []

    async def busy() -> None:
        tried.append(1)
        raise TryLater("ratelimited", 30)

    errands.start(busy)
    await errands.idle()
    assert len(tried) == errands_module.TRIES
    assert "Slack had no time" in caplog.text


async def test_at_the_end_what_hangs_is_broken_off(monkeypatch):
    monkeypatch.setattr(errands_module, "GRACE", 0.01)
    errands = Errands()
    errands.start(asyncio.Event().wait)
    await asyncio.wait_for(errands.close(), 5)


def test_a_delivery_is_first_once_and_again_after_a_failure():
    deliveries = Deliveries()
    for expected in (True, False):
        with deliveries.first("T1/C1/1.2") as first:
            assert first is expected
    try:
        with deliveries.first("T1/C1/1.3"):
            raise ConnectionError
    except ConnectionError:
        pass
    with deliveries.first("T1/C1/1.3") as first:
        assert first
