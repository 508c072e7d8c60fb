"""Deliveries that this process has begun: Slack brings one act several times, and it is to be answered once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

MOST = 10_000


class Deliveries:
    """Ids of what is under way or done. What failed is forgotten, so that the next delivery is heard."""

    def __init__(self) -> None:
        self._begun: OrderedDict[str, None] = OrderedDict()

    @contextmanager
    def first(self, delivery: str) -> Iterator[bool]:
        """Whether this is the first delivery, or the first after one that raised."""
        if delivery in self._begun:
            yield False
            return
        self._begun[delivery] = None
        if len(self._begun) > MOST:
            self._begun.popitem(last=False)
        with ExitStack() as failed:
            failed.callback(self._begun.pop, delivery, None)
            yield True
            failed.pop_all()
