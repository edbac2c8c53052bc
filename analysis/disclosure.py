"""What may be shown of a count?

A published cell is one of three things, and never a zero that stands for something else: shown with its
value, hidden with a reason, or without answers. The rules here decide for one block of cells whose sum is
published beside them: the municipalities of a county in a month, the categories of one group variable. A cell
of fewer people than the threshold is hidden, and as many more as it takes that nobody, by taking shown cells
from the sum, is left with a group of one to threshold - 1 people.

The sum itself is a cell of the block above: when it is below the threshold it is hidden there.
Source: the threshold rule and secondary suppression, Hundepool et al. 2012, Statistical Disclosure Control.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

ROUND_TO = 5
"""People. Outward counts are rounded to this, so that a count does not give away one person."""


class HiddenReason(StrEnum):
    """Why a cell is hidden: it has too few people itself, or it would give away one that has."""

    TOO_FEW = "too_few"
    PROTECTS_ANOTHER = "protects_another"


@dataclass(frozen=True, slots=True)
class Shown(Generic[T_co]):
    """A value that may be shown."""

    value: T_co


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value that exists and may not be shown; `threshold` is the smallest group shown, in people."""

    reason: HiddenReason
    threshold: int


@dataclass(frozen=True, slots=True)
class NoAnswers:
    """Nobody answered: there is no value to show or to hide."""


Cell: TypeAlias = Shown[T] | Hidden | NoAnswers


def decide_block(counts: Mapping[str, int], *, threshold: int) -> dict[str, HiddenReason | None]:
    """Why each cell of a block is hidden, by code; None when it is not hidden.

    `counts` are people per cell. A cell without answers has nothing to hide: None. When something is hidden,
    at least two cells are, and together at least `threshold` people, as far as the block has them; the
    smallest shown cells are hidden first, ties by code. The result does not depend on the order of the cells.

    Raises ValueError when the threshold is below 1 or a count is negative.
    """
    if threshold < 1:
        raise ValueError(f"Threshold {threshold} protects nobody: it is a number of people, 1 or more.")
    if any(n < 0 for n in counts.values()):
        raise ValueError("A count of people is negative: count the answers again.")
    decided: dict[str, HiddenReason | None] = dict.fromkeys(counts)
    people_hidden = 0
    for n, code in sorted((n, code) for code, n in counts.items() if n > 0):
        if n < threshold:
            decided[code] = HiddenReason.TOO_FEW
        # One small cell alone never reaches the threshold, so it never stays the only one hidden.
        elif 0 < people_hidden < threshold:
            decided[code] = HiddenReason.PROTECTS_ANOTHER
        else:
            break
        people_hidden += n
    return decided


def round_count(n: int, *, to: int = ROUND_TO) -> int:
    """A count for the outside: the nearest multiple of `to`, halves upward.

    0 only for 0: somebody is never rounded to nobody, so 1 and 2 become 5.
    Raises ValueError when the count is negative or `to` is below 1.
    """
    if n < 0 or to < 1:
        raise ValueError(f"Cannot round {n} to {to}: give a count from 0 and a step from 1.")
    if n == 0:
        return 0
    return max(to, (2 * n + to) // (2 * to) * to)
