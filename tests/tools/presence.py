"""Whether a program from outside is there: one that is missing skips a test, and in CI fails it, unless it may be."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest

OPTIONAL = frozenset({"playground"})
PLAYGROUND = "m365agentsplayground-0.2.28"


def in_ci() -> bool:
    """True where every test must run: `CI` or `TANDEM_CI` is set, and not to 0 or false."""
    return any(os.environ.get(name, "").lower() not in {"", "0", "false"} for name in ("CI", "TANDEM_CI"))


def require_or_skip(tool: str) -> Path:
    """Return a tool's program: `postgres` (the folder with initdb and postgres), `slack`, `browser`, …

    Where it is missing the running test is skipped, in CI it fails; both say how to get it. `playground` may be
    missing there too: its licence is for evaluation.
    """
    places, remedy = _TOOLS[tool]
    program = next((place for place in places() if place.exists()), None)
    if program is not None:
        return program
    sentence = f"{tool} is missing: {remedy}"
    if in_ci() and tool not in OPTIONAL:
        pytest.fail(f"{sentence} (.ci/run does this)", pytrace=False)
    pytest.skip(sentence)


def cache_folder() -> Path:
    """The folder outside the tree in which `.ci/run` keeps programs between runs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tandem"


def _on_path(*names: str) -> Iterator[Path]:
    return (Path(found) for name in names if (found := shutil.which(name)))


def _postgres() -> Iterator[Path]:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    brew = sorted(Path("/opt/homebrew/opt").glob("postgresql*/bin"), reverse=True)
    programs = chain(debian, brew, (found.resolve().parent for found in _on_path("initdb")))
    return (folder for folder in programs if (folder / "initdb").exists() and (folder / "postgres").exists())


def _local_slack() -> Iterator[Path]:
    folders = cache_folder().glob("local-slack-0.1.8/node_modules/local-slack-*/bin/local-slack")
    return chain(folders, _on_path("local-slack"))


def _browser() -> Iterator[Path]:
    return _on_path("chromium", "chromium-browser", "google-chrome")


def _adaptive_cards() -> Iterator[Path]:
    library = cache_folder() / "adaptivecards-3.0.6" / "node_modules" / "adaptivecards" / "dist" / "adaptivecards.js"
    return iter([library] if shutil.which("node") else [])


def _playground() -> Iterator[Path]:
    folder = cache_folder() / PLAYGROUND / "node_modules" / "@microsoft" / "m365agentsplayground"
    return iter([folder / "cli.js"] if shutil.which("node") else [])


_TOOLS: dict[str, tuple[Callable[[], Iterator[Path]], str]] = {
    "postgres": (_postgres, "install PostgreSQL 14 or newer (Debian: apt install postgresql)"),
    "slack": (
        _local_slack,
        "npm install --prefix ~/.cache/tandem/local-slack-0.1.8 local-slack-linux-x64@0.1.8",
    ),
    "browser": (_browser, "install Chromium (Debian: apt install chromium)"),
    "adaptivecards": (
        _adaptive_cards,
        "install Node and npm install --prefix ~/.cache/tandem/adaptivecards-3.0.6 adaptivecards@3.0.6 markdown-it@14",
    ),
    "playground": (
        _playground,
        f"install Node and npm install --prefix ~/.cache/tandem/{PLAYGROUND} @microsoft/m365agentsplayground@0.2.28",
    ),
}
