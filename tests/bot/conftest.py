"""The command line in a folder of its own, with a store of its own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main

PREFIXES = ("TANDEM_", "SLACK_", "DATABASE_", "MICROSOFT_", "TEAMS_")
NAMES = ("HOST", "PORT", "PUBLIC_URL")


@dataclass(frozen=True)
class Told:
    """What a command ended with."""

    code: int
    out: str
    err: str


Tandem = Callable[..., Told]


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No setting of this machine, and a folder that nothing stands in."""
    for name in list(os.environ):
        if name.startswith(PREFIXES) or name in NAMES:
            monkeypatch.delenv(name)
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def tandem(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tandem:
    """Run a command in this process: `tandem("export", "--side", "cmo", PORT="8081")`."""

    def run(*arguments: str, **settings: str) -> Told:
        capfd.readouterr()
        with contextlib.ExitStack() as stack:
            patch = stack.enter_context(monkeypatch.context())
            for name, value in settings.items():
                patch.setenv(name, value)
            try:
                code = main(arguments)
            except SystemExit as exit_:
                code = int(exit_.code or 0)
        out, err = capfd.readouterr()
        return Told(code, out, err)

    return run
