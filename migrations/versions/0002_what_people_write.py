"""What people write"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment_coding",
        sa.Column("comment_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("coder", sa.String(length=80), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("made", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", "coder"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment_slot",
        sa.Column("comment_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("taken", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", "slot"),
        sqlite_with_rowid=False,
    )
    op.create_index("comment_slot_by_reader", "comment_slot", ["reader"], unique=False)
    op.create_table(
        "comment_flag",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("comment_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("handled", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by", sa.String(length=80), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("comment_flag_by_comment", "comment_flag", ["comment_id"], unique=False)
    op.create_table(
        "comment_remark",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("comment_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("comment_remark_by_comment", "comment_remark", ["comment_id"], unique=False)
    op.create_table(
        "published_theme",
        sa.Column("survey", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("readable", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.String(length=20), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("chain", sa.String(length=60), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("survey", "area", "period"),
    )
    op.create_table(
        "theme_choice",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("model", sa.Integer(), nullable=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "theme_model",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("coded", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.add_column("comment", sa.Column("chain", sa.String(length=60), server_default="", nullable=False))
    op.add_column("comment", sa.Column("language", sa.String(length=8), nullable=True))
    op.add_column("comment", sa.Column("tone", sa.String(length=20), server_default="", nullable=False))
    op.add_column("comment", sa.Column("tone_score", sa.Float(), nullable=True))
    op.add_column("comment", sa.Column("themes", sa.Text(), server_default="{}", nullable=False))
    op.add_column("comment", sa.Column("quotable", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("comment", sa.Column("withheld", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("comment_by_chain", "comment", ["chain"], unique=False)


def downgrade() -> None:
    op.drop_index("comment_by_chain", table_name="comment")
    op.drop_column("comment", "withheld")
    op.drop_column("comment", "quotable")
    op.drop_column("comment", "themes")
    op.drop_column("comment", "tone_score")
    op.drop_column("comment", "tone")
    op.drop_column("comment", "language")
    op.drop_column("comment", "chain")

    op.drop_table("theme_model")
    op.drop_table("theme_choice")
    op.drop_table("published_theme")
    op.drop_index("comment_remark_by_comment", table_name="comment_remark")
    op.drop_table("comment_remark")
    op.drop_index("comment_flag_by_comment", table_name="comment_flag")
    op.drop_table("comment_flag")
    op.drop_index("comment_slot_by_reader", table_name="comment_slot")
    op.drop_table("comment_slot")
    op.drop_table("comment_coding")
