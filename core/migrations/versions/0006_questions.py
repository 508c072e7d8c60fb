"""Questions, risks and notes."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json, UtcDateTime
from core.migrations import guards

revision = "0006_questions"
down_revision = "0005_actions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("meeting", sa.String(length=24), nullable=True),
        sa.Column("item", sa.String(length=24), nullable=True),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_notes"),
    )
    op.create_index("ix_notes_listed", "notes", ["transfer", "created_at", "ref"], unique=False)
    op.create_index("ix_notes_meeting", "notes", ["transfer", "meeting"], unique=False)
    op.create_table(
        "questions",
        sa.Column("asked_of", Json(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
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
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_questions"),
    )
    op.create_index("ix_questions_listed", "questions", ["transfer", "open", "created_at", "ref"], unique=False)
    op.create_index("ix_questions_meeting", "questions", ["transfer", "meeting"], unique=False)
    op.create_table(
        "risks",
        sa.Column("closed_because", sa.Text(), nullable=True),
        sa.Column("closed_by", sa.String(length=40), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
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
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_risks"),
    )
    op.create_index("ix_risks_listed", "risks", ["transfer", "open", "created_at", "ref"], unique=False)
    op.create_index("ix_risks_meeting", "risks", ["transfer", "meeting"], unique=False)
    guards.never_deleted("questions", "risks", "notes")
