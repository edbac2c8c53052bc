"""Is a reader advised only to choose what then shows more?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from survey.insight.advice import Advice
from survey.insight.choice import Choice
from survey.insight.compared_choice import ComparedChoice
from survey.insight.elsewhere import choose_advice, pick_best
from survey.insight.municipalities import Compared, compare_municipalities
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.insight.trends import find_trends
from survey.installation import Installation
from survey.language import speak
from survey.people.roles import Person, Role
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication
from tests.insight.monthly import list_months
from tests.walks import SURVEY, Calendar, opened

MANAGER = Person(Role.MANAGER)
THIN = replace(CELL, period="2026-08", **HIDDEN_FROM_ALL)
QUARTER = replace(CELL, kind="quarter", period="2026-Q3")


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", Calendar(date(2026, 11, 21))) as found:
        for month in list_months(12):
            add_publication(found, month)
        yield found


@pytest.mark.parametrize(
    ("hidden", "shown", "county", "advice"),
    [
        (["2026-08"], ["2026-Q3"], ["2026-08"], Advice.LONGER),
        (["2026-08"], ["2026"], [], Advice.LONGER),
        (["2026-08"], ["2026-Q2", "2026-H1"], ["2026-08"], Advice.COUNTY),  # another time
        (["2026-Q3"], ["2026-07"], ["2026-Q3"], Advice.SHORTER),
        (["2026-Q3"], ["2026-07", "2026-H2"], [], Advice.LONGER),
        (["2026"], ["2025-12"], [], Advice.NONE),
        (["2026-08"], [], ["2026-09"], Advice.NONE),
        ([], ["2026-Q3"], ["2026-08"], Advice.NONE),
    ],
)
def test_the_advice_is_the_first_that_shows_some_of_what_is_hidden(
    hidden: list[str], shown: list[str], county: list[str], advice: Advice
) -> None:
    assert choose_advice(hidden, shown, county=county) is advice


def test_the_best_of_several_is_a_longer_period() -> None:
    assert pick_best([Advice.COUNTY, Advice.LONGER, Advice.NONE]) is Advice.LONGER
    assert pick_best([]) is Advice.NONE


def look(installation: Installation, kind: str = "month") -> tuple[Series, str]:
    choice = Choice(SURVEY, "0780", kind, "2025-11", "2026-10")
    trends = find_trends(installation, choice, viewer=MANAGER)
    series = next(one for one in trends.series if one.dimension.id == "helhet")
    return series, Teller(speak("sv"), trends, decimals=1, with_interval=False).tell_advice([series])


def test_a_hidden_month_whose_quarter_is_shown_advises_a_longer_period(installation: Installation) -> None:
    add_cells(installation, THIN, QUARTER)
    series, told = look(installation)
    assert (series.advice, told) == (Advice.LONGER, " Välj en längre period för att se mer.")


def test_a_hidden_quarter_whose_months_are_shown_advises_a_shorter_one(installation: Installation) -> None:
    """One thin month would be told by subtraction, and hides its quarter and year."""
    hidden = replace(QUARTER, **HIDDEN_FROM_ALL)
    year = replace(hidden, kind="year", period="2026")
    add_cells(installation, THIN, hidden, year, replace(CELL, period="2026-09"))
    assert look(installation, "quarter")[0].advice is Advice.SHORTER
    series, told = look(installation)
    assert (series.advice, told) == (Advice.NONE, "")


def test_what_only_the_county_shows_advises_the_county(installation: Installation) -> None:
    add_cells(installation, THIN, replace(CELL, area="07", period="2026-08"))
    assert look(installation)[1] == " Välj hela länet för att se mer."


def compare(installation: Installation, kind: str, period: str) -> Compared:
    choice = ComparedChoice(SURVEY, "07", "helhet", kind, period)
    return compare_municipalities(installation, choice, viewer=MANAGER)


def test_beside_each_other_the_longest_period_does_not_advise_a_longer_one(
    installation: Installation,
) -> None:
    add_cells(installation, THIN, QUARTER, replace(QUARTER, kind="year", period="2026", **HIDDEN_FROM_ALL))
    found = compare(installation, "month", "2026-08")
    assert (found.advice, found.has_longer) == (Advice.LONGER, True)
    found = compare(installation, "year", "2026")
    assert (found.advice, found.has_longer) == (Advice.SHORTER, False)
