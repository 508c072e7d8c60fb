"""Meetings: whom somebody invited who is no member yet, by their accounts."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json

revision = "0025_invited"
down_revision = "0024_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetings", sa.Column("newcomers", Json(), nullable=True))
