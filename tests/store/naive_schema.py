"""What does an ordinary schema look like, that the attacks are known to work on?"""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, Table, insert, update

from survey.store.database import Database

metadata = MetaData()
naive_code = Table(
    "naive_code",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("hash", LargeBinary(32), unique=True),
    Column("used", Boolean, nullable=False),
)
naive_answer = Table(
    "naive_answer",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document", LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class NaiveRound:
    """The codes in the order in which they were used, and the answer that each really gave."""

    codes: Sequence[bytes]
    truth: dict[bytes, bytes]


def hold_naive_round(database: Database, number: int, *, begin: Callable[[], None]) -> NaiveRound:
    """Codes with a used flag and answers with a number, each pair written in one transaction."""
    codes = [secrets.token_bytes(32) for _ in range(number)]
    with database.write() as connection:
        metadata.create_all(connection)
        connection.execute(insert(naive_code), [{"hash": code, "used": False} for code in codes])
    begin()
    random.Random(2).shuffle(codes)
    truth = {code: secrets.token_bytes(16) for code in codes}
    for code in codes:
        with database.write() as connection:
            connection.execute(update(naive_code).where(naive_code.c.hash == code).values(used=True))
            connection.execute(insert(naive_answer).values(document=truth[code]))
    return NaiveRound(codes, truth)
