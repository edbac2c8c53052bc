"""Is a month published once, when it is over, from every answer in it?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.publication.close import (
    METHOD,
    close_ended_months,
    close_month,
    find_publication,
    list_due,
    seal_cells,
)
from survey.publication.release import NO_NUMBERS
from survey.store import responses
from survey.store.publications import Cell
from survey.store.rounds import Round
from survey.store.tables import published_cell, response
from survey.version import find_code_version
from tests.survey.little_county import AREAS, COUNTY, FIRST, OTHER_AREAS, PROV, open_county
from tests.survey.published import check_checksums, close_on, read_cells, read_publications
from tests.survey.seeded import Person, make_people, seed, some_people
from tests.walks import ITS_MONTH, SURVEY, VERSION, Calendar, answer_survey


def test_a_month_that_is_closed_twice_is_published_once(county: Installation, calendar: Calendar) -> None:
    seed(county, some_people({AREAS[0]: 12}))
    assert [one.responses for one in close_on(county, calendar, 2026, 10)] == [12]
    before = read_cells(county)
    seed(county, some_people({AREAS[0]: 12}))  # as an import might, when it is too late
    assert close_month(county, ITS_MONTH) == ()
    assert close_ended_months(county) == ()
    assert read_cells(county) == before != []
    assert len(read_publications(county)) == 1


@pytest.mark.parametrize(
    ("today", "closed"), [(date(2026, 9, 30), 0), (date(2026, 10, 1), 1), (date(2027, 3, 1), 1)]
)
def test_a_month_can_be_closed_from_the_day_after_its_last(
    quick_county: Installation, calendar: Calendar, today: date, closed: int
) -> None:
    seed(quick_county, some_people({AREAS[0]: 12}))
    calendar.day = today
    if not closed:
        with pytest.raises(SurveyError, match="period_not_over"):
            close_month(quick_county, ITS_MONTH)
        assert close_ended_months(quick_county) == ()
        return
    assert len(close_month(quick_county, ITS_MONTH)) == closed


@pytest.mark.parametrize("code", ["", "2026", "2026-Q3", "2026-13", "september", "2026-9", "2026-09-01"])
def test_what_is_no_month_cannot_be_closed(quick_county: Installation, code: str) -> None:
    with pytest.raises(SurveyError, match="period_wrong"):
        close_month(quick_county, code)


def test_a_publication_says_how_it_came_about(quick_county: Installation, calendar: Calendar) -> None:
    seed(quick_county, some_people({AREAS[0]: 12, "elsewhere": 3}))
    close_on(quick_county, calendar, 2026, 10)
    found = find_publication(quick_county, PROV, ITS_MONTH)
    assert found is not None
    assert (found.revision, found.reason, found.versions, found.method) == (1, "", FIRST, METHOD)
    assert (found.code_version, found.population_year) == (find_code_version(), None)
    assert (found.threshold_public, found.threshold_signed_in, found.responses) == (10, 5, 15)


def test_a_quarter_is_published_although_its_last_month_had_no_answer(
    county: Installation, calendar: Calendar
) -> None:
    seed(county, some_people({AREAS[0]: 12}, "2026-07"))
    close_on(county, calendar, 2026, 10)
    assert {cell.period for cell in read_cells(county)} == {"2026-07", "2026-Q3"}
    assert [(one.month, one.versions) for one in read_publications(county)] == [
        ("2026-07", FIRST),
        ("2026-09", ""),
    ]


def test_months_of_a_year_that_nobody_closed_are_closed_in_their_order(
    quick_county: Installation, calendar: Calendar
) -> None:
    months = [f"2026-{number:02d}" for number in (2, 3, 6, 11)]
    seed(quick_county, make_people(random.Random(3), {(AREAS[0], month): 20 for month in months}))
    closed = [one.month for one in close_on(quick_county, calendar, 2027, 1)]
    assert closed == ["2026-02", "2026-03", "2026-06", "2026-11", "2026-12"]
    periods = {"2026-Q1", "2026-Q2", "2026-H1", "2026-Q4", "2026-H2", "2026"}
    assert {cell.period for cell in read_cells(quick_county)} == {*months, *periods}


def test_people_of_other_places_are_in_no_cell(quick_county: Installation, calendar: Calendar) -> None:
    seed(quick_county, some_people({"elsewhere": 40, AREAS[0]: 12}))
    close_on(quick_county, calendar, 2026, 10)
    assert {(c.area, c.n) for c in read_cells(quick_county)} == {(AREAS[0], 12), (COUNTY, 12)}


def test_each_county_counts_its_own(quick_county: Installation, calendar: Calendar) -> None:
    seed(quick_county, some_people({AREAS[0]: 12, AREAS[1]: 13, OTHER_AREAS[0]: 21}))
    close_on(quick_county, calendar, 2026, 10)
    whole = {c.area: c.n for c in read_cells(quick_county) if len(c.area) == 2 and c.period == ITS_MONTH}
    assert whole == {"01": 25, "02": 21}


def test_a_month_in_which_nobody_scored_anything_is_published_without_a_cell(
    quick_county: Installation, calendar: Calendar
) -> None:
    seed(quick_county, [Person(AREAS[0], "2026-08", {"q1": "na", "q2": None}) for _ in range(12)])
    seed(quick_county, [Person("elsewhere", ITS_MONTH, {"q1": "4"}) for _ in range(12)])
    assert [one.responses for one in close_on(quick_county, calendar, 2026, 10)] == [12, 12]
    assert read_cells(quick_county) == []
    assert close_ended_months(quick_county) == ()


def test_a_survey_that_scores_nothing_is_closed_too(
    database_url: str, tmp_path: Path, calendar: Calendar
) -> None:
    surveys = tmp_path / "surveys" / "tankar"
    surveys.mkdir(parents=True)
    text = "- {id: q1, kind: text, text: {sv: Berätta, en: Tell us}}"
    (surveys / "2026-1.yaml").write_text(
        'survey: tankar\nversion: "2026-1"\nlanguages: [sv, en]\ntitle: {sv: Tankar, en: Thoughts}\n'
        "intro: {sv: Hej, en: Hello}\nminutes: {full: 1}\nparts:\n"
        f"  - id: all\n    title: {{sv: Allt, en: All}}\n    questions:\n      {text}\n",
        "utf-8",
    )
    with open_county(database_url, tmp_path, calendar) as installation:
        seed(installation, [Person(AREAS[0], survey="tankar") for _ in range(12)])
        assert [one.cells for one in close_on(installation, calendar, 2026, 10)] == [0]


def test_the_panels_survey_which_asks_for_neither_age_nor_gender_is_closed_unweighted(
    installation: Installation, calendar: Calendar
) -> None:
    asked = find_definition(installation, "resursgrupp", VERSION)
    one, *_ = (question.id for question in asked.questions if question.kind == "scale")
    people = [
        Person("0780", answers={one: "51"[n % 2]}, survey="resursgrupp", version=VERSION) for n in range(12)
    ]
    seed(installation, people)
    assert [done.shown for done in close_on(installation, calendar, 2026, 10)] == [
        len(read_cells(installation))
    ]
    assert {(cell.n, cell.mean, cell.weighting) for cell in read_cells(installation)} == {(12, 50.0, "none")}


def test_an_answer_that_is_sent_when_the_month_is_over_counts_in_the_next(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    for n in range(12):
        answer_survey(installation, open_round, municipality="0780", chance=random.Random(n))
    close_on(installation, calendar, 2026, 10)
    before = read_cells(installation)
    for n in range(6):
        answer_survey(installation, open_round, municipality="0780", chance=random.Random(n))
    assert close_ended_months(installation) == ()
    assert read_cells(installation) == before != []
    close_on(installation, calendar, 2026, 11)
    after = read_cells(installation)
    assert [cell for cell in after if cell.period != "2026-10"] == before
    assert max(cell.n or 0 for cell in after if cell.period == "2026-10") == 6
    found = find_publication(installation, SURVEY, "2026-10")
    assert found is not None
    assert (found.responses, found.versions) == (6, VERSION)


def test_the_checksum_of_a_publication_is_that_of_its_cells_in_the_database(
    county: Installation, calendar: Calendar
) -> None:
    seed(county, make_people(random.Random(8), {(area, ITS_MONTH): 15 for area in AREAS}))
    close_on(county, calendar, 2026, 10)
    check_checksums(county)
    assert [len(one.checksum) for one in read_publications(county)] == [64]


@pytest.mark.parametrize(
    "touched",
    [
        {"n": 16},
        {"mean": 50.000001},
        {"hidden_public": "too_few"},
        {"hidden_signed_in": "too_few"},
        {"shares": "{}"},
        {"weighting": "raked"},
        {"revision": 2},
    ],
)
def test_a_cell_that_somebody_has_touched_changes_the_checksum(
    quick_county: Installation, calendar: Calendar, touched: dict[str, object]
) -> None:
    seed(quick_county, some_people({AREAS[0]: 14, AREAS[1]: 15}))
    close_on(quick_county, calendar, 2026, 10)
    c = published_cell.c
    chosen = (c.area == AREAS[1], c.period == ITS_MONTH, c.measure == "safety")
    with quick_county.database.write() as connection:
        assert connection.execute(update(published_cell).where(*chosen).values(**touched)).rowcount == 1
    with pytest.raises(AssertionError):
        check_checksums(quick_county)


cells_strategy = st.lists(
    st.builds(
        lambda area, measure, period, number, **numbers: Cell(
            PROV,
            area,
            "",
            "month",
            measure,
            "",
            "",
            period,
            1,
            number,
            weighting="none",
            hidden_public=None,
            hidden_signed_in=None,
            **{**NO_NUMBERS, **numbers},
        ),
        st.sampled_from(AREAS),
        st.sampled_from(["safety", "help"]),
        st.sampled_from(["2026-08", "2026-09"]),
        st.integers(0, 3),
        n=st.integers(1, 50),
        mean=st.floats(0, 100),
        sd=st.none() | st.floats(0, 50),
    ),
    max_size=6,
)


@given(cells=cells_strategy, chance=st.randoms(use_true_random=False))
def test_the_checksum_depends_on_the_cells_and_not_on_their_order(
    cells: list[Cell], chance: random.Random
) -> None:
    before = seal_cells(cells)
    chance.shuffle(cells)
    assert seal_cells(cells) == before
    assert seal_cells(replace(one, publication_id=9) for one in cells) == before
    if cells:
        assert seal_cells([replace(cells[0], n=(cells[0].n or 0) + 1), *cells[1:]]) != before


def test_one_more_answer_in_the_open_month_changes_no_published_cell(
    county: Installation, calendar: Calendar
) -> None:
    seed(county, some_people({AREAS[0]: 12, AREAS[1]: 6}))
    close_on(county, calendar, 2026, 10)
    before = read_cells(county), read_publications(county)
    for number in range(12):
        seed(county, [Person(AREAS[number % 3], "2026-10", {"q1": "4"})])
        assert close_ended_months(county) == ()
        assert (read_cells(county), read_publications(county)) == before


# A clock that is wrong


def test_when_the_clock_jumps_back_nothing_is_closed_twice_and_nothing_is_lost(
    county: Installation, calendar: Calendar
) -> None:
    seed(county, some_people({AREAS[0]: 12}))
    seed(county, some_people({AREAS[0]: 14}, "2026-10"))
    close_on(county, calendar, 2026, 11)
    before = read_cells(county), read_publications(county)
    assert len(before[1]) == 2
    for month in (10, 9, 3):
        assert close_on(county, calendar, 2026, month) == ()
        assert list_due(county) == ()
        assert (read_cells(county), read_publications(county)) == before
    with pytest.raises(SurveyError, match="period_not_over"):
        close_month(county, ITS_MONTH)
    seed(county, some_people({AREAS[0]: 16}, "2026-11"))
    assert [(one.month, one.responses) for one in close_on(county, calendar, 2026, 12)] == [("2026-11", 16)]
    with county.database.read() as connection:
        assert len(responses.list_receipts(connection)) == 42


def test_a_published_month_without_answers_is_not_due(quick_county: Installation, calendar: Calendar) -> None:
    seed(quick_county, some_people({AREAS[0]: 12}, "2026-07"))
    close_on(quick_county, calendar, 2026, 8)
    with quick_county.database.write() as connection:
        connection.execute(delete(response))
    assert close_on(quick_county, calendar, 2026, 9) == ()
    assert [one.month for one in read_publications(quick_county)] == ["2026-07"]
