"""Which points of a series are chance, and which are not?

The door to control charts: `judge_series` and `judge_many` judge, `classify` says what the judgement means
now, `read_target` holds it against a target.
"""

from collections.abc import Sequence
from itertools import chain

import numpy.typing as npt

from analysis.control.findings import Finding, FindingKind, classify
from analysis.control.judged import ChartKind, Direction, Judged, Rule, Segment, Signal
from analysis.control.pieces import judge_piece, list_known, list_segments, list_signals
from analysis.control.series import check_counts, check_values, find_bounds, find_top, read_row
from analysis.control.targets import TargetStanding, read_target

__all__ = [
    "ChartKind",
    "Direction",
    "Finding",
    "FindingKind",
    "Judged",
    "Rule",
    "Segment",
    "Signal",
    "TargetStanding",
    "classify",
    "judge_many",
    "judge_series",
    "read_target",
]


def judge_series(
    values: Sequence[float | None],
    counts: Sequence[float | None] | None = None,
    *,
    chart: ChartKind,
    starts: Sequence[int] = (),
) -> Judged:
    """The segments, limits and signals of one series of consecutive periods; None is a gap.

    Values are scores 0-100, or for p-prime shares 0-1 with the number of answers behind each in `counts`.
    `starts` are the positions where the measure changed or a person restarted the limits: a new segment
    begins at each, and nothing is bridged. No periods: no segments. A segment without values has no centre;
    one without two neighbouring values has no limits; with fewer than 12 points (a run chart: 10 that do
    not lie on the median) it is on trial.

    On an XmR chart points break the rules in this precedence: outside the limits, trend, two of three,
    shift. A p-prime chart has the first rule only, a run chart a long run and few crossings. Limits are
    clipped to the scale, so that a series near its edge has no limit that cannot be reached.
    Raises ValueError when a value or count cannot be one, counts are missing or not wanted, or a start lies
    outside the series.
    """
    rows = None if counts is None else read_row(counts)
    return judge_many(read_row(values), rows, chart=chart, starts=starts)[0]


def judge_many(
    values: npt.ArrayLike,
    counts: npt.ArrayLike | None = None,
    *,
    chart: ChartKind,
    starts: Sequence[int] = (),
) -> tuple[Judged, ...]:
    """What `judge_series` says of each row of a matrix: one column for each period, NaN for a gap.

    The starts hold for every row: judge series with other breaks in a call of their own.
    Raises ValueError as `judge_series` does, and when the values are no matrix.
    """
    top = find_top(chart)
    matrix = check_values(values, top=top)
    sizes = check_counts(counts, matrix, chart=chart)
    segments: list[list[Segment]] = []
    signals: list[list[tuple[Signal | None, ...]]] = []
    for first, last in find_bounds(matrix.shape[1], starts):
        columns = slice(first, last + 1)
        piece = judge_piece(matrix[:, columns], None if sizes is None else sizes[:, columns], chart=chart)
        segments.append(list_segments(piece, first, top=top))
        signals.append(list_signals(piece))
    return tuple(
        Judged(
            chart,
            row,
            tuple(parts[place] for parts in segments),
            tuple(chain.from_iterable(parts[place] for parts in signals)),
        )
        for place, row in enumerate(list_known(matrix))
    )
