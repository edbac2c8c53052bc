"""In which municipalities and periods may it be told what people wrote about?

Comments are counted by municipality and quarter; a municipality's year, the county and the county's year are
sums of these. A number needs `THEMES_LEAST` comments, and no sum or difference of what is shown may be about
fewer. The search is that of `analysis/isolation.py`: a municipality is an area of one row, which is known
when its year is shown; its cells are its quarters; the columns are the county's quarters.

Source: design of this project, privacy 2; difference attacks: Hundepool et al. 2012, chapters 4 and 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.isolation import (
    IntArray,
    find_smallest,
    free_shown_cells,
    list_allowed,
    price_known_rows,
    price_unknown_row,
)

THEMES_LEAST = 20
"""Comments. Fewer are not counted by theme. Source: privacy 2."""


@dataclass(frozen=True)
class ShownThemes:
    """What is shown of a county's quarters: cells (municipality, quarter), years, quarters of the county.

    `columns` are the numbers of quarters whose county sum is shown; `total` whether the county's year is.
    """

    cells: frozenset[tuple[str, int]] = frozenset()
    rows: frozenset[str] = frozenset()
    columns: frozenset[int] = frozenset()
    total: bool = False


def find_smallest_told(comments: Mapping[str, Sequence[int]], shown: ShownThemes) -> int:
    """The fewest comments that somebody can count by adding and subtracting; NOBODY when none can be.

    `comments` are those of each municipality by quarter, one to four quarters.
    """
    areas = sorted(comments)
    people = np.array([comments[area] for area in areas], np.int64)
    quarters = people.shape[1]
    least: list[IntArray] = []
    positive: list[IntArray] = []
    for area, row in zip(areas, people, strict=True):
        known = area in shown.rows
        prices = price_known_rows(row[None, :]) if known else price_unknown_row(row)
        free = np.array([(area, quarter) in shown.cells for quarter in range(quarters)], np.bool_)
        least.append(free_shown_cells(prices[0], free))
        positive.append(free_shown_cells(prices[1], free))
    columns = np.array([quarter in shown.columns for quarter in range(quarters)], np.bool_)
    return find_smallest(np.stack(least), np.stack(positive), list_allowed(columns, total_shown=shown.total))


def decide_quarter(
    comments: Mapping[str, Sequence[int]], earlier: ShownThemes, *, least: int = THEMES_LEAST
) -> ShownThemes:
    """What may be shown when the last of some quarters is over, beside what was shown of the earlier ones.

    Of the municipalities that have enough the smallest are held back until nothing smaller than `least` can
    be counted; the county's sum when holding back every municipality is not enough.
    """
    quarter = len(next(iter(comments.values()), ())) - 1
    sizes = {area: row[-1] for area, row in comments.items() if row[-1] >= least}
    together = sum(row[-1] for row in comments.values())
    columns = earlier.columns | {quarter} if together >= least else earlier.columns
    shown = replace(earlier, cells=earlier.cells | {(area, quarter) for area in sizes}, columns=columns)
    for area in sorted(sizes, key=lambda one: (sizes[one], one)):
        if find_smallest_told(comments, shown) >= least:
            return shown
        shown = replace(shown, cells=shown.cells - {(area, quarter)})
    if find_smallest_told(comments, shown) >= least:
        return shown
    return replace(shown, columns=shown.columns - {quarter})


def decide_year(
    comments: Mapping[str, Sequence[int]], earlier: ShownThemes, *, least: int = THEMES_LEAST
) -> ShownThemes:
    """What may be shown when a year is over, beside its quarters: municipalities' years, and the county's."""
    sizes = {area: sum(row) for area, row in comments.items() if sum(row) >= least}
    total = sum(map(sum, comments.values())) >= least
    shown = replace(earlier, rows=frozenset(sizes), total=total)
    for area in sorted(sizes, key=lambda one: (sizes[one], one)):
        if find_smallest_told(comments, shown) >= least:
            return shown
        shown = replace(shown, rows=shown.rows - {area})
    if find_smallest_told(comments, shown) >= least:
        return shown
    return replace(shown, total=False)
