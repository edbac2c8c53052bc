"""The panel's members and missions"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mission",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=12), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("feedback_by", sa.Date(), nullable=False),
        sa.Column("feedback_from", sa.Text(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("material_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested", sa.Date(), nullable=False),
        sa.Column("agreed", sa.Date(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("told", sa.Date(), nullable=True),
        sa.Column("reminded", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("mission_by_state", "mission", ["state"], unique=False)
    op.create_table(
        "mission_evaluation",
        sa.Column("mission", sa.String(length=16), nullable=False),
        sa.Column("definition", sa.String(length=20), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mission"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mission_fee",
        sa.Column("mission", sa.String(length=16), nullable=False),
        sa.Column("member", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("base_amount", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("mission", "member", "day"),
    )
    op.create_table(
        "mission_invitation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("mission", sa.String(length=16), nullable=False),
        sa.Column("occasion", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.Column("signed", sa.Date(), nullable=True),
        sa.Column("agreement", sa.String(length=20), nullable=False),
        sa.Column("conflict", sa.String(length=10), nullable=False),
        sa.Column("evaluated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mission", "occasion", "member"),
    )
    op.create_index("mission_invitation_by_member", "mission_invitation", ["member"], unique=False)
    op.create_table(
        "mission_letter",
        sa.Column("id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("mission", sa.String(length=16), nullable=False),
        sa.Column("invitation", sa.String(length=32), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("queued", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("retry_after", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("mission_letter_by_outcome", "mission_letter", ["outcome"], unique=False)
    op.create_table(
        "mission_time",
        sa.Column("mission", sa.String(length=16), nullable=False),
        sa.Column("member", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mission", "member", "day"),
    )
    op.create_table(
        "panel_member",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("joined", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_index("mission_by_state", table_name="mission")
    op.drop_index("mission_invitation_by_member", table_name="mission_invitation")
    op.drop_index("mission_letter_by_outcome", table_name="mission_letter")

    op.drop_table("panel_member")
    op.drop_table("mission_time")
    op.drop_table("mission_letter")
    op.drop_table("mission_invitation")
    op.drop_table("mission_fee")
    op.drop_table("mission_evaluation")
    op.drop_table("mission")
