"""Are municipalities laid beside each other as their reader may see them, and judged on what it says?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.disclosure import Hidden, HiddenReason, NoAnswers, Shown
from analysis.funnel import Place
from survey.errors import SurveyError
from survey.insight.audience import Audience
from survey.insight.compared_choice import (
    ComparedChoice,
    find_compared_areas,
    list_compared_periods,
    list_measures,
    read_compared,
)
from survey.insight.municipalities import (
    Compared,
    ToldShare,
    Verdict,
    compare_municipalities,
    find_share_lines,
    tell_cell,
)
from survey.installation import Installation
from survey.people.roles import Person, Role
from survey.store.publications import Cell
from tests.insight.hand_made import CELL, HIDDEN_FROM_ALL, add_cells, add_publication, make_publication
from tests.walks import SURVEY, opened

PUBLIC, SIGNED_IN = Audience(False, 10), Audience(True, 5)
RESIDENT, MANAGER = Person(), Person(Role.MANAGER)
CHOICE = ComparedChoice(SURVEY, "07", "helhet", "month", "2026-10")
KRONOBERG = ("0764", "0761", "0781", "0767", "0763", "0760", "0780", "0765")  # in the order of the alphabet


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", COUNTIES="07,08") as found:
        yield found


def make_cell(area: str, share: float, n: int = 200, **more: Any) -> Cell:
    return replace(CELL, area=area, n=n, n_effective=float(n), positive=share, **more)


def publish(installation: Installation, *cells: Cell) -> None:
    add_publication(installation)
    add_cells(installation, *cells)


def look(installation: Installation, viewer: Person = MANAGER, **choice: Any) -> Compared:
    return compare_municipalities(installation, replace(CHOICE, **choice), viewer=viewer)


def find_places(compared: Compared) -> dict[str, Place | None]:
    return {one.area.code: one.place for one in compared.standings}


@pytest.mark.parametrize(
    ("n", "effective", "share", "told"),
    [
        (43, 36.9, 0.4, ToldShare(45, 35, "40", 40)),
        (43, None, 0.4, ToldShare(45, 45, "40", 40)),
        (43, 44.0, 0.4, ToldShare(45, 45, "40", 40)),
        (43, 36.9, 0.01, ToldShare(45, 35, "<5", 5)),
        (43, 36.9, 0.999, ToldShare(45, 35, ">95", 95)),
        (7, 6.0, 0.99, ToldShare(5, 5, ">65", 65)),
        (600, 500.0, 0.999, ToldShare(600, 500, "100", 100)),
        (600, 500.0, 0.8149, ToldShare(600, 500, "81", 81)),
    ],
)
def test_shares_are_told_in_whole_per_cent_and_of_few_never_near_the_ends(
    n: int, effective: float | None, share: float, told: ToldShare
) -> None:
    cell = replace(CELL, n=n, n_effective=effective, positive=share)
    assert tell_cell(cell, SIGNED_IN) == Shown(told)


@pytest.mark.parametrize(
    ("cell", "audience", "told"),
    [
        (None, SIGNED_IN, NoAnswers()),
        (replace(CELL, n=0, mean=None), SIGNED_IN, NoAnswers()),
        (replace(CELL, positive=None), SIGNED_IN, NoAnswers()),
        (replace(CELL, **HIDDEN_FROM_ALL), SIGNED_IN, Hidden(HiddenReason.TOO_FEW, 5)),
        (replace(CELL, hidden_public="too_few"), PUBLIC, Hidden(HiddenReason.NOT_TOLD, 10)),
    ],
)
def test_hidden_and_none_are_never_a_number(cell: Cell | None, audience: Audience, told: object) -> None:
    assert tell_cell(cell, audience) == told


def test_municipalities_stand_in_the_order_of_the_alphabet_whatever_their_shares(
    installation: Installation,
) -> None:
    shares = (0.9, 0.1, 0.5, 0.4, 0.8, 0.2, 0.6, 0.3)
    publish(installation, *(make_cell(area, share) for area, share in zip(KRONOBERG, shares, strict=True)))
    assert tuple(one.area.code for one in look(installation).standings) == KRONOBERG


def test_one_that_differs_is_outside_and_the_county_stands_beside_without_being_judged(
    installation: Installation,
) -> None:
    alike = [make_cell(area, 0.6 + 0.01 * at) for at, area in enumerate(KRONOBERG[1:])]
    publish(installation, make_cell("0764", 0.95), *alike, make_cell("07", 0.66, 1_600))
    found = look(installation)
    assert found.verdict is Verdict.OUTSIDE
    assert find_places(found) == {"0764": Place.ABOVE} | dict.fromkeys(KRONOBERG[1:], Place.WITHIN)
    assert [(area.code, cell) for area, cell in found.counties] == [
        ("07", Shown(ToldShare(1600, 1600, "66", 66)))
    ]
    first = found.standings[0]
    assert first.low is not None and first.high is not None and first.low < first.high < 95


def test_what_a_reader_is_not_shown_moves_no_limit(installation: Installation) -> None:
    seen = [make_cell(area, 0.6) for area in KRONOBERG[:6]]
    unseen = [make_cell(area, 0.1, hidden_public="too_few") for area in KRONOBERG[6:]]
    publish(installation, *seen, *unseen)
    public, signed_in = look(installation, RESIDENT), look(installation)
    assert public.funnel is not None and signed_in.funnel is not None
    assert public.funnel.target == pytest.approx(0.6)
    assert signed_in.funnel.target < 0.5
    assert [one.cell for one in public.standings[6:]] == [Hidden(HiddenReason.NOT_TOLD, 10)] * 2


def test_counts_that_are_told_alike_have_the_same_limits(installation: Installation) -> None:
    n = (198, 199, 200, 201, 202, 200, 200, 200)
    publish(installation, *(make_cell(area, 0.6, size) for area, size in zip(KRONOBERG, n, strict=True)))
    assert len({(one.low, one.high) for one in look(installation).standings}) == 1


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ([], Verdict.NO_ANSWERS),
        ([replace(CELL, **HIDDEN_FROM_ALL)], Verdict.ALL_HIDDEN),
        ([make_cell(area, 0.6) for area in KRONOBERG[:4]], Verdict.TOO_FEW),
        ([make_cell(area, 0.6) for area in KRONOBERG[:5]], Verdict.WITHIN),
        ([make_cell(area, 0.6, 25) for area in KRONOBERG], Verdict.TOO_FEW),
        (
            [make_cell("0780", 0.6), *(make_cell(area, 0.6, 25) for area in KRONOBERG if area != "0780")],
            Verdict.TOO_FEW,
        ),
    ],
)
def test_nothing_is_said_of_too_few(installation: Installation, cells: list[Cell], verdict: Verdict) -> None:
    publish(installation, *cells)
    assert look(installation).verdict is verdict


def test_too_few_hidden_and_no_answers_are_told_apart(installation: Installation) -> None:
    some = [make_cell(area, 0.6) for area in KRONOBERG[:5]]
    few, hidden = make_cell("0760", 0.0, 20), replace(CELL, area="0780", **HIDDEN_FROM_ALL)
    publish(installation, *some, few, hidden)
    last = look(installation).standings[5:]
    assert last[0].place is Place.TOO_FEW and last[0].low is None
    assert isinstance(last[1].cell, Hidden) and last[1].place is None
    assert last[2].cell == NoAnswers() and last[2].place is None


def test_all_counties_together_are_judged_by_one_funnel(installation: Installation) -> None:
    areas = find_compared_areas(installation, "all")
    publish(installation, *(make_cell(area.code, 0.6) for area in areas))
    found = look(installation, county="all")
    assert len(found.standings) == 20 and len(found.counties) == 2
    assert found.funnel is not None and found.funnel.units == 20


def test_a_correction_stands_in_place_of_what_it_corrects(installation: Installation) -> None:
    publish(installation, make_cell("0764", 0.6), make_cell("0764", 0.7, revision=2))
    assert look(installation).standings[0].cell == Shown(ToldShare(200, 200, "70", 70))


def test_lines_hold_a_cell_for_every_period_beside_their_countys(installation: Installation) -> None:
    before = make_cell("0764", 0.5, period="2026-08")
    publish(installation, before, make_cell("0764", 0.6), make_cell("07", 0.7), make_cell("08", 0.8))
    areas = (installation.areas.find("0764"), installation.areas.find("0880"))
    months = ("2026-08", "2026-09", "2026-10")
    first, second = find_share_lines(installation, CHOICE, areas, months, viewer=MANAGER)
    assert [cell.value.percent if isinstance(cell, Shown) else None for cell in first.cells] == [50, None, 60]
    assert [area and area.code for area in (first.county, second.county)] == ["07", "08"]
    assert [cell.value.percent for cell in first.county_cells if isinstance(cell, Shown)] == [70]
    assert second.cells == (NoAnswers(),) * 3


@pytest.mark.parametrize(
    ("kind", "months", "periods"),
    [
        ("month", ("2026-01", "2026-03"), ("2026-03", "2026-02", "2026-01")),
        ("quarter", ("2025-11", "2026-07"), ("2026-Q2", "2026-Q1")),
        ("half_year", ("2025-07", "2026-06"), ("2026-H1", "2025-H2")),
        ("year", ("2025-02", "2026-11"), ()),
        ("year", ("2025-01", "2025-12"), ("2025",)),
    ],
)
def test_only_whole_periods_can_be_chosen_the_newest_first(
    kind: str, months: tuple[str, ...], periods: tuple[str, ...]
) -> None:
    known = tuple(make_publication(month) for month in months)
    assert list_compared_periods(known, kind) == periods
    assert list_compared_periods((), kind) == ()


def publish_months(installation: Installation, *months: str) -> None:
    for month in months:
        add_publication(installation, month)


@pytest.mark.parametrize(
    ("asked", "choice"),
    [
        ({}, {"kind": "quarter", "period": "2026-Q3"}),
        ({"by": "month"}, {"kind": "month", "period": "2026-10"}),
        ({"by": "month", "period": "2026-08"}, {"kind": "month", "period": "2026-08"}),
        ({"by": "month", "period": "2026-Q3"}, {"kind": "month", "period": "2026-10"}),
        ({"county": "08", "measure": "a05"}, {"county": "08", "measure": "a05"}),
        ({"county": "all"}, {"county": "all"}),
    ],
)
def test_an_address_says_what_is_compared(
    installation: Installation, asked: dict[str, str], choice: dict[str, str]
) -> None:
    publish_months(installation, "2026-07", "2026-08", "2026-09", "2026-10")
    found, wrong = read_compared(installation, asked)
    first = list_measures(installation, SURVEY)[0].id
    usual = ComparedChoice(SURVEY, "07", first, "quarter", "2026-Q3")
    assert (found, wrong) == (replace(usual, **choice), ())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"county": "99"}, "area_unknown"),
        ({"county": "0780"}, "area_unknown"),
        ({"measure": "x"}, "measure_unknown"),
        ({"by": "week"}, "kind_unknown"),
        ({"by": "year"}, "span_without_period"),
        ({"period": "2026-Q4"}, "period_not_published"),
        ({"period": "soon"}, "period_not_published"),
        ({"survey": "x"}, "survey_unknown"),
    ],
)
def test_what_is_wrong_in_an_address_is_said_and_the_usual_is_shown(
    installation: Installation, asked: dict[str, str], code: str
) -> None:
    publish_months(installation, "2026-07", "2026-08", "2026-09", "2026-10")
    found, wrong = read_compared(installation, asked)
    assert [one.code for one in wrong] == [code]
    assert found == read_compared(installation, {})[0]


def test_before_the_first_whole_quarter_months_are_compared(installation: Installation) -> None:
    publish_months(installation, "2026-10")
    assert read_compared(installation, {})[0].period == "2026-10"


def test_nothing_published_is_said_so(installation: Installation) -> None:
    with pytest.raises(SurveyError, match="nothing_published"):
        read_compared(installation, {})


def test_dimensions_come_before_questions_and_headlines_before_other_dimensions(
    installation: Installation,
) -> None:
    add_publication(installation)
    measures = list_measures(installation, SURVEY)
    assert [one.id for one in measures[:3]] == ["personcentrering", "kontinuitet", "helhet"]
    questions = [one.is_question for one in measures]
    assert questions == sorted(questions) and any(questions)
