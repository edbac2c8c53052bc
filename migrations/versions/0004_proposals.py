"""Proposals"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("survey", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("dimension", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=8), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("event", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("supporters", sa.Integer(), nullable=True),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    op.create_index("proposal_by_area", "proposal", ["area"], unique=False)
    op.create_table(
        "proposal_support",
        sa.Column("proposal", sa.String(length=16), nullable=False),
        sa.Column("member", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("proposal", "member"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposal_quote",
        sa.Column("comment_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("proposal", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("comment_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("proposal_quote_by_proposal", "proposal_quote", ["proposal"], unique=False)
    op.create_table(
        "proposal_action",
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("proposal", sa.String(length=16), nullable=False),
        sa.Column("organisation", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("action"),
    )
    op.create_index("proposal_action_by_proposal", "proposal_action", ["proposal"], unique=False)
    op.create_table(
        "proposal_feedback",
        sa.Column("proposal", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("proposal", "version"),
    )


def downgrade() -> None:
    op.drop_table("proposal_feedback")
    op.drop_index("proposal_action_by_proposal", table_name="proposal_action")
    op.drop_table("proposal_action")
    op.drop_index("proposal_quote_by_proposal", table_name="proposal_quote")
    op.drop_table("proposal_quote")
    op.drop_table("proposal_support")
    op.drop_index("proposal_by_area", table_name="proposal")
    op.drop_table("proposal")
