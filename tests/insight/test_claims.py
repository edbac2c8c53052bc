"""Is a difference between two periods told as a change only where no chart can judge, and of many answers?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.describe import ComparisonKind, LineKind
from survey.following.goals import NewGoal, add_goal
from survey.insight.choice import Choice
from survey.insight.measured import Figure
from survey.insight.news import list_news
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.insight.signals import find_signals
from survey.insight.trends import Trends, find_trends
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from tests.insight.hand_made import CELL, add_cells, add_publication
from tests.insight.monthly import list_months, publish_line
from tests.walks import SURVEY, Calendar, opened

MANAGER = Person(Role.MANAGER)
UNEVEN = [66.0, 72.0, 64.0, 70.0, 67.0, 71.0, 65.0, 73.0, 69.0, 66.0, 71.0]


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", Calendar(date(2026, 11, 21))) as found:
        yield found


def look(
    installation: Installation,
    *,
    first: str = "2024-01",
    last: str = "2026-10",
    figure: Figure = Figure.MEAN,
) -> Trends:
    choice = Choice(SURVEY, "0780", "month", first, last, figure=figure)
    return find_trends(installation, choice, viewer=MANAGER)


def find_helhet(trends: Trends) -> Series:
    return next(one for one in trends.series if one.dimension.id == "helhet")


def tell(trends: Trends) -> list[str]:
    return list_news(Teller(speak("sv"), trends, decimals=1, with_interval=False))


def publish_two(installation: Installation, means: Sequence[float], n: int) -> None:
    for month, mean in zip(list_months(2), means, strict=True):
        add_publication(installation, month)
        add_cells(installation, replace(CELL, period=month, mean=mean, n=n))


@pytest.mark.parametrize(
    ("means", "kind"),
    [
        ([90.0, *UNEVEN, 60.0], LineKind.CHANCE),  # 13 months, and the year before was a month far out
        ([90.0, *UNEVEN[:10], 60.0], LineKind.CHANCE),  # the least that limits need
        ([90.0, *UNEVEN[:9], 60.0], LineKind.ON_TRIAL),
        ([90.0, *UNEVEN[:4], 60.0], LineKind.ON_TRIAL),  # limits are drawn from six on
        ([90.0, *UNEVEN[:3], 60.0], LineKind.LOWER),
    ],
)
def test_where_a_chart_judges_two_months_that_lie_far_apart_are_no_change(
    installation: Installation, means: list[float | None], kind: LineKind
) -> None:
    """One truth for everybody: what the start page does not call a signal is no news here either."""
    publish_line(installation, means)
    trends = look(installation)
    fact = find_helhet(trends).fact
    assert (fact.kind, fact.difference) == (kind, -30.0)
    assert not find_signals(installation, SURVEY, ["0780"], viewer=MANAGER).every
    is_told = " har minskat med 30,0" in tell(trends)[0]
    assert is_told == (kind is LineKind.LOWER)


@pytest.mark.parametrize(("n", "kind"), [(29, LineKind.FEW_ANSWERS), (30, LineKind.LOWER)])
def test_a_change_between_two_months_needs_thirty_answers_in_each(
    installation: Installation, n: int, kind: LineKind
) -> None:
    publish_two(installation, (90.0, 60.0), n)
    assert find_helhet(look(installation)).fact.kind is kind


@pytest.mark.parametrize(("n", "kind"), [(29, ComparisonKind.CANNOT_SAY), (30, ComparisonKind.ABOVE)])
def test_a_difference_from_the_county_needs_thirty_answers_too(
    installation: Installation, n: int, kind: ComparisonKind
) -> None:
    add_publication(installation)
    add_cells(installation, replace(CELL, mean=90.0, n=n), replace(CELL, area="07", mean=60.0, n=400))
    comparison = find_helhet(look(installation)).comparison
    assert comparison is not None
    assert comparison.kind is kind


def test_of_one_chosen_month_it_is_said_whether_there_are_others(installation: Installation) -> None:
    publish_line(installation, [60.0, 62.0, 61.0])
    assert find_helhet(look(installation, first="2026-10")).fact.kind is LineKind.ONE_CHOSEN
    assert find_helhet(look(installation, last="2026-08")).fact.kind is LineKind.ONE_POINT


@pytest.mark.parametrize(
    ("last", "figure", "is_drawn", "is_hidden"),
    [
        ("2026-10", Figure.MEAN, True, False),  # set for the month that runs, and the newest is shown
        ("2026-09", Figure.MEAN, False, False),  # over before it was set
        ("2026-10", Figure.SHARE, False, True),
        ("2026-09", Figure.SHARE, False, False),
    ],
)
def test_a_goal_stands_on_no_time_that_was_over_before_it_was_set(
    installation: Installation, last: str, figure: Figure, is_drawn: bool, is_hidden: bool
) -> None:
    publish_line(installation, [60.0, 62.0, 61.0])
    new = NewGoal("65", "2027-12", "2026-11", "Beslut")
    add_goal(installation, new, survey=SURVEY, area="0780", dimension="helhet", by=MANAGER)
    series = find_helhet(look(installation, last=last, figure=figure))
    assert (series.goal is not None, series.hides_goal) == (is_drawn, is_hidden)
