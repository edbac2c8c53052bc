"""How uncertain is a number: intervals for shares, means and their differences.

All functions take numbers or numpy arrays of one shape (one element per published cell) and return two arrays
of that shape, low and high; a single number comes back as an array without dimensions, which float() reads.
statsmodels and scipy are imported when first needed, so that pages that only read published numbers start
fast.
"""

# statsmodels and scipy carry no types of their own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import numpy as np
import numpy.typing as npt

Numbers = npt.ArrayLike
Floats = npt.NDArray[np.float64]

LEVEL = 0.95
"""Share of intervals, over many surveys, that hold the true value. The custom of patient surveys."""


_NO_SPREAD = 1e-6
"""Points. No two scores lie so near each other without being the same."""


def bound_share(positive: Numbers, n: Numbers, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Wilson interval of a share, 0-1, from the positive answers among n answers.

    n may be an effective number and need not be whole. Never outside 0-1, and never of no width.
    Raises ValueError when some n is below 1 or some count lies outside 0..n.
    Source: Wilson 1927, computed by statsmodels.
    """
    from statsmodels.stats.proportion import proportion_confint

    x, size = _read_counts(positive, n)
    low, high = proportion_confint(x, size, alpha=_tail(level), method="wilson")
    return _floats(low), _floats(high)


def bound_share_difference(
    positive: Numbers, n: Numbers, other_positive: Numbers, other_n: Numbers, *, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Newcombe's interval of share minus other share, -1 to 1, for two groups of different people.

    Raises ValueError as `bound_share` does.
    Source: Newcombe 1998, Statistics in Medicine 17:873-890, method 10, computed by statsmodels.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    x1, n1 = _read_counts(positive, n)
    x2, n2 = _read_counts(other_positive, other_n)
    low, high = confint_proportions_2indep(
        x1, n1, x2, n2, method="newcomb", compare="diff", alpha=_tail(level)
    )
    return _floats(low), _floats(high)


def measure_spread(n: Numbers, total: Numbers, squares: Numbers) -> Floats:
    """Standard deviation (divisor n - 1) from number, sum and sum of squares; NaN where n is 1.

    A spread that drowns in the rounding of the sums is 0: everybody gave the same score.
    Raises ValueError when some n is below 1 or the squares are too small for the total.
    """
    size, sums, sums_of_squares = _floats(n), _floats(total), _floats(squares)
    if not np.all(size >= 1):
        raise ValueError("A spread needs at least one answer: leave out the cells without answers.")
    deviations = sums_of_squares - sums**2 / size
    rounding = 4 * np.finfo(np.float64).eps * size * np.abs(sums_of_squares) + _NO_SPREAD**2
    if np.any(deviations < -rounding) or not np.all(np.isfinite(deviations)):
        raise ValueError("A sum of squares does not fit its total: both must come from the same scores.")
    deviations = np.where(deviations <= rounding, 0.0, deviations)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt(np.where(size > 1, deviations / (size - 1), np.nan))


def bound_mean(
    n: Numbers, total: Numbers, squares: Numbers, *, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Student's t interval of a mean from number, sum and sum of squares; NaN where n is 1.

    Not clipped to any scale. When everybody gave the same score both ends are that score, which says how the
    answers lay and not how sure the mean is.
    Raises ValueError as `measure_spread` does.
    """
    spread = measure_spread(n, total, squares)
    size = _floats(n)
    mean = _floats(total) / size
    half = _quantile(np.maximum(size - 1, 1), level) * spread / np.sqrt(size)
    return mean - half, mean + half


def bound_mean_difference(
    n: Numbers,
    mean: Numbers,
    sd: Numbers,
    other_n: Numbers,
    other_mean: Numbers,
    other_sd: Numbers,
    *,
    level: float = LEVEL,
) -> tuple[Floats, Floats]:
    """Welch's interval of mean minus other mean, from number, mean and standard deviation of two groups.

    NaN where a group has fewer than two answers or where neither group has any spread: then nothing is known
    of how the difference would vary. Raises ValueError when a standard deviation is negative. Source: Welch
    1947, with Satterthwaite's degrees of freedom.
    """
    n1, n2, sd1, sd2 = _floats(n), _floats(other_n), _floats(sd), _floats(other_sd)
    if np.any(sd1 < 0) or np.any(sd2 < 0):
        raise ValueError("A standard deviation is negative: it is a root and cannot be.")
    with np.errstate(divide="ignore", invalid="ignore"):
        variance1, variance2 = sd1**2 / n1, sd2**2 / n2
        variance = variance1 + variance2
        freedom = variance**2 / (variance1**2 / (n1 - 1) + variance2**2 / (n2 - 1))
    known = (n1 >= 2) & (n2 >= 2) & (variance > 0)
    half = np.where(known, _quantile(np.where(known, freedom, 1.0), level) * np.sqrt(variance), np.nan)
    difference = _floats(mean) - _floats(other_mean)
    return difference - half, difference + half


def _read_counts(positive: Numbers, n: Numbers) -> tuple[Floats, Floats]:
    """Counts and sizes as arrays. Raises ValueError when they cannot be a part and its whole."""
    x, size = _floats(positive), _floats(n)
    if not np.all(size >= 1):
        raise ValueError("A share needs at least one answer: leave out the cells without answers.")
    if not np.all((x >= 0) & (x <= size)):
        raise ValueError("A share's count lies outside 0 to n: count positive answers among the answers.")
    return x, size


def _quantile(freedom: Floats, level: float) -> Floats:
    """Student's t that leaves half of the tail above it."""
    from scipy.special import stdtrit

    return _floats(stdtrit(freedom, 1 - _tail(level) / 2))


def _tail(level: float) -> float:
    """What the interval leaves outside. Raises ValueError when the level is no share between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"Level {level} is not between 0 and 1: write 95 per cent as 0.95.")
    return 1 - level


def _floats(numbers: Numbers) -> Floats:
    return np.asarray(numbers, dtype=np.float64)
