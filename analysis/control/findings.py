"""What does a judged series mean now: improvement, concern, chance alone, or too little to say?"""

from dataclasses import dataclass
from enum import StrEnum

from analysis.control.judged import ChartKind, Direction, Judged, Rule, Segment, Signal

CURRENT_POINTS = 3
"""A signal is current when it touches one of this many of the last points shown.

Three is the longest window a rule waits in (two of three), so a signal is not dropped for one month that
chance pulled back; and it is a quarter, so who reads once a quarter meets every signal at least once.
"""


class FindingKind(StrEnum):
    """What a series says of now. Classified first, drawn and coloured afterwards."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    COMMON_CAUSE = "common_cause"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a series says of now.

    With IMPROVEMENT and CONCERN: the strongest rule of the latest signal and its direction, the positions of
    its first and last point, and `periods`, how many periods it has lasted from the first to the last of
    them; otherwise None and 0. `is_trial` tells that the finding rests on trial limits.
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

    A signal is the points in a row, without a gap between them, that are marked in one direction, by whatever
    rules; the point between the two of a two-of-three belongs to it. It is current when it touches one of
    the last 3 points. Without a current signal, a segment on trial is TOO_FEW: few points that stay within
    trial limits are no proof of chance alone. No segment, or one without values, is TOO_FEW too.
    """
    if not judged.segments:
        return Finding(FindingKind.TOO_FEW, is_trial=True)
    segment = judged.segments[-1]
    shown = [place for place in range(segment.first, segment.last + 1) if judged.values[place] is not None]
    latest = next((place for place in reversed(shown[-CURRENT_POINTS:]) if judged.signals[place]), None)
    if latest is None:
        kind = FindingKind.TOO_FEW if segment.is_trial else FindingKind.COMMON_CAUSE
        return Finding(kind, is_trial=segment.is_trial)
    return _describe(judged, segment, latest, higher_is_better=higher_is_better)


def _describe(judged: Judged, segment: Segment, last: int, *, higher_is_better: bool) -> Finding:
    """The finding of the signal whose last point is at `last`."""
    signals = _trace_back(judged, segment, last)
    first = last - len(signals) + 1
    rules = [signal.rule for signal in signals if signal]
    direction = next(signal.direction for signal in signals if signal)
    is_good = (direction is Direction.UP) == higher_is_better
    return Finding(
        FindingKind.IMPROVEMENT if is_good else FindingKind.CONCERN,
        rule=min(rules, key=list(Rule).index),
        direction=direction,
        first=first,
        last=last,
        periods=len(signals),
        is_trial=segment.is_trial,
    )


def _trace_back(judged: Judged, segment: Segment, last: int) -> list[Signal | None]:
    """The signals of the points that belong to the signal at `last`, from the latest to the first."""
    latest = judged.signals[last]
    found = [latest]
    for place in range(last - 1, segment.first - 1, -1):
        signal = judged.signals[place]
        bridged = signal is None and _lies_between(judged, segment, place)
        if not bridged and (signal is None or latest is None or signal.direction is not latest.direction):
            break
        found.append(signal)
    return found


def _lies_between(judged: Judged, segment: Segment, place: int) -> bool:
    """Whether an unmarked point is the one between the two of a two-of-three, which only XmR charts have."""
    if judged.chart is not ChartKind.XMR or not segment.first < place < segment.last:
        return False
    before, after = judged.signals[place - 1], judged.signals[place + 1]
    if before is None or after is None or before.direction is not after.direction:
        return False
    is_up = after.direction is Direction.UP
    near = (segment.near_high if is_up else segment.near_low)[place - segment.first]
    edges = (near, segment.centre, near)
    three = judged.values[place - 1 : place + 2]
    return all(
        value is not None and edge is not None and (value > edge if is_up else value < edge)
        for value, edge in zip(three, edges, strict=True)
    )
