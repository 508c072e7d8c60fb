import pytest

from tests.tools.presence import in_ci, require_or_skip


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("TANDEM_CI", raising=False)


@pytest.mark.parametrize("tool", ["slack", "browser"])
def test_what_is_missing_is_skipped_on_a_persons_machine(bare_machine, tool):
    with pytest.raises(pytest.skip.Exception, match=f"{tool} is missing: .*install"):
        require_or_skip(tool)


@pytest.mark.parametrize("tool", ["slack", "browser"])
def test_what_is_missing_fails_in_ci(bare_machine, monkeypatch, tool):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=f"{tool} is missing"):
        require_or_skip(tool)


def test_what_may_be_missing_is_skipped_there_too(bare_machine, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.skip.Exception, match="playground is missing: install Node and npm install .*"):
        require_or_skip("playground")


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_ci_is_told_by_the_environment(bare_machine, monkeypatch, value, expected):
    monkeypatch.setenv("TANDEM_CI", value)
    assert in_ci() is expected
