"""Meetings: how each one's attendance is known, and who was shown what is loose before the end."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json

revision = "0011_attendance"
down_revision = "0010_views"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetings", sa.Column("known", Json(), nullable=True))
    op.add_column("meetings", sa.Column("end_shown", Json(), nullable=True))
