"""Capture: which message a proposal says yes to."""

import sqlalchemy as sa
from alembic import op

revision = "0026_agreements"
down_revision = "0025_invited"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposals", sa.Column("agrees_to", sa.String(length=360), nullable=True))
    op.create_index("ix_proposals_agrees_to", "proposals", ["transfer", "agrees_to"], unique=False)
