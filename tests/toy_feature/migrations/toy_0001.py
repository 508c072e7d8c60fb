"""Badges."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import UtcDateTime
from core.migrations import guards

revision = "toy_0001"
down_revision = None
branch_labels = ("toy",)
depends_on = "0001_kernel"


def upgrade() -> None:
    op.create_table(
        "badges",
        sa.Column("transfer", sa.String(12), primary_key=True),
        sa.Column("ref", sa.String(24), primary_key=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(40)),
        sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
    )
    guards.never_deleted("badges")
