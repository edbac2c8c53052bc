"""Can a process be expected to reach its target?"""

from enum import StrEnum
from statistics import median

from analysis.control.judged import Judged, Segment
from analysis.control.limits import ROUNDING
from analysis.control.series import find_top


class TargetStanding(StrEnum):
    """How a series' last segment lies against a target."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    HIT_AND_MISS = "hit_and_miss"
    CANNOT_SAY = "cannot_say"


def read_target(judged: Judged, target: float, *, higher_is_better: bool = True) -> TargetStanding:
    """Whether chance alone keeps the last segment on the target's good side, on the other, or on both.

    The target is on the scale of the values (0-100; shares 0-1), and a value at the target reaches it:
    REACHED when both limits do, NOT_REACHED when neither does, HIT_AND_MISS between, CANNOT_SAY without
    limits or with trial limits. Limits that differ between periods (p-prime) are read at their medians, so
    that one thin month does not decide.
    Raises ValueError when the target lies outside the scale.
    """
    top = find_top(judged.chart)
    if not 0 <= target <= top:
        hint = ": write 80 per cent as 0.8" if top == 1 else ""
        raise ValueError(f"The target {target:g} lies outside 0 to {top:g}, the scale of the series{hint}.")
    band = find_band(judged.segments[-1]) if judged.segments else None
    if band is None:
        return TargetStanding.CANNOT_SAY
    # Turned round when lower is better, so that the worse end always comes first.
    worse, better = band if higher_is_better else (-band[1], -band[0])
    goal = target if higher_is_better else -target
    if worse >= goal - ROUNDING:
        return TargetStanding.REACHED
    return TargetStanding.HIT_AND_MISS if better >= goal - ROUNDING else TargetStanding.NOT_REACHED


def find_band(segment: Segment) -> tuple[float, float] | None:
    """The segment's lower and upper limit, the medians of its periods'; None without limits or on trial."""
    low = [edge for edge in segment.low if edge is not None]
    high = [edge for edge in segment.high if edge is not None]
    return None if segment.is_trial or not low or not high else (median(low), median(high))
