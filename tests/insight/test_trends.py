"""Does everybody read the same sentence, and only of whole periods, each with the figures they may see?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.estimates import Estimate
from survey.areas import Area
from survey.definition.model import Dimension
from survey.errors import SurveyError
from survey.insight.trends import Audience, Choice, list_whole_periods, make_series, open_cell, round_cell
from survey.store.publications import Cell, Publication

PUBLIC, SIGNED_IN = Audience(False, 10), Audience(True, 5)
VAXJO = Area("0780", "Växjö", "07")
HELHET = Dimension(id="helhet", text={"sv": "Helhet"})
CELL = Cell(
    "invanarupplevelse",
    "0780",
    "month",
    "helhet",
    "",
    "",
    "2026-10",
    1,
    1,
    43,
    61.26,
    20.4,
    55.0,
    67.5,
    None,
    None,
)
PUBLISHED = Publication(
    1, "invanarupplevelse", "2026-10", 1, "2026-1", "2026-1", 10, 5, "", datetime(2026, 11, 1, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("cell", "audience", "seen"),
    [
        (None, PUBLIC, NoAnswers()),
        (replace(CELL, n=0, mean=None), SIGNED_IN, NoAnswers()),
        (replace(CELL, hidden_public="too_few"), PUBLIC, Hidden(HiddenReason.TOO_FEW, 10)),
        (replace(CELL, hidden_public="too_few"), SIGNED_IN, Shown(Estimate(43, 61.26, 55.0, 67.5, 20.4))),
        (
            replace(CELL, hidden_signed_in="protects_another"),
            SIGNED_IN,
            Hidden(HiddenReason.PROTECTS_ANOTHER, 5),
        ),
        (CELL, PUBLIC, Shown(Estimate(43, 61.26, 55.0, 67.5, 20.4))),
    ],
)
def test_hidden_and_none_are_not_a_number_and_each_audience_has_its_own(
    cell: Cell | None, audience: Audience, seen: object
) -> None:
    assert open_cell(cell, audience) == seen


def test_the_public_is_shown_counts_in_fives_and_whole_scores() -> None:
    assert round_cell(open_cell(CELL, PUBLIC)) == Shown(Estimate(45, 61.0, 55.0, 68.0, 20.0))


def test_the_public_and_the_signed_in_read_the_same_about_a_change() -> None:
    before = replace(CELL, period="2025-10", n=104, mean=54.4, sd=19.6)
    after = replace(CELL, n=98, mean=56.7, sd=20.4)
    cells = {(c.area, c.measure, c.period): c for c in (before, after)}
    told = [
        make_series(HELHET, VAXJO, None, ("2025-10", "2026-10"), cells, audience)
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
    assert list_whole_periods(choice, PUBLISHED, "2023-11") == codes


def test_a_choice_without_a_whole_period_is_said_to_be_so() -> None:
    with pytest.raises(SurveyError, match="span_without_period"):
        list_whole_periods(Choice("a", "0780", "year", "2026-02", "2026-10"), PUBLISHED, "2023-11")
