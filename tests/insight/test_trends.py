"""Does everybody read the same sentence, and only of whole periods, each with the figures they may see?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.estimates import Estimate
from survey.areas import Area
from survey.definition.model import Dimension
from survey.errors import SurveyError
from survey.insight.audience import Audience, open_cell, round_cell
from survey.insight.choice import Choice
from survey.insight.series import Places, Series, make_series
from survey.insight.trends import Trends, find_trends, list_span
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.store.publications import Cell
from tests.insight.hand_made import (
    CELL,
    HIDDEN_FROM_ALL,
    add_cells,
    add_publication,
    add_version_without,
    make_publication,
)
from tests.walks import SURVEY, opened

PUBLIC, SIGNED_IN = Audience(False, 10), Audience(True, 5)
RESIDENT, MANAGER = Person(), Person(Role.MANAGER)
SPAN = ("2025-10", "2026-10")
VAXJO = Area("0780", "Växjö", "07")
HELHET = Dimension(id="helhet", text={"sv": "Helhet"})
SEEN = Estimate(43, 61.26, 55.04, 67.5, 20.4)


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var") as found:
        yield found


@pytest.mark.parametrize(
    ("cell", "audience", "seen"),
    [
        (None, PUBLIC, NoAnswers()),
        (replace(CELL, n=0, mean=None), SIGNED_IN, NoAnswers()),
        (replace(CELL, **HIDDEN_FROM_ALL), PUBLIC, Hidden(HiddenReason.NOT_TOLD, 10)),
        (replace(CELL, **HIDDEN_FROM_ALL), SIGNED_IN, Hidden(HiddenReason.TOO_FEW, 5)),
        (replace(CELL, hidden_public="too_few"), PUBLIC, Hidden(HiddenReason.NOT_TOLD, 10)),
        (replace(CELL, hidden_public="too_few"), SIGNED_IN, Shown(SEEN)),
        (
            replace(CELL, hidden_signed_in="protects_another"),
            SIGNED_IN,
            Hidden(HiddenReason.PROTECTS_ANOTHER, 5),
        ),
        (CELL, PUBLIC, Shown(SEEN)),
    ],
)
def test_hidden_and_none_are_not_a_number_and_each_audience_has_its_own(
    cell: Cell | None, audience: Audience, seen: object
) -> None:
    assert open_cell(cell, audience) == seen


def test_counts_are_in_fives_for_everybody_and_scores_have_their_audiences_decimals() -> None:
    seen = open_cell(CELL, PUBLIC)
    assert round_cell(seen) == Shown(Estimate(45, 61.0, 55.0, 68.0, 20.0))
    assert round_cell(seen, decimals=PUBLIC.decimals) == round_cell(seen)
    assert round_cell(seen, decimals=SIGNED_IN.decimals) == Shown(Estimate(45, 61.3, 55.0, 67.5, 20.4))


def test_the_public_and_the_signed_in_read_the_same_about_a_change() -> None:
    before = replace(CELL, period="2025-10", n=104, mean=54.4, sd=19.6)
    after = replace(CELL, n=98, mean=56.7, sd=20.4)
    cells = {(c.area, c.measure, c.period): c for c in (before, after)}
    told = [
        make_series(HELHET, Places(VAXJO, None, SPAN, audience, SPAN), cells)
        for audience in (PUBLIC, SIGNED_IN)
    ]
    assert told[0].fact == told[1].fact
    assert told[0].line != told[1].line


@pytest.mark.parametrize(
    ("kind", "first", "last", "codes"),
    [
        ("month", "2026-09", "2026-12", ("2026-09", "2026-10")),
        ("quarter", "2023-11", "2024-06", ("2024-Q1", "2024-Q2")),
        ("quarter", "2026-04", "2026-10", ("2026-Q2", "2026-Q3")),
        ("year", "2023-11", "2026-10", ("2024", "2025")),
    ],
)
def test_a_period_that_goes_on_or_in_which_the_survey_began_is_left_out(
    kind: str, first: str, last: str, codes: tuple[str, ...]
) -> None:
    choice = Choice("invanarupplevelse", "0780", kind, first, last)
    assert list_span(choice, make_publication(), "2023-11") == codes


def test_a_choice_without_a_whole_period_is_said_to_be_so() -> None:
    with pytest.raises(SurveyError, match="span_without_period"):
        list_span(Choice("a", "0780", "year", "2026-02", "2026-10"), make_publication(), "2023-11")


def look(installation: Installation, viewer: Person = MANAGER, **how: Any) -> Trends:
    asked: dict[str, Any] = {"area": "0780", "kind": "month", "first": "2026-08", "last": "2026-10"} | how
    return find_trends(installation, Choice(SURVEY, **asked), viewer=viewer)


def find_series(trends: Trends, dimension: str) -> Series:
    return next(one for one in trends.series if one.dimension.id == dimension)


def test_a_trend_holds_what_was_published_of_an_area_and_its_county(installation: Installation) -> None:
    add_publication(installation)
    few = replace(CELL, period="2026-09", **HIDDEN_FROM_ALL)
    add_cells(installation, CELL, few, replace(CELL, area="07", mean=58.0, n=812))
    found = look(installation)
    line = find_series(found, "helhet").line
    assert [point.cell for point in line.points] == [
        NoAnswers(),
        Hidden(HiddenReason.TOO_FEW, 5),
        Shown(Estimate(45, 61.3, 55.0, 67.5, 20.4)),
    ]
    county = find_series(found, "helhet").county
    assert county is not None
    assert county.points[-1].cell == Shown(Estimate(810, 58.0, 55.0, 67.5, 20.4))
    assert (found.decimals, look(installation, RESIDENT).decimals) == (1, 0)


def test_headlines_come_first_and_all_are_asked_for(installation: Installation) -> None:
    add_publication(installation)
    series = look(installation).series
    headlines = [one.dimension.headline is not None for one in series]
    assert headlines == sorted(headlines, reverse=True)
    assert all(one.is_asked for one in series)


def test_a_dimension_that_is_no_longer_asked_for_comes_last_and_ends_where_it_ended(
    installation: Installation,
) -> None:
    add_version_without(installation, "helhet")
    add_publication(installation, "2026-08")
    add_publication(installation, "2026-10", versions="2026-2")
    add_cells(installation, replace(CELL, period="2026-08"))
    last = look(installation).series[-1]
    assert (last.dimension.id, last.is_asked) == ("helhet", False)
    assert [point.period for point in last.line.points] == ["2026-08"]
    assert "helhet" not in [one.dimension.id for one in look(installation, first="2026-09").series]


def test_a_dimension_that_both_versions_of_a_month_ask_for_is_there_once(installation: Installation) -> None:
    add_version_without(installation, "helhet")
    add_publication(installation, versions="2026-1 2026-2")
    ids = [one.dimension.id for one in look(installation).series]
    assert len(ids) == len(set(ids))
    assert "helhet" not in ids


def test_a_corrected_period_is_shown_with_its_new_number_and_its_reason(installation: Installation) -> None:
    add_publication(installation)
    add_cells(installation, CELL)
    second = add_publication(installation, revision=2, reason="Fel befolkning")
    add_cells(installation, replace(CELL, revision=2, mean=70.0), publication_id=second)
    found = look(installation)
    (revised,) = found.revised
    assert (revised.period, revised.revision, revised.reason) == ("2026-10", 2, "Fel befolkning")
    cell = find_series(found, "helhet").line.points[-1].cell
    assert isinstance(cell, Shown)
    assert cell.value.mean == 70.0
    assert look(installation, area="0781").revised == ()


@pytest.mark.parametrize(
    ("viewer", "before", "after", "told"),
    [
        (RESIDENT, 84.4, 67.6, ("lower", 84.0, 68.0, -16.0)),
        (MANAGER, 84.44, 67.55, ("lower", 84.4, 67.5, -16.9)),
        (RESIDENT, 60.4, 61.4, ("higher", 60.0, 61.0, 1.0)),
        (RESIDENT, 60.6, 61.4, ("no_clear_change", 61.0, 61.0, 0.0)),
        (MANAGER, 60.6, 61.4, ("higher", 60.6, 61.4, 0.8)),
    ],
)
def test_a_difference_is_that_of_the_means_as_they_are_shown(
    installation: Installation, viewer: Person, before: float, after: float, told: tuple[object, ...]
) -> None:
    add_publication(installation, "2025-10")
    add_publication(installation)
    many = replace(CELL, n=9_000, sd=5.0)
    add_cells(installation, replace(many, period="2025-10", mean=before), replace(many, mean=after))
    fact = find_series(look(installation, viewer, first="2025-10"), "helhet").fact
    assert (fact.kind, fact.earlier_mean, fact.mean, fact.difference) == told


def test_a_change_that_many_tests_would_bring_by_chance_is_not_claimed(installation: Installation) -> None:
    """Among 11 lines of which ten stand still a difference needs p <= 5 % / 11; its own is 3 %."""
    add_publication(installation, "2025-10")
    add_publication(installation)
    dimensions = [one.dimension.id for one in look(installation).series]
    cells = [
        replace(CELL, measure=one, period=period, n=100, sd=20.0, mean=66.0 if changed else 60.0)
        for one in dimensions
        for period in ("2025-10", "2026-10")
        for changed in [one == "helhet" and period == "2026-10"]
    ]
    add_cells(installation, *cells)
    fact = find_series(look(installation, first="2025-10"), "helhet").fact
    assert (fact.kind, fact.difference) == ("no_clear_change", 6.0)
    assert fact.low is not None
    assert fact.low > 0
