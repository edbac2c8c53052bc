"""Which municipalities whose quarters are too thin may be shown for their whole year?

A year is otherwise the sum of its quarters, and hidden when one of them is. Once a year such municipalities
get their year's figure, one at a time and the greatest loss first, as long as nobody can be isolated by it
from everything that is shown of the year's months, quarters and units.

Beside the shown quarters a year's figure only says how many there are in the hidden ones together, so it is
one known row of a table with the year's months as columns, and the search of `analysis/isolation.py` over all
2 x 4,096 patterns is exact: no programme that could run out of time is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from analysis.block_options import MONTHS
from analysis.blocks import CountyQuarter, Decided, check_block, decide_county_quarter, decide_sum
from analysis.disclosure import LEAST_THRESHOLD, HiddenReason, NoAnswers
from analysis.isolation import (
    NOBODY,
    BoolArray,
    IntArray,
    find_smallest,
    free_shown_cells,
    list_allowed,
    price_known_rows,
    price_unknown_row,
)

Cell = TypeVar("Cell")
AnyArray = TypeVar("AnyArray", IntArray, BoolArray)


@dataclass(frozen=True)
class _Quarter:
    """What is shown of a quarter; arrays are by municipality in order of code, prices by pattern of b."""

    people: IntArray
    shown: BoolArray
    is_known: BoolArray
    least: IntArray
    positive: IntArray
    allowed: BoolArray


@dataclass(frozen=True)
class _Year:
    """One county's year with what is shown of it, municipalities in order of code, months 0 to 11.

    `hidden` is people in hidden quarters (municipalities, months), `shown` which months' cells are shown.
    Prices are (municipalities, signs, patterns of the year), of all quarters.
    """

    quarters: Sequence[_Quarter]
    hidden: IntArray
    shown: BoolArray
    least: IntArray
    positive: IntArray
    allowed: BoolArray


def decide_thin_years(
    quarters: Sequence[CountyQuarter], decided: Sequence[Decided], *, threshold: int
) -> dict[str, HiddenReason | None]:
    """What is shown of every municipality's year that has people: None when it is, by sum or by its own row.

    `quarters` are the closed quarters of the year, one to four, and `decided` what was decided of each. A
    higher threshold shows the same or less: a row is only tried if its year is shown at the threshold below,
    down to the least. Should what was decided give away fewer than `threshold` people, no row is shown.

    Raises ValueError when the quarters are not closed, or not as `CountyQuarter` says, or the threshold is
    below the least.
    """
    if (
        not 1 <= len(quarters) <= 4
        or len(quarters) != len(decided)
        or any(q.closed < MONTHS for q in quarters)
    ):
        raise ValueError("A year's rows are decided from one to four closed quarters and their decisions.")
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"Threshold {threshold} is too low: the least is {LEAST_THRESHOLD} people.")
    for quarter in quarters:
        check_block(quarter)
    areas = tuple(sorted({area for quarter in quarters for area in quarter.areas}))
    by_sum = _find_shown(decided, areas)
    tried = set(areas)
    level = LEAST_THRESHOLD
    while level < threshold and tried - by_sum:
        simulated = [decide_county_quarter(quarter, threshold=level) for quarter in quarters]
        shown, smallest = _show_years(quarters, simulated, areas, tried, level)
        tried &= shown
        level = max(level, smallest) + 1
    shown = by_sum
    if tried - by_sum:
        shown, _ = _show_years(quarters, decided, areas, tried, threshold)
    year = _sum_years(quarters, areas)
    return {a: None if a in shown else _name_reason(n, threshold) for a, n in year.items() if n}


def _name_reason(people: int, threshold: int) -> HiddenReason:
    return HiddenReason.TOO_FEW if people < threshold else HiddenReason.PROTECTS_ANOTHER


def _sum_years(quarters: Sequence[CountyQuarter], areas: Sequence[str]) -> Mapping[str, int]:
    """People by municipality."""
    year = dict.fromkeys(areas, 0)
    for quarter in quarters:
        for area, people in zip(quarter.areas, quarter.people.sum(axis=1).tolist(), strict=True):
            year[area] += people
    return year


def _show_years(
    quarters: Sequence[CountyQuarter],
    decided: Sequence[Decided],
    areas: Sequence[str],
    tried: set[str],
    threshold: int,
) -> tuple[set[str], int]:
    """Whose years are shown at a threshold, by sum or by a row, and the smallest group given away."""
    by_sum = _find_shown(decided, areas)
    year = _price_year(quarters, decided, areas)
    smallest = find_smallest(year.least, year.positive, year.allowed)
    lost = np.where(year.shown, 0, year.hidden).sum(axis=1)
    thin = [i for i, area in enumerate(areas) if area in tried - by_sum and year.hidden[i].any()]
    rows: set[str] = set()
    for area in sorted(thin, key=lambda i: (-int(lost[i]), areas[i])):
        before = year.least[area].copy(), year.positive[area].copy()
        year.least[area], year.positive[area] = _price_with_row(year, area)
        with_row = find_smallest(year.least, year.positive, year.allowed)
        if with_row >= threshold:
            smallest = with_row
            rows.add(areas[area])
        else:
            year.least[area], year.positive[area] = before
    return by_sum | rows, smallest


def _find_shown(decided: Sequence[Decided], areas: Sequence[str]) -> set[str]:
    """Whose years are shown as the sum of their quarters, or have nobody to hide."""
    sums = {
        area: decide_sum(d.municipality_quarters.get(area, NoAnswers()) for d in decided) for area in areas
    }
    return {area for area, decision in sums.items() if not isinstance(decision, HiddenReason)}


def _price_with_row(year: _Year, area: int) -> tuple[IntArray, IntArray]:
    """Prices of a municipality (signs, patterns) when its year's row is shown too."""
    row = price_known_rows(year.hidden[area][None, :])
    least, positive = (free_shown_cells(prices, year.shown[area]) for prices in row)
    nothing, nobody = np.zeros_like(year.quarters[0].least[area]), np.full_like(row[0][:, :1], NOBODY)
    known_least = [q.least[area] if q.is_known[area] else nothing for q in year.quarters]
    known_positive = [q.positive[area] if q.is_known[area] else nobody + nothing for q in year.quarters]
    return (
        _spread(known_least, np.add) + least,
        np.minimum(_spread(known_positive, np.minimum), positive),
    )


def _spread(parts: Sequence[AnyArray], join: np.ufunc) -> AnyArray:
    """Numbers by pattern of each quarter (..., patterns), joined for every pattern of the year.

    Months are the bits of a pattern's number, so that the first quarter's patterns change fastest.
    """
    whole = parts[0]
    for part in parts[1:]:
        whole = join(part[..., :, None], whole[..., None, :])
        whole = whole.reshape(*whole.shape[:-2], -1)
    return whole


def _price_year(quarters: Sequence[CountyQuarter], decided: Sequence[Decided], areas: Sequence[str]) -> _Year:
    priced = [_price_quarter(quarter, d, areas) for quarter, d in zip(quarters, decided, strict=True)]
    return _Year(
        priced,
        np.concatenate([np.where(q.is_known[:, None], 0, q.people) for q in priced], axis=1),
        np.concatenate([q.shown for q in priced], axis=1),
        _spread([q.least for q in priced], np.add),
        _spread([q.positive for q in priced], np.minimum),
        _spread([q.allowed for q in priced], np.logical_and),
    )


def _price_quarter(quarter: CountyQuarter, decided: Decided, areas: Sequence[str]) -> _Quarter:
    months, quarters = decided.municipality_months, decided.municipality_quarters
    shown = np.array([[_is_shown(months, (area, m)) for m in range(MONTHS)] for area in areas], np.bool_)
    is_known = np.array([_is_shown(quarters, area) for area in areas], np.bool_)
    rows = _list_rows(quarter, decided, areas)
    people = rows.sum(axis=1)
    least, positive = (
        free_shown_cells(np.where(is_known[:, None, None], known, unknown), shown)
        for known, unknown in zip(price_known_rows(rows), price_unknown_row(people), strict=True)
    )
    county = np.array([_is_shown(decided.county_months, m) for m in range(MONTHS)], np.bool_)
    allowed = list_allowed(county, total_shown=decided.county_quarter is None)
    return _Quarter(people, shown, is_known, least, positive, allowed)


def _is_shown(decided: Mapping[Cell, HiddenReason | None], cell: Cell) -> bool:
    return cell in decided and decided[cell] is None


def _list_rows(quarter: CountyQuarter, decided: Decided, areas: Sequence[str]) -> IntArray:
    """People by municipality, row and month: what is left of the units, then every shown unit."""
    number = {area: i for i, area in enumerate(areas)}
    used = [1] * len(areas)
    rows = np.zeros((len(areas), 1 + len(quarter.units), MONTHS), np.int64)
    for area, unit, people in zip(quarter.areas, quarter.units, quarter.people, strict=True):
        place = 0
        if _is_shown(decided.unit_quarters, (area, unit)):
            place = used[number[area]]
            used[number[area]] += 1
        rows[number[area], place] += people
    return rows[:, : max(used, default=1)]
