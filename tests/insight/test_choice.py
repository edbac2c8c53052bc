"""Is an address read part by part, so that one that is wrong spoils no other?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.insight.choice import Choice, Second, read_choice, read_choice_or_usual
from survey.installation import Installation
from tests.insight.hand_made import add_publication
from tests.walks import SURVEY, opened

USUAL = Choice(SURVEY, "07", "month", "2023-11", "2026-10")


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var") as found:
        add_publication(found)
        yield found


def test_an_empty_address_is_three_years_of_the_county_until_the_latest_month(
    installation: Installation,
) -> None:
    assert read_choice(installation, {}) == USUAL


def test_every_part_of_an_address_is_read(installation: Installation) -> None:
    asked = {"area": "0780", "by": "quarter", "from": "2026-01", "to": "2026-06", "line": "shrunk"}
    assert read_choice(installation, asked) == Choice(
        SURVEY, "0780", "quarter", "2026-01", "2026-06", Second.SHRUNK
    )


@pytest.mark.parametrize(
    ("asked", "code", "read"),
    [
        (
            {"by": "week", "area": "0780"},
            "kind_unknown",
            Choice(SURVEY, "0780", "month", "2023-11", "2026-10"),
        ),
        ({"area": "9999", "by": "year"}, "area_unknown", Choice(SURVEY, "07", "year", "2023-11", "2026-10")),
        ({"line": "pink", "by": "year"}, "line_unknown", Choice(SURVEY, "07", "year", "2023-11", "2026-10")),
        ({"survey": "other"}, "survey_unknown", USUAL),
        ({"from": "hösten"}, "span_wrong", USUAL),
        ({"from": "2026"}, "span_wrong", USUAL),
        ({"to": "2026-13"}, "span_wrong", USUAL),
        ({"from": "2026-11", "to": "2026-10"}, "span_wrong", USUAL),
        ({"from": "2006-10"}, "span_wrong", USUAL),
    ],
)
def test_only_the_part_that_is_wrong_falls_back_and_is_told(
    installation: Installation, asked: dict[str, str], code: str, read: Choice
) -> None:
    found, wrong = read_choice_or_usual(installation, asked)
    assert found == read
    assert [one.code for one in wrong] == [code]
    with pytest.raises(SurveyError, match=code):
        read_choice(installation, asked)


def test_everything_that_is_wrong_is_told_at_once(installation: Installation) -> None:
    found, wrong = read_choice_or_usual(installation, {"area": "x", "by": "x", "from": "x", "line": "x"})
    assert found == USUAL
    assert [one.code for one in wrong] == ["area_unknown", "kind_unknown", "span_wrong", "line_unknown"]


@pytest.mark.parametrize("first", ["2006-11", "2026-10"])
def test_a_span_is_from_one_month_to_twenty_years(installation: Installation, first: str) -> None:
    assert read_choice(installation, {"from": first}).first == first


def test_the_calendars_first_year_is_a_span_too(installation: Installation) -> None:
    assert read_choice(installation, {"to": "0001-05"}).first == "0001-01"


def test_before_anything_is_published_there_is_no_choice(database_url: str, tmp_path: Path) -> None:
    with (
        opened(database_url, tmp_path / "var") as empty,
        pytest.raises(SurveyError, match="nothing_published"),
    ):
        read_choice_or_usual(empty, {})
