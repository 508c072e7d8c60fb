import pytest_asyncio

from tests.adapters.teams.listening import office


@pytest_asyncio.fixture(name="office")
async def _office():
    """The bot under test, its Teams and a core that listens."""
    async with office() as opened:
        yield opened
