"""What every captured line asks, whether a meeting runs, stays as quick as it is however many were held."""

from sqlalchemy import create_engine, select, text
from sqlalchemy.dialects import sqlite

from core.features.meetings.records import Meeting


def test_the_running_and_the_planned_meetings_are_found_by_their_own_indexes(sqlite_url: str) -> None:
    """SQLite takes a partial index only where the question is written as its condition is."""
    engine = create_engine(sqlite_url)
    for flag, index in ((Meeting.running, "uq_meetings_running"), (Meeting.planned, "ix_meetings_planned")):
        question = select(Meeting.ref).where(Meeting.transfer == "NVT", flag)
        asked = question.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        with engine.connect() as connection:
            plan = str(connection.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all())
        assert index in plan
    engine.dispose()
