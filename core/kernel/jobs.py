"""Due work: stored commands that the system says at their time, through the same door as everybody."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from core.kernel import stored
from core.kernel.access import SYSTEM
from core.kernel.clock import Clock, new_id
from core.kernel.database import Store
from core.kernel.door import Envelope
from core.kernel.errors import Busy, Refused
from core.kernel.ids import TransferId
from core.kernel.messages import Command, Message
from core.kernel.posting import Job
from core.kernel.writer import Writer

log = logging.getLogger("tandem.jobs")

BATCH = 200
POLL_SECONDS = 1.0
TRIES = 5
BACKOFF = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Due:
    """A stored command whose time has come."""

    id: str
    transfer: TransferId
    key: str
    command: str
    version: int
    body: str
    tries: int


SetAside = Callable[[Due, str], Awaitable[None]]


class JobRunner:
    """Says due commands through the writer. Several processes may: a job's row is consumed by its own command."""

    def __init__(
        self,
        store: Store,
        writer: Writer,
        clock: Clock,
        kinds: Mapping[str, type[Message]],
        set_aside: SetAside,
    ) -> None:
        self._store, self._writer, self._clock = store, writer, clock
        self._kinds, self._set_aside = kinds, set_aside

    async def run(self) -> None:
        """Say what is due until cancelled."""
        while True:
            try:
                ran = await self.run_due()
            except Exception:  # the loop lives on whatever broke; the trace is logged
                log.exception("due work could not be read; trying again")
                ran = 0
            if not ran:
                await asyncio.sleep(POLL_SECONDS)

    async def run_due(self) -> int:
        """Say everything that is due now, in the order of its time; returns how many of it wait no more."""
        due = await asyncio.to_thread(self._due, self._clock.now())
        said = [(job, self._say(job)) for job in due]
        return sum([await self._settled(job, await waiting) for job, waiting in said])

    def next_due(self) -> datetime | None:
        """When the next job is due, UTC; None where nothing waits."""
        with self._store.read() as connection:
            found = connection.execute(select(Job.due_at).where(~Job.aside).order_by(Job.due_at).limit(1)).first()
        return found.due_at if found else None

    def _due(self, now: datetime) -> list[Due]:
        with self._store.read() as connection:
            rows = connection.execute(
                select(Job.id, Job.transfer, Job.key, Job.command, Job.version, Job.body, Job.tries)
                .where(~Job.aside, Job.due_at <= now)
                .order_by(Job.due_at, Job.id)
                .limit(BATCH)
            )
            return [Due(row.id, TransferId(row.transfer), *row[2:]) for row in rows]

    def _say(self, job: Due) -> asyncio.Future[BaseException | None]:
        return asyncio.ensure_future(self._through_the_door(job))

    async def _through_the_door(self, job: Due) -> BaseException | None:
        try:
            command = stored.load(self._kinds, job.command, job.version, job.body)
            assert isinstance(command, Command)
            envelope = Envelope(command, f"job:{job.id}", job.transfer, SYSTEM, job=job.id)
            await self._writer.say(envelope, patience=None)
        except Exception as error:  # noqa: BLE001 - due work is tried again or set aside, whatever broke
            return error
        return None

    async def _settled(self, job: Due, error: BaseException | None) -> bool:
        """Whether the job waits no more now; one that cannot be settled keeps no other from it."""
        try:
            await self._settle(job, error)
        except Exception as fault:  # whatever broke is logged, and the other jobs are settled
            log.error("error %s: job %s could not be settled", new_id()[-8:], job.key, exc_info=fault)
            return False
        return not isinstance(error, Busy)

    async def _settle(self, job: Due, error: BaseException | None) -> None:
        match error:
            case None:
                return
            case Busy():
                return  # Tandem is being closed: the job waits for its next start
            case Refused():
                log.info("job %s refused: %s", job.key, error)
                await asyncio.to_thread(self._drop, job)
            case stored.CannotLoad():
                await self._aside(job, str(error))
            case _ if job.tries + 1 >= TRIES:
                await self._aside(job, type(error).__name__)
            case _:
                log.error("job %s failed", job.key, exc_info=error)
                await asyncio.to_thread(self._again, job)

    async def _aside(self, job: Due, why: str) -> None:
        log.error("job %s of %s set aside: %s", job.key, job.transfer, why)
        await self._set_aside(job, why)  # told first: telling twice is harmless, never telling is not
        await asyncio.to_thread(self._keep_aside, job)

    def _keep_aside(self, job: Due) -> None:
        with self._store.write() as connection:
            connection.execute(update(Job).where(Job.id == job.id).values(aside=True))

    def _drop(self, job: Due) -> None:
        with self._store.write() as connection:
            connection.execute(delete(Job).where(Job.id == job.id))

    def _again(self, job: Due) -> None:
        with self._store.write() as connection:
            connection.execute(
                update(Job)
                .where(Job.id == job.id)
                .values(tries=job.tries + 1, due_at=self._clock.now() + BACKOFF * (job.tries + 1))
            )
