"""Are the shares of skipped and not relevant those that were published, and hidden where they were?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.tally import SKIPPED
from survey.errors import SurveyError
from survey.insight.unanswered import (
    DimensionMissing,
    Missing,
    find_most_skipped,
    find_unanswered,
    list_missing_periods,
)
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication
from tests.walks import SURVEY, opened

COORDINATOR = Person(Role.COORDINATOR)
VAXJO, QUARTER = "0780", "2026-Q3"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened(f"sqlite:///{tmp_path / 'prov.db'}", tmp_path / "var") as found:
        for month in ("2026-07", "2026-08", "2026-09", "2026-10"):
            add_publication(found, month)
        yield found


def tell(installation: Installation, question: str, **more: Any) -> None:
    shares = json.dumps({"5": 0.7, "1": 0.3, "na": 0.062, SKIPPED: 0.041})
    place = {"kind": "quarter", "period": QUARTER, "measure": question}
    add_cells(installation, replace(CELL, **{**place, "n": 60, "shares": shares, **more}))


def look(installation: Installation, **more: Any) -> tuple[DimensionMissing, ...]:
    asked = {"survey": SURVEY, "area": VAXJO, "period": QUARTER, "viewer": COORDINATOR}
    return find_unanswered(installation, **{**asked, **more})


def find(found: tuple[DimensionMissing, ...], question: str) -> object:
    return next(one.found for d in found for one in d.questions if one.question.id == question)


def test_shares_are_of_everybody_asked_in_whole_per_cent(installation: Installation) -> None:
    tell(installation, "a01")
    assert find(look(installation), "a01") == Shown(Missing(skipped=4, not_relevant=6))


@pytest.mark.parametrize(
    ("n", "shown"),
    [(49, False), (52, False), (53, True), (60, True)],  # 53 is told as 55, and 52 as 50
)
def test_where_answers_are_not_told_of_neither_are_those_that_are_missing(
    installation: Installation, n: int, shown: bool
) -> None:
    tell(installation, "a01", n=n)
    found = find(look(installation), "a01")
    assert isinstance(found, Shown) if shown else found == Hidden(HiddenReason.TOO_FEW, 50)


def test_a_hidden_cell_and_one_that_is_not_there_are_two_things(installation: Installation) -> None:
    tell(
        installation,
        "a01",
        **HIDDEN_FROM_ALL,
    )
    found = look(installation)
    assert find(found, "a01") == Hidden(HiddenReason.TOO_FEW, 5)
    assert find(found, "a02") == NoAnswers()


def test_nobody_who_skipped_and_nobody_who_was_not_concerned_is_nought(installation: Installation) -> None:
    tell(installation, "a01", shares=json.dumps({"5": 1.0}))
    assert find(look(installation), "a01") == Shown(Missing(0, 0))


def test_every_question_stands_once_under_its_own_dimension(installation: Installation) -> None:
    found = look(installation)
    asked = [one.question.id for dimension in found for one in dimension.questions]
    assert len(asked) == len(set(asked)) > 15
    assert all(not one.dimension.parts for one in found)


def test_the_most_skipped_question_is_among_those_that_are_shown(installation: Installation) -> None:
    assert find_most_skipped(look(installation)) is None
    tell(installation, "a01")
    tell(installation, "a02", shares=json.dumps({"5": 1.0, SKIPPED: 0.3}), n=20)
    tell(installation, "a03", shares=json.dumps({"5": 1.0, SKIPPED: 0.09}))
    found = find_most_skipped(look(installation))
    assert found is not None and (found[0].id, found[1]) == ("a03", 9)


def test_periods_are_whole_quarters_and_months_before_there_is_one(installation: Installation) -> None:
    assert list_missing_periods(installation, SURVEY) == ("2026-Q3",)
    add_publication(installation, "2026-07", survey="resursgrupp")
    assert list_missing_periods(installation, "resursgrupp") == ("2026-07",)
    assert list_missing_periods(installation, "annan") == ()


def test_what_makes_no_sense_or_is_not_allowed_is_refused(installation: Installation) -> None:
    for changes, code in (
        ({"period": "hösten"}, "span_wrong"),
        ({"area": "9999"}, "area_unknown"),
        ({"viewer": Person(Role.MANAGER)}, "not_allowed"),
    ):
        with pytest.raises(SurveyError, match=code):
            look(installation, **changes)
