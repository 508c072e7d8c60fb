"""CAPAs and their lines."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import UtcDateTime
from core.migrations import guards

revision = "0014_capa"
down_revision = "0013_ways"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "capa_lines",
        sa.Column("capa", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=True),
        sa.Column("side", sa.String(length=8), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("deadline", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("meeting", sa.String(length=24), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_capa_lines"),
    )
    op.create_index("ix_capa_lines_capa", "capa_lines", ["transfer", "capa"], unique=False)
    op.create_index("ix_capa_lines_meeting", "capa_lines", ["transfer", "meeting"], unique=False)
    op.create_index(
        "ix_capa_lines_open",
        "capa_lines",
        ["transfer", "deadline"],
        unique=False,
        postgresql_where=sa.text("open"),
        sqlite_where=sa.text("open = 1"),
    )
    op.create_table(
        "capas",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("meeting", sa.String(length=24), nullable=True),
        sa.Column("decision", sa.String(length=24), nullable=True),
        sa.Column("action", sa.String(length=24), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_capas"),
    )
    op.create_index("ix_capas_action", "capas", ["transfer", "action"], unique=False)
    op.create_index("ix_capas_decision", "capas", ["transfer", "decision"], unique=False)
    op.create_index("ix_capas_meeting", "capas", ["transfer", "meeting"], unique=False)
    op.create_index(
        "ix_capas_open",
        "capas",
        ["transfer", "ref"],
        unique=False,
        postgresql_where=sa.text("open"),
        sqlite_where=sa.text("open = 1"),
    )
    guards.never_deleted("capas", "capa_lines")
