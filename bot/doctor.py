"""What the doctor finds out about an installation, without changing anything in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from bot.cores import unreachable
from bot.problem import Problem
from bot.settings import Settings, check_serving
from core.api import Core
from core.export import verify_store
from core.kernel.audit import Entry
from core.kernel.clock import SystemClock
from core.kernel.heartbeat import LATE, age
from core.overrides import check_overrides

FINE, WARNS, FAILS = "ok", "warn", "FAIL"
MOST_SKEW = timedelta(seconds=2)
"""Between this machine and the database's: the trail's times come from here, its backups from there."""
_OWNED = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user"

_GUARDS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
"""The triggers that stand and are on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: `ok`, `warn` or `FAIL`, what was looked at, and a sentence."""

    verdict: str
    name: str
    sentence: str


def examine_settings(settings: Settings) -> Iterator[Finding]:
    """Whether `tandem run` would start with them."""
    try:
        check_serving(settings, alone=True)
    except Problem as problem:
        yield Finding(FAILS, "settings", str(problem))
        return
    kind = "production" if settings.production else "development"
    yield Finding(FINE, "settings", f"they are good for {kind}.")
    if settings.clock is not None:
        yield Finding(WARNS, "settings", "TANDEM_CLOCK is set: the core's times are not the machine's.")
    if settings.production and not settings.public_url.startswith("https://"):
        yield Finding(WARNS, "settings", f"PUBLIC_URL is {settings.public_url}: links to pages need https.")


def examine_templates(settings: Settings, core: Core) -> Iterator[Finding]:
    """Whether the company's own templates can stand."""
    for folder in settings.overrides:
        faults = check_overrides(folder, core.registry)
        if faults:
            yield Finding(FAILS, "templates", f"{faults[0]} ({len(faults)} in all)")
        else:
            yield Finding(FINE, "templates", f"every one in {folder} can be used.")


def examine_store(core: Core) -> Iterator[Finding]:
    """Reachable, of this version's schema, guarded, on time, whole, and worked for."""
    file = core.store.writing.url.database or ""
    if core.store.is_sqlite and not Path(file).is_file():
        yield Finding(WARNS, "store", f"there is none at {file} yet: `tandem run` makes it.")
        return
    try:
        with core.store.read() as connection:
            connection.execute(text("SELECT 1"))
        current = core.is_current()  # the first look into SQLite's file
    except DBAPIError as error:
        yield Finding(FAILS, "store", str(unreachable(core, error)))
        return
    yield Finding(FINE, "store", f"{core.store.dialect} can be reached.")
    if not current:
        yield Finding(FAILS, "schema", "it is not this version's: run `tandem migrate`.")
        return
    yield Finding(FINE, "schema", "it is this version's.")
    with core.store.read() as connection:
        if not core.store.is_sqlite:
            yield _owner(connection)
        yield _behind_the_trail(connection) or _clock(connection)
        yield _guards(connection)
    yield from _chains(core)
    yield _worker(core)


def _owner(connection: Connection) -> Finding:
    if connection.execute(text(_OWNED)).scalar():
        remedy = "serve as a role that owns none, and name the owner in DATABASE_OWNER_URL for `tandem migrate`"
        return Finding(WARNS, "owner", f"the role of DATABASE_URL owns tables and could drop their guards: {remedy}.")
    return Finding(FINE, "owner", "the role of DATABASE_URL owns no table.")


def _guards(connection: Connection) -> Finding:
    """Whether every trigger that `tandem migrate` makes stands: without them rows can be changed behind the trail."""
    found = set(connection.execute(text(_GUARDS[connection.dialect.name])).scalars())
    missing = sorted(_guards_made(connection.dialect.name) - found)
    if not missing:
        return Finding(FINE, "guards", f"all {len(found)} triggers against deleting and altering rows stand.")
    named = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
    remedy = "somebody dropped them; restore the store from a backup, or ask who did and why"
    return Finding(FAILS, "guards", f"{len(missing)} are missing ({named}): {remedy}.")


def _guards_made(dialect: str) -> set[str]:
    """The names of the triggers in a store that was made just now; PostgreSQL has one more for each table."""
    with tempfile.TemporaryDirectory(prefix="tandem-doctor-") as folder:
        fresh = Core.create(f"sqlite:///{folder}/fresh.db")
        fresh.migrate()
        with fresh.store.read() as connection:
            names = set(connection.execute(text(_GUARDS["sqlite"])).scalars())
        fresh.store.close()
    truncating = {f"{name.removesuffix('delete')}truncate" for name in names if name.endswith("_delete")}
    return names | truncating if dialect == "postgresql" else names


def _behind_the_trail(connection: Connection) -> Finding | None:
    """The trail is never ahead of the clock that wrote it."""
    last = connection.execute(select(func.max(Entry.at))).scalar()
    ahead = last - SystemClock().now() if last else timedelta()
    if ahead <= MOST_SKEW:
        return None
    remedy = "this machine's clock is wrong or TANDEM_CLOCK was on; set it by NTP before anything is recorded"
    return Finding(FAILS, "clock", f"the trail's last entry is {ahead.total_seconds():.0f} s ahead of it: {remedy}.")


def _clock(connection: Connection) -> Finding:
    if connection.dialect.name == "sqlite":
        return Finding(
            FINE, "clock", f"it is {SystemClock().now():%Y-%m-%d %H:%M:%S} UTC, after the trail's last entry."
        )
    theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    skew = SystemClock().now() - theirs.astimezone(UTC)
    seconds = f"{abs(skew).total_seconds():.1f} s"
    if abs(skew) > MOST_SKEW:
        side = "ahead of" if skew > timedelta() else "behind"
        return Finding(FAILS, "clock", f"this machine is {seconds} {side} the database: set both by NTP.")
    return Finding(FINE, "clock", f"this machine and the database agree within {seconds}.")


def _chains(core: Core) -> Iterator[Finding]:
    count = 0
    for verdict in verify_store(core.store, None, None):
        count += 1
        if verdict.broken is not None:
            yield Finding(FAILS, "chain", f"{verdict.chain} is broken at {verdict.broken}: {verdict.why}.")
    yield Finding(FINE, "chains", f"{count} were walked to their heads.")


def _worker(core: Core) -> Finding:
    since = age(core.store)
    if since is None:
        return Finding(WARNS, "worker", "none runs: nothing is sent until `tandem run` or `tandem worker` does.")
    if since > LATE:
        return Finding(WARNS, "worker", f"none was seen for {since.total_seconds():.0f} s: is it running?")
    return Finding(FINE, "worker", f"one was seen {since.total_seconds():.0f} s ago.")
