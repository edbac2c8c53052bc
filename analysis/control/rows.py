"""How many points in a row make a signal: has the level moved, or is it one point that may be chance?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, takewhile

from analysis.control.findings import Finding, FindingKind
from analysis.control.judged import ChartKind, Direction, Judged, Rule
from analysis.control.rules import RUN_LENGTH

OF_A_LEVEL = (Rule.TREND, Rule.SHIFT, Rule.LONG_RUN)  # what breaks these has another level than the limits


def count_row(judged: Judged, finding: Finding) -> int:
    """How many points in a row make the current signal: rising or falling, or on one side of the centre.

    A gap ends the row. 0 without a signal.
    """
    last = finding.last
    signal = None if last is None else judged.signals[last]
    if last is None or signal is None:
        return 0
    segment = judged.segments[-1]
    back = list(reversed(judged.values[segment.first : last + 1]))
    sign = 1 if signal.direction is Direction.UP else -1
    if signal.rule is Rule.TREND:
        return 1 + _count_while(
            None if now is None or before is None else sign * (now - before) for now, before in pairwise(back)
        )
    centre = segment.centre or 0.0
    return _count_while(None if value is None else sign * (value - centre) for value in back)


def is_lasting(judged: Judged, finding: Finding) -> bool:
    """Whether the current signal is of a level that has moved; False without a signal.

    Its rule says so, or on a chart of means as many points in a row lie on its side of the centre: the newest
    of a long shift may lie near a limit or outside it too.
    """
    has_shifted = judged.chart is ChartKind.XMR and count_row(judged, finding) >= RUN_LENGTH
    return has_shifted or finding.rule in OF_A_LEVEL


def doubt_single(
    judged: Judged, finding: Finding, ends: tuple[float | None, float | None], *, unit: float = 1
) -> Finding:
    """The finding, but nothing of a single point outside the limits whose own interval holds the centre.

    `ends` are those of its interval, `unit` what the chart's numbers are multiplied with to be as they are.
    Limits are those of a usual period; one with few answers lies outside them more easily. One that ends a
    long row on its side of the centre is not single.
    """
    low, high = ends
    centre = judged.segments[-1].centre if judged.segments else None
    if finding.rule is not Rule.OUTSIDE_LIMITS or finding.periods > 1 or is_lasting(judged, finding):
        return finding
    if low is None or high is None or centre is None or low <= centre * unit <= high:
        return Finding(FindingKind.COMMON_CAUSE)
    return finding


def _count_while(steps: Iterable[float | None]) -> int:
    """How many of the first numbers are above 0; a gap ends them."""
    return sum(1 for _ in takewhile(lambda step: step is not None and step > 0, steps))
