"""Followers"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# A primary key cannot be changed where it stands on every engine: the rows are kept aside meanwhile.
KEEP_REQUESTS = "CREATE TABLE digest_request_kept AS SELECT * FROM digest_request"
KEEP_SUBSCRIPTIONS = "CREATE TABLE digest_subscription_kept AS SELECT * FROM digest_subscription"


def upgrade() -> None:
    """What letters are about becomes part of who gets them; those there are, are about signals."""
    op.execute(KEEP_REQUESTS)
    op.drop_table("digest_request")
    create_request(about=True)
    op.execute(
        "INSERT INTO digest_request (about, id, address_key, sealed, letter, asked) "
        "SELECT 'signals', id, address_key, sealed, letter, asked FROM digest_request_kept"
    )
    op.drop_table("digest_request_kept")
    op.execute(KEEP_SUBSCRIPTIONS)
    op.drop_table("digest_subscription")
    create_subscription(about=True)
    op.execute(
        "INSERT INTO digest_subscription "
        "(about, address_key, leave_key, sealed, told, tries, retry_after, failures, paused) "
        "SELECT 'signals', address_key, leave_key, sealed, told, tries, retry_after, failures, paused "
        "FROM digest_subscription_kept"
    )
    op.drop_table("digest_subscription_kept")


def downgrade() -> None:
    """Letters are about signals only; who followed anything else is forgotten."""
    op.execute(KEEP_REQUESTS)
    op.drop_table("digest_request")
    create_request(about=False)
    op.execute(
        "INSERT INTO digest_request (id, address_key, sealed, letter, asked) "
        "SELECT id, address_key, sealed, letter, asked FROM digest_request_kept WHERE about = 'signals'"
    )
    op.drop_table("digest_request_kept")
    op.execute(KEEP_SUBSCRIPTIONS)
    op.drop_table("digest_subscription")
    create_subscription(about=False)
    op.execute(
        "INSERT INTO digest_subscription "
        "(address_key, leave_key, sealed, told, tries, retry_after, failures, paused) "
        "SELECT address_key, leave_key, sealed, told, tries, retry_after, failures, paused "
        "FROM digest_subscription_kept WHERE about = 'signals'"
    )
    op.drop_table("digest_subscription_kept")


def list_about(about: bool, *, primary: bool) -> list[sa.Column]:
    return [sa.Column("about", sa.String(length=20), nullable=False, primary_key=primary)] if about else []


def create_request(*, about: bool) -> None:
    op.create_table(
        "digest_request",
        sa.Column("id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("address_key", sa.LargeBinary(length=32), nullable=False),
        *list_about(about, primary=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=True),
        sa.Column("asked", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("digest_request_by_address", "digest_request", ["address_key"], unique=False)


def create_subscription(*, about: bool) -> None:
    op.create_table(
        "digest_subscription",
        sa.Column("address_key", sa.LargeBinary(length=32), nullable=False, primary_key=True),
        *list_about(about, primary=True),
        sa.Column("leave_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("retry_after", sa.Float(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Date(), nullable=True),
        sa.UniqueConstraint("leave_key"),
        sqlite_with_rowid=False,
    )
