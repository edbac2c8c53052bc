"""Published counts of themes, and the models that were learnt from the panel's coding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from survey.store.tables import published_theme, theme_choice, theme_model
from survey.store.times import restore_zone


@dataclass(frozen=True)
class PublishedThemes:
    """What was counted of an area's comments in a quarter or a year; `hidden` says why nobody sees it.

    `answers` and `readable` tell whether the panel may read in the pool. `document` is JSON.
    """

    survey: str
    area: str
    period: str
    kind: str
    answers: int
    comments: int
    readable: int
    hidden: str | None
    document: str
    chain: str
    published: datetime


@dataclass(frozen=True)
class StoredModel:
    """A model that was learnt: numbers only. `evaluation` is a JSON document."""

    number: int
    made: datetime
    made_by: str
    coded: int
    document: bytes
    evaluation: str


@dataclass(frozen=True)
class ThemeChoice:
    """Which model was put in force, None for the lexicon alone."""

    number: int
    model: int | None
    made: datetime
    made_by: str
    reason: str


def add_published(connection: Connection, rows: Sequence[PublishedThemes]) -> None:
    if rows:
        connection.execute(insert(published_theme), [vars(row) for row in rows])


def list_published(
    connection: Connection, survey: str, *, areas: Sequence[str] = (), periods: Sequence[str] = ()
) -> tuple[PublishedThemes, ...]:
    """What was published, of some areas and periods when they are named; in the order of period and area."""
    c = published_theme.c
    query = select(published_theme).where(c.survey == survey).order_by(c.period, c.area)
    if areas:
        query = query.where(c.area.in_(areas))
    if periods:
        query = query.where(c.period.in_(periods))
    return tuple(
        PublishedThemes(*row[:-1], published=restore_zone(row[-1])) for row in connection.execute(query)
    )


def list_periods(connection: Connection, survey: str) -> tuple[str, ...]:
    """The codes of the periods that were published, in order."""
    c = published_theme.c
    return tuple(connection.scalars(select(c.period).where(c.survey == survey).distinct().order_by(c.period)))


def add_model(connection: Connection, new: StoredModel) -> int:
    """Keep a model; its number, whatever `new` said."""
    number = (connection.execute(select(func.max(theme_model.c.number))).scalar_one() or 0) + 1
    connection.execute(insert(theme_model).values(**vars(replace(new, number=number))))
    return number


def list_models(connection: Connection) -> tuple[StoredModel, ...]:
    """Every model, the newest first."""
    rows = connection.execute(select(theme_model).order_by(theme_model.c.number.desc()))
    return tuple(replace(StoredModel(*row), made=restore_zone(row.made)) for row in rows)


def find_model(connection: Connection, number: int) -> StoredModel | None:
    row = connection.execute(select(theme_model).where(theme_model.c.number == number)).first()
    return StoredModel(*row) if row else None


def add_choice(connection: Connection, new: ThemeChoice) -> None:
    """Write which model is in force from now on; the number of `new` is not looked at."""
    number = (connection.execute(select(func.max(theme_choice.c.number))).scalar_one() or 0) + 1
    connection.execute(insert(theme_choice).values(**vars(replace(new, number=number))))


def list_choices(connection: Connection) -> tuple[ThemeChoice, ...]:
    """Which models were put in force, the newest first."""
    rows = connection.execute(select(theme_choice).order_by(theme_choice.c.number.desc()))
    return tuple(replace(ThemeChoice(*row), made=restore_zone(row.made)) for row in rows)


def find_model_in_force(connection: Connection) -> int | None:
    """The number of the model in force, None for the lexicon alone."""
    query = select(theme_choice.c.model).order_by(theme_choice.c.number.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none()
