"""Time and ids: the one place that asks the machine for either; everywhere else they are handed in."""

from __future__ import annotations

import os
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is, in UTC."""

    def now(self) -> datetime:
        """The present moment, UTC, to the millisecond (AT-2)."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, UTC, to the millisecond."""
        return to_millisecond(datetime.now(UTC))


class ShiftedClock:
    """A clock that starts at `start` and runs `speed` times as fast as the machine's: for training and trials."""

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self._start, self._speed, self._began = start, speed, time.monotonic()

    def now(self) -> datetime:
        """The shifted moment, UTC, to the millisecond."""
        return to_millisecond(self._start + timedelta(seconds=(time.monotonic() - self._began) * self._speed))


class SetClock:
    """A clock that stands until it is moved, for rehearsals played from a script and for tests."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The moment it was set to."""
        return self._at

    def set(self, at: datetime) -> None:
        """Move to `at` (UTC)."""
        self._at = to_millisecond(at)

    def advance(self, **span: float) -> None:
        """Move on by `timedelta(**span)`."""
        self._at += timedelta(**span)


def to_millisecond(at: datetime) -> datetime:
    """`at` cut to the millisecond: what is stored, hashed and shown is the same value."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def monotonic() -> float:
    """Seconds that never run backwards, for measuring spans and time-outs."""
    return time.monotonic()


class _Noise:
    """Random bytes, drawn from the machine many at a time: each draw lets another thread take the interpreter."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes, self._at = b"", 0

    def take(self, count: int) -> bytes:
        """`count` bytes that nobody else gets."""
        with self._lock:
            if self._at + count > len(self._bytes):
                self._bytes, self._at = secrets.token_bytes(8192), 0
            self._at += count
            return self._bytes[self._at - count : self._at]


_noise = _Noise()
os.register_at_fork(after_in_child=_noise.__init__)  # type: ignore[misc]


def new_id() -> str:
    """32 hex digits that sort by the time they were made (RFC 9562, version 7)."""
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(_noise.take(10))
    value = (milliseconds & (1 << 48) - 1) << 80 | noise
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{value:032x}"


_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs that are told apart when they are read out: no I, O, 0 or 1."""


def new_code() -> str:
    """60 random bits to be typed by people: `K7QM-3XWT-9HPR`."""
    signs = [_LETTERS[byte % 32] for byte in _noise.take(12)]
    return "-".join("".join(signs[at : at + 4]) for at in (0, 4, 8))


def new_secret() -> str:
    """32 random bytes as URL-safe text: what a link or a cookie holds."""
    return secrets.token_urlsafe(32)
