"""What is captured belongs to both companies or to one: decisions, actions, questions, risks, notes, held lines."""

import sqlalchemy as sa
from alembic import op

revision = "0017_own"
down_revision = "0016_invites"
branch_labels = None
depends_on = None

TABLES = ("decisions", "actions", "questions", "risks", "notes", "held_lines", "sources")


def upgrade() -> None:
    for table in TABLES:
        # Everything until now was said where both companies are.
        op.add_column(table, sa.Column("audience", sa.String(length=8), nullable=False, server_default="joint"))
