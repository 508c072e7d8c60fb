"""How dear one call is beside another in the same run: machines differ and drift, their ratio hardly."""

from __future__ import annotations

import time
from collections.abc import Callable


def ratio(call: Callable[[], object], beside: Callable[[], object]) -> float:
    """The quickest few calls of `call`, as a multiple of the quickest of `beside`, taken in turns."""
    pairs = [(_seconds(call), _seconds(beside)) for _ in range(300)]
    return min(own for own, _ in pairs) / min(other for _, other in pairs)


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    for _ in range(5):
        call()
    return time.perf_counter() - start
