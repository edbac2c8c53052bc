"""What number of a published cell does a line show: its mean, or the share of high answers?"""

from __future__ import annotations

import math
from enum import StrEnum

from analysis.control.judge import ChartKind
from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown, round_count
from analysis.estimates import Estimate
from survey.insight.audience import Audience, open_cell, tell_reason
from survey.insight.shares import find_least, say_share
from survey.store.publications import Cell

PERCENT = 100


class Figure(StrEnum):
    """What a line shows and which control chart judges it: the mean by its limits or against its median, or
    the share of high answers (75 points or more, per cent)."""

    MEAN = "mean"
    SHARE = "share"
    MEDIAN = "median"


CHARTS = {
    Figure.MEAN: ChartKind.XMR,
    Figure.SHARE: ChartKind.P_PRIME,
    Figure.MEDIAN: ChartKind.RUN,
}


def open_figure(
    cell: Cell | None, audience: Audience, figure: Figure
) -> Shown[Estimate] | Hidden | NoAnswers:
    """A cell as its audience may see it, with the figure that was chosen, 0-100."""
    seen = open_cell(cell, audience)
    if figure is not Figure.SHARE or cell is None or not isinstance(seen, Shown):
        return seen
    return open_share(cell, audience)


def open_share(cell: Cell, audience: Audience) -> Shown[Estimate] | Hidden | NoAnswers:
    """The share of high answers of a shown cell, in per cent; its `sd` makes sd / sqrt(n) its standard error.

    A share of few that may only be told as under or over a bound is hidden: a line cannot say "under".
    """
    share, n = cell.positive, cell.n
    if share is None or not n:
        return NoAnswers()
    if not say_share(share, find_least(round_count(n))).isdecimal():
        return Hidden(tell_reason(HiddenReason.PROTECTS_ANOTHER, audience), audience.threshold)
    low, high = (None if end is None else PERCENT * end for end in (cell.positive_low, cell.positive_high))
    sd = PERCENT * math.sqrt(share * (1 - share) * n / (cell.n_effective or n))
    return Shown(Estimate(n, PERCENT * share, low, high, sd))
