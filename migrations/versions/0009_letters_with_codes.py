"""Letters with codes"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "round", sa.Column("mode", sa.String(length=12), server_default="anonymous", nullable=False)
    )
    op.add_column("round", sa.Column("audience", sa.Text(), server_default="", nullable=False))
    op.add_column("round", sa.Column("left_out", sa.Text(), server_default="[]", nullable=False))
    op.add_column("round", sa.Column("most", sa.Integer(), nullable=True))
    op.add_column("invitation_code", sa.Column("reference", sa.Integer(), nullable=True))
    op.create_table(
        "letter_order",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=40), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_reference", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "reminder",
        sa.Column("round_id", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "day"),
    )
    op.create_table(
        "round_way",
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("most_a_day", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "round_begun",
        sa.Column("round_id", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "way", "day"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("round_begun", "round_way", "reminder", "letter_order"):
        op.drop_table(table)
    with op.batch_alter_table("invitation_code", table_kwargs={"sqlite_with_rowid": False}) as code:
        code.drop_column("reference")
    for column in ("most", "left_out", "audience", "mode"):
        op.drop_column("round", column)
