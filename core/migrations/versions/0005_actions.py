"""Actions, with their owners and dates."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json, UtcDateTime
from core.migrations import guards

revision = "0005_actions"
down_revision = "0004_decisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actions",
        sa.Column("owners", Json(), nullable=False),
        sa.Column("accepted", Json(), nullable=False),
        sa.Column("told", Json(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("deadline", UtcDateTime(), nullable=True),
        sa.Column("confirm", Json(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("meeting", sa.String(length=24), nullable=True),
        sa.Column("item", sa.String(length=24), nullable=True),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_actions"),
    )
    op.create_index("ix_actions_meeting", "actions", ["transfer", "meeting"], unique=False)
    op.create_index(
        "ix_actions_open",
        "actions",
        ["transfer", "deadline"],
        unique=False,
        postgresql_where=sa.text("open"),
        sqlite_where=sa.text("open = 1"),
    )
    guards.never_deleted("actions")
