"""The kernel: people, rooms, heads, the trail, the outbox, the jobs."""

import sqlalchemy as sa
from alembic import op

from core.kernel.database import Json, UtcDateTime
from core.migrations import guards

revision = "0001_kernel"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("platform", "tenant", "user", name="pk_accounts"),
    )
    op.create_index("ix_accounts_person", "accounts", ["person"], unique=False)
    op.create_table(
        "administrators",
        sa.Column("identity", sa.String(length=220), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("identity", name="pk_administrators"),
    )
    op.create_table(
        "attempts",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_attempts"),
    )
    op.create_index("ix_attempts_post", "attempts", ["post"], unique=False)
    op.create_table(
        "entries",
        sa.Column("chain", sa.String(length=24), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("command_id", sa.String(length=200), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("record", sa.String(length=400), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq", name="pk_entries"),
    )
    op.create_index("ix_entries_record", "entries", ["chain", "record"], unique=False)
    op.create_index("uq_entries_command", "entries", ["command_id", "part"], unique=True)
    op.create_table(
        "heads",
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("directory", sa.Integer(), nullable=False),
        sa.Column("counters", Json(), nullable=False),
        sa.Column("chains", Json(), nullable=False),
        sa.PrimaryKeyConstraint("transfer", name="pk_heads"),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("command", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index(
        "ix_jobs_due",
        "jobs",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("not aside"),
        sqlite_where=sa.text("aside = 0"),
    )
    op.create_index("uq_jobs_key", "jobs", ["transfer", "key"], unique=True)
    op.create_table(
        "members",
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("roles", Json(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("transfer", "person", name="pk_members"),
    )
    op.create_table(
        "outlets",
        sa.Column("address", sa.String(length=220), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=128), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("lease_by", sa.String(length=40), nullable=True),
        sa.Column("not_before", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("address", name="pk_outlets"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_table(
        "posts",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("address", sa.String(length=220), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("record", sa.String(length=24), nullable=True),
        sa.Column("record_version", sa.Integer(), nullable=True),
        sa.Column("only_for", sa.String(length=128), nullable=True),
        sa.Column("thread", sa.String(length=128), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("unsent", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("message", sa.String(length=128), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("attempt_at", UtcDateTime(), nullable=True),
        sa.Column("listed_in", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_posts"),
        sa.UniqueConstraint("id", name="uq_posts_id"),
    )
    op.create_index("ix_posts_key", "posts", ["address", "key"], unique=False)
    op.create_index("ix_posts_transfer", "posts", ["transfer"], unique=False)
    op.create_index(
        "ix_posts_unsent",
        "posts",
        ["address", "number"],
        unique=False,
        postgresql_where=sa.text("unsent"),
        sqlite_where=sa.text("unsent = 1"),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=128), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
    )
    op.create_index("ix_rooms_transfer", "rooms", ["transfer"], unique=False)
    op.create_index("uq_rooms_address", "rooms", ["platform", "tenant", "channel"], unique=True)
    op.create_table(
        "sources",
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("record", sa.String(length=24), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=128), nullable=False),
        sa.Column("message", sa.String(length=128), nullable=True),
        sa.Column("thread", sa.String(length=128), nullable=True),
        sa.Column("author", sa.String(length=220), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "record", name="pk_sources"),
    )
    op.create_index("ix_sources_message", "sources", ["message", "channel"], unique=False)
    op.create_table(
        "transfers",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("sponsor", sa.String(length=200), nullable=False),
        sa.Column("cmo", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("milestones", Json(), nullable=False),
        sa.Column("settings", Json(), nullable=False),
        sa.Column("current", Json(), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("transfer", "ref", name="pk_transfers"),
    )
    guards.append_only("entries", "sources", "attempts")
    guards.never_deleted("transfers", "people", "accounts", "members", "rooms", "administrators", "heads", "posts")
