"""Which share of the comments of a cell carries each theme, and how far off may it be as some are missed?

A share of suggestions is not a share of comments that speak of a theme: some are missed and some wrong.
Where it is known how often, from comments that people coded, the adjusted share stands beside the counted
one, never in its place.

Source: Rogan and Gladen 1978, American Journal of Epidemiology 107:71-76; for the interval, which counts in
that recall and specificity are estimates, Lang and Reiczigel 2014, Preventive Veterinary Medicine 113:13-22.
"""

# scipy carries no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.intervals import LEVEL
from analysis.text.learning_accuracy import Accuracy, Share, measure_share


@dataclass(frozen=True)
class ThemeShare:
    """How many comments carry a theme, and their share; None where there are no comments.

    `known` is how right the suggestions of the theme were on coded comments, None where nobody knows.
    `adjusted` is the share of comments that would be coded with the theme; None where that cannot be told
    from `known`.
    """

    theme: str
    count: int
    share: Share | None
    known: Accuracy | None
    adjusted: Share | None


@dataclass(frozen=True)
class ThemeShares:
    """The themes of `n` comments in the order they were asked for, and how many comments carry none."""

    n: int
    themes: tuple[ThemeShare, ...]
    unassigned: int
    unassigned_share: Share | None


def count_themes(
    comments: Sequence[Collection[str]], *, themes: Sequence[str], known: Mapping[str, Accuracy] | None = None
) -> ThemeShares:
    """The shares of some comments, each given by its themes; a comment counts once for each of its themes.

    Themes that are not asked for are passed over. `known` holds how right the suggestions are, by theme.
    """
    counts = Counter(theme for one in comments for theme in set(one))
    asked = frozenset(themes)
    unassigned = sum(asked.isdisjoint(one) for one in comments)
    n = len(comments)
    rows = tuple(_count_theme(theme, counts[theme], n, (known or {}).get(theme)) for theme in themes)
    return ThemeShares(n, rows, unassigned, measure_share(unassigned, n))


def _count_theme(theme: str, count: int, n: int, known: Accuracy | None) -> ThemeShare:
    adjusted = adjust_share(count, n, known) if known is not None and n else None
    return ThemeShare(theme, count, measure_share(count, n), known, adjusted)


def adjust_share(count: int, n: int, known: Accuracy) -> Share | None:
    """The share of n comments that have a theme when it was suggested for `count`; cut at 0 and 1.

    Holds where suggestions are as right as on the comments that `known` was counted on. None where those do
    not tell: nobody coded the theme, or everybody did, or by their intervals recall and specificity may add
    up to 1 or less, so that suggestions may be no better than chance. Raises ValueError when the count is
    not within 0 to n, or n is 0.
    """
    if not 0 <= count <= n or n == 0:
        raise ValueError(f"adjust_share: {count} of {n} comments is no share.")
    recall, specificity = known.recall, measure_share(known.clear, known.clear + known.wrong)
    if recall is None or specificity is None or recall.low + specificity.low <= 1:
        return None
    point = (count / n + specificity.share - 1) / (recall.share + specificity.share - 1)
    middle, half = _bound_adjusted(count, n, known)
    low, high = min(middle - half, point), max(middle + half, point)
    return Share(*(min(max(end, 0.0), 1.0) for end in (point, low, high)))


def _bound_adjusted(count: int, n: int, known: Accuracy) -> tuple[float, float]:
    """The middle of Lang and Reiczigel's 95 % interval and half of its width, added to as they do."""
    from scipy.special import ndtri

    z = float(ndtri((1 + LEVEL) / 2))
    size = n + z * z
    share = (count + z * z / 2) / size
    having, lacking = known.right + known.missed + 2, known.clear + known.wrong + 2
    recall, specificity = (known.right + 1) / having, (known.clear + 1) / lacking
    gain = recall + specificity - 1
    true = (share + specificity - 1) / gain
    recall_variance = recall * (1 - recall) / having
    specificity_variance = specificity * (1 - specificity) / lacking
    shift = 2 * z * z * (true * recall_variance - (1 - true) * specificity_variance)
    variance = share * (1 - share) / size
    variance += true * true * recall_variance + (1 - true) * (1 - true) * specificity_variance
    return true + shift, z * math.sqrt(variance) / gain
