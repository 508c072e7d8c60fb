"""The installation's secret key: given by the settings, or in development made once and kept in a file."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from bot.problem import Problem
from bot.settings import VAR, Settings

KEPT = "secret_key"


def secret_key(settings: Settings, folder: Path = VAR) -> str:
    """44 characters of URL-safe base64. In development a missing one is made, readable by this user alone."""
    if settings.secret_key is not None:
        return settings.secret_key
    if settings.production:
        raise Problem("TANDEM_SECRET_KEY is missing, and TANDEM_ENV is production: set it.")
    path = folder / KEPT
    if not path.is_file():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(key + "\n")
    try:
        os.link(fresh, path)  # whoever comes second takes the first one's
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
