import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.tools.postgres import PostgresCluster, running_cluster

pytestmark = pytest.mark.postgres


@pytest.fixture
def cluster() -> PostgresCluster:
    return running_cluster()


@pytest.fixture
def name(cluster):
    name = f"tool_test_{os.getpid()}"
    yield name
    cluster.drop(name)


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def test_a_database_is_made_used_and_dropped(cluster, name):
    with connect(cluster.create(name)) as connection:
        connection.execute("CREATE TABLE room (id text)")
        connection.execute("INSERT INTO room VALUES ('ünïcode')")
        assert connection.execute("SELECT id FROM room").fetchall() == [("ünïcode",)]
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
    cluster.drop(name)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(cluster.url(name))


def test_a_template_is_built_once_and_copied(cluster, name):
    built = []

    def build(url: str) -> None:
        built.append(url)
        with connect(url) as connection:
            connection.execute("CREATE TABLE room AS SELECT 'joint' AS name")

    template = f"template_{name}"
    try:
        assert cluster.template(template, build) == cluster.template(template, build) == template
        assert len(built) == 1
        with connect(cluster.create(name, template=template)) as connection:
            assert connection.execute("SELECT name FROM room").fetchone() == ("joint",)
    finally:
        cluster.drop(template)


def test_a_template_that_could_not_be_built_is_not_kept(cluster):
    def build(url: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cluster.template("half_done", build)
    with pytest.raises(psycopg.errors.InvalidCatalogName):
        cluster.create("copy", template="half_done")


def test_dropping_cuts_off_whoever_is_connected(cluster, name):
    connection = connect(cluster.create(name))
    cluster.drop(name)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    connection.close()


@pytest.mark.parametrize("ending", ["", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_the_server_ends_with_its_last_user_or_is_swept_by_the_next_run(ending):
    program = f"""
import os, signal
from tests.tools.postgres import running_cluster
print(running_cluster().pid, flush=True)
{ending}
"""
    environment = {**os.environ, "PYTEST_XDIST_TESTRUNUID": f"other-run-{os.getpid()}"}
    other = subprocess.run([sys.executable, "-c", program], env=environment, text=True, capture_output=True)
    pid = int(other.stdout)
    running_cluster.cache_clear()
    running_cluster()
    assert _has_ended(pid)


def _has_ended(pid: int) -> bool:
    """True also for a dead process that the machine's first process has not collected yet."""
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().split()[2] == "Z"
