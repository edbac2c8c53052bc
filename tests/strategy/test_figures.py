"""Which figure stands beside an item: the shortest period that says something, as its reader may see it?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.control.judge import FindingKind
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.store.publications import Cell
from survey.strategy.figures import Figure, find_figures
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication
from tests.walks import SURVEY

RESIDENT, MANAGER = Person(), Person(Role.MANAGER)
YEARS = range(2023, 2027)
MONTHS = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)][
    9:45
]  # three years, until 2026-09
QUARTERS = [f"{year}-Q{quarter}" for year in YEARS for quarter in range(1, 5)][3:15]
WAVE = (60.0, 62.0, 59.0, 61.0)


def make_cells(periods: list[str], kind: str, **more: object) -> list[Cell]:
    return [
        replace(CELL, kind=kind, period=period, mean=WAVE[place % 4], **more)
        for place, period in enumerate(periods)
    ]


def publish(installation: Installation, *cells: Cell) -> None:
    for month in MONTHS:
        add_publication(installation, month)
    add_cells(installation, *cells)


def find(installation: Installation, *, viewer: Person = MANAGER) -> Figure:
    figures = find_figures(installation, SURVEY, "0780", viewer=viewer)
    assert figures is not None
    return figures.by_dimension["helhet"]


def test_without_publications_there_are_no_figures(installation: Installation) -> None:
    assert find_figures(installation, SURVEY, "0780", viewer=MANAGER) is None


def test_an_area_that_is_none_is_refused(installation: Installation) -> None:
    with pytest.raises(SurveyError) as wrong:
        find_figures(installation, SURVEY, "9999", viewer=MANAGER)
    assert wrong.value.code == "area_unknown"


def test_months_that_can_be_judged_go_before_quarters(installation: Installation) -> None:
    publish(installation, *make_cells(MONTHS, "month"), *make_cells(QUARTERS, "quarter"))
    found = find(installation)
    assert (found.kind, found.change.kind) == ("month", FindingKind.COMMON_CAUSE)
    assert (found.change.period, found.change.mean) == ("2026-09", 61.0)


def test_another_dimension_that_cannot_be_judged_does_not_make_the_periods_longer(
    installation: Installation,
) -> None:
    judged = [*make_cells(MONTHS, "month"), *make_cells(QUARTERS, "quarter")]
    publish(installation, *judged, *make_cells(MONTHS[-2:], "month", measure="trygghet"))
    figures = find_figures(installation, SURVEY, "0780", viewer=MANAGER)
    assert figures is not None
    kinds = {one: figures.by_dimension[one].kind for one in ("helhet", "trygghet", "samordning")}
    assert kinds == {"helhet": "month", "trygghet": "month", "samordning": "month"}


def test_where_months_are_too_few_to_judge_quarters_that_can_be_judged_stand(
    installation: Installation,
) -> None:
    publish(installation, *make_cells(MONTHS[-2:], "month"), *make_cells(QUARTERS, "quarter"))
    found = find(installation)
    assert (found.kind, found.change.kind) == ("quarter", FindingKind.COMMON_CAUSE)


def test_where_no_month_may_be_shown_the_quarter_stands(installation: Installation) -> None:
    hidden = make_cells(MONTHS, "month")
    publish(
        installation,
        *[replace(cell, **HIDDEN_FROM_ALL) for cell in hidden],
        *make_cells(QUARTERS[-3:], "quarter"),
    )
    found = find(installation)
    assert (found.kind, found.change.kind, found.change.period) == ("quarter", FindingKind.TOO_FEW, "2026-Q3")


def test_a_reader_never_gets_a_figure_that_is_hidden_from_them(installation: Installation) -> None:
    publish(installation, *make_cells(MONTHS, "month", hidden_public="too_few"))
    assert find(installation, viewer=MANAGER).change.mean == 61.0
    public = find(installation, viewer=RESIDENT)
    assert (public.kind, public.change.mean, public.change.period) == ("month", None, None)


def test_the_public_gets_whole_scores_and_the_signed_in_one_decimal(installation: Installation) -> None:
    cells = [replace(cell, mean=(cell.mean or 0) + 0.26) for cell in make_cells(MONTHS, "month")]
    publish(installation, *cells)
    assert find(installation, viewer=RESIDENT).change.mean == 61.0
    assert find(installation, viewer=MANAGER).change.mean == 61.3
