"""Actions: what is open is found by an index of its own, however long the history."""

from alembic import op

revision = "0015_open"
down_revision = "0014_checklists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_actions_open", table_name="actions")
    op.create_index("ix_actions_open", "actions", ["transfer", "open", "deadline"])
