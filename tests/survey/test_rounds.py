"""Is a round that cannot be answered refused before it is opened?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.rounds import RESERVED, NewRound, open_round

GOOD = NewRound("var-2026", "invanarupplevelse", "2026-1", "Vår", date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        *((replace(GOOD, id=name), "round_name_reserved") for name in sorted(RESERVED)),
        (replace(GOOD, id="Vår 2026"), "round_name_wrong"),
        (replace(GOOD, id="ab"), "round_name_wrong"),
        (replace(GOOD, title="  "), "round_title_missing"),
        (replace(GOOD, closes=date(2025, 12, 31)), "round_dates_wrong"),
        (replace(GOOD, door="window"), "round_door_wrong"),
        (replace(GOOD, forms="long"), "round_forms_wrong"),
        (replace(GOOD, version="1999-1"), "definition_unknown"),
    ],
)
def test_what_is_wrong_with_a_round_is_said(installation: Installation, wrong: NewRound, code: str) -> None:
    with pytest.raises(SurveyError, match=rf"^{code}"):
        open_round(installation, wrong, by="test")


def test_a_round_is_opened_once(installation: Installation) -> None:
    assert open_round(installation, GOOD, by="test").id == "var-2026"
    with pytest.raises(SurveyError, match="round_exists"):
        open_round(installation, GOOD, by="test")
