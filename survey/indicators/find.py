"""Which indicators from elsewhere are there to show for some areas?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.periods import parse_period
from survey.areas import Area
from survey.indicators.model import Direction
from survey.installation import Installation
from survey.store import indicators
from survey.store.indicators import StoredIndicator, StoredValue

MOST_DECIMALS = 3  # that are shown, whatever a file has


@dataclass(frozen=True)
class ImportedPoint:
    """A value of a period; None when the source has none. `revised`: it was another before."""

    period: str
    value: float | None
    loaded: datetime
    revised: bool


@dataclass(frozen=True)
class ImportedLine:
    """An area's values in order of time; empty when nothing was loaded for it."""

    area: Area
    points: tuple[ImportedPoint, ...]

    @property
    def known(self) -> tuple[tuple[str, float], ...]:
        """The periods that have a value, with it."""
        return tuple((one.period, one.value) for one in self.points if one.value is not None)

    @property
    def change(self) -> float | None:
        """The last value less the one before it that there is; None when there are not two."""
        return self.known[-1][1] - self.known[-2][1] if len(self.known) > 1 else None


@dataclass(frozen=True)
class ImportedSeries:
    """An indicator with a line for each area that was asked for, in their order."""

    id: str
    name: Mapping[str, str]
    unit: str
    direction: Direction
    source: str
    note: str
    dimension: str
    loaded: datetime
    lines: tuple[ImportedLine, ...]

    @property
    def decimals(self) -> int:
        """How many decimals the values have, at most MOST_DECIMALS."""
        return max((count_decimals(value) for line in self.lines for _, value in line.known), default=0)

    def find_line(self, area: str) -> ImportedLine | None:
        return next((line for line in self.lines if line.area.code == area), None)


def count_decimals(value: float) -> int:
    """How many decimals a number needs, at most MOST_DECIMALS."""
    written = f"{value:.{MOST_DECIMALS}f}".rstrip("0")
    return len(written.partition(".")[2])


def find_indicators(
    installation: Installation, areas: Sequence[Area], *, dimension: str | None = None
) -> tuple[ImportedSeries, ...]:
    """The indicators that have something loaded for any of the areas, in the order of their names.

    Of one dimension only, when it is named. Everybody may see them: they hold nothing about a person and were
    public before they came here.
    """
    with installation.database.read() as connection:
        described = indicators.list_indicators(connection)
        values = indicators.list_values(connection, [area.code for area in areas])
    wanted = [one for one in described if dimension is None or one.dimension == dimension]
    mine = {one.id: [value for value in values if value.indicator == one.id] for one in wanted}
    found = [make_series(one, mine[one.id], areas) for one in wanted if mine[one.id]]
    return tuple(sorted(found, key=lambda one: (one.name["sv"].casefold(), one.id)))


def make_series(one: StoredIndicator, values: Sequence[StoredValue], areas: Iterable[Area]) -> ImportedSeries:
    """An indicator with its lines."""
    lines = tuple(
        ImportedLine(area, make_points(value for value in values if value.area == area.code))
        for area in areas
    )
    names = {"sv": one.name_sv, **({"en": one.name_en} if one.name_en else {})}
    loaded = max(value.loaded for value in values)
    return ImportedSeries(
        one.id, names, one.unit, Direction(one.direction), one.source, one.note, one.dimension, loaded, lines
    )


def make_points(values: Iterable[StoredValue]) -> tuple[ImportedPoint, ...]:
    ordered = sorted(values, key=lambda one: parse_period(one.period))
    return tuple(ImportedPoint(one.period, one.value, one.loaded, one.revision > 1) for one in ordered)
