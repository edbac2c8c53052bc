"""What may be said of a number of people?

A published cell is one of three things, and never a zero that stands for something else: shown with its
value, hidden with a reason, or without answers. Which cells are hidden is decided in `analysis/blocks.py` (a
county's quarter), `analysis/group_tables.py` (groups) and `analysis/year_rows.py` (thin municipalities). Here
are the words they share, and what is said of few people in cells that are shown: counts are rounded, and
nobody reads from a share or a mean that everybody answered alike.

Source: Hundepool et al. 2012, Statistical Disclosure Control, chapters 4 and 5.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

ROUND_TO = 5
"""People. Outward counts are rounded to this, so that a count does not give away one person."""


LEAST_THRESHOLD = 5
"""People. No threshold may be lower, and the smallest that patient surveys use. Source: NHS England, Friends
and Family Test: 1 to 4 responses are suppressed."""


ALIKE_LEAST = 50
"""People. Fewer who all answer alike are not shown as such. Source: design of this project, privacy 2."""

ALIKE_SHARE = 0.05
"""Share of people from either end. Nearer to it a share of few people is said as below or above."""


class ShareKind(StrEnum):
    """Whether a share is said exactly, or only as below or above its value."""

    EXACT = "exact"
    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class ShownShare:
    """A share as it may be said; `share` is 0-1, the limit when it is said as below or above."""

    kind: ShareKind
    share: float


class HiddenReason(StrEnum):
    """Why a cell is hidden: it has too few people, it would give away one that has, or one of the two.

    The public is not told which: together with exact counts the reasons would narrow a small count down.
    """

    TOO_FEW = "too_few"
    PROTECTS_ANOTHER = "protects_another"
    NOT_TOLD = "not_told"


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

Decision: TypeAlias = HiddenReason | NoAnswers | None
"""Of one cell: a reason when it is hidden, None when it is shown, NoAnswers when nobody is in it."""


def is_all_alike(n: int, sd: float) -> bool:
    """Whether a mean would tell what each of few people answered: fewer than 50, and all the same.

    `sd` is the standard deviation as `analysis/intervals.py` measures it, where sameness is exactly 0; one
    answer alone, whose `sd` is NaN, is alike too. Nobody (n 0) is not. Raises ValueError when n is negative.
    """
    if n < 0:
        raise ValueError(f"{n} people cannot be: count the answers again.")
    return 0 < n < ALIKE_LEAST and (n == 1 or sd == 0)


def bound_share_shown(share: float, n: int) -> ShownShare:
    """How a share, 0-1, of n people may be said: exactly from 50 people, else never nearer 0 or 1 than 5 %.

    All shares below 5 % read alike, not only 0, so that the words do not mean "nobody".
    Raises ValueError when the share is not within 0-1 or n is below 1.
    """
    if not 0 <= share <= 1 or n < 1:
        raise ValueError(f"Share {share} of {n} people cannot be shown: give 0 to 1 of at least one.")
    if n < ALIKE_LEAST and share < ALIKE_SHARE:
        return ShownShare(ShareKind.BELOW, ALIKE_SHARE)
    if n < ALIKE_LEAST and share > 1 - ALIKE_SHARE:
        return ShownShare(ShareKind.ABOVE, 1 - ALIKE_SHARE)
    return ShownShare(ShareKind.EXACT, share)


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
