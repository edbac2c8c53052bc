"""What the database knows of the installation it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select, update

from survey.store.database import claim_job, insert_once
from survey.store.prepared import Prepared
from survey.store.tables import installation, period_key

FIND_PERIOD_KEY = Prepared(
    select(period_key.c.public_key, period_key.c.destroyed).where(period_key.c.period == bindparam("period"))
)


@dataclass(frozen=True)
class Installation:
    """The one row of an installation."""

    label: str
    pepper_check: bytes
    set_up_key: bytes | None


def find_installation(connection: Connection) -> Installation | None:
    """The installation, None in a new database."""
    row = connection.execute(
        select(installation.c.label, installation.c.pepper_check, installation.c.set_up_key)
    ).first()
    return Installation(*row) if row else None


def add_installation(
    connection: Connection, *, label: str, pepper_check: bytes, set_up_key: bytes | None, created: date
) -> None:
    """Say what this database is, once: when two processes open it at the same time the first has said it."""
    connection.execute(
        insert_once(connection, installation).values(
            id=1, label=label, pepper_check=pepper_check, set_up_key=set_up_key, created=created
        )
    )


def set_set_up_key(connection: Connection, key_hash: bytes | None) -> None:
    """Keep the hash of the one-time set-up address; None when it has been used."""
    connection.execute(update(installation).values(set_up_key=key_hash))


def find_period_key(connection: Connection, period: str) -> tuple[bytes, bool] | None:
    """A period's public key and whether its private key has been destroyed."""
    row = FIND_PERIOD_KEY.run(connection, {"period": period}).fetchone()
    return (row[0], bool(row[1])) if row else None


def stay_in_period(connection: Connection, period: str) -> bool:
    """Whether answers may be sealed to a period; if so, it is not closed before this transaction ends."""
    claim_job(connection, period, shared=True)
    known = find_period_key(connection, period)
    return known is not None and not known[1]


def add_period_key(connection: Connection, period: str, public_key: bytes) -> None:
    """The public key that answers of a period are sealed to. The same when two processes add it at once."""
    connection.execute(
        insert_once(connection, period_key).values(period=period, public_key=public_key, destroyed=False)
    )


def list_living_periods(connection: Connection) -> tuple[str, ...]:
    """The periods whose private key is not destroyed, oldest first."""
    query = select(period_key.c.period).where(~period_key.c.destroyed).order_by(period_key.c.period)
    return tuple(connection.scalars(query))


def list_closed_periods(connection: Connection) -> tuple[str, ...]:
    """The periods whose private key ought to be destroyed."""
    return tuple(connection.scalars(select(period_key.c.period).where(period_key.c.destroyed)))


def mark_period_key_destroyed(connection: Connection, period: str) -> None:
    """From now on nothing can be sealed to the period. Waits for those who are sealing to it."""
    claim_job(connection, period)
    connection.execute(update(period_key).where(period_key.c.period == period).values(destroyed=True))


def take_set_up_key(connection: Connection, key_hash: bytes) -> bool:
    """Close the one-time set-up address; False when it is another or somebody has."""
    where = installation.c.set_up_key == key_hash
    return connection.execute(update(installation).where(where).values(set_up_key=None)).rowcount == 1
