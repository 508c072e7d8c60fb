"""Records keep who corrected or withdrew them last, when and why, for their cards; the trail has every time."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json

revision = "0020_corrections"
down_revision = "0019_floor"
branch_labels = None
depends_on = None

TABLES = ("decisions", "actions", "questions", "risks", "notes", "capas", "capa_lines")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("correction", Json(), nullable=True))
