"""When may a count that grows week by week be told anew?

Whoever looks at a running count every week learns each week's part of it by subtraction. So it is told anew
only at the end of a week in which at least `least` people have come since it was last told; the weeks between
are one stretch, and nothing is said of the weeks after the last. What was told is never told otherwise later:
every stretch depends on the weeks until its end alone.

The stretches at a threshold are unions of those at one lower, from 10 upward, so that raising the threshold
shows the same or less, and the difference of what was shown before and after holds no fewer people. What is
told of an area is the count so far, rounded to 5; the number of a stretch is the difference of two such, so
that stretches add up to the whole. It is within 4 of the truth, and never below 10.

The argument and what remains possible: docs/disclosure.md. Source of rounding and of differences: Hundepool
et al. 2012, Statistical Disclosure Control, chapter 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.disclosure import round_count

MONITORING_LEAST = 10
"""People. A stretch of weeks is never told of fewer. Source: design of this project, privacy 2."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Weeks that are told together, `start` to `end` as places in the list of weeks, both included.

    `people` is the number that is told, a multiple of 5; `so_far` is that of all weeks until `end`.
    """

    start: int
    end: int
    people: int
    so_far: int


def tell_stretches(counts: Sequence[int], *, least: int) -> tuple[Stretch, ...]:
    """What may be told of an area's finished weeks, in the order of time; nothing before `least` have come.

    `counts` are people per week, 0 for a week without any. Raises ValueError when a count is negative or
    `least` is below 10.
    """
    if least < MONITORING_LEAST or any(n < 0 for n in counts):
        raise ValueError(f"Give counts from 0 and a least number of {MONITORING_LEAST} or more, not {least}.")
    told: list[Stretch] = []
    start = so_far = before = 0
    for end in find_ends(counts, least=least):
        so_far += sum(counts[start : end + 1])
        shown = round_count(so_far)
        told.append(Stretch(start, end, shown - before, shown))
        start, before = end + 1, shown
    return tuple(told)


def find_ends(counts: Sequence[int], *, least: int) -> list[int]:
    """The weeks, as places, at whose end the count is told anew."""
    ends = list(range(len(counts)))
    for threshold in range(MONITORING_LEAST, least + 1):
        ends = _merge(counts, ends, threshold)
    return ends


def _merge(counts: Sequence[int], ends: Sequence[int], threshold: int) -> list[int]:
    """The ends that are left when stretches of fewer people are joined with those after them."""
    kept: list[int] = []
    start = people = 0
    for end in ends:
        people += sum(counts[start : end + 1])
        start = end + 1
        if people >= threshold:
            kept.append(end)
            people = 0
    return kept
