"""Deliveries that this process has begun: an act comes several times and is answered once, talk keeps its order."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from weakref import WeakValueDictionary

MOST = 10_000


class Deliveries:
    """Ids of what is under way or done. What failed is forgotten, so that the next delivery is heard."""

    def __init__(self) -> None:
        self._begun: OrderedDict[str, None] = OrderedDict()
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def in_order(self, channel: str) -> asyncio.Lock:
        """The queue of a channel's talk: whoever comes first is first served."""
        return self._queues.setdefault(channel, asyncio.Lock())

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
