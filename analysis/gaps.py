"""How large is the gap between a group and the others, and has it changed?

Made of what a reader is shown and of nothing else: means, standard deviations and numbers of people, rounded
as they are published. So the gap of two published numbers tells nothing that they do not. What rounding hides
is counted as uncertainty, on the careful side: see `make_careful`. No gap and no change is claimed when the
interval covers 0, or when it is one of many that chance would give (`analysis/many_tests.py`).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.differences import Difference, compare_differences, compare_means
from analysis.disclosure import ROUND_TO, Cell, Hidden, NoAnswers, Shown
from analysis.estimates import Estimate
from analysis.periods import shift_year

_VARIANCE_OF_ROUNDING = 1 / 12
"""Of a number rounded to whole ones, which lies anywhere within a half of it: that of a uniform spread."""


class GapKind(StrEnum):
    """What is said of the latest shown gap, and of how it has changed."""

    LARGER = "larger"
    SMALLER = "smaller"
    TURNED = "turned"
    UNCHANGED = "unchanged"
    ONE_PERIOD = "one_period"
    NO_CLEAR_GAP = "no_clear_gap"
    CANNOT_SAY = "cannot_say"


class ValuesKind(StrEnum):
    """What is said of the values of a variable beside each other."""

    DIFFER = "differ"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class GapPoint:
    """A group's and the others' published numbers in a period (a code), and what lies between them, in
    points: the group's less the others'."""

    period: str
    group: Cell[Estimate]
    others: Cell[Estimate]
    gap: Cell[Difference]


@dataclass(frozen=True, slots=True)
class MeasuredGap:
    """The latest shown gap of a line, an earlier one, and the change from it, before anything is claimed.

    `now` is None when no gap is shown, `before` and `change` when only one is.
    """

    now: GapPoint | None = None
    before: GapPoint | None = None
    change: Difference | None = None


@dataclass(frozen=True, slots=True)
class ValueTest:
    """A value of a variable against the one that most people gave: values' codes, and the difference."""

    value: str
    against: str
    difference: Difference


def make_careful(estimate: Estimate, decimals: int) -> Estimate:
    """The same mean with the least certainty that its rounding leaves, for tests and intervals.

    Its scores are rounded to `decimals` and its n to `ROUND_TO`: n is the fewest people that it may stand
    for, the standard deviation the largest, and the mean's rounding is one more reason for it to vary.
    """
    if estimate.sd is None:
        return estimate
    step = 10.0**-decimals
    n = max(1, estimate.n - ROUND_TO // 2)
    sd = math.sqrt((estimate.sd + step / 2) ** 2 + n * step**2 * _VARIANCE_OF_ROUNDING)
    return replace(estimate, n=n, sd=sd)


def measure_gap(period: str, group: Cell[Estimate], others: Cell[Estimate], decimals: int) -> GapPoint:
    """The gap of a period, shown only where both are. Cells as their reader is shown them.

    Where one is hidden so is the gap, for the group's reason first; where nobody answered in one there is
    none.
    """
    return GapPoint(period, group, others, _find_gap(group, others, decimals))


def subtract_means(one: Estimate, other: Estimate, decimals: int) -> Difference:
    """One published mean less another, with the careful interval; ends rounded outwards to `decimals`."""
    found = compare_means(make_careful(one, decimals), make_careful(other, decimals))
    return round_outwards(found, decimals)


def round_outwards(difference: Difference, decimals: int) -> Difference:
    """The difference as it is shown: never with a narrower interval than it has."""
    low, high = difference.low, difference.high
    step = 10.0**decimals
    return replace(
        difference,
        points=round(difference.points, decimals) + 0.0,
        low=None if low is None else math.floor(low * step) / step + 0.0,
        high=None if high is None else math.ceil(high * step) / step + 0.0,
    )


def is_on_one_side(difference: Difference) -> bool:
    """Whether the interval lies on one side of 0. An end at 0 covers it; so does no interval at all."""
    low, high = difference.low, difference.high
    return (low is not None and low > 0) or (high is not None and high < 0)


def measure_line(points: Sequence[GapPoint], decimals: int) -> MeasuredGap:
    """The latest shown gap against the same period a year before, or else the first shown.

    Points in order of time; of periods after the calendar's first year.
    """
    shown = {one.period: one for one in points if isinstance(one.gap, Shown)}
    if not shown:
        return MeasuredGap()
    now = next(reversed(shown.values()))
    if len(shown) == 1:
        return MeasuredGap(now)
    before = shown.get(shift_year(now.period, -1)) or next(iter(shown.values()))
    pairs = [_read_pair(one, decimals) for one in (now, before)]
    return MeasuredGap(now, before, round_outwards(compare_differences(pairs[0], pairs[1]), decimals))


def list_gap_tests(measured: MeasuredGap) -> tuple[float | None, float | None]:
    """The p-values of the latest gap and of its change; None where it cannot be tested."""
    now = _read_gap(measured.now)
    return (None if now is None else now.p, None if measured.change is None else measured.change.p)


def classify_gap(measured: MeasuredGap, *, is_gap_claimed: bool, is_change_claimed: bool) -> GapKind:
    """What may be said, given which of the two tests may be claimed among all of the page.

    A change is told before a gap: a gap that has gone is news. A claim also needs its interval on one side
    of 0.
    """
    now, before, change = _read_gap(measured.now), _read_gap(measured.before), measured.change
    if now is None or now.p is None:
        return GapKind.CANNOT_SAY
    if before is not None and change is not None and is_change_claimed and is_on_one_side(change):
        return _classify_change(now.points, before.points)
    if not (is_gap_claimed and is_on_one_side(now)):
        return GapKind.NO_CLEAR_GAP
    return GapKind.ONE_PERIOD if before is None else GapKind.UNCHANGED


def compare_values(values: Iterable[tuple[str, Cell[Estimate]]], decimals: int) -> tuple[ValueTest, ...]:
    """Every shown value of a variable against the one with most answers, the first of those alike.

    Of people who are each in one value. Nothing when fewer than two are shown.
    """
    shown = [(code, cell.value) for code, cell in values if isinstance(cell, Shown)]
    if len(shown) < 2:
        return ()
    against, most = max(shown, key=lambda one: one[1].n)
    return tuple(
        ValueTest(code, against, subtract_means(estimate, most, decimals))
        for code, estimate in shown
        if code != against
    )


def classify_values(tests: Sequence[ValueTest], claimed: Sequence[ValueTest]) -> ValuesKind:
    """What may be said of a variable's tests, of which some may be claimed among all of the page."""
    if all(one.difference.p is None for one in tests):
        return ValuesKind.CANNOT_SAY
    return ValuesKind.DIFFER if claimed else ValuesKind.NO_CLEAR_DIFFERENCE


def keep_claimed(tests: Sequence[ValueTest], claims: Sequence[bool]) -> tuple[ValueTest, ...]:
    """The tests that may be claimed, and whose interval lies on one side of 0."""
    pairs = zip(tests, claims, strict=True)
    return tuple(one for one, is_claimed in pairs if is_claimed and is_on_one_side(one.difference))


def _find_gap(group: Cell[Estimate], others: Cell[Estimate], decimals: int) -> Cell[Difference]:
    for cell in (group, others):
        if isinstance(cell, Hidden):
            return cell
    if isinstance(group, Shown) and isinstance(others, Shown):
        return Shown(subtract_means(group.value, others.value, decimals))
    return NoAnswers()


def _read_gap(point: GapPoint | None) -> Difference | None:
    return point.gap.value if point is not None and isinstance(point.gap, Shown) else None


def _read_pair(point: GapPoint, decimals: int) -> tuple[Estimate, Estimate]:
    """The two means behind a shown gap, with their careful spread."""
    if not isinstance(point.group, Shown) or not isinstance(point.others, Shown):
        raise TypeError("A gap is shown only where both of its numbers are.")
    return make_careful(point.group.value, decimals), make_careful(point.others.value, decimals)


def _classify_change(now: float, before: float) -> GapKind:
    """Of a clear change: turned where the group went from below to above or back."""
    if now * before < 0:
        return GapKind.TURNED
    return GapKind.LARGER if abs(now) > abs(before) else GapKind.SMALLER
