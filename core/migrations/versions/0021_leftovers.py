"""People: from which of their accounts each spoke last."""

import sqlalchemy as sa
from alembic import op

revision = "0021_leftovers"
down_revision = "0020_corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("speaks_from", sa.String(length=220), nullable=True))
