"""The floor of a meeting, its reminders and motions; who was shown that somebody waits before the next item."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json, UtcDateTime
from core.migrations import guards

revision = "0019_floor"
down_revision = "0018_capture"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetings", sa.Column("next_shown", Json(), nullable=True))
    op.create_table(
        "floors",
        sa.Column("meeting", sa.String(length=24), nullable=False),
        sa.Column("queue", Json(), nullable=False),
        sa.Column("speaks", Json(), nullable=True),
        sa.Column("boards", Json(), nullable=False),
        sa.Column("spoke", Json(), nullable=False),
        sa.Column("nudge", Json(), nullable=True),
        *_of_a_record(),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_floors"),
    )
    op.create_table(
        "reminders",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("meeting", sa.String(length=24), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("span", sa.Boolean(), nullable=False),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        *_of_a_record(),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_reminders"),
    )
    op.create_index("ix_reminders_meeting", "reminders", ["transfer", "meeting"], unique=False)
    op.create_table(
        "motions",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("meeting", sa.String(length=24), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=True),
        sa.Column("votes", Json(), nullable=False),
        sa.Column("closed_by", sa.String(length=40), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("decision", sa.String(length=24), nullable=True),
        *_of_a_record(),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_motions"),
    )
    op.create_index("ix_motions_meeting", "motions", ["transfer", "meeting"], unique=False)
    op.create_index("ix_motions_decision", "motions", ["transfer", "decision"], unique=False)
    guards.never_deleted("floors", "reminders", "motions")


def _of_a_record() -> list[sa.Column[Any]]:
    return [
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
    ]
