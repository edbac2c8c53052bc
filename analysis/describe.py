"""What does a line say, as facts?

A line is a municipality's (or a county's) published numbers over time. The facts here carry a kind and the
numbers behind it; the sentence is made where it is read, in the reader's language. No change and no
difference is claimed when the interval covers 0, or when no interval can be had.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from analysis.differences import Difference, compare_means
from analysis.disclosure import Hidden, HiddenReason
from analysis.intervals import LEVEL
from analysis.lines import TrendLine, TrendPoint, list_shown, sort_cells
from analysis.many_tests import find_claims
from analysis.periods import shift_year

K = TypeVar("K", bound=StrEnum)
Compare = Callable[..., Difference]  # of two estimates at a `level`


class LineKind(StrEnum):
    """What a line says about its latest shown period.

    The last four are for who knows more of the line than two of its periods: ONE_CHOSEN that there are others
    beside the one point; CHANCE, ON_TRIAL and FEW_ANSWERS why a difference is not claimed as a change.
    """

    NO_ANSWERS = "no_answers"
    ALL_HIDDEN = "all_hidden"
    ONE_POINT = "one_point"
    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_CHANGE = "no_clear_change"
    ONE_CHOSEN = "one_chosen"
    CHANCE = "chance"
    ON_TRIAL = "on_trial"
    FEW_ANSWERS = "few_answers"


class ComparisonKind(StrEnum):
    """How a line lies against another."""

    ABOVE = "above"
    BELOW = "below"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    CANNOT_SAY = "cannot_say"


CHANGES = (LineKind.HIGHER, LineKind.LOWER)
DIFFERENCES = (ComparisonKind.ABOVE, ComparisonKind.BELOW)


@dataclass(frozen=True, slots=True)
class LineFact:
    """What a line says. Means 0-100; the difference is later minus earlier, in points.

    With no shown point only `kind` is set, and when points are hidden `threshold` (people) and the latest
    hidden one's `reason`; with one point `period` and `mean` too. `year_before` tells whether the earlier
    period is the same one a year before, or else the line's first. `low`, `high` and `p`, the p-value of no
    difference (0-1), are None when no interval can be had.
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
    p: float | None = None


@dataclass(frozen=True, slots=True)
class ComparisonFact:
    """How a line lies against another in one period. Means 0-100; the difference (line - other) in points.

    With nothing to compare only `kind` is set; `low`, `high` and `p` are None when no interval can be had.
    """

    kind: ComparisonKind
    period: str | None = None
    mean: float | None = None
    other_mean: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


def describe_line(
    points: Sequence[TrendPoint], *, level: float = LEVEL, compare: Compare = compare_means
) -> LineFact:
    """What the latest shown point says against the same period a year before, or else the first shown point.

    Points may come in any order. Hidden points are passed over, never counted as a value. `compare` is for
    what the points are: means or shares.
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
    found = compare(now, before, level=level)
    return LineFact(
        _choose_kind(found, LineKind.HIGHER, LineKind.LOWER, LineKind.NO_CLEAR_CHANGE),
        period=period,
        mean=now.mean,
        earlier_period=earlier_period,
        earlier_mean=before.mean,
        year_before=earlier_period == year_before,
        difference=found.points,
        low=found.low,
        high=found.high,
        p=found.p,
    )


def compare_with(
    line: TrendLine, other: TrendLine, *, level: float = LEVEL, compare: Compare = compare_means
) -> ComparisonFact:
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
    found = compare(here, there, level=level)
    kind = _choose_kind(found, ComparisonKind.ABOVE, ComparisonKind.BELOW, ComparisonKind.NO_CLEAR_DIFFERENCE)
    return ComparisonFact(
        ComparisonKind.CANNOT_SAY if found.low is None else kind,
        period=period,
        mean=here.mean,
        other_mean=there.mean,
        difference=found.points,
        low=found.low,
        high=found.high,
        p=found.p,
    )


def keep_clear(facts: Sequence[LineFact]) -> list[LineFact]:
    """The facts of one page in their order; what many tests would bring by chance is claimed no more.

    Benjamini and Hochberg's rule over all that were tested; see `find_claims`.
    """
    claims = find_claims([fact.p for fact in facts])
    return [
        fact if is_claimed or fact.kind not in CHANGES else replace(fact, kind=LineKind.NO_CLEAR_CHANGE)
        for fact, is_claimed in zip(facts, claims, strict=True)
    ]


def keep_clear_differences(facts: Sequence[ComparisonFact]) -> list[ComparisonFact]:
    """The same of comparisons."""
    claims = find_claims([fact.p for fact in facts])
    return [
        fact
        if is_claimed or fact.kind not in DIFFERENCES
        else replace(fact, kind=ComparisonKind.NO_CLEAR_DIFFERENCE)
        for fact, is_claimed in zip(facts, claims, strict=True)
    ]


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


def _choose_kind(found: Difference, up: K, down: K, unclear: K) -> K:
    """`up` when the whole interval lies above 0, `down` when below; an end at 0 covers 0."""
    if found.low is not None and found.low > 0:
        return up
    if found.high is not None and found.high < 0:
        return down
    return unclear
