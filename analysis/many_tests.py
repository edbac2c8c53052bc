"""Which of several tests on one page say something, when some would by chance?

Of twenty tests of nothing one comes out at 5 % on average. Benjamini and Hochberg's rule keeps the share of
false ones among those that are claimed at 5 %. A test that could not be made has no p-value: it is None,
counts as no test, and is never claimed.
"""

# statsmodels carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Sequence

import numpy as np

from analysis.intervals import LEVEL

FALSE_SHARE = 1 - LEVEL
"""Share of false claims among all claims of a page, on average. As for one test: see `LEVEL`."""


def adjust_many(p_values: Sequence[float | None]) -> list[float | None]:
    """The p-values as they count among each other, 0-1, in their order; None stays None.

    Raises ValueError when one is not within 0-1. Source: Benjamini and Hochberg 1995, Journal of the Royal
    Statistical Society B 57:289-300, computed by statsmodels.
    """
    return [None if one is None else one[0] for one in _test_many(p_values, FALSE_SHARE)]


def find_claims(p_values: Sequence[float | None], *, false_share: float = FALSE_SHARE) -> list[bool]:
    """Which tests may be claimed, in their order. A p-value just at its limit may; None may not.

    Raises ValueError as `adjust_many` does.
    """
    return [one is not None and one[1] for one in _test_many(p_values, false_share)]


def _test_many(p_values: Sequence[float | None], false_share: float) -> list[tuple[float, bool] | None]:
    """(adjusted, claimed) of each; None where there was no test."""
    made = [p for p in p_values if p is not None]
    if not all(0 <= p <= 1 for p in made):
        raise ValueError("A p-value lies outside 0-1: give None where a test could not be made.")
    if not made:
        return [None] * len(p_values)
    from statsmodels.stats.multitest import multipletests

    claimed, adjusted, *_ = (np.asarray(one) for one in multipletests(made, false_share, "fdr_bh"))
    found = iter(zip(adjusted.tolist(), claimed.tolist(), strict=True))
    return [None if p is None else next(found) for p in p_values]
