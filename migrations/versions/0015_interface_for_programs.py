"""Permits for other programs, and receivers of notices with their outbox"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permit",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("figures", sa.String(length=12), nullable=False),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.Column("last_month", sa.String(length=7)),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receiver",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("added", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("receiver", sa.String(length=16), nullable=False),
        sa.Column("publication_id", sa.Integer()),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("queued", sa.Float(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.Float(), nullable=False),
        sa.Column("last_try", sa.Float()),
        sa.Column("status", sa.Integer()),
        sa.Column("trouble", sa.String(length=30)),
        sa.ForeignKeyConstraint(["receiver"], ["receiver.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("notice_due", "notice", ["state", "next_try"])
    op.create_index("notice_of_receiver", "notice", ["receiver", "queued"])


def downgrade() -> None:
    op.drop_table("notice")
    op.drop_table("receiver")
    op.drop_table("permit")
