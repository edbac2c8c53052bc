"""Is a second line known only where its reader sees the number, and made of cells that they may see?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.shrinkage import shrink_means
from survey.insight.choice import Choice, Second
from survey.insight.trends import find_trends
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication
from tests.walks import SURVEY, opened

RESIDENT, MANAGER = Person(), Person(Role.MANAGER)


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var") as found:
        add_publication(found)
        yield found


def look(
    installation: Installation, second: Second, viewer: Person = MANAGER, **how: Any
) -> Mapping[str, float] | None:
    asked = {"area": "0780", "kind": "month", "first": "2026-09", "last": "2026-10", "second": second} | how
    found = find_trends(installation, Choice(SURVEY, **asked), viewer=viewer)
    return next(one.second for one in found.series if one.dimension.id == "helhet")


def test_without_a_choice_there_is_no_second_line(installation: Installation) -> None:
    add_cells(installation, CELL)
    assert look(installation, Second.NONE) is None


@pytest.mark.parametrize(
    ("second", "signed_in", "public"), [(Second.UNWEIGHTED, 62.0, 62.0), (Second.ADJUSTED, 60.6, 61.0)]
)
def test_what_was_published_beside_the_number_is_shown_with_the_audiences_decimals(
    installation: Installation, second: Second, signed_in: float, public: float
) -> None:
    add_cells(installation, CELL)
    assert look(installation, second) == {"2026-10": signed_in}
    assert look(installation, second, RESIDENT) == {"2026-10": public}


@pytest.mark.parametrize("second", [Second.UNWEIGHTED, Second.ADJUSTED, Second.SHRUNK])
def test_a_hidden_cell_has_no_second_number(installation: Installation, second: Second) -> None:
    neighbours = [replace(CELL, area=area, mean=mean) for area, mean in (("0781", 70.0), ("0760", 50.0))]
    add_cells(installation, replace(CELL, hidden_public="too_few"), *neighbours)
    assert look(installation, second, RESIDENT) == {}
    assert look(installation, second) != {}


def test_what_is_not_known_is_not_there(installation: Installation) -> None:
    add_cells(installation, replace(CELL, adjusted=None), replace(CELL, period="2026-09"))
    assert look(installation, Second.ADJUSTED) == {"2026-09": 60.6}


COUNTY = {"0780": (200, 60.0, 18.0, 150.0), "0781": (60, 66.0, 21.0, 50.0), "0760": (12, 40.0, 25.0, 9.0)}


def add_county(installation: Installation, changes: Mapping[str, dict[str, Any]] | None = None) -> None:
    """A month of three municipalities; sd carries the weights, so that sd / sqrt(n) is the standard error."""
    for area, (n, mean, sd, effective) in COUNTY.items():
        numbers = {"n": n, "mean": mean, "sd": sd * sqrt(n / effective), "n_effective": effective}
        add_cells(installation, replace(CELL, area=area, **numbers | (changes or {}).get(area, {})))


def test_a_small_municipality_is_pulled_towards_its_county_as_the_method_says(
    installation: Installation,
) -> None:
    add_county(installation)
    n, mean, sd, effective = (np.array([[row[at]] for row in COUNTY.values()]) for at in range(4))
    expected = shrink_means(n, mean, sd, effective).mean[:, 0]
    seen = [look(installation, Second.SHRUNK, area=area) for area in COUNTY]
    assert seen == [{"2026-10": round(float(one), 1)} for one in expected]
    assert 42 < expected[2] < 60  # 40 before it was pulled


def test_a_neighbour_that_the_reader_may_not_see_pulls_nobody(installation: Installation) -> None:
    add_county(installation, {"0760": HIDDEN_FROM_ALL})
    assert look(installation, Second.SHRUNK) == {}  # two municipalities do not say how they differ


def test_a_county_is_not_pulled_but_has_its_unweighted_number(installation: Installation) -> None:
    add_county(installation)
    add_cells(installation, replace(CELL, area="07", adjusted=None))
    assert look(installation, Second.SHRUNK, area="07") == {}
    assert look(installation, Second.ADJUSTED, area="07") == {}
    assert look(installation, Second.UNWEIGHTED, area="07") == {"2026-10": 62.0}
