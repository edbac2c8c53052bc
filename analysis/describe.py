"""What does a line say, as facts?

A line is a municipality's (or a county's) published numbers over time. The facts here carry a kind and the
numbers behind it; the sentence is made where it is read, in the reader's language. No change and no
difference is claimed when the interval covers 0, or when no interval can be had.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from analysis.disclosure import Hidden, HiddenReason
from analysis.estimates import Estimate
from analysis.intervals import LEVEL, bound_mean_difference
from analysis.lines import TrendLine, TrendPoint, list_shown, sort_cells
from analysis.periods import shift_year

K = TypeVar("K", bound=StrEnum)


class LineKind(StrEnum):
    """What a line says about its latest shown period."""

    NO_ANSWERS = "no_answers"
    ALL_HIDDEN = "all_hidden"
    ONE_POINT = "one_point"
    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_CHANGE = "no_clear_change"


class ComparisonKind(StrEnum):
    """How a line lies against another."""

    ABOVE = "above"
    BELOW = "below"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class LineFact:
    """What a line says. Means 0-100; the difference is later minus earlier, in points.

    With no shown point only `kind` is set, and when points are hidden `threshold` (people) and the latest
    hidden one's `reason`; with one point `period` and `mean` too. `year_before` tells whether the earlier
    period is the same one a year before, or else the line's first. `low` and `high` are None when no interval
    can be had.
    """

    kind: LineKind
    period: str | None = None
    mean: float | None = None
    earlier_period: str | None = None
    earlier_mean: float | None = None
    year_before: bool = False
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    threshold: int | None = None
    reason: HiddenReason | None = None


@dataclass(frozen=True, slots=True)
class ComparisonFact:
    """How a line lies against another in one period. Means 0-100; the difference (line - other) in points.

    With nothing to compare only `kind` is set; `low` and `high` are None when no interval can be had.
    """

    kind: ComparisonKind
    period: str | None = None
    mean: float | None = None
    other_mean: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None


def describe_line(points: Sequence[TrendPoint], *, level: float = LEVEL) -> LineFact:
    """What the latest shown point says against the same period a year before, or else the first shown point.

    Points may come in any order. Hidden points are passed over, never counted as a value.
    """
    shown = list_shown(points)
    if not shown:
        return _describe_nothing(points)
    period, now = next(reversed(shown.items()))
    if len(shown) == 1:
        return LineFact(LineKind.ONE_POINT, period=period, mean=now.mean)
    year_before = _find_year_before(period)
    earlier_period = year_before if year_before in shown else next(iter(shown))
    before = shown[earlier_period]
    low, high = bound_difference(now, before, level=level)
    return LineFact(
        _choose_kind(low, high, LineKind.HIGHER, LineKind.LOWER, LineKind.NO_CLEAR_CHANGE),
        period=period,
        mean=now.mean,
        earlier_period=earlier_period,
        earlier_mean=before.mean,
        year_before=earlier_period == year_before,
        difference=now.mean - before.mean,
        low=low,
        high=high,
    )


def compare_with(line: TrendLine, other: TrendLine, *, level: float = LEVEL) -> ComparisonFact:
    """How the line lies against the other in the latest period where both are shown.

    The other line is usually the county, and the municipality is part of it. The interval treats them as two
    groups of different people. That is the careful side: with m people of the county's c, the true variance
    of municipality - county is that of two groups less 2 m/c times the municipality's, so the interval here
    is never too narrow, and a municipality that is nearly its whole county is never said to differ from it.
    """
    shown, others = list_shown(line.points), list_shown(other.points)
    period = next((code for code in reversed(shown) if code in others), None)
    if period is None:
        return ComparisonFact(ComparisonKind.CANNOT_SAY)
    here, there = shown[period], others[period]
    low, high = bound_difference(here, there, level=level)
    kind = _choose_kind(
        low, high, ComparisonKind.ABOVE, ComparisonKind.BELOW, ComparisonKind.NO_CLEAR_DIFFERENCE
    )
    return ComparisonFact(
        ComparisonKind.CANNOT_SAY if low is None else kind,
        period=period,
        mean=here.mean,
        other_mean=there.mean,
        difference=here.mean - there.mean,
        low=low,
        high=high,
    )


def bound_difference(
    one: Estimate, other: Estimate, *, level: float = LEVEL
) -> tuple[float | None, float | None]:
    """Welch interval of one mean minus the other, in points; None and None when there is none to be had.

    There is none when an estimate has no standard deviation, or neither has any spread.
    """
    if one.sd is None or other.sd is None:
        return None, None
    low, high = bound_mean_difference(one.n, one.mean, one.sd, other.n, other.mean, other.sd, level=level)
    if low != low:
        return None, None
    return float(low), float(high)


def _describe_nothing(points: Sequence[TrendPoint]) -> LineFact:
    """The fact of a line without a shown point: hidden if anything is hidden, else without answers."""
    hidden = [cell for cell in sort_cells(points).values() if isinstance(cell, Hidden)]
    if not hidden:
        return LineFact(LineKind.NO_ANSWERS)
    threshold = max(cell.threshold for cell in hidden)
    return LineFact(LineKind.ALL_HIDDEN, threshold=threshold, reason=hidden[-1].reason)


def _find_year_before(period: str) -> str | None:
    """Code of the same period a year before; None in the calendar's first year."""
    return None if period.startswith("0001") else shift_year(period, -1)


def _choose_kind(low: float | None, high: float | None, up: K, down: K, unclear: K) -> K:
    """`up` when the whole interval lies above 0, `down` when below; an end at 0 covers 0."""
    if low is not None and low > 0:
        return up
    if high is not None and high < 0:
        return down
    return unclear
