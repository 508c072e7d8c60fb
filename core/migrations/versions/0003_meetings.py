"""Meetings: meetings and the items of their agendas."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json, UtcDateTime
from core.migrations import guards

revision = "0003_meetings"
down_revision = "0002_transfers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("meeting", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("presenter", sa.String(length=40), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("opened_by", sa.String(length=40), nullable=True),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_agenda_items"),
    )
    op.create_index("ix_agenda_items_meeting", "agenda_items", ["transfer", "meeting"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("chair", sa.String(length=40), nullable=False),
        sa.Column("invited", Json(), nullable=False),
        sa.Column("present", Json(), nullable=False),
        sa.Column("regrets", Json(), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("current", sa.String(length=24), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("agenda_posts", sa.Integer(), nullable=False),
        sa.Column("offered_for", UtcDateTime(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_meetings"),
    )
    op.create_index(
        "ix_meetings_planned",
        "meetings",
        ["transfer"],
        unique=False,
        postgresql_where=sa.text("planned"),
        sqlite_where=sa.text("planned = 1"),
    )
    op.create_index(
        "uq_meetings_running",
        "meetings",
        ["transfer"],
        unique=True,
        postgresql_where=sa.text("running"),
        sqlite_where=sa.text("running = 1"),
    )
    guards.never_deleted("meetings", "agenda_items")
