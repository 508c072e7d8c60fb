import pytest_asyncio

from tests.adapters.slack.listening import office


@pytest_asyncio.fixture(name="office")
async def _office():
    """The app under test, its Slack and its core."""
    async with office() as opened:
        yield opened
