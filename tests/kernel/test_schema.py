"""What the migrations make is what the mapped classes expect: no column too few, none too many."""

from __future__ import annotations

from sqlalchemy import inspect

from core.kernel.database import Base
from tests.meeting_room import MeetingRoom


def test_the_migrated_tables_have_the_columns_that_are_mapped(room: MeetingRoom) -> None:
    with room.core.store.read() as connection:
        seen = inspect(connection)
        migrated = {name: {column["name"] for column in seen.get_columns(name)} for name in seen.get_table_names()}
    mapped = {
        mapper.class_.__tablename__: {column.name for column in mapper.local_table.columns}
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith("core.")
    }
    assert {name: migrated.get(name) for name in mapped} == mapped
