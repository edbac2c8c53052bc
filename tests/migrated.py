"""Where does a test's SQLite database get its schema: migrated once in a process, then a copied file?

Seventeen migrations took a quarter of a second in each of thousands of tests. How a schema comes to be is
tested where databases are empty (tests/store).
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.postgres_server import migrate_and_leave


@lru_cache(maxsize=1)
def read_migrated() -> bytes:
    """The file of a SQLite database that has this code's schema and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "migrated.db"
        migrate_and_leave(f"sqlite:///{file}")
        assert not file.with_name(f"{file.name}-wal").exists(), "something is not in the file yet"
        return file.read_bytes()


def lay_migrated(url: str) -> str:
    """The same address, with a copy of that file where it is one of SQLite's that has no file yet."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        lay_file(Path(address.database))
    return url


def lay_file(file: Path) -> None:
    """A folder that cannot be made or written is left for the product to tell of."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_bytes(read_migrated())
