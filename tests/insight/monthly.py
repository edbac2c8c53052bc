"""How does a test publish a line month by month, with means that it chose?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.periods import shift_month
from survey.installation import Installation
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication

LAST = "2026-10"


def list_months(number: int, last: str = LAST) -> list[str]:
    """So many months that end with `last`."""
    return [shift_month(last, 1 - number + place) for place in range(number)]


def publish_line(
    installation: Installation,
    means: Sequence[float | None],
    *,
    area: str = "0780",
    measure: str = "helhet",
    publish: bool = True,
    versions: Sequence[str] = (),
) -> list[str]:
    """Publish a mean for each month until October 2026, None for one that is hidden from all; the months."""
    months = list_months(len(means))
    cells = [
        replace(CELL, area=area, measure=measure, period=month)
        if mean is not None
        else replace(CELL, area=area, measure=measure, period=month, **HIDDEN_FROM_ALL)
        for month, mean in zip(months, means, strict=True)
    ]
    kept = [
        cell if mean is None else replace(cell, mean=mean, low=mean - 5, high=mean + 5, raw=mean)
        for cell, mean in zip(cells, means, strict=True)
    ]
    if publish:
        for place, month in enumerate(months):
            more = {"versions": versions[place]} if versions else {}
            add_publication(installation, month, **more)
    add_cells(installation, *kept)
    return months
