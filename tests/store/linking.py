"""How does somebody who has the database, but not the key files, try to pair codes with answers?

Every order here is one in which an attacker could lay the answers; every code is laid in the order in which
the codes went, which logs and repeated backups tell. Where an attack works the first code gave the first
answer.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from scipy.stats import binom
from sqlalchemy import Connection, event

from survey.store.database import Database

PAGE = 4096  # bytes; SQLite's own default
UNLIKELY = 1e-6
LOG_HEADER, FRAME_HEADER = 32, 24  # bytes; sqlite.org/fileformat2.html#the_write_ahead_log


@dataclass(frozen=True)
class Group:
    """Codes that went, in their order, and the answers that came of them."""

    codes: Sequence[bytes]
    answers: frozenset[bytes]


def count_right(groups: Iterable[Group], order: Sequence[bytes], truth: Mapping[bytes, bytes]) -> int:
    """How many codes get their own answer, forwards or backwards, whichever is more."""
    found = [(group.codes, [one for one in order if one in group.answers]) for group in groups]
    forwards = sum(truth[c] == a for codes, answers in found for c, a in zip(codes, answers, strict=True))
    backwards = sum(
        truth[c] == a for codes, answers in found for c, a in zip(codes, answers[::-1], strict=True)
    )
    return max(forwards, backwards)


def most_by_chance(codes: int, *, crowd: int) -> int:
    """The most that somebody who draws lots in such crowds gets right, but for one time in a million."""
    return int(binom.isf(UNLIKELY, codes, 1 / crowd))


def pair_by_size(
    sizes: Mapping[bytes, int], groups: Iterable[Group], lengths: Mapping[bytes, int], *, extra: int
) -> dict[bytes, bytes]:
    """Each code with the first answer of its group that is as long as what was sealed, less `extra` bytes."""
    paired: dict[bytes, bytes] = {}
    for group in groups:
        for code in group.codes:
            fitting = [one for one in sorted(group.answers) if lengths[one] + extra == sizes[code]]
            if fitting:
                paired[code] = fitting[0]
    return paired


def place_in_pages(content: bytes, keys: Iterable[bytes]) -> list[bytes]:
    """Keys as they lie on the pages of a file: a page is filled from its end."""
    found = {key: content.find(key) for key in keys}
    assert -1 not in found.values()
    return sorted(found, key=lambda key: (found[key] // PAGE, -(found[key] % PAGE)))


def copy_file(path: Path) -> bytes:
    """The bytes of a file, read by another process: SQLite loses its locks when its own process reads it."""
    return subprocess.run(["cat", str(path)], capture_output=True, check=True).stdout


def read_order(connection: Connection, table: str, key: str, order: str = "") -> list[bytes]:
    """Keys as the database gives them when nothing is asked, or by a hidden column of the engine."""
    return list(connection.exec_driver_sql(f"SELECT {key} FROM {table} {order}").scalars())


def list_orders(
    database: Database, table: str, key: str, *, log: LogArchive | None, folder: Path
) -> dict[str, list[bytes]]:
    """Every order that an attacker has of a table's rows on this engine."""
    if log is not None:
        return list_sqlite_orders(database, table, key, log, folder)
    by = {"ctid": "ORDER BY ctid", "xmin": "ORDER BY xmin::text::bigint, ctid", "as dumped": ""}
    with database.read() as connection:
        orders = {name: read_order(connection, table, key, order) for name, order in by.items()}
    with psycopg.connect(name_for_psycopg(database), autocommit=True) as connection:
        connection.execute(f"VACUUM (FREEZE, FULL) {table}".encode())
        connection.execute(f"VACUUM FREEZE {table}".encode())
    with database.read() as connection:
        orders |= {
            f"{name} after freezing": read_order(connection, table, key, order) for name, order in by.items()
        }
    return orders


def list_sqlite_orders(
    database: Database, table: str, key: str, log: LogArchive, folder: Path
) -> dict[str, list[bytes]]:
    with database.read() as connection:
        rows = read_order(connection, table, key)
    backup = folder / f"{table}.backup"
    with closing(sqlite3.connect(str(database.url.database))) as connection:
        connection.execute("VACUUM INTO ?", [str(backup)])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {
        "as they lie": rows,
        "pages of the file": place_in_pages(copy_file(log.path), rows),
        "pages of a backup": place_in_pages(backup.read_bytes(), rows),
        "frames of the log": place_in_pages(b"".join(frame.content for frame in log.frames), rows),
    }


def name_for_psycopg(database: Database) -> str:
    return database.url.set(drivername="postgresql").render_as_string(hide_password=False)


@dataclass(frozen=True)
class Frame:
    """One page in the log. A commit ends with a frame that says so."""

    page: int
    ends_commit: bool
    content: bytes = field(repr=False)


@dataclass
class LogArchive:
    """Somebody who copies SQLite's write-ahead log after every transaction, and loses nothing of it."""

    path: Path
    chapters: list[tuple[bytes, list[Frame]]] = field(default_factory=list, repr=False)
    _salt: bytes = b""
    _read: int = LOG_HEADER

    def begin(self) -> None:
        """A new chapter: copy the file as it is when everything has left the log."""
        with closing(sqlite3.connect(self.path)) as connection:
            assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        self.chapters.append((copy_file(self.path), []))
        self._salt, self._read = b"", LOG_HEADER

    @property
    def frames(self) -> list[Frame]:
        """Everything that ever was in the log."""
        return [frame for _, frames in self.chapters for frame in frames]

    def look(self) -> None:
        """Copy what has come into the log since the last time."""
        path = Path(f"{self.path}-wal")
        if not path.exists() or not self.chapters:
            return
        with path.open("rb") as log:
            header = log.read(LOG_HEADER)
            if len(header) < LOG_HEADER:
                return
            if header[16:24] != self._salt:
                self._salt, self._read = header[16:24], LOG_HEADER
            log.seek(self._read)
            while len(frame := log.read(FRAME_HEADER + PAGE)) == FRAME_HEADER + PAGE:
                if frame[8:16] != self._salt:  # left over from before the log began again
                    break
                page, size = int.from_bytes(frame[:4], "big"), int.from_bytes(frame[4:8], "big")
                self.chapters[-1][1].append(Frame(page, size > 0, frame[FRAME_HEADER:]))
                self._read += len(frame)

    def replay(self, folder: Path) -> Iterator[sqlite3.Connection]:
        """The database as it was at first and after every commit."""
        copy = folder / "replayed.db"
        for base, frames in self.chapters:
            copy.write_bytes(base)
            yield from open_copy(copy)
            for frame in frames:
                with copy.open("r+b") as pages:
                    pages.seek((frame.page - 1) * PAGE)
                    pages.write(frame.content)
                if frame.ends_commit:
                    yield from open_copy(copy)


def open_copy(copy: Path) -> Iterator[sqlite3.Connection]:
    """The database in a file that has no log of its own."""
    with copy.open("r+b") as pages:
        pages.seek(18)
        pages.write(b"\x01\x01")  # not in write-ahead mode
    with closing(sqlite3.connect(f"file:{copy}?immutable=1", uri=True)) as connection:
        yield connection


@contextmanager
def watched(database: Database, look: Callable[[], None]) -> Iterator[None]:
    """Look after every transaction, before the next can hide anything."""

    def look_at_return(*_: object) -> None:
        look()

    event.listen(database.engine, "checkin", look_at_return)
    try:
        yield
    finally:
        event.remove(database.engine, "checkin", look_at_return)
