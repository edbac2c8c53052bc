"""What do a group's ratings of a proposal come to, and how much of them may be told?

Panels are small, and members know each other. So nothing is told of fewer than five answers, and no
distribution where all, or all but one, answered alike. All but one too: were only the first hidden, the
hiding beside the median would tell each one's answer; so everybody may be the one who differs. Who does
differ alone can conclude that the others agree, as in any conversation.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median, quantiles

FEWEST_ANSWERS = 5
"""Answers that a figure of the panel needs (instrument B, privacy note)."""
FEWEST_UNLIKE = 2
"""Answers that must differ from the commonest one for a distribution to be told."""
DISAGREEMENT_RANGE = 50.0
"""Points: an interquartile range of importance from which a proposal goes to dialogue (instrument B)."""
MIDDLE = 50.0
"""Points (0-100) that part the map's halves; a median in the middle belongs to the upper half."""
HIGHEST = 100.0
"""Points: the top of both scales; a priority is a share of it."""


class NotTold(StrEnum):
    """Why there is no figure: nobody answered, fewer than five did, or (nearly) all answered alike."""

    NONE = "none"
    FEW = "few"
    ALIKE = "alike"


class Quadrant(StrEnum):
    """A quarter of the map of importance and feasibility."""

    BEGIN = "begin"  # important and feasible
    PREPARE = "prepare"  # important, hard to carry out
    EASY = "easy"  # less important, feasible
    WAIT = "wait"  # less important, hard to carry out


@dataclass(frozen=True, slots=True)
class Rating:
    """What `n` people's scores (0-100) come to: their median, and the quartiles around it.

    The quartiles are None where (nearly) all answered alike, as the distribution is.
    """

    n: int
    median: float
    low: float | None
    high: float | None

    @property
    def spread(self) -> float | None:
        """The interquartile range in points; None where it is not told."""
        return None if self.low is None or self.high is None else self.high - self.low

    @property
    def is_disagreed(self) -> bool:
        """Whether the group disagrees so much that the median stands for nobody."""
        return self.spread is not None and self.spread >= DISAGREEMENT_RANGE


def find_reason(counts: Mapping[str, int]) -> NotTold | None:
    """Why a distribution may not be told; None when it may. `counts` are people by what they answered."""
    answers = sum(counts.values())
    if answers == 0:
        return NotTold.NONE
    if answers < FEWEST_ANSWERS:
        return NotTold.FEW
    return NotTold.ALIKE if answers - max(counts.values()) < FEWEST_UNLIKE else None


def show_distribution(counts: Mapping[str, int]) -> Mapping[str, int] | NotTold:
    """The distribution as it may be told, or why it may not."""
    return find_reason(counts) or dict(counts)


def show_choices(counts: Mapping[str, int], answers: int) -> Mapping[str, int | None] | NotTold:
    """How many chose each option where people choose several; `answers` is how many chose anything.

    None stands for an option that all, or all but one, chose: the number would tell who did.
    """
    if answers == 0:
        return NotTold.NONE
    if answers < FEWEST_ANSWERS:
        return NotTold.FEW
    most = answers - FEWEST_UNLIKE
    return {option: number if number <= most else None for option, number in counts.items()}


def rate_scores(scores: Sequence[float]) -> Rating | NotTold:
    """The rating of some scores (0-100), or why there is none.

    Quartiles by linear interpolation (Hyndman and Fan 1996, type 7), as spreadsheets and R have them.
    """
    counts = {f"{score:g}": scores.count(score) for score in scores}
    reason = find_reason(counts)
    if reason is NotTold.NONE or reason is NotTold.FEW:
        return reason
    middle = median(scores)
    if reason is NotTold.ALIKE:
        return Rating(len(scores), middle, None, None)
    low, _, high = quantiles(scores, n=4, method="inclusive")
    return Rating(len(scores), middle, low, high)


def find_priority(importance: Rating | NotTold, feasibility: Rating | NotTold) -> float | None:
    """Importance times feasibility as a share of 100, on medians (instrument B, scoring).

    None where either is not told, and where the group disagrees about importance: that is talked over first.
    """
    if not isinstance(importance, Rating) or not isinstance(feasibility, Rating) or importance.is_disagreed:
        return None
    return importance.median * feasibility.median / HIGHEST


def find_quadrant(importance: float, feasibility: float) -> Quadrant:
    """The quarter of the map that two medians lie in."""
    if importance >= MIDDLE:
        return Quadrant.BEGIN if feasibility >= MIDDLE else Quadrant.PREPARE
    return Quadrant.EASY if feasibility >= MIDDLE else Quadrant.WAIT


def find_ranks(priorities: Iterable[float]) -> tuple[int, ...]:
    """The rank of each priority, 1 for the highest; those that are equal share the better rank."""
    given = tuple(priorities)
    return tuple(1 + sum(other > one for other in given) for one in given)
