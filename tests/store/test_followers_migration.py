"""Do those who got letters before still get them when letters can be about more, and after going back?"""

from __future__ import annotations

from alembic import command
from sqlalchemy import text

from survey.store.database import Database
from survey.store.schema import make_config

REQUEST = {"id": b"i" * 32, "address_key": b"k" * 32, "sealed": b"s", "letter": b"l", "asked": "2026-09-10"}
KNOWN = {"address_key": b"k" * 32, "leave_key": b"v" * 32, "sealed": b"s", "told": 3, "tries": 1}
KNOWN |= {"retry_after": 9.5, "failures": 2, "paused": None}


def put(database: Database, table: str, row: dict[str, object]) -> None:
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    with database.write() as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)


def read(database: Database, table: str) -> list[dict[str, object]]:
    with database.read() as connection:
        rows = connection.execute(text(f"SELECT * FROM {table}")).mappings().all()
    return [
        {
            name: str(value) if name == "asked" else bytes(value) if isinstance(value, memoryview) else value
            for name, value in row.items()
        }
        for row in rows
    ]


def test_who_got_letters_gets_them_about_signals_and_followers_are_forgotten_on_the_way_back(
    empty_database_url: str,
) -> None:
    database = Database(empty_database_url)
    config = make_config(database)
    command.upgrade(config, "0005")
    put(database, "digest_request", REQUEST)
    put(database, "digest_subscription", KNOWN)
    command.upgrade(config, "0006")
    assert read(database, "digest_request") == [{**REQUEST, "about": "signals"}]
    assert read(database, "digest_subscription") == [{**KNOWN, "about": "signals"}]
    put(database, "digest_request", {**REQUEST, "id": b"j" * 32, "about": "happened"})
    put(database, "digest_subscription", {**KNOWN, "leave_key": b"w" * 32, "about": "happened"})
    command.downgrade(config, "0005")
    assert read(database, "digest_request") == [REQUEST]
    assert read(database, "digest_subscription") == [KNOWN]
    database.close()
