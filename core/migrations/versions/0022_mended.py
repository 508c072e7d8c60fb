"""Held lines: which record each became."""

import sqlalchemy as sa
from alembic import op

revision = "0022_mended"
down_revision = "0021_leftovers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("held_lines", sa.Column("made", sa.String(length=40), nullable=True))
