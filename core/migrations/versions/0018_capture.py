"""Capture: proposals, what is read of a room's lines, and posts that mark a message or only change one."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json, UtcDateTime
from core.migrations import guards

revision = "0018_capture"
down_revision = "0017_own"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("owners", Json(), nullable=False),
        sa.Column("asked_of", Json(), nullable=False),
        sa.Column("accepted", Json(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("confirm", Json(), nullable=False),
        sa.Column("recurrence", sa.String(length=200), nullable=True),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("software", sa.String(length=40), nullable=False),
        sa.Column("aloud", sa.Boolean(), nullable=False),
        sa.Column("told", Json(), nullable=False),
        sa.Column("record", sa.String(length=24), nullable=True),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("meeting", sa.String(length=24), nullable=True),
        sa.Column("item", sa.String(length=24), nullable=True),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_proposals"),
    )
    op.create_index("ix_proposals_open", "proposals", ["transfer", "open", "created_at", "ref"], unique=False)
    op.create_index("ix_proposals_meeting", "proposals", ["transfer", "meeting"], unique=False)
    guards.never_deleted("proposals")
    op.add_column("rooms", sa.Column("listen", sa.String(length=8), nullable=True))
    op.add_column("posts", sa.Column("marks", sa.String(length=128), nullable=True))
    op.add_column("posts", sa.Column("in_place", sa.Boolean(), nullable=False, server_default=sa.false()))
