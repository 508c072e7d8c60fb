"""Decisions, with each company's word on them."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json, UtcDateTime
from core.migrations import guards

revision = "0004_decisions"
down_revision = "0003_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("agreed_by", Json(), nullable=False),
        sa.Column("objections", Json(), nullable=False),
        sa.Column("undone", Json(), nullable=True),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
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
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_decisions"),
    )
    op.create_index("ix_decisions_listed", "decisions", ["transfer", "open", "created_at", "ref"], unique=False)
    op.create_index("ix_decisions_meeting", "decisions", ["transfer", "meeting"], unique=False)
    guards.never_deleted("decisions")
