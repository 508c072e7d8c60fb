"""Which Tandem this is: its name and version, as entries and the log carry them."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def software() -> str:
    """The name and version that each entry carries."""
    try:
        return f"tandem {version('tandem')}"
    except PackageNotFoundError:
        return "tandem (source)"
