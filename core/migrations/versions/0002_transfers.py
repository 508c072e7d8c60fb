"""Transfers: held lines, and what became of captured messages."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import UtcDateTime
from core.migrations import guards

revision = "0002_transfers"
down_revision = "0001_kernel"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_lines",
        sa.Column("identity", sa.String(length=220), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_held_lines"),
    )
    op.create_index("ix_held_lines_identity", "held_lines", ["identity"], unique=False)
    op.create_table(
        "source_changes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("record", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source_changes"),
    )
    op.create_index("ix_source_changes_record", "source_changes", ["transfer", "record"], unique=False)
    guards.never_deleted("held_lines")
    guards.append_only("source_changes")
