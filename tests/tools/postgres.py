"""One throwaway PostgreSQL server for a whole test run, shared by its workers and gone after the last."""

from __future__ import annotations

import atexit
import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from tests.tools.presence import require_or_skip

OWNER = "tandem"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "lc_messages": "C",
    "deadlock_timeout": "200ms",
}


@dataclass(frozen=True)
class PostgresCluster:
    """A running server on loopback; whoever may reach the port may do anything, so nothing of worth goes in.

    `sockets` is the folder of its unix socket, `pid` its first process.
    """

    port: int
    pid: int
    sockets: Path

    def url(self, database: str) -> str:
        """The address of one database, as SQLAlchemy and `DATABASE_URL` take it."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str | None = None) -> str:
        """Make a database, empty or a copy of `template` (to which nobody may be connected); returns its url.

        Raises psycopg.errors.DuplicateDatabase or ObjectInUse.
        """
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(database), sql.Identifier(template or "template0")
            )
        )
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, cutting off whoever is connected; one that is not there is fine."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def template(self, name: str, build: Callable[[str], None]) -> str:
        """Name a database that `build(url)` fills, once for all workers; `create` copies it in milliseconds.

        `build` must close its connections. One that fails leaves no template behind.
        """
        with _locked():
            if not self._exists(name):
                self.drop(f"{name}_unfinished")
                build(self.create(f"{name}_unfinished"))
                self._run(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(f"{name}_unfinished"), sql.Identifier(name)
                    )
                )
        return name

    def _exists(self, database: str) -> bool:
        with self._connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            return found.fetchone() is not None

    def _run(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.sockets), port=self.port, user=OWNER, dbname="postgres", autocommit=True)


@cache
def running_cluster() -> PostgresCluster:
    """The test run's server, started by whichever worker asks first and stopped when the last one ends.

    Skips (in CI: fails) the running test where PostgreSQL is not installed.
    """
    programs = require_or_skip("postgres")
    _sweep()
    run = _runs() / os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone-{os.getpid()}")
    with _locked():
        cluster = _read(run) or _start(run, programs)
        (run / "users" / str(os.getpid())).touch()
    atexit.register(_leave, run)
    return cluster


def _runs() -> Path:
    folder = Path(tempfile.gettempdir()) / f"tandem-tests-{os.getuid()}"
    folder.mkdir(mode=0o711, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise RuntimeError(f"{folder} belongs to somebody else: remove it")
    return folder


@contextmanager
def _locked() -> Iterator[None]:
    """Hold the one lock of all workers and runs on this machine."""
    with (_runs() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start(run: Path, programs: Path) -> PostgresCluster:
    shutil.rmtree(run, ignore_errors=True)
    account = _account()
    for folder in (run, run / "users", run / "data", run / "sockets"):
        folder.mkdir(mode=0o711)
    for folder in (run / "data", run / "sockets"):
        os.chown(folder, account.pw_uid, account.pw_gid)
        folder.chmod(0o700 if folder.name == "data" else 0o711)
    _initialise(run, programs, account)
    for _ in range(3):
        cluster = _launch(run, programs, account)
        if cluster is not None:
            (run / "state").write_text(f"{cluster.port} {cluster.pid}")
            return cluster
    raise RuntimeError(f"PostgreSQL did not start:\n{(run / 'log').read_text()}")


def _account() -> pwd.struct_passwd:
    """The account that runs the server: this one, or a lesser one for root, whom PostgreSQL refuses."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _initialise(run: Path, programs: Path, account: pwd.struct_passwd) -> None:
    command = [
        programs / "initdb", "--pgdata", run / "data", "--username", OWNER, "--auth", "trust",
        "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=run, text=True, capture_output=True, **_as(account))
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")
    with (run / "data" / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
        conf.write(f"unix_socket_directories = '{run / 'sockets'}'\n")


def _launch(run: Path, programs: Path, account: pwd.struct_passwd) -> PostgresCluster | None:
    """Start the server on a free port; None if another program took the port first."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (run / "log").open("a") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", run / "data", "-p", str(port)],
            cwd=run,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **_as(account),
        )
    cluster = PostgresCluster(port, server.pid, run / "sockets")
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        try:
            cluster._connect().close()
        except psycopg.OperationalError:
            time.sleep(0.02)
            continue
        _children.append(server)
        return cluster
    server.kill()
    server.wait()
    return None


def _as(account: pwd.struct_passwd) -> dict[str, object]:
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": account.pw_dir, "LC_ALL": "C"}
    if os.getuid() != 0:
        return {"env": environment}
    return {"env": environment, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _read(run: Path) -> PostgresCluster | None:
    try:
        port, pid = (run / "state").read_text().split()
    except FileNotFoundError:
        return None
    return PostgresCluster(int(port), int(pid), run / "sockets") if _alive(int(pid)) else None


def _leave(run: Path) -> None:
    with _locked():
        (run / "users" / str(os.getpid())).unlink(missing_ok=True)
        _stop_if_unused(run)


def _sweep() -> None:
    """Stop the servers of runs that were killed before they could."""
    with _locked():
        for state in _runs().glob("*/state"):
            _stop_if_unused(state.parent)


def _stop_if_unused(run: Path) -> None:
    if any(_alive(int(user.name)) for user in (run / "users").glob("*")):
        return
    if cluster := _read(run):
        os.kill(cluster.pid, signal.SIGQUIT)
        _wait_until_gone(cluster.pid, run / "data" / "postmaster.pid")
    shutil.rmtree(run, ignore_errors=True)


def _wait_until_gone(pid: int, pid_file: Path) -> None:
    deadline = time.monotonic() + 10
    while pid_file.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    for child in _children:
        if child.pid == pid:
            child.wait(10)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


_children: list[subprocess.Popen[bytes]] = []
