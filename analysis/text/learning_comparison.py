"""Which of two ways of suggesting themes does better on the same coded comments, and may it be luck?

Under the null hypothesis it is luck which of the two said what of a comment. So what they said is swapped
at random, comment by comment, and F1 is measured anew. This is McNemar's exact test with F1 in place of the
number of errors: of a rare theme, counting errors would favour whoever suggests least.

Source: Yeh 2000, More accurate tests for the statistical significance of result differences, COLING
18:947-953.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SWAPS = 2000
"""Times that what was said is swapped at random: a p-value of 0.05 is then known to within 0.01."""
_SAME = 1e-12
"""Two F1 that differ by less are the same."""

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True)
class Comparison:
    """How much better one is than the other, -1 to 1, by F1 of each theme and by their mean (macro-F1).

    The p-values are two-sided, 0 to 1, and not adjusted for the number of themes. A theme that nobody gave
    has no gain and does not count in the mean. p is None where both said the same, and 1 at most.
    """

    gains: tuple[float | None, ...]
    p_values: tuple[float | None, ...]
    gain: float | None
    p: float | None


def compare_suggestions(one: Bools, other: Bools, given: Bools, *, seed: int) -> Comparison:
    """How `one` does beside `other` where people gave `given`; each by comment (row) and theme (column)."""
    known: Bools = np.asarray(given.any(axis=0))
    swapped = np.flatnonzero((one != other).any(axis=1))
    step = one[swapped].astype(np.float32) - other[swapped]
    swaps = np.random.default_rng(seed).integers(0, 2, size=(SWAPS + 1, len(swapped))).astype(np.float32)
    swaps[0] = 0  # what was seen
    moved, moved_right = swaps @ step, swaps @ (step * given[swapped])
    gains = _score(one, given, -moved, -moved_right) - _score(other, given, moved, moved_right)
    differs = known & (step != 0).any(axis=0)
    mean = gains[:, known].mean(axis=1) if known.any() else None
    return Comparison(
        gains=tuple(
            float(gain) if is_known else None for gain, is_known in zip(gains[0], known, strict=True)
        ),
        p_values=tuple(_weigh_luck(gains[:, at]) if differs[at] else None for at in range(len(known))),
        gain=None if mean is None else float(mean[0]),
        p=_weigh_luck(mean) if mean is not None and differs.any() else None,
    )


def mark_themes(given: Sequence[Collection[str]], themes: Sequence[str]) -> Bools:
    """Whether each comment (row) has each theme (column)."""
    marks = [[theme in one for theme in themes] for one in given]
    return np.array(marks, dtype=np.bool_).reshape(len(given), len(themes))


def _score(found: Bools, given: Bools, moved: Floats, moved_right: Floats) -> Floats:
    """F1 of each theme (column) in each swap (row), when so many suggestions and right ones came or went."""
    sizes = found.sum(axis=0) + moved + given.sum(axis=0)
    right = (found & given).sum(axis=0) + moved_right
    return 2 * right / np.maximum(sizes, 1)


def _weigh_luck(gains: Floats) -> float:
    """Share of the swaps that gain or lose as much as what was seen, which is the first of them."""
    return float((np.abs(gains) >= abs(gains[0]) - _SAME).mean())
