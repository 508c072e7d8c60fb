"""Links to pages, and the visits that they open."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import UtcDateTime
from core.migrations import guards

revision = "0008_pages"
down_revision = "0007_minutes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_links",
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("visit", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("secret", name="pk_page_links"),
        sa.UniqueConstraint("visit", name="uq_page_links_visit"),
    )
    guards.never_deleted("page_links")
