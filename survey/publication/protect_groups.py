"""What may be seen of groups: one variable at a time, per half-year, and years that are sums of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.blocks import decide_sum
from analysis.disclosure import HiddenReason, NoAnswers
from analysis.group_tables import GroupsDecided, decide_group_table
from analysis.periods import Period, PeriodKind, list_periods
from survey.publication.counting import EVERYBODY, MIX
from survey.publication.cube import Axes, Cube, N, Place
from survey.publication.protect import Earlier, Reasons, Where, find_reason

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Values of one variable in a county; a person is in one of them, or in the rest."""

    group: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Viewers:
    """An audience: what it sees of everybody, and from how many people it sees something."""

    totals: Reasons
    threshold: int


def decide_groups(cube: Cube, period: Period, viewers: Sequence[Viewers]) -> tuple[Reasons, ...]:
    """What each audience may see of every group in a half-year.

    The audience with the lowest threshold comes first, and no other sees what it does not. A person may be
    in several values of an overlapping variable: each value is then a table of its own.
    """
    reasons: tuple[Reasons, ...] = tuple({} for _ in viewers)
    for table in list_tables(cube):
        columns = count_table(cube, table)
        for number, measure in enumerate(cube.axes.measures):
            people = columns[:, :, number]
            if people.any():
                decided = decide_table(cube, period, measure, people, viewers)
                for found, one, who in zip(reasons, decided, viewers, strict=True):
                    told = read_decided(cube, period, table, measure, one)
                    found.update(hide_without_total(told, who.totals))
    return reasons


def hide_without_total(
    told: Iterable[tuple[Where, HiddenReason | None]], totals: Reasons
) -> Iterator[tuple[Where, HiddenReason | None]]:
    """The same, but nothing of groups in an area whose half-year is hidden from the audience.

    A value that nearly everybody has would else tell the hidden total, and less the months that are shown the
    people of one that is not.
    """
    for (period, place, measure), reason in told:
        is_hidden = totals.get((period, Place(place.area), measure), HiddenReason.TOO_FEW) is not None
        yield (
            (period, place, measure),
            HiddenReason.PROTECTS_ANOTHER if reason is None and is_hidden else reason,
        )


def decide_table(
    cube: Cube, period: Period, measure: str, people: Whole, viewers: Sequence[Viewers]
) -> list[GroupsDecided]:
    """One table for each audience; where only the county's groups are published it is the only row."""
    by_area = bool(list_areas(cube.axes, measure))
    rows = people if by_area else people.sum(axis=0, keepdims=True)
    may_show = np.ones(people.shape[1] - 1, dtype=bool)
    found: list[GroupsDecided] = []
    for one in viewers:
        shown = find_shown_totals(cube, period, one.totals, measure)
        known = shown[:-1] if by_area else shown[-1:]
        within = found[-1] if found else None
        found.append(decide_group_table(rows, known, bool(shown[-1]), may_show, one.threshold, within=within))
    return found


def list_areas(axes: Axes, measure: str) -> tuple[str, ...]:
    """The municipalities whose groups are published: of questions only the county's are."""
    return axes.areas if measure in axes.dimensions else ()


def list_tables(cube: Cube) -> Iterator[Table]:
    """The tables of a county, in order."""
    values: dict[str, set[str]] = {}
    for place in cube.places:
        if place.group not in (EVERYBODY, MIX):
            values.setdefault(place.group, set()).add(place.value)
    for group in sorted(values):
        if group in cube.axes.overlapping:
            yield from (Table(group, (value,)) for value in sorted(values[group]))
        else:
            yield Table(group, tuple(sorted(values[group])))


def count_table(cube: Cube, table: Table) -> Whole:
    """People by municipality, value (the rest last) and measure."""
    whole = count_places(cube, [Place(area) for area in cube.axes.areas])
    values = [
        count_places(cube, [Place(area, "", table.group, value) for area in cube.axes.areas])
        for value in table.values
    ]
    return np.stack([*values, whole - sum(values)], axis=1)


def count_places(cube: Cube, places: Sequence[Place]) -> Whole:
    """People by place and measure."""
    _, sums, _ = cube.select(places)
    return sums[..., N].sum(axis=1).astype(np.int64)


def find_shown_totals(cube: Cube, period: Period, totals: Reasons, measure: str) -> npt.NDArray[np.bool_]:
    """Whether everybody is shown, of each municipality and last of the county; an area of nobody is not."""
    areas = (*cube.axes.areas, cube.axes.county)
    where: list[Where] = [(period.code, Place(area), measure) for area in areas]
    return np.array([one in totals and totals[one] is None for one in where], dtype=bool)


def read_decided(
    cube: Cube, period: Period, table: Table, measure: str, decided: GroupsDecided
) -> Iterator[tuple[Where, HiddenReason | None]]:
    """The decisions of a table by place; cells of nobody are left out."""
    areas = list_areas(cube.axes, measure)
    rows = [*zip(areas, decided.municipalities, strict=False), (cube.axes.county, decided.county)]
    for area, row in rows:
        for value, reason in zip(table.values, row, strict=True):
            if not isinstance(reason, NoAnswers):
                yield (period.code, Place(area, "", table.group, value), measure), reason


def decide_group_years(
    year: Cube, second: Cube, period: Period, earlier: Earlier, decided: Reasons
) -> Reasons:
    """What may be seen of groups in a year, from the year's sums and those of its second half."""
    halves = [half.code for half in list_periods(PeriodKind.HALF_YEAR, period.first, period.last)]
    reasons: Reasons = {}
    for place in list_group_places(year):
        people = count_place(year, place)
        later = count_place(second, place)
        for number, measure in enumerate(year.axes.measures):
            if place.area not in (year.axes.county, *list_areas(year.axes, measure)):
                continue
            counts = (int(people[number] - later[number]), int(later[number]))
            parts = [
                find_reason((half, place, measure), earlier, decided) if n else NoAnswers()
                for half, n in zip(halves, counts, strict=True)
            ]
            found = decide_sum(parts)
            if not isinstance(found, NoAnswers):
                reasons[(period.code, place, measure)] = found
    return reasons


def list_group_places(cube: Cube) -> tuple[Place, ...]:
    """Every municipality's and the county's groups, in order."""
    groups = [place for place in cube.places if place.group not in (EVERYBODY, MIX)]
    cuts = {(place.group, place.value) for place in groups}
    county = [Place(cube.axes.county, "", group, value) for group, value in cuts]
    return tuple(sorted([*groups, *county]))


def count_place(cube: Cube, place: Place) -> Whole:
    """People by measure of one place; the county's are those of its municipalities."""
    areas = cube.axes.areas if place.area == cube.axes.county else (place.area,)
    return count_places(cube, [Place(a, "", place.group, place.value) for a in areas]).sum(axis=0)
