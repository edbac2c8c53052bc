"""Responses in a partition for each month, on PostgreSQL"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

UNSAMPLED = ("id", "receipt", "answers", "scores", "groups")  # text and bytes: survey/store/samples.py
COLUMNS = "LIKE whole_response INCLUDING DEFAULTS"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    set_aside()
    op.execute(f"CREATE TABLE response ({COLUMNS}) PARTITION BY LIST (month)")
    op.execute("CREATE TABLE response_remainder PARTITION OF response DEFAULT")
    for (month,) in op.get_bind().exec_driver_sql("SELECT DISTINCT month FROM whole_response").all():
        name = f"response_{month.replace('-', '_')}"
        op.execute(f"CREATE TABLE {name} PARTITION OF response FOR VALUES IN ('{month}')")
        # In the order of their random ids: not even the order of the batches is left.
        op.execute(f"INSERT INTO {name} SELECT * FROM whole_response WHERE month = '{month}' ORDER BY id")  # noqa: S608
    op.execute("DROP TABLE whole_response")
    # Here and now: later, a column's statistics are dropped at the price of building its indexes anew.
    op.execute(
        "ALTER TABLE response " + ", ".join(f"ALTER COLUMN {one} SET STATISTICS 0" for one in UNSAMPLED)
    )
    index("id, month")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    set_aside()
    op.execute(f"CREATE TABLE response ({COLUMNS})")
    op.execute("INSERT INTO response SELECT * FROM whole_response ORDER BY id")
    op.execute("DROP TABLE whole_response")
    index("id")


def set_aside() -> None:
    op.execute("ALTER TABLE response RENAME TO whole_response")
    op.execute("ALTER TABLE whole_response DROP CONSTRAINT response_pkey")
    op.execute("DROP INDEX response_by_receipt")
    op.execute("ALTER INDEX response_by_month RENAME TO whole_response_by_month")


def index(key: str) -> None:
    op.execute(f"ALTER TABLE response ADD CONSTRAINT response_pkey PRIMARY KEY ({key})")
    op.execute("CREATE INDEX response_by_month ON response (survey, month)")
    op.execute("CREATE INDEX response_by_receipt ON response (receipt)")
