"""Can everybody find out how a number they see was made, and nobody about one they do not?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.weights import WeightMethod
from survey.insight.choice import Choice
from survey.insight.computed import Computed, WhyUnweighted, find_computed, list_reliabilities
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.population.load import keep_population
from survey.store import publications
from survey.store.populations import Margin
from survey.store.publications import Reliability
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication
from tests.walks import SURVEY, open_a_round, opened

RESIDENT, MANAGER = Person(), Person(Role.MANAGER)
CHOICE = Choice(SURVEY, "0780", "month", "2026-01", "2026-10")


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var") as found:
        yield found


def look(installation: Installation, viewer: Person = MANAGER, choice: Choice = CHOICE) -> Computed | None:
    period = "2026-Q3" if choice.kind == "quarter" else "2026-10"
    return find_computed(installation, choice, "helhet", period, viewer=viewer)


def add_margins(installation: Installation, area: str = "0780") -> None:
    margins = [Margin(area, "a15_29", gender, 100) for gender in ("woman", "man")]
    keep_population(installation, margins, year=2025, source="påhittad", by="test")


def test_a_weighted_number_tells_its_weights_and_the_people_it_was_weighted_to(
    installation: Installation,
) -> None:
    add_margins(installation)
    add_publication(installation, population_year=2025)
    add_cells(installation, CELL)
    found = look(installation)
    assert found is not None
    assert (found.n, found.n_effective, found.largest_weight) == (45, 35, 2.4)
    assert (found.weighting, found.why_unweighted) == (WeightMethod.POST_STRATIFIED, None)
    assert found.margins is not None
    assert (found.margins.year, found.margins.source) == (2025, "påhittad")
    assert (found.publication.method, found.versions, found.threshold) == ("2026-2", ("2026-1",), 5)


def test_the_threshold_is_that_of_the_publication_and_the_audience(installation: Installation) -> None:
    add_publication(installation, threshold_public=20, threshold_signed_in=15)
    add_cells(installation, CELL)
    told = [look(installation, viewer) for viewer in (RESIDENT, MANAGER)]
    assert [one and one.threshold for one in told] == [20, 15]


@pytest.mark.parametrize(
    ("year", "area", "why"),
    [
        (None, "0780", WhyUnweighted.NO_MARGINS),
        (2025, "0781", WhyUnweighted.NOT_COVERED),
        (2025, "0780", WhyUnweighted.TOO_FEW),
    ],
)
def test_an_unweighted_number_says_why(
    installation: Installation, year: int | None, area: str, why: WhyUnweighted
) -> None:
    add_margins(installation, area)
    add_publication(installation, population_year=year)
    add_cells(installation, replace(CELL, weighting="none"))
    found = look(installation)
    assert found is not None
    assert (found.why_unweighted, found.margins) == (why, None)


@pytest.mark.parametrize(
    ("changes", "viewers"),
    [(HIDDEN_FROM_ALL, (RESIDENT, MANAGER)), ({"hidden_public": "too_few"}, (RESIDENT,))],
)
def test_nothing_is_told_of_a_number_that_is_not_shown(
    installation: Installation, changes: dict[str, Any], viewers: tuple[Person, ...]
) -> None:
    add_publication(installation)
    add_cells(installation, replace(CELL, **changes))
    assert [look(installation, viewer) for viewer in viewers] == [None] * len(viewers)


def test_nothing_is_told_of_a_period_without_answers(installation: Installation) -> None:
    add_publication(installation)
    assert look(installation) is None


def test_a_corrected_number_tells_its_revision_and_reason(installation: Installation) -> None:
    add_publication(installation)
    add_cells(installation, CELL)
    second = add_publication(installation, revision=2, reason="Fel befolkning")
    add_cells(installation, replace(CELL, revision=2), publication_id=second)
    found = look(installation)
    assert found is not None
    assert (found.publication.revision, found.publication.reason) == (2, "Fel befolkning")


def test_a_quarter_tells_every_version_that_was_answered_in_it(installation: Installation) -> None:
    for month, versions in (
        ("2026-06", "2025-9"),
        ("2026-07", "2026-1"),
        ("2026-08", ""),
        ("2026-09", "2026-2"),
    ):
        last = add_publication(installation, month, versions=versions)
    add_cells(installation, replace(CELL, kind="quarter", period="2026-Q3"), publication_id=last)
    found = look(installation, choice=replace(CHOICE, kind="quarter"))
    assert found is not None
    assert found.versions == ("2026-1", "2026-2")


RELIABILITY = Reliability(0, "runda", "helhet", 4, 143, 0.69, 0.6, 0.75, 0.72, 0.7, 0.5, 210)


def keep_reliability(installation: Installation, month: str, *rows: Reliability) -> None:
    number = add_publication(installation, month)
    with installation.database.write() as connection:
        publications.add_reliabilities(connection, rows, publication_id=number)


def test_reliability_is_the_latest_that_was_published_with_a_warning_below_070(
    installation: Installation,
) -> None:
    open_a_round(installation)
    keep_reliability(installation, "2026-08", replace(RELIABILITY, alpha=0.9))
    keep_reliability(installation, "2026-09", RELIABILITY, replace(RELIABILITY, dimension="trygghet"))
    keep_reliability(installation, "2026-10")
    (found,) = list_reliabilities(installation, SURVEY, "helhet")
    assert (found.title, found.found.alpha, found.found.n, found.is_weak) == ("Runda", 0.69, 145, True)


@pytest.mark.parametrize(("alpha", "weak"), [(0.699, True), (0.7, False), (None, False)])
def test_a_scale_is_weak_below_070_and_not_where_it_is_not_known(
    installation: Installation, alpha: float | None, weak: bool
) -> None:
    open_a_round(installation)
    keep_reliability(installation, "2026-10", replace(RELIABILITY, alpha=alpha))
    assert [one.is_weak for one in list_reliabilities(installation, SURVEY, "helhet")] == [weak]


def test_a_scale_that_was_not_measured_has_no_reliability(installation: Installation) -> None:
    add_publication(installation)
    assert list_reliabilities(installation, SURVEY, "helhet") == ()
