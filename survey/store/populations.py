"""How many people live in each municipality, by age band and gender, for each year that was loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from survey.store.tables import population, population_source


@dataclass(frozen=True, order=True)
class Margin:
    """So many people of one age band and gender live in a municipality."""

    area: str
    age: str
    gender: str
    people: int


@dataclass(frozen=True)
class PopulationSource:
    """Where a year's margins came from, and when. `checksum` tells whether two loadings were the same."""

    year: int
    source: str
    checksum: str
    loaded: datetime


@dataclass(frozen=True)
class Population:
    """A year's margins, in the order of area, age and gender."""

    source: PopulationSource
    margins: tuple[Margin, ...]


def replace_population(connection: Connection, source: PopulationSource, margins: Sequence[Margin]) -> bool:
    """Write a year's margins in the place of those it had; whether it had any."""
    year = source.year
    connection.execute(delete(population).where(population.c.year == year))
    removed = connection.execute(delete(population_source).where(population_source.c.year == year)).rowcount
    connection.execute(insert(population_source).values(**vars(source)))
    if margins:
        connection.execute(insert(population), [{"year": year, **vars(margin)} for margin in margins])
    return removed > 0


def find_population(connection: Connection, year: int | None = None) -> Population | None:
    """The margins of a year, of the newest one when none is named; None when they are not loaded."""
    sources = list_sources(connection)
    source = next((one for one in sources if year is None or one.year == year), None)
    if source is None:
        return None
    c = population.c
    query = (
        select(c.area, c.age, c.gender, c.people)
        .where(c.year == source.year)
        .order_by(c.area, c.age, c.gender)
    )
    return Population(source, tuple(Margin(*row) for row in connection.execute(query)))


def list_sources(connection: Connection) -> tuple[PopulationSource, ...]:
    """The years that are loaded, the newest first."""
    query = select(population_source).order_by(population_source.c.year.desc())
    return tuple(
        PopulationSource(row.year, row.source, row.checksum, as_utc(row.loaded))
        for row in connection.execute(query)
    )


def as_utc(at: datetime) -> datetime:
    """A stored time with its zone, which SQLite does not keep."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
