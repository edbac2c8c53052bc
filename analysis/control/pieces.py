"""What are the limits and signals of one segment, for many series at once?

Matrices have one row for each series and one column for each period of the segment; NaN is a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.control.judged import ChartKind, Direction, Rule, Segment, Signal
from analysis.control.limits import (
    Floats,
    Limits,
    find_near_limits,
    find_score_limits,
    find_share_limits,
)
from analysis.control.rules import Marks, mark_outside, mark_shifts, mark_trends, mark_two_of_three
from analysis.control.runs import MIN_USEFUL, find_median, find_runs

MIN_POINTS = 12
"""Points of a segment below which its limits are trial limits. Provost and Murray 2011; NHS England.

So are limits of fewer moving ranges than so many points in a row have: gaps take ranges away."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of many series: limits and near limits (not clipped), and the marks of each rule in force.

    The rules stand in their precedence; a mark is -1, 0 or 1.
    """

    values: Floats
    limits: Limits
    near: tuple[Floats, Floats]
    is_trial: npt.NDArray[np.bool_]
    marks: tuple[tuple[Rule, Marks], ...]


def judge_piece(values: Floats, counts: Floats | None, *, chart: ChartKind) -> Piece:
    """The segment judged by the chart's own limits and rules; `counts` are there when it is p-prime."""
    if chart is ChartKind.RUN:
        return _judge_runs(values)
    limits = find_score_limits(values) if counts is None else find_share_limits(values, counts)
    marks = [(Rule.OUTSIDE_LIMITS, mark_outside(values, limits))]
    if chart is ChartKind.XMR:
        marks += [
            (Rule.TREND, mark_trends(values)),
            (Rule.TWO_OF_THREE, mark_two_of_three(values, limits)),
            (Rule.SHIFT, mark_shifts(values, limits.centre)),
        ]
    shown = ~np.isnan(values)
    ranges = np.sum(shown[:, 1:] & shown[:, :-1], axis=1)
    is_trial = (np.sum(shown, axis=1) < MIN_POINTS) | (ranges < MIN_POINTS - 1)
    return Piece(values, limits, find_near_limits(limits), is_trial, tuple(marks))


def _judge_runs(values: Floats) -> Piece:
    """The segment on a run chart: a median, no limits."""
    median = find_median(values)
    runs = find_runs(values, median)
    nowhere = np.full(values.shape, np.nan)
    marks = ((Rule.LONG_RUN, runs.long_marks), (Rule.FEW_CROSSINGS, runs.few_marks))
    return Piece(
        values, Limits(median, nowhere, nowhere), (nowhere, nowhere), runs.useful < MIN_USEFUL, marks
    )


def list_segments(piece: Piece, first: int, *, top: float) -> list[Segment]:
    """The segment of each series, beginning at the position `first`, its limits clipped to 0 to `top`."""
    edges = (piece.limits.low, piece.limits.high, *piece.near)
    columns = [list_known(np.clip(edge, 0, top)) for edge in edges]
    shown = np.sum(~np.isnan(piece.values), axis=1)
    last = first + piece.values.shape[1] - 1
    return [
        Segment(first, last, int(number), centre[0], low, high, near_low, near_high, bool(is_trial))
        for number, centre, low, high, near_low, near_high, is_trial in zip(
            shown, list_known(piece.limits.centre), *columns, piece.is_trial, strict=True
        )
    ]


def list_signals(piece: Piece) -> list[tuple[Signal | None, ...]]:
    """For each series the signal of each period of the segment: the first in precedence of its marks."""
    codes = np.zeros(piece.values.shape, dtype=np.int64)
    names: list[Signal | None] = [None]
    for rule, marks in piece.marks:
        for sign, direction in ((1, Direction.UP), (-1, Direction.DOWN)):
            codes[(marks == sign) & (codes == 0)] = len(names)
            names.append(Signal(rule, direction))
    rows: list[list[int]] = codes.tolist()  # type: ignore[assignment]  # two dimensions
    return [tuple(names[code] for code in row) for row in rows]


def list_known(matrix: Floats) -> Sequence[tuple[float | None, ...]]:
    """The rows of a matrix, with None for NaN."""
    rows: list[list[float]] = matrix.tolist()  # type: ignore[assignment]  # two dimensions
    return [tuple(None if number != number else number for number in row) for row in rows]
