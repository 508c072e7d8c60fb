"""The trail: what nobody can rewrite, and what a reader can prove."""

from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from core.kernel.audit import START, canonical, link, verify
from core.kernel.ids import Audience
from core.kernel.session import GuardedSession, Unseen
from tests.meeting_room import MeetingRoom, anna
from tests.toy_feature.records import Badge

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), JSON, max_size=5))
def test_the_hashed_text_is_rfc_8785(body: dict[str, object]) -> None:
    assert canonical(body).encode() == rfc8785.dumps(body)  # type: ignore[arg-type]


def test_a_chain_breaks_where_it_was_touched() -> None:
    entries, head = [], START
    for seq in range(1, 6):
        body = canonical({"seq": seq})
        digest = link(head, body)
        entries.append((seq, body, head, digest))
        head = digest
    assert verify("NVT/joint", entries).broken is None
    changed = [*entries[:2], (3, entries[2][1].replace("3", "4"), *entries[2][2:]), *entries[3:]]
    assert verify("NVT/joint", changed).broken == 3
    assert verify("NVT/joint", [*entries[:2], *entries[3:]]).broken == 3
    assert verify("NVT/joint", [entries[0], entries[2], entries[1], *entries[3:]]).broken == 2
    assert verify("NVT/joint", entries[:4]).head != head  # a cut tail holds, but its head is another


APPEND_ONLY = ("entries", "sources", "attempts")
KEPT = ("transfers", "people", "accounts", "members", "rooms", "administrators", "heads", "posts", "badges")


@pytest.mark.parametrize("table", [*APPEND_ONLY, *KEPT])
async def test_no_row_can_be_deleted(toy: MeetingRoom, table: str) -> None:
    await _one_row_everywhere(toy)
    statements = [f"DELETE FROM {table}"]
    if toy.core.store.is_sqlite:
        statements.append(f"REPLACE INTO {table} SELECT * FROM {table}")
    else:
        statements.append(f"TRUNCATE {table} CASCADE")
    _refused(toy, statements)


@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_no_entry_can_be_changed(toy: MeetingRoom, table: str) -> None:
    await _one_row_everywhere(toy)
    columns = {column["name"]: column for column in inspect(toy.core.store.reading).get_columns(table)}
    keys = inspect(toy.core.store.reading).get_pk_constraint(table)["constrained_columns"]
    column = next(name for name in columns if name not in keys)
    _refused(
        toy,
        [
            f"UPDATE {table} SET {column} = {column}",
            f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ({', '.join(keys)}) "  # noqa: ISC004
            f"DO UPDATE SET {column} = excluded.{column}",
        ],
    )


async def _one_row_everywhere(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    await toy.deliver()
    with toy.core.store.write() as connection:
        connection.execute(text("INSERT INTO administrators (identity, state) VALUES ('slack:T1/U9', 'active')"))


def _refused(toy: MeetingRoom, statements: list[str]) -> None:
    for statement in statements:
        with pytest.raises(DBAPIError, match="append-only|keeps its rows"), toy.core.store.write() as connection:
            connection.execute(text(statement))


async def test_every_table_is_guarded_or_named_here_as_one_that_is_not(toy: MeetingRoom) -> None:
    work_in_progress = {"jobs", "outlets", "picked_lines", "ways", "workers", "alembic_version"}
    with toy.core.store.read() as connection:
        if toy.core.store.is_sqlite:
            found = connection.execute(text("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"))
        else:
            found = connection.execute(
                text(
                    "SELECT DISTINCT event_object_table FROM information_schema.triggers "
                    "WHERE event_manipulation = 'DELETE'"
                )
            )
        guarded = set(found.scalars())
    assert set(inspect(toy.core.store.reading).get_table_names()) - guarded == work_in_progress


async def test_a_feature_cannot_read_past_the_filter_or_write_past_the_trail(toy: MeetingRoom) -> None:
    with toy.core.store.read() as connection:
        session = GuardedSession(connection)
        session.watch(Audience.JOINT)
        for statement in (text("SELECT 1"), select(Badge.__table__), update(Badge).values(text="x")):
            with pytest.raises(Unseen):
                session.execute(statement)
        session.close()


async def test_replaying_the_entries_gives_the_present_values(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    await toy.say(anna, "badge return BDG-001")
    values: dict[str, object] = {}
    for entry in toy.trail():
        if entry["record"] == "BDG-001":
            for name, (old, new) in entry["changes"].items():
                assert values.get(name) == old
                values[name] = new
    badge = toy.rows(Badge)[0]
    assert (values["text"], values["state"], values["version"]) == (badge.text, badge.state, badge.version)
    assert json.dumps(values)
