"""Actions keep who is named as an owner before they are a member."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json

revision = "0012_newcomers"
down_revision = "0011_attendance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("actions", sa.Column("newcomers", Json(), nullable=True))
