"""Which years can be read of, and which time do their figures stand for?"""

from __future__ import annotations

import pytest

from analysis.periods import PeriodKind, list_periods
from survey.errors import SurveyError
from survey.story.years import StoryYear, find_year, list_years
from tests.insight.hand_made import make_publication


def make_years(first: str, last: str) -> tuple[StoryYear, ...]:
    """The years of a survey that was published each month from one until another."""
    months = [one.code for one in list_periods(PeriodKind.MONTH, first, last)]
    return list_years([make_publication(month) for month in reversed(months)])


@pytest.mark.parametrize(
    ("first", "last", "year", "period", "is_whole", "began"),
    [
        ("2024-01", "2025-12", "2025", "2025", True, ""),
        ("2024-01", "2024-12", "2024", "2024", True, ""),
        ("2024-01", "2025-11", "2025", "2025-H1", False, ""),
        ("2024-01", "2025-06", "2025", "2025-H1", False, ""),
        ("2024-01", "2025-05", "2025", "2025-Q1", False, ""),
        ("2024-01", "2025-02", "2025", "2025-02", False, ""),
        ("2024-01", "2025-01", "2025", "2025-01", False, ""),
        ("2024-02", "2025-12", "2024", "2024-H2", False, "2024-02"),
        ("2024-07", "2025-12", "2024", "2024-H2", False, "2024-07"),
        ("2024-08", "2025-12", "2024", "2024-Q4", False, "2024-08"),
        ("2024-11", "2025-12", "2024", "2024-12", False, "2024-11"),
        ("2024-12", "2024-12", "2024", "2024-12", False, "2024-12"),
    ],
)
def test_a_year_stands_for_the_longest_time_that_is_whole_in_it(
    first: str, last: str, year: str, period: str, is_whole: bool, began: str
) -> None:
    found = find_year(make_years(first, last), year)
    assert (found.period, found.is_whole, found.began) == (period, is_whole, began)


def test_the_newest_year_comes_first_and_nothing_published_is_no_year() -> None:
    assert [one.code for one in make_years("2023-11", "2026-02")] == ["2026", "2025", "2024", "2023"]
    assert make_years("2026-02", "2026-01") == ()


@pytest.mark.parametrize("year", ["2023", "2027", "", "år", "2025-01", "9" * 100])
def test_a_year_that_nothing_is_published_of_is_told(year: str) -> None:
    with pytest.raises(SurveyError) as wrong:
        find_year(make_years("2024-01", "2026-10"), year)
    assert wrong.value.code == "year_unknown"
    assert len(str(wrong.value.facts["year"])) <= 20
