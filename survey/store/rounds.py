"""Which definitions and rounds are stored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, true, update

from survey.store.database import insert_once
from survey.store.prepared import Prepared
from survey.store.tables import definition, round_

FREEZE = Prepared(
    update(definition)
    .where(
        definition.c.survey == bindparam("its_survey"),
        definition.c.version == bindparam("its_version"),
        ~definition.c.frozen,
    )
    .values(frozen=true())
)


@dataclass(frozen=True)
class StoredDefinition:
    """A definition as it was loaded. A frozen one has been answered and may not change."""

    survey: str
    version: str
    checksum: str
    document: str
    frozen: bool


@dataclass(frozen=True)
class Round:
    """A definition asked during a time. `door` is how people come in, `forms` which forms they may choose.

    `checksum` is the definition's as it is stored now. In a `mode` that is confidential letters have
    references, so that who has not answered can be reminded. `left_out` are sensitive questions that are not
    asked; `most` is how many surveys may be begun in all, None for as many as come.
    """

    id: str
    survey: str
    version: str
    title: str
    door: str
    forms: str
    opens: date
    closes: date
    checksum: str
    mode: str = "anonymous"
    audience: str = ""
    left_out: tuple[str, ...] = ()
    most: int | None = None

    @property
    def is_confidential(self) -> bool:
        return self.mode == "confidential"

    def is_open(self, today: date) -> bool:
        """Both days are included."""
        return self.opens <= today <= self.closes


def find_definition(connection: Connection, survey: str, version: str) -> StoredDefinition | None:
    row = connection.execute(
        select(definition).where(definition.c.survey == survey, definition.c.version == version)
    ).first()
    return StoredDefinition(*row) if row else None


def list_versions(connection: Connection, survey: str) -> tuple[str, ...]:
    """The stored versions of a survey, the newest first."""
    versions = connection.scalars(select(definition.c.version).where(definition.c.survey == survey))
    return tuple(sorted(versions, key=lambda one: tuple(map(int, one.split("-"))), reverse=True))


def list_surveys(connection: Connection) -> tuple[str, ...]:
    """The surveys that have a stored definition."""
    return tuple(connection.scalars(select(definition.c.survey).distinct().order_by(definition.c.survey)))


def list_frozen(connection: Connection) -> set[tuple[str, str]]:
    """Survey and version of the definitions that have been answered."""
    query = select(definition.c.survey, definition.c.version).where(definition.c.frozen)
    return {(row[0], row[1]) for row in connection.execute(query)}


def add_definition(connection: Connection, found: StoredDefinition) -> None:
    connection.execute(
        insert_once(connection, definition).values(
            survey=found.survey,
            version=found.version,
            checksum=found.checksum,
            document=found.document,
            frozen=found.frozen,
        )
    )


def replace_definition(connection: Connection, found: StoredDefinition) -> None:
    """Put a new text in the place of a definition that nobody has answered."""
    connection.execute(
        update(definition)
        .where(
            definition.c.survey == found.survey, definition.c.version == found.version, ~definition.c.frozen
        )
        .values(checksum=found.checksum, document=found.document)
    )


def freeze_definition(connection: Connection, survey: str, version: str) -> None:
    """From now on the definition may not change."""
    FREEZE.run(connection, {"its_survey": survey, "its_version": version})


def add_round(connection: Connection, found: Round) -> None:
    connection.execute(
        insert(round_).values(
            id=found.id,
            survey=found.survey,
            version=found.version,
            title=found.title,
            door=found.door,
            forms=found.forms,
            opens=found.opens,
            closes=found.closes,
            mode=found.mode,
            audience=found.audience,
            left_out=json.dumps(found.left_out),
            most=found.most,
        )
    )


ROUNDS = select(round_, definition.c.checksum).join(
    definition, (definition.c.survey == round_.c.survey) & (definition.c.version == round_.c.version)
)
FIND_ROUND = ROUNDS.where(round_.c.id == bindparam("round"))


def find_round(connection: Connection, round_id: str) -> Round | None:
    row = connection.execute(FIND_ROUND, {"round": round_id}).first()
    return read_round(row) if row else None


def list_rounds(connection: Connection) -> tuple[Round, ...]:
    """Every round, the one that opened last first."""
    query = ROUNDS.order_by(round_.c.opens.desc(), round_.c.id)
    return tuple(read_round(row) for row in connection.execute(query))


def read_round(row: Row[Any]) -> Round:
    """The round of a row of ROUNDS."""
    fields = row._asdict()
    return Round(**{**fields, "left_out": tuple(json.loads(fields["left_out"]))})
