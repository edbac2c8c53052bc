"""How well do people agree who have read the same comments?"""

# krippendorff carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 0.667
"""Alpha from which tentative conclusions may be drawn. Source: Krippendorff 2004, Content Analysis, p. 241.
"""
LEAST_COMMENTS = 10
"""Comments that several must have read before agreement is told: of fewer alpha says next to nothing."""


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's alpha of yes and no, 1 perfect, 0 as by chance, below 0 worse; over how many comments.

    `alpha` is None of fewer than `LEAST_COMMENTS`, and where all answered alike: then nothing tells agreement
    from habit.
    """

    comments: int
    alpha: float | None

    @property
    def is_enough(self) -> bool:
        return self.alpha is not None and self.alpha >= ENOUGH


def measure_agreement(answers: Sequence[Sequence[bool]]) -> Agreement:
    """The agreement over comments, each with the answers of those who have read it, two or more.

    Raises ValueError for a comment that fewer than two have read. Source: Krippendorff 2004, computed by the
    package krippendorff.
    """
    if any(len(one) < 2 for one in answers):
        raise ValueError("A comment has been read by fewer than two: leave it out.")
    values = {value for one in answers for value in one}
    if len(answers) < LEAST_COMMENTS or len(values) < 2:
        return Agreement(len(answers), None)
    import krippendorff

    counts = [[one.count(False), one.count(True)] for one in map(list, answers)]
    alpha = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
    return Agreement(len(answers), float(alpha))
