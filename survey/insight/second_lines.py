"""What would an area's numbers be, made in another way?

A second line beside the published one, chosen by the reader: unweighted, adjusted for who answered, or pulled
towards the county where there are few answers. It is known only where the number itself is shown, and is made
of cells that its reader may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from analysis.shrinkage import shrink_means
from survey.areas import Area, Areas
from survey.insight.audience import Audience, find_reason, round_score
from survey.insight.choice import Choice, Second
from survey.insight.measured import Figure
from survey.store import publications
from survey.store.database import Connection
from survey.store.publications import Cell

Means = Mapping[tuple[str, str], float]  # 0-100, by measure and period; what is not there is not known


def find_second_means(
    connection: Connection,
    choice: Choice,
    area: Area,
    cells: Sequence[Cell],
    *,
    areas: Areas,
    audience: Audience,
) -> Means:
    """The second line's means of an area, as its reader is shown them; none when no second line is chosen.

    `cells` are the published ones of the area and what it is compared with. A county is neither adjusted nor
    pulled: both are about how municipalities differ. Beside shares there is no second line.
    """
    if choice.figure is Figure.SHARE:
        return {}
    if choice.second is Second.SHRUNK:
        means = shrink_area(list_neighbours(connection, choice, area, cells, areas), area.code, audience)
    else:
        means = read_means(choice.second, (one for one in cells if one.area == area.code), audience)
    return {where: round_score(mean, audience.decimals) for where, mean in means.items()}


def read_means(second: Second, cells: Iterable[Cell], audience: Audience) -> dict[tuple[str, str], float]:
    """The numbers that were published beside the estimates."""
    found: dict[tuple[str, str], float] = {}
    for cell in cells:
        mean = {Second.UNWEIGHTED: cell.raw, Second.ADJUSTED: cell.adjusted}.get(second)
        if mean is not None and find_reason(cell, audience) is None:
            found[(cell.measure, cell.period)] = mean
    return found


def list_neighbours(
    connection: Connection, choice: Choice, area: Area, cells: Sequence[Cell], areas: Areas
) -> tuple[Cell, ...]:
    """The cells of the municipalities of an area's county, of the measures and periods of its own cells."""
    mine = [one for one in cells if one.area == area.code]
    if area.parent is None or not mine:
        return ()
    return publications.list_cells(
        connection,
        survey=choice.survey,
        areas=[one.code for one in areas.within(area.parent)],
        kind=choice.kind,
        first=min(one.period for one in mine),
        last=max(one.period for one in mine),
        measures=sorted({one.measure for one in mine}),
    )


def shrink_area(cells: Iterable[Cell], area: str, audience: Audience) -> dict[tuple[str, str], float]:
    """The shrunk means of one municipality, from the shown cells of all in its county, period by period.

    A cell's `sd` carries its weights, so that sd / sqrt(n) is the mean's standard error; what goes in here is
    the spread between people, and the weights come in by the effective number.
    """
    shown = [one for one in cells if find_reason(one, audience) is None and one.n and one.mean is not None]
    rows = {code: row for row, code in enumerate(sorted({one.area for one in shown}))}
    columns = {where: number for number, where in enumerate(sorted({(c.measure, c.period) for c in shown}))}
    if area not in rows:
        return {}
    shape = (len(rows), len(columns))
    n, mean, sd, effective = (np.zeros(shape, dtype=kind) for kind in (np.int64, float, float, float))
    for cell in shown:
        at = (rows[cell.area], columns[(cell.measure, cell.period)])
        n[at], mean[at] = cell.n or 0, cell.mean or 0.0
        effective[at] = cell.n_effective or cell.n or 0
        sd[at] = (cell.sd or 0.0) * np.sqrt(effective[at] / n[at])
    shrunk = shrink_means(n, mean, sd, effective).mean[rows[area]]
    return {where: float(shrunk[number]) for where, number in columns.items() if not np.isnan(shrunk[number])}
