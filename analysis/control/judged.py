"""What does a control chart say of a series?

The kinds of chart, the rules a point can break, and the result of judging: segments with their limits and one
signal or none for every position. Positions count the periods of a series from 0.
"""

from dataclasses import dataclass
from enum import StrEnum


class ChartKind(StrEnum):
    """Which control chart judges a series.

    XMR: scores 0-100, each against its neighbour. P_PRIME: shares 0-1 with their counts, Laney's chart. RUN:
    scores or shares against their median, for series without limits.
    """

    XMR = "xmr"
    P_PRIME = "p_prime"
    RUN = "run"


class Rule(StrEnum):
    """Why a point is not chance. A point that several rules mark carries the first of them, in this order."""

    OUTSIDE_LIMITS = "outside_limits"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"
    LONG_RUN = "long_run"
    FEW_CROSSINGS = "few_crossings"


class Direction(StrEnum):
    """Where a signal points: above the centre or rising, below it or falling."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that a point breaks, and in which direction."""

    rule: Rule
    direction: Direction


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a series that is judged by itself, from the position `first` to `last`, gaps included.

    `points` is how many of its periods have a value; `centre` is None when none has. `low` and `high` are the
    limits of each of its positions, `near_low` and `near_high` lie two thirds of the way to them; all are
    clipped to the scale (0-100, shares 0-1), and clipping moves no signal. They are None when there are
    none: on a run chart, where no two neighbouring periods have values, and for p-prime in a gap (no
    answers, no limits). With few points, or few that follow each
    other, they are trial limits.
    """

    first: int
    last: int
    points: int
    centre: float | None
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    near_low: tuple[float | None, ...]
    near_high: tuple[float | None, ...]
    is_trial: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A series with its segments in order and, for every position, its signal or None (a gap has None)."""

    chart: ChartKind
    values: tuple[float | None, ...]
    segments: tuple[Segment, ...]
    signals: tuple[Signal | None, ...]
