"""The server as its own process: it tells where it is, lives, is ready, ends when told to, and says why it cannot."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.tools.postgres import PostgresCluster, running_cluster

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(command: str, says: str, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`tandem COMMAND` once it has said `says`, with that line; ended by SIGTERM, which it must take well."""
    with _started(command, settings) as process:
        assert process.stdout is not None
        line = next((line for line in process.stdout if says in line), "")
        assert line, process.communicate()[1]
        try:
            yield process, line.strip()
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert process.returncode == 0, errors


@contextmanager
def _started(command: str, settings: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": "0", **settings}
    arguments = [sys.executable, "-m", "bot", *command.split()]
    with subprocess.Popen(
        arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def ended(command: str, **settings: str) -> tuple[int, str, str]:
    """`tandem COMMAND` that ends by itself: exit code, output, errors."""
    with _started(command, settings) as process:
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def get(address: str) -> tuple[int, Any]:
    """The status and the JSON of an answer."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def until_a_worker_is_seen(address: str) -> None:
    """Ask until the worker has given its first sign; fails after 30 seconds."""
    deadline = time.monotonic() + 30
    while get(f"{address}/readyz")[1]["worker"]["state"] != "working":
        assert time.monotonic() < deadline, "no worker was seen"
        time.sleep(0.05)


def address_in(line: str) -> str:
    """The address that the server announced."""
    found = re.search(r"http://\S+", line)
    assert found
    return found[0]


def test_run_opens_the_room_works_and_ends_when_told_to(own_place: Path) -> None:
    with serving("run", "rehearsal room is open") as (_, line):
        address = address_in(line)
        assert get(f"{address}/healthz") == (200, {"alive": True})
        until_a_worker_is_seen(address)
        status, ready = get(f"{address}/readyz")
        assert (status, ready["ready"], ready["store"], ready["schema"]) == (200, True, "reachable", "current")
        with urllib.request.urlopen(address, timeout=30) as page:
            assert page.url == f"{address}/rehearsal"
    made = {path.name for path in (own_place / "var").iterdir()}
    assert {"tandem.db", "rehearsal.db", "secret_key"} <= made
    assert not [name for name in made if name.endswith("-wal")], "the store was not closed"


def test_what_starts_is_noted_once_a_version(own_place: Path) -> None:
    for _ in range(2):
        with serving("worker", "worker runs"):
            pass
    code, out, _ = ended("export")
    assert code == 0
    events = [row["event"] for row in json.loads(out)["trail"]]
    assert events == ["VersionStarted", "ExportMade"]


def test_web_without_a_worker_says_so(own_place: Path) -> None:
    with serving("web", "rehearsal room is open") as (_, line):
        status, ready = get(f"{address_in(line)}/readyz")
    assert (status, ready["worker"]) == (200, {"state": "none", "age_seconds": None})


def test_a_taken_port_is_one_sentence(own_place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = ended("run", PORT=str(port))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert f"Port {port} on 127.0.0.1 is taken" in err
    assert f"PORT={port + 1}" in err


@pytest.mark.parametrize(
    ("settings", "right"),
    [
        ({"HOST": "192.0.2.1"}, "127.0.0.1 is"),
        ({"HOST": "no.such.host.invalid"}, "127.0.0.1 is"),
        ({"TANDEM_ENV": "production"}, "TANDEM_SECRET_KEY"),
        ({"DATABASE_URL": "sqlite:///var/rehearsal.db"}, "real transfers need another"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
    ],
)
def test_what_cannot_be_served_is_one_line(own_place: Path, settings: dict[str, str], right: str) -> None:
    code, _, err = ended("run", **settings)
    assert code == 2
    assert err.count("\n") == 1
    assert right in err


def test_one_process_alone_serves_sqlite_in_production(own_place: Path) -> None:
    production = {"TANDEM_ENV": "production", "TANDEM_SECRET_KEY": "A" * 43 + "="}
    with serving("run", "Ctrl+C", **production):
        code, _, err = ended("run", **production)
    assert (code, err.count("\n")) == (2, 1)
    assert "Another process serves the store" in err


def test_templates_of_one_s_own_are_checked_at_the_start(own_place: Path) -> None:
    card = own_place / "words" / "cards" / "transfers" / "witness" / "card.xml"
    card.parent.mkdir(parents=True)
    card.write_text('<card summary="x"><title>{{ nothing }}</title></card>')
    code, _, err = ended("run", TANDEM_TEMPLATES="words")
    assert (code, err.count("\n")) == (2, 1)
    assert "card.xml:1: With the example 'usual': 'nothing' is undefined" in err


def test_a_meeting_is_played_before_whoever_opens_the_room(own_place: Path) -> None:
    opening = '/tt transfer new "Product X" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT'
    acts = [("09:00", opening), ("09:30", "/tt decision we ship on Friday"), ("09:40", "/tt decison nothing")]
    lines = [{"at": f"2026-03-12T{at}:00Z", "room": "sponsor", "who": "aoife", "text": text} for at, text in acts]
    (own_place / "script.jsonl").write_text("\n".join(map(json.dumps, lines)))
    with serving("rehearse --speed 1000000 --script script.jsonl", "script is over") as (process, _):
        assert process.poll() is None
    _, out, _ = ended("export", DATABASE_URL="sqlite:///var/rehearsal.db")
    assert [row["text"] for row in json.loads(out)["decisions"]] == ["we ship on Friday"]


def test_a_meeting_is_not_played_where_another_process_has_the_rooms_open(own_place: Path) -> None:
    line = {"at": "2026-03-12T09:00:00Z", "room": "sponsor", "who": "aoife", "text": "/tt help"}
    (own_place / "script.jsonl").write_text(json.dumps(line))
    play = "rehearse --speed 1000000 --script script.jsonl"
    with serving("run", "rehearsal room is open"):
        code, _, err = ended(play)
        assert (code, err.count("\n")) == (2, 1)
        assert "Another process has the rehearsal rooms open" in err
    with serving(play, "script is over"):
        code, _, err = ended("run")
        assert (code, err.count("\n")) == (2, 1)
        assert "A meeting is being played in the rehearsal rooms" in err


def test_slack_that_is_away_keeps_nothing_from_starting(own_place: Path) -> None:
    away = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "0123456789abcdef" * 2,
        "SLACK_API_URL": "http://127.0.0.1:9/",
    }
    with serving("run", "rehearsal room is open", **away) as (_, line):
        assert get(f"{address_in(line)}/readyz")[0] == 200
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address_in(line)}/slack/events", data=b"x=1", timeout=30)
    refused.value.close()
    assert refused.value.code == 401


@pytest.fixture
def empty_database() -> Iterator[PostgresCluster]:
    """A PostgreSQL server with an empty database `installation`."""
    cluster = running_cluster()
    cluster.drop(DATABASE)
    cluster.create(DATABASE)
    yield cluster
    cluster.drop(DATABASE)


DATABASE = f"installation_{os.getpid()}"


@pytest.mark.postgres
def test_postgres_with_an_old_schema_is_refused(own_place: Path, empty_database: PostgresCluster) -> None:
    url = empty_database.url(DATABASE)
    code, _, err = ended("run", DATABASE_URL=url)
    assert (code, err.count("\n")) == (2, 1)
    assert "`tandem migrate`" in err
    assert ended("migrate", DATABASE_URL=url)[0] == 0
    with (
        serving("worker", "worker runs", DATABASE_URL=url),
        serving("web", "rehearsal room is open", DATABASE_URL=url) as (_, line),
    ):
        until_a_worker_is_seen(address_in(line))
    code, out, _ = ended("doctor", DATABASE_URL=url)
    assert code == 0, out
    assert "warn  owner:" in out
    assert "ok    clock:" in out
    assert "ok    guards:" in out


@pytest.mark.postgres
def test_a_serving_role_that_owns_no_table_serves_and_cannot_touch_the_trail(
    own_place: Path, empty_database: PostgresCluster
) -> None:
    owner, role = empty_database.url(DATABASE), f"serving_{os.getpid()}"
    url = owner.replace("://tandem@", f"://{role}@")
    with psycopg.connect(owner.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{role}" LOGIN')
        try:
            assert ended("migrate", DATABASE_URL=url, DATABASE_OWNER_URL=owner)[0] == 0
            with serving("run", "rehearsal room is open", DATABASE_URL=url) as (_, line):
                until_a_worker_is_seen(address_in(line))
            code, out, _ = ended("doctor", DATABASE_URL=url)
            assert (code, "ok    owner:" in out) == (0, True), out
            for statement in ("UPDATE entries SET body = ''", "DELETE FROM entries", "TRUNCATE entries"):
                with (
                    psycopg.connect(url.replace("+psycopg", "")) as serves,
                    pytest.raises(psycopg.errors.InsufficientPrivilege),
                ):
                    serves.execute(statement)
        finally:
            connection.execute(f'DROP OWNED BY "{role}"')
            connection.execute(f'DROP ROLE "{role}"')
