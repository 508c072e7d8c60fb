"""Members: the companies that somebody stood for before, so that what they said then stays theirs."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json

revision = "0024_people"
down_revision = "0023_ways"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("earlier", Json(), nullable=True))
