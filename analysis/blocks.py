"""What is shown of a county's quarter, as its months close?

Three things are decided, each once: a month's cells when it closes, and with the third month also the quarter
of the county, its municipalities and their units. Unit x month is never shown. A cell is hidden when it has
fewer people than the threshold, and further cells until the smallest group that can be computed exactly from
everything that is shown (`analysis/isolation.py`) has at least the threshold.

A higher threshold shows the same or less: what is decided at one threshold starts from what would be shown at
the one below, down to the least.

Source: cell suppression and its audit, Hundepool et al. 2012, Statistical Disclosure Control, chapter 4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from analysis.block_choice import Choice, choose_quarter, start_choice
from analysis.block_options import MONTHS, QuarterOptions, list_options
from analysis.disclosure import LEAST_THRESHOLD, Decision, HiddenReason, NoAnswers
from analysis.isolation import BoolArray, IntArray


@dataclass(frozen=True)
class CountyQuarter:
    """The people of one county in one quarter who have a value for one measure.

    `areas` and `units` name the rows, each pair once; unit "" is people without a unit. `people` is (rows, 3
    months), 0 for nobody and in months that are not closed. `closed` is how many months are closed, 1 to 3.
    """

    areas: tuple[str, ...]
    units: tuple[str, ...]
    people: IntArray
    closed: int


@dataclass(frozen=True)
class Seen:
    """What this audience was shown of the quarter's earlier months; months are 0, 1, 2."""

    municipality_months: frozenset[tuple[str, int]] = frozenset()
    county_months: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Decided:
    """Why cells are hidden, None where they are shown; cells without people are not named.

    Months are 0 to closed - 1, the earlier ones as they were seen. The quarter's mappings are empty until its
    third month closes, and `county_quarter` is then NoAnswers too, as it is when nobody answered.
    """

    municipality_months: Mapping[tuple[str, int], HiddenReason | None]
    county_months: Mapping[int, HiddenReason | None]
    municipality_quarters: Mapping[str, HiddenReason | None]
    county_quarter: Decision
    unit_quarters: Mapping[tuple[str, str], HiddenReason | None]


@dataclass(frozen=True)
class _Shown:
    """Which cells are shown: months by (municipality, month) and by month, and the quarter's choice."""

    cells: BoolArray
    county: BoolArray
    choice: Choice | None


def decide_county_quarter(block: CountyQuarter, *, threshold: int, seen: Seen | None = None) -> Decided:
    """What is shown and hidden of a county's quarter, at the closing of its month number `closed`.

    With `seen`, the earlier months count as that; without, as what this function decides for them. Should
    what was seen give away fewer than `threshold` people by itself, nothing is added to it. The order of the
    rows does not matter: among equals the first code is hidden.

    Raises ValueError when the block is not as `CountyQuarter` says or the threshold is below the least.
    """
    check_block(block)
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"Threshold {threshold} is too low: the least is {LEAST_THRESHOLD} people.")
    if not block.people.any():
        return Decided({}, {}, {}, NoAnswers(), {})
    options = list_options(block.areas, block.units, block.people)
    shown = _show_everything(options, joint=block.closed == MONTHS)
    level = LEAST_THRESHOLD
    while level < threshold:
        shown, smallest = _hide_at(options, shown, level, months=range(block.closed))
        level = max(level, smallest) + 1
    if seen is not None:
        shown = _take_seen(options, shown, seen, months=range(block.closed - 1))
    months = range(0 if seen is None else block.closed - 1, block.closed)
    shown, _ = _hide_at(options, shown, threshold, months=months)
    return _name_cells(options, shown, block.closed, threshold)


def decide_sum(parts: Iterable[Decision]) -> Decision:
    """What is shown of a longer period or a sum of tables: all or nothing, so that it tells nothing new.

    None (shown) when every part that has people is shown, NoAnswers when no part has people. A hidden sum is
    TOO_FEW when all its parts are, else it protects a part.
    """
    with_people = [part for part in parts if not isinstance(part, NoAnswers)]
    if not with_people:
        return NoAnswers()
    if all(part is None for part in with_people):
        return None
    too_few = all(part is HiddenReason.TOO_FEW for part in with_people)
    return HiddenReason.TOO_FEW if too_few else HiddenReason.PROTECTS_ANOTHER


def check_block(block: CountyQuarter) -> None:
    """Raises ValueError when a block is not as `CountyQuarter` says."""
    rows = list(zip(block.areas, block.units, strict=True))
    if block.people.shape != (len(rows), MONTHS) or not 1 <= block.closed <= MONTHS:
        raise ValueError("A quarter is a row for every unit, three months, one to three of them closed.")
    if len(set(rows)) != len(rows):
        raise ValueError("A unit stands twice in a quarter: add its rows together.")
    if (block.people < 0).any() or block.people[:, block.closed :].any():
        raise ValueError("A count is negative or in a month that is not closed: count the answers again.")


def _show_everything(options: QuarterOptions, *, joint: bool) -> _Shown:
    areas = len(options.areas)
    choice = start_choice(areas, options.places) if joint else None
    return _Shown(np.ones((areas, MONTHS), bool), np.ones(MONTHS, bool), choice)


def _take_seen(options: QuarterOptions, shown: _Shown, seen: Seen, *, months: range) -> _Shown:
    """The same with the earlier months as they were really shown."""
    cells, county = shown.cells.copy(), shown.county.copy()
    for month in months:
        cells[:, month] = [(area, month) in seen.municipality_months for area in options.areas]
        county[month] = month in seen.county_months
    return _Shown(cells, county, shown.choice)


def _hide_at(options: QuarterOptions, shown: _Shown, threshold: int, *, months: range) -> tuple[_Shown, int]:
    """What stays shown at a threshold when these months are decided, and the smallest group given away.

    Without the quarter's choice the threshold stands for the group: months are decided one level at a time.
    """
    cells, county = shown.cells.copy(), shown.county.copy()
    for month in months:
        if shown.choice is None or month < MONTHS - 1:
            people = options.months[:, month]
            cells[:, month], county[month] = _hide_in_month(people, cells[:, month], county[month], threshold)
    if shown.choice is None:
        return _Shown(cells, county, None), threshold
    choice, smallest = choose_quarter(options, shown.choice, cells, county, threshold)
    cells[:, MONTHS - 1], county[MONTHS - 1] = choice.last_month, choice.county_month
    return _Shown(cells, county, choice), smallest


def _hide_in_month(
    people: IntArray, shown: BoolArray, county: bool | np.bool_, threshold: int
) -> tuple[BoolArray, bool]:
    """Which municipalities stay shown in a month that closes by itself, and whether the county does.

    The hidden ones hold nobody together or at least the threshold: one cell more, the smallest, is enough.
    """
    county_stays = bool(county) and int(people.sum()) >= threshold
    stays = shown & (people >= threshold)
    if county_stays and 0 < people[~stays].sum() < threshold and stays.any():
        stays[int(np.where(stays, people, np.iinfo(np.int64).max).argmin())] = False
    return stays, county_stays


def _name_cells(options: QuarterOptions, shown: _Shown, closed: int, threshold: int) -> Decided:
    """The decisions by code, of the cells that have people."""

    def decide(people: int | np.int64, is_shown: bool | np.bool_) -> HiddenReason | None:
        if is_shown:
            return None
        return HiddenReason.TOO_FEW if people < threshold else HiddenReason.PROTECTS_ANOTHER

    people, county, choice = options.months, options.months.sum(axis=0), shown.choice
    quarter = people.sum(axis=1)
    months = {
        (area, month): decide(people[i, month], shown.cells[i, month])
        for i, area in enumerate(options.areas)
        for month in range(closed)
        if people[i, month]
    }
    county_months = {m: decide(county[m], shown.county[m]) for m in range(closed) if county[m]}
    if choice is None:
        return Decided(months, county_months, {}, NoAnswers(), {})
    quarters_shown, units_shown = choice.quarters, choice.units
    quarters = {
        area: decide(quarter[i], quarters_shown[i]) for i, area in enumerate(options.areas) if quarter[i]
    }
    whole = decide(county.sum(), choice.county_quarter) if county.sum() else NoAnswers()
    units = {
        (options.areas[i], unit): decide(n, units_shown[i, place])
        for i, place, unit, n in options.list_units()
    }
    return Decided(months, county_months, quarters, whole, units)
