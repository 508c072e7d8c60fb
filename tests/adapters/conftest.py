import pytest

LOOK_UPS = ("adapters.slack.people", "adapters.slack.rooms", "adapters.teams.people")


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is no platform that does not answer: nobody is given up for that, but where a test is hurried."""
    for look_up in LOOK_UPS:
        monkeypatch.setattr(f"{look_up}.PATIENCE", 8.0)


@pytest.fixture
def hurried(unhurried: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not answer is waited for no longer than in production."""
    for look_up in LOOK_UPS:
        monkeypatch.setattr(f"{look_up}.PATIENCE", 0.8)
