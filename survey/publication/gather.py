"""The sums that a closing needs of one county: by period, and people by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.periods import Period, PeriodKind, enclosing_periods, list_months
from survey.publication.atoms import Atoms
from survey.publication.counting import Month
from survey.publication.cube import Axes, Cube, fill_cube
from survey.publication.group_months import GroupMonths
from survey.store import closed
from survey.store.closed import GROUPS, PEOPLE, Frozen
from survey.store.database import Connection

WITH_GROUPS = (PeriodKind.HALF_YEAR, PeriodKind.YEAR)  # privacy.md 2: groups in long periods only


@dataclass(frozen=True)
class Task:
    """What is to be published: a month of a survey, and the longer periods that it belongs to.

    `fresh` are the month's sums when they are not kept yet; None when those that are kept count.
    """

    survey: str
    month: str
    periods: tuple[Period, ...]
    revision: int
    fresh: Month | None = None

    @property
    def months(self) -> tuple[str, ...]:
        """Every month whose sums are needed: those of the longest period, and the quarter's until now."""
        longest = max((list_months(period) for period in self.periods), key=len)
        quarter = list_months(enclosing_periods(self.month)[0])
        until = [month for month in quarter if month <= self.month]
        return tuple(sorted({*longest, *until}))


@dataclass(frozen=True)
class Gathered:
    """A county's sums."""

    axes: Axes
    cubes: dict[str, Cube]  # by period
    atoms: Atoms
    groups: dict[str, GroupMonths]  # by half-year


def gather_sums(connection: Connection, axes: Axes, task: Task) -> Gathered:
    """Read the frozen sums once and add them to every period they belong to."""
    halves = [period for period in task.periods if period.kind is PeriodKind.HALF_YEAR]
    found = Gathered(
        axes,
        {p.code: Cube(axes) for p in task.periods},
        Atoms(axes, task.months),
        {half.code: GroupMonths(axes, half) for half in halves},
    )
    spans = [(period, set(list_months(period))) for period in task.periods]
    for frozen in iterate_frozen(connection, axes, task):
        found.atoms.add(frozen)
        for groups in found.groups.values():
            groups.add(frozen)
        for period, months in spans:
            if frozen.month in months and (frozen.part == PEOPLE or period.kind in WITH_GROUPS):
                fill_cube(found.cubes[period.code], frozen)
    return found


def iterate_frozen(connection: Connection, axes: Axes, task: Task) -> Iterator[Frozen]:
    """The county's sums, the fresh ones in the place of those that are kept."""
    parts = [PEOPLE]
    if any(period.kind in WITH_GROUPS for period in task.periods):
        parts.append(GROUPS)
    kept = [month for month in task.months if task.fresh is None or month != task.month]
    yield from closed.iterate_frozen(connection, task.survey, kept, areas=axes.areas, parts=parts)
    inside = set(axes.areas)
    for frozen in task.fresh.rows if task.fresh is not None else ():
        if frozen.area in inside:
            yield frozen
