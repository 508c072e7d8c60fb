"""Ways to rooms and people; posts that stand below another on platforms with replies."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import UtcDateTime

revision = "0013_ways"
down_revision = "0012_newcomers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ways",
        sa.Column("address", sa.String(length=220), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_ways"),
    )
    op.add_column("posts", sa.Column("under", sa.String(length=24), nullable=True))
