"""Checklist items: what brought one back to open, with the evidence that it had."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json

revision = "0027_returned"
down_revision = "0026_agreements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("checklist_items", sa.Column("returned", Json(), nullable=True))
