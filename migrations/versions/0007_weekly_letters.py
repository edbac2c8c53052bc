"""Weekly letters and calendars that are followed"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "weekly_letter",
        sa.Column("member", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("member"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "calendar_address",
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("seed", sa.LargeBinary(length=16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("made", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("role", "person"),
        sa.UniqueConstraint("token_hash"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("calendar_address")
    op.drop_table("weekly_letter")
