"""Is a number of few, and one that is hidden, told as carefully as in the open data?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.disclosure import Hidden
from survey.installation import Installation
from survey.story.story import find_story
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication


@pytest.mark.parametrize(
    ("n", "positive", "told"),
    [(10, 0.0, "<15"), (10, 1.0, ">85"), (20, 0.04, "<10"), (40, 0.98, ">95"), (60, 0.03, "3")],
)
def test_a_share_of_few_is_told_with_its_bound(
    installation: Installation, n: int, positive: float, told: str
) -> None:
    add_publication(installation, "2026-10")
    add_cells(installation, replace(CELL, n=n, positive=positive))
    (chapter,) = (one for one in find_story(installation, "0780", "2026").chapters if one.number.mean)
    assert chapter.number.share == told


def test_a_hidden_year_has_neither_a_number_nor_a_year_before(installation: Installation) -> None:
    for month in ("2024-01", "2025-12"):
        add_publication(installation, month)
    shown = replace(CELL, kind="year", period="2024")
    add_cells(installation, shown, replace(shown, period="2025", **HIDDEN_FROM_ALL))
    found = find_story(installation, "0780", "2025")
    number = next(one.number for one in found.chapters if one.dimension.id == "helhet")
    assert isinstance(number.cell, Hidden)
    assert (number.earlier, number.share, number.computed) == (None, "", None)
