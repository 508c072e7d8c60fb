import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = {
    "requirements.lock": PROJECT["dependencies"],
    "requirements-dev.lock": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"],
}


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w-]+)==([^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_the_project_asks_for(lock):
    pins = pinned(lock)
    for requirement in map(Requirement, LOCKS[lock]):
        version = pins.get(requirement.name.lower())
        assert version, f"{requirement} is not in {lock}: make lock"
        assert requirement.specifier.contains(version), f"{lock} has {version}, not {requirement}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_place_to_fetch_from(lock):
    text = (ROOT / lock).read_text()
    assert not re.search(r"https?:|file:|--index|--find-links", text)
    assert text.count("==") <= text.count("--hash=sha256:")


def test_both_locks_agree():
    runtime, everything = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {name: everything.get(name, version) for name, version in runtime.items()} == runtime


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_packages(tmp_path):
    folder = copied(tmp_path / "source")
    subprocess.run([*BUILD, "--wheel-dir", tmp_path, folder], check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        shipped = {path for path in wheel.namelist() if ".dist-info/" not in path}
    assert shipped == {path.relative_to(folder).as_posix() for path in sources(folder)}


PACKAGES = ("adapters", "bot", "core", "templates")
BUILD = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]


def sources(root: Path) -> list[Path]:
    files = (path for name in PACKAGES for path in (root / name).rglob("*") if path.is_file())
    return [path for path in files if "__pycache__" not in path.parts]


def copied(folder: Path) -> Path:
    """The project without what building and running leave behind."""
    for path in [ROOT / "pyproject.toml", ROOT / "README.md", ROOT / "LICENSE", *sources(ROOT)]:
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return folder
