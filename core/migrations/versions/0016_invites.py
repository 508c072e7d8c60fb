"""Transfers: invitations, numbers of rooms, and rooms that were taken out and may come again."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import UtcDateTime
from core.migrations import guards

revision = "0016_invites"
down_revision = "0015_open"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invites",
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("used_by", sa.String(length=40), nullable=True),
        sa.Column("room", sa.String(length=24), nullable=True),
        sa.Column("made_lead", sa.Boolean(), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_invites"),
    )
    op.create_index("uq_invites_secret", "invites", ["secret"], unique=True)
    guards.never_deleted("invites")
    op.add_column("rooms", sa.Column("number", sa.String(length=24), nullable=True))
    op.drop_index("uq_rooms_address", table_name="rooms")
    op.create_index(
        "uq_rooms_address",
        "rooms",
        ["platform", "tenant", "channel"],
        unique=True,
        postgresql_where=sa.text("state <> 'removed'"),
        sqlite_where=sa.text("state <> 'removed'"),
    )
