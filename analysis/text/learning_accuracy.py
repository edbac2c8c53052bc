"""How often is a theme found where it is, and how often is it right where it is found?"""

from dataclasses import dataclass
from functools import cached_property

from analysis.intervals import bound_share


@dataclass(frozen=True)
class Share:
    """A share 0 to 1 and its Wilson interval at 95 per cent."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Accuracy:
    """Counts of comments by whether a theme was suggested and whether somebody who coded gave it.

    `right` both; `wrong` suggested only; `missed` given only; `clear` neither.
    """

    right: int
    wrong: int
    missed: int
    clear: int

    @cached_property
    def recall(self) -> Share | None:
        """Share of the comments with the theme that it was suggested for; None if there were none."""
        return measure_share(self.right, self.right + self.missed)

    @cached_property
    def precision(self) -> Share | None:
        """Share of the suggestions that were right; None if there were none."""
        return measure_share(self.right, self.right + self.wrong)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of recall and precision, 0 to 1; None if no comment had the theme."""
        if not self.right + self.missed:
            return None
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def measure_share(count: int, n: int) -> Share | None:
    """A share with its interval; None of nothing. Raises ValueError when the count is not within 0 to n."""
    if n == 0 and count == 0:
        return None
    low, high = bound_share(count, n)
    return Share(count / n, float(low), float(high))
