"""Which rows are one person's, and how a person is recognised when a file comes again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import orjson

from survey.importing.rows import Plan
from survey.importing.table import Row, Table, tidy

DIGEST_BYTES = 16  # so that a million people take some hundred megabytes to tell apart, and none collide


@dataclass(frozen=True)
class Gathered:
    """The rows of one person, in the order of the file.

    `identity` is the same whenever the person comes again; `content` changes with anything in the rows.
    """

    rows: tuple[Row, ...] = field(repr=False)
    identity: bytes
    content: bytes


def gather_people(plan: Plan, table: Table) -> Iterator[Gathered]:
    """Every row of a table exactly once, each with the person's other rows.

    The file is read twice: once to count each person's rows, which also finds what cannot be read at all
    before anything is written, and once to hand each person over with the last of the rows. Only people
    whose rows are not all read yet are in memory. Raises SurveyError import_*.
    """
    left = Counter(key for row in table.read_rows() if (key := find_person(plan, row)) is not None)
    waiting: dict[bytes, list[Row]] = {}
    seen: Counter[bytes] = Counter()
    for row in table.read_rows():
        key = find_person(plan, row)
        if key is None:
            yield gather_alone(row, seen)
            continue
        waiting.setdefault(key, []).append(row)
        left[key] -= 1
        if left[key] == 0:
            yield gather_rows(key, waiting.pop(key))
    yield from (gather_rows(key, rows) for key, rows in waiting.items())


def find_person(plan: Plan, row: Row) -> bytes | None:
    """What tells a person from others, None where the row says nothing about that."""
    columns = plan.mapping.respondent
    if not columns or len(row.cells) != plan.width:
        return None
    named = [tidy(row.cells[plan.places[column]]) for column in columns]
    missing = all(not one or one in plan.mapping.missing for one in named)
    return None if missing else digest([b"person", *(one.encode() for one in named)])


def gather_rows(key: bytes, rows: Sequence[Row]) -> Gathered:
    """A person with an identity of their own: in whatever order the rows come, the content is the same."""
    return Gathered(tuple(rows), key, digest(sorted(digest_row(row) for row in rows)))


def gather_alone(row: Row, seen: Counter[bytes]) -> Gathered:
    """A row that is a person by itself. Equal rows are different people and are numbered as they come."""
    content = digest_row(row)
    seen[content] += 1
    return Gathered((row,), digest([b"row", content, str(seen[content]).encode()]), content)


def digest_row(row: Row) -> bytes:
    return digest([cell.encode(errors="surrogatepass") for cell in row.cells])


def digest(parts: Sequence[bytes]) -> bytes:
    """One hash of several values, which no other values share by being cut elsewhere."""
    document = orjson.dumps([part.hex() for part in parts])
    return hashlib.blake2b(document, digest_size=DIGEST_BYTES).digest()
