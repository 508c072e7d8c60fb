"""Posts: what a card is to show is kept, and drawn when it is sent."""

import sqlalchemy as sa
from alembic import op

revision = "0010_views"
down_revision = "0009_workers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("view", sa.Text(), nullable=True))
