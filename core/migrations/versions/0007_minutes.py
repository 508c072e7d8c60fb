"""Minutes."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json, UtcDateTime
from core.migrations import guards

revision = "0007_minutes"
down_revision = "0006_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "minutes",
        sa.Column("meeting", sa.String(length=24), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("contents", Json(), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_minutes"),
    )
    op.create_index("uq_minutes_meeting", "minutes", ["transfer", "meeting", "edition"], unique=True)
    guards.never_deleted("minutes")
