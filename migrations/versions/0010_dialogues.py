"""Dialogues of the panel, and ideas that became proposals"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "panel_dialogue",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("held", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "subject", "number"),
    )
    op.create_table(
        "panel_idea_taken",
        sa.Column("text_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("proposal", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("text_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("panel_idea_taken")
    op.drop_table("panel_dialogue")
