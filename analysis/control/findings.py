"""What does a judged series mean now: improvement, concern, chance alone, or too little to say?"""

from dataclasses import dataclass
from enum import StrEnum

from analysis.control.judged import Direction, Judged, Rule, Segment, Signal
from analysis.control.limits import ROUNDING

CURRENT_POINTS = 3
"""A signal that has not reached the newest point shown must touch one of this many of the last.

Three is the longest window a rule waits in (two of three).
"""


CURRENT_PERIODS = 6
"""A signal older than this many periods is none of now, however few points were shown since."""


class FindingKind(StrEnum):
    """What a series says of now. Classified first, drawn and coloured afterwards."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    COMMON_CAUSE = "common_cause"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a series says of now.

    With IMPROVEMENT and CONCERN: the rule of the latest marked point and its direction, the positions of the
    first and the last point that keep that rule, and `periods`, how many points it has lasted; otherwise None
    and 0. `is_trial` tells that the finding rests on trial limits.
    """

    kind: FindingKind
    rule: Rule | None = None
    direction: Direction | None = None
    first: int | None = None
    last: int | None = None
    periods: int = 0
    is_trial: bool = False


def classify(judged: Judged, *, higher_is_better: bool = True) -> Finding:
    """The finding of the last segment: its latest signal if that is current, else chance or too few.

    The latest signal is the rule of the latest marked point and the points in a row, without a gap, that keep
    that rule up to it: all outside the limits, all rising, two of every three beyond the near limit (the
    third belongs to them), all on one side of the centre (a run chart passes by points on it). It is current
    when the newest point shown has it, or when it touches one of the last 3 points and those after it lie on
    its side of the centre; a trend only while the newest point continues it. None is older than the last 6
    periods. A segment on trial is TOO_FEW whatever it has: limits of so few ranges are nothing to claim a
    change by, nor that there is none. No segment, or one without values, is TOO_FEW too.
    """
    if not judged.segments:
        return Finding(FindingKind.TOO_FEW, is_trial=True)
    segment = judged.segments[-1]
    if segment.is_trial:
        return Finding(FindingKind.TOO_FEW, is_trial=True)
    shown = [place for place in range(segment.first, segment.last + 1) if judged.values[place] is not None]
    for last in reversed(shown[-CURRENT_POINTS:]):
        signal = judged.signals[last]
        if signal is None:
            continue
        if last > segment.last - CURRENT_PERIODS and _goes_on(judged, segment, shown, last, signal):
            points = _trace_back(judged, segment, last, signal)
            is_good = (signal.direction is Direction.UP) == higher_is_better
            kind = FindingKind.IMPROVEMENT if is_good else FindingKind.CONCERN
            return Finding(kind, signal.rule, signal.direction, points[-1], last, len(points))
        break
    return Finding(FindingKind.COMMON_CAUSE)


def _goes_on(judged: Judged, segment: Segment, shown: list[int], last: int, signal: Signal) -> bool:
    """Whether what a signal that ends in `last` says holds for the points shown after it, if any are."""
    after = [place for place in shown if place > last]
    if signal.rule is Rule.TREND:
        return not after
    way = 1 if signal.direction is Direction.UP else -1
    passes_by = (way, 0) if signal.rule in _RUN_RULES else (way,)
    return all(_find_side(judged, place, segment.centre) in passes_by for place in after)


def _trace_back(judged: Judged, segment: Segment, last: int, signal: Signal) -> list[int]:
    """The positions of the points that keep the signal's rule, from `last` to the first."""
    found = [last]
    for place in range(last - 1, segment.first - 1, -1):
        if judged.values[place] is None:
            break
        if _keeps(judged, segment, place, signal):
            found.append(place)
        elif not (signal.rule in _RUN_RULES and _find_side(judged, place, segment.centre) == 0):
            break
    return found


_RUN_RULES = (Rule.LONG_RUN, Rule.FEW_CROSSINGS)


def _keeps(judged: Judged, segment: Segment, place: int, signal: Signal) -> bool:
    """Whether the point at `place` keeps the rule that the point after it keeps."""
    way = 1 if signal.direction is Direction.UP else -1
    match signal.rule:
        case Rule.TREND:
            return _find_side(judged, place + 1, judged.values[place]) == way
        case Rule.SHIFT:
            return _find_side(judged, place, segment.centre) == way
        case Rule.TWO_OF_THREE:
            near = (segment.near_high if way > 0 else segment.near_low)[place - segment.first]
            is_near = _find_side(judged, place, near) == way
            return is_near or _lies_between(judged, segment, place, way)
        case _:
            return judged.signals[place] == signal


def _lies_between(judged: Judged, segment: Segment, place: int, way: int) -> bool:
    """Whether a point on one side of the centre has both neighbours beyond the near limit of that side."""
    if place == segment.first:
        return False
    near = (segment.near_high if way > 0 else segment.near_low)[place - segment.first]
    return all(
        _find_side(judged, at, edge) == way
        for at, edge in ((place - 1, near), (place, segment.centre), (place + 1, near))
    )


def _find_side(judged: Judged, place: int, edge: float | None) -> int:
    """1 where the point lies above the edge, -1 below; 0 upon it, in a gap, or where there is no edge."""
    value = judged.values[place]
    if value is None or edge is None or abs(value - edge) <= ROUNDING:
        return 0
    return 1 if value > edge else -1
