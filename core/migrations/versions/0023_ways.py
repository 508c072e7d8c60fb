"""Other ways in: messages that somebody picked, reactions that propose and rooms that read them, cards by message."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json, UtcDateTime

revision = "0023_ways"
down_revision = "0022_mended"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picked_lines",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=160), nullable=False),
        sa.Column("picked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_picked_lines"),
    )
    op.create_index("ix_picked_lines_picked_at", "picked_lines", ["picked_at"], unique=False)
    op.add_column("proposals", sa.Column("line", sa.String(length=360), nullable=True))
    op.add_column("proposals", sa.Column("reacted", Json(), nullable=True))
    op.create_index("ix_proposals_line", "proposals", ["transfer", "line"], unique=False)
    op.create_index(
        "ix_posts_message",
        "posts",
        ["message", "address"],
        unique=False,
        postgresql_where=sa.text("message IS NOT NULL"),
        sqlite_where=sa.text("message IS NOT NULL"),
    )
    op.add_column("rooms", sa.Column("reactions", sa.Boolean(), nullable=True))
