"""What is a line of published numbers?

The cells of one municipality or county for one dimension, one cell for each period. A line keeps the three
values of a cell apart, and knows the periods between its first and its last that have no cell at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure import Cell, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.periods import list_periods, parse_period


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A line's cell in one period (a period code)."""

    period: str
    cell: Cell[Estimate]


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A name and its points, all of one kind of period (months, say), each period at most once."""

    label: str
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class SecondLine:
    """The same cells made in another way: a name, and means 0-100 by period code where they are known.

    It says nothing of a cell that is not shown: see `align_means`.
    """

    label: str
    means: Mapping[str, float]


def list_shown(points: Sequence[TrendPoint]) -> dict[str, Estimate]:
    """The shown estimates by period code, in order of time. Raises ValueError as `sort_cells` does."""
    return {code: cell.value for code, cell in sort_cells(points).items() if isinstance(cell, Shown)}


def sort_cells(points: Sequence[TrendPoint]) -> dict[str, Cell[Estimate]]:
    """The cells by period code, in order of time.

    Raises ValueError when a code is no period, a period comes twice, or the points mix kinds of period.
    """
    cells = {parse_period(point.period): point.cell for point in points}
    if len(cells) < len(points):
        raise ValueError("A period comes twice on a line: give one cell for each period.")
    kinds = sorted({period.kind for period in cells})
    if len(kinds) > 1:
        raise ValueError(f"A line mixes {' and '.join(kinds)}: give one line for each kind of period.")
    return {period.code: cells[period] for period in sorted(cells)}


def list_codes(lines: Sequence[TrendLine]) -> list[str]:
    """Codes of every period from the first to the last point of the lines, those without points too.

    Raises ValueError when the points are not of one kind of period.
    """
    periods = [parse_period(code) for line in lines for code in sort_cells(line.points)]
    if not periods:
        return []
    kinds = {period.kind for period in periods}
    if len(kinds) > 1:
        raise ValueError("The lines have different kinds of period: compare months with months.")
    first, last = min(period.first for period in periods), max(period.last for period in periods)
    return [period.code for period in list_periods(kinds.pop(), first, last)]


def align_means(
    second: SecondLine, cells: Sequence[Cell[Estimate]], codes: Sequence[str]
) -> list[float | None]:
    """The second line's mean for each period code; None where it is not known or the cell is not shown."""
    return [
        second.means.get(code) if isinstance(cell, Shown) else None
        for code, cell in zip(codes, cells, strict=True)
    ]


def align_cells(line: TrendLine, codes: Sequence[str]) -> list[Cell[Estimate]]:
    """The line's cell for each period code; a period without a point has no answers."""
    cells = sort_cells(line.points)
    return [cells.get(code, NoAnswers()) for code in codes]


def find_runs(cells: Sequence[Cell[Estimate]]) -> list[dict[int, tuple[float, float]]]:
    """Unbroken runs of cells with an interval: place to (low, high)."""
    runs: list[dict[int, tuple[float, float]]] = [{}]
    for place, cell in enumerate(cells):
        if isinstance(cell, Shown) and cell.value.low is not None and cell.value.high is not None:
            runs[-1][place] = (cell.value.low, cell.value.high)
        elif runs[-1]:
            runs.append({})
    return [run for run in runs if run]


def find_alone(cells: Sequence[Cell[Estimate]]) -> list[bool]:
    """For each cell, whether it is shown with nothing shown on either side."""
    shown = [False, *(isinstance(cell, Shown) for cell in cells), False]
    return [
        here and not (before or after)
        for before, here, after in zip(shown, shown[1:], shown[2:], strict=False)
    ]
