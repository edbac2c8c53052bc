"""Answers on paper that are keyed"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "keyed_form",
        sa.Column("id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("first_by", sa.String(length=60), nullable=False),
        sa.Column("second_by", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("keyed_form_by_round", "keyed_form", ["round_id", "state"])
    op.create_table(
        "keying_share",
        sa.Column("round_id", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("round_id"),
    )
    op.create_table(
        "keyed_number",
        sa.Column("round_id", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("keyer", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "day", "keyer"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "keyed_alike",
        sa.Column("round_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("alike", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "kind", "name"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("keyed_alike", "keyed_number", "keying_share"):
        op.drop_table(table)
    op.drop_index("keyed_form_by_round", "keyed_form")
    op.drop_table("keyed_form")
