"""How does a new installation come by its strategy map?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from survey.definition.model import Definition, Dimension
from survey.errors import SurveyError
from survey.store import audits, strategies
from survey.store.database import Database
from survey.store.strategies import StoredVersion
from survey.strategy.check import load_map
from survey.strategy.model import StrategyMap, write_map

FIRST = 1
SYSTEM = "system"


def begin_strategy(database: Database, file: Path) -> bool:
    """Store the map of a file as version 1; False when the database has a map, and then the file is not read.

    Raises SurveyError strategy_missing when there is no such file, and strategy_wrong naming everything that
    is wrong with it.
    """
    with database.read(newest=True) as connection:
        if strategies.find_newest(connection) is not None:
            return False
    if not file.is_file():
        raise SurveyError("strategy_missing", file=file.as_posix())
    document = write_map(read_first_map(database, file))
    with database.write() as connection:
        version = StoredVersion(FIRST, datetime.now(UTC), SYSTEM, (), "")
        added = strategies.add_version(connection, version, document)
        if added:
            audits.add_event(connection, "strategy loaded", file.name, by=SYSTEM, version=FIRST)
    return added


def read_first_map(database: Database, file: Path) -> StrategyMap:
    """The map of a file, checked against the surveys that are stored."""
    measured = {survey: tuple(known) for survey, known in list_measured(database).items()}
    return load_file(file, file.stat().st_mtime_ns, tuple(sorted(measured.items())))


@lru_cache(maxsize=8)
def load_file(file: Path, _changed: int, measured: tuple[tuple[str, tuple[str, ...]], ...]) -> StrategyMap:
    """The map of a file as it is now; read once, because a process may open many installations."""
    return load_map(file, measured=dict(measured))


def list_measured(database: Database) -> Mapping[str, Mapping[str, Dimension]]:
    """The dimensions of each stored survey, by id, as its newest version words them."""
    with database.read(newest=True) as connection:
        stored = strategies.list_definitions(connection)
    return read_dimensions(tuple(sorted(stored, key=lambda one: (one[0], order_version(one[1])))))


@lru_cache(maxsize=8)
def read_dimensions(
    stored: tuple[tuple[str, str, str], ...],
) -> Mapping[str, Mapping[str, Dimension]]:
    """The dimensions of definitions in order, by survey and id; the words are the last one's."""
    found: dict[str, dict[str, Dimension]] = {}
    for survey, _, document in stored:
        known = Definition.model_validate_json(document).dimensions
        found.setdefault(survey, {}).update({one.id: one for one in known})
    return found


def order_version(version: str) -> tuple[int, ...]:
    """What versions are ordered by: the tenth of a year comes after its second."""
    return tuple(int(part) for part in version.split("-"))
