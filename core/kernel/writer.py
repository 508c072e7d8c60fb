"""The writer: one thread a process that commits what waits for one transfer as a group, then answers each."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError

from core.kernel.clock import monotonic, new_id
from core.kernel.database import Store
from core.kernel.directories import Directories
from core.kernel.door import Door, Envelope, Reply
from core.kernel.errors import Busy, Refused, msg
from core.kernel.group import Group, HeldElsewhere
from core.kernel.ids import TransferId

log = logging.getLogger("tandem.writer")

LARGEST_GROUP = 64
PATIENCE = 2.0
"""Seconds after which a command not begun is taken back: Slack gives up at 3."""
HELD_PAUSE = 0.005
"""Seconds before asking again for a head row that another process holds, when nothing else waits."""

Result = Reply | BaseException


@dataclass(slots=True)
class Waiting:
    """A command in the queue; `patience` is None for due work, which always runs.

    Its answer goes to `future`, and from there to `landing`, a future of the event loop `loop`, where one waits.
    """

    envelope: Envelope
    patience: float | None
    arrived: float
    future: Future[Reply] = field(default_factory=Future)
    landing: asyncio.Future[Reply] | None = None
    loop: asyncio.AbstractEventLoop | None = None

    def is_wanted(self) -> bool:
        """Whether anybody still waits for it; from now on it cannot be taken back."""
        if self.landing is not None and self.landing.cancelled():
            return False
        return self.future.running() or self.future.set_running_or_notify_cancel()


class Writer:
    """Takes commands from any thread; `after` is called, in the writer's thread, after each commit."""

    def __init__(
        self, store: Store, door: Door, directories: Directories, software: str, after: Callable[[], None]
    ) -> None:
        self._store, self._door, self._directories = store, door, directories
        self._software, self._after = software, after
        self._queues: dict[TransferId, deque[Waiting]] = {}
        self._turn = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run_on, name="tandem-writer", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    @property
    def works(self) -> bool:
        """Whether its thread lives: nothing is recorded without it."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Write what waits, then stop."""
        with self._turn:
            self._closing = True
            self._turn.notify()
        self._thread.join()

    def submit(self, envelope: Envelope, patience: float | None = PATIENCE) -> Future[Reply]:
        """Queue a command; the future holds its Reply or raises what it was refused with."""
        waiting = Waiting(envelope, patience, monotonic())
        self._queue(waiting)
        return waiting.future

    async def say(self, envelope: Envelope, patience: float | None = PATIENCE) -> Reply:
        """Queue a command and wait for its Reply on the event loop. Raises what it was refused with."""
        loop = asyncio.get_running_loop()
        landing: asyncio.Future[Reply] = loop.create_future()
        self._queue(Waiting(envelope, patience, monotonic(), landing=landing, loop=loop))
        return await landing

    def _queue(self, waiting: Waiting) -> None:
        with self._turn:
            if self._closing:
                raise _restarted()
            self._queues.setdefault(waiting.envelope.transfer, deque()).append(waiting)
            self._turn.notify()

    def _run_on(self) -> None:
        """Write until closed. Whatever ends the thread, nobody is left waiting for it."""
        try:
            self._loop()
        finally:
            with self._turn:
                self._closing = True
                left = [waiting for queue in self._queues.values() for waiting in queue]
                self._queues.clear()
            answer([(waiting, _restarted()) for waiting in left if waiting.is_wanted()])

    def _loop(self) -> None:
        while True:
            with self._turn:
                while not self._queues and not self._closing:
                    self._turn.wait()
                if not self._queues:
                    return
                transfer, group = self._next_group()
            if not group:
                continue
            try:
                written = self._write(transfer, group)
            except Exception as error:  # noqa: BLE001 - the next group is to be written whatever this one met
                _log("the writer met what it cannot answer", error)
                written = True
                with suppress(Exception):
                    answer([(waiting, error) for waiting in group])
            if not written:
                self._put_back(transfer, group)

    def _next_group(self) -> tuple[TransferId, list[Waiting]]:
        transfer = next(iter(self._queues))
        queue = self._queues.pop(transfer)
        group: list[Waiting] = []
        while queue and len(group) < LARGEST_GROUP:
            waiting = queue.popleft()
            if not waiting.is_wanted():
                continue  # whoever asked is gone
            if waiting.patience is not None and monotonic() - waiting.arrived > waiting.patience:
                answer([(waiting, Busy(msg("Tandem is busy. Nothing was recorded; please say it again.")))])
            else:
                group.append(waiting)
        if queue:
            self._queues[transfer] = queue  # at the end: the other transfers have their turn first
        return transfer, group

    def _put_back(self, transfer: TransferId, group: list[Waiting]) -> None:
        with self._turn:
            queue = self._queues.pop(transfer, deque())
            queue.extendleft(reversed(group))
            alone = not self._queues
            self._queues[transfer] = queue
            if alone:
                self._turn.wait(HELD_PAUSE)

    def _write(self, transfer: TransferId, group: list[Waiting]) -> bool:
        """Run and commit the group; False if another process holds the transfer."""
        try:
            results = self._attempt(transfer, [waiting.envelope for waiting in group])
        except HeldElsewhere:
            return False
        except Exception as error:  # noqa: BLE001 - the commit itself failed: each again, alone, so one harms none
            log.warning("group of %d for %s rolled back: %s", len(group), transfer, type(error).__name__)
            results = [self._alone(transfer, waiting.envelope) for waiting in group]
        answer(list(zip(group, results, strict=True)))
        try:
            self._after()
        except Exception as error:  # noqa: BLE001 - what was committed stands, and the next group is to be written
            _log("what was committed could not be announced", error)
        return True

    def _alone(self, transfer: TransferId, envelope: Envelope) -> Result:
        while True:
            try:
                return self._attempt(transfer, [envelope])[0]
            except HeldElsewhere:
                threading.Event().wait(HELD_PAUSE)
            except Exception as error:  # noqa: BLE001 - it is handed to whoever waits for the answer
                return error

    def _attempt(self, transfer: TransferId, envelopes: Sequence[Envelope]) -> list[Result]:
        with self._store.write() as connection:
            group = Group.open(
                connection,
                transfer,
                [envelope.command_id for envelope in envelopes],
                self._directories,
                self._software,
            )
            results = [self._run(group, envelope) for envelope in envelopes]
            group.write()
        self._directories.put(group.directory)
        self._directories.forget(group.elsewhere)
        self._directories.outlets.update(group.outlets)
        return results

    def _run(self, group: Group, envelope: Envelope) -> Result:
        try:
            return self._door.run(group, envelope)
        except Refused as refused:
            return refused
        except DBAPIError:
            raise  # the store is away, or another process was first with a name: each runs again, alone
        except Exception as error:  # a bug in a handler: its speaker is answered with it, its neighbours go on
            if not group.connection.in_transaction():
                raise  # it took the group's transaction with it: each runs again, alone
            return error


def _restarted() -> Busy:
    return Busy(msg("Tandem is being restarted. Nothing was recorded; please say it again."))


def _log(what: str, error: Exception) -> None:
    log.error("error %s: %s", new_id()[-8:], what, exc_info=error)


def answer(results: Sequence[tuple[Waiting, Result]]) -> None:
    """Give each its result; those who wait on an event loop are woken together, once a loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Reply], Result]]] = {}
    for waiting, result in results:
        if waiting.landing is not None and waiting.loop is not None:
            by_loop.setdefault(waiting.loop, []).append((waiting.landing, result))
        elif isinstance(result, BaseException):
            waiting.future.set_exception(result)
        else:
            waiting.future.set_result(result)
    for loop, landings in by_loop.items():
        with suppress(RuntimeError):  # a loop that is closed: nobody waits there any more
            loop.call_soon_threadsafe(_land, landings)


def _land(landings: Sequence[tuple[asyncio.Future[Reply], Result]]) -> None:
    for landing, result in landings:
        if landing.cancelled():
            continue
        if isinstance(result, BaseException):
            landing.set_exception(result)
        else:
            landing.set_result(result)
