"""Whatever a test did to the worker's database, the next one finds it as new."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest

from tests.tools.contents import connected
from tests.tools.postgres import running_cluster
from tests.tools.reused import MOST_ROWS, ReusedDatabase

pytestmark = pytest.mark.postgres

TABLE = "CREATE TABLE room (id bigserial PRIMARY KEY, name text); INSERT INTO room (name) VALUES ('joint')"


@pytest.fixture
def database() -> Iterator[ReusedDatabase]:
    cluster, name = running_cluster(), f"reused_test_{os.getpid()}"

    def build(url: str) -> None:
        with connected(url) as connection:
            connection.execute(TABLE)

    template = cluster.template(f"template_{name}", build)
    database = ReusedDatabase(cluster, name, template)
    yield database
    database.drop()
    cluster.drop(template)


@pytest.mark.parametrize(
    "altered",
    [
        "SELECT 1",
        "INSERT INTO room (name) VALUES ('own')",
        "DELETE FROM room",
        "UPDATE room SET name = 'none'",
        f"INSERT INTO room (name) SELECT 'many' FROM generate_series(1, {MOST_ROWS + 1})",
        "ALTER TABLE room ADD COLUMN side text",
        "DROP TABLE room",
        "CREATE TABLE other (id text)",
        "REVOKE SELECT ON room FROM public",
        "ALTER DATABASE reused SET statement_timeout = '1ms'",
    ],
)
def test_the_next_test_finds_it_as_new(database: ReusedDatabase, altered: str) -> None:
    url = database.as_new().url
    with connected(url) as connection:
        connection.execute(altered.replace("reused", url.rsplit("/", 1)[1]))
    with connected(database.as_new().url) as connection:
        assert connection.execute("SELECT * FROM room").fetchall() == [(1, "joint")]
        made = connection.execute("INSERT INTO room (name) VALUES ('own') RETURNING id").fetchone()
        assert made == (2,)
        assert connection.execute("SELECT to_regclass('other')").fetchone() == (None,)
        assert connection.execute("SHOW statement_timeout").fetchone() == ("0",)


def test_its_connections_are_used_again_even_where_it_was_made_anew(database: ReusedDatabase) -> None:
    seen = "SELECT count(*), max(pg_backend_pid()) FROM room"
    with database.as_new().write() as connection:
        first = connection.exec_driver_sql(seen).one()
    store = database.as_new()
    store.close()
    with store.write() as connection:
        assert connection.exec_driver_sql(seen).one() == first
        connection.exec_driver_sql("ALTER TABLE room ADD COLUMN side text")
    with database.as_new().write() as connection:
        assert connection.exec_driver_sql(seen).one()[0] == 1


def test_whoever_was_left_at_work_is_cut_off_with_what_they_began(database: ReusedDatabase) -> None:
    with connected(database.as_new().url) as left:
        left.execute("BEGIN")
        left.execute("LOCK TABLE room")
        with connected(database.as_new().url) as connection:
            assert connection.execute("SELECT count(*) FROM room").fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")
