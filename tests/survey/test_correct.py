"""Is a published month corrected beside what was published, from the same people, with a reason?"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from analysis.periods import enclosing_periods, parse_period
from survey.answering.erase import erase_answers
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import speak
from survey.publication.close import close_ended_months, find_publication
from survey.publication.correct import REASON_LIMIT, correct_month
from survey.store import publications
from survey.store.publications import Cell
from survey.store.tables import audit
from tests.processes import reopen, run_together
from tests.survey.little_county import (
    AREAS,
    COUNTY,
    OTHER_AREAS,
    OTHER_COUNTY,
    PROV,
    load_margins,
    open_county,
)
from tests.survey.published import check_checksums, close_on, read_cells, read_publications
from tests.survey.seeded import Person, make_margins, make_people, seed, some_people
from tests.survey.slow_closing import check_cells, compute_cells, read_respondents
from tests.walks import Calendar

JULY, AUGUST, SEPTEMBER = QUARTER = ("2026-07", "2026-08", "2026-09")
COUNTS = {(area, month): 40 for area in AREAS for month in QUARTER}
FEW = {(area, month): 7 for area in OTHER_AREAS for month in QUARTER}
PEOPLE = make_people(random.Random(21), COUNTS | FEW, units=("", "north"))
MARGINS = make_margins(random.Random(22), (*AREAS, *OTHER_AREAS))
WHY = "Folkmängden saknades."


@pytest.fixture
def quarter(county: Installation, calendar: Calendar) -> Installation:
    """The little survey with a published quarter, unweighted, on each engine."""
    return publish_quarter(county, calendar)


@pytest.fixture
def quick_quarter(quick_county: Installation, calendar: Calendar) -> Installation:
    """The same on SQLite."""
    return publish_quarter(quick_county, calendar)


def publish_quarter(installation: Installation, calendar: Calendar) -> Installation:
    seed(installation, PEOPLE)
    close_on(installation, calendar, 2026, 10)
    return installation


def correct(installation: Installation, month: str = JULY, reason: str = WHY) -> None:
    correct_month(installation, PROV, month, reason=reason, by="test")


def refusal(installation: Installation, survey: str, month: str, reason: str) -> str:
    with pytest.raises(SurveyError) as wrong:
        correct_month(installation, survey, month, reason=reason, by="test")
    assert all(speak(language).explain(wrong.value) for language in ("sv", "en"))
    return wrong.value.code


def read_reasons(cells: list[Cell]) -> dict[tuple[str, ...], tuple[str | None, str | None]]:
    return {publications.find_place(cell): (cell.hidden_public, cell.hidden_signed_in) for cell in cells}


def test_a_correction_is_a_new_revision_of_the_month_and_the_longer_periods_beside_the_old(
    quarter: Installation,
) -> None:
    before, known = read_cells(quarter), read_publications(quarter)
    load_margins(quarter, MARGINS, year=2025)
    correct(quarter)
    new = [cell for cell in read_cells(quarter) if cell not in before]
    assert {(cell.period, cell.revision) for cell in new} == {(JULY, 2), ("2026-Q3", 2)}
    assert [cell for cell in read_cells(quarter) if cell not in new] == before
    *old, made = read_publications(quarter)
    assert old == known
    assert (made.month, made.revision, made.reason, made.population_year) == (JULY, 2, WHY, 2025)
    first = next(one for one in known if one.month == JULY)
    assert (made.versions, made.responses) == (first.versions, first.responses) == ("2026-1", 174)
    check_checksums(quarter)


def test_readers_are_given_the_latest_revision_only(quarter: Installation) -> None:
    load_margins(quarter, MARGINS)
    correct(quarter)
    with quarter.database.read() as connection:
        months = publications.list_cells(
            connection, survey=PROV, areas=[AREAS[0]], kind="month", first=JULY, last=SEPTEMBER
        )
    assert {(cell.period, cell.revision) for cell in months} == {(JULY, 2), (AUGUST, 1), (SEPTEMBER, 1)}
    shown = [cell for cell in months if cell.mean is not None]
    assert {cell.weighting for cell in shown if cell.revision == 2} <= {"post_stratified", "raked"}
    assert {cell.weighting for cell in shown if cell.revision == 1} == {"none"}


def test_corrected_numbers_are_what_a_slow_count_gives(
    quick_quarter: Installation,
) -> None:
    load_margins(quick_quarter, MARGINS)
    correct(quick_quarter)
    people = [one for month in QUARTER for one in read_respondents(quick_quarter, month).values()]
    margins = {(one.area, one.age, one.gender): one.people for one in MARGINS}
    expected = {
        key: numbers
        for period in (parse_period(JULY), enclosing_periods(JULY)[0])
        for name, areas in ((COUNTY, AREAS), (OTHER_COUNTY, OTHER_AREAS))
        for key, numbers in compute_cells(people, name, areas, period, margins).items()
    }
    assert check_cells(read_cells(quick_quarter, JULY), expected) > len(expected) / 2


def test_what_was_hidden_stays_hidden_and_what_was_shown_is_shown_with_its_new_number(
    quick_quarter: Installation,
) -> None:
    before = [cell for cell in read_cells(quick_quarter) if cell.period in (JULY, "2026-Q3")]
    load_margins(quick_quarter, MARGINS)
    correct(quick_quarter)
    after = read_cells(quick_quarter, JULY)
    assert read_reasons(after) == read_reasons(before)
    assert {cell.hidden_public is None for cell in after} == {True, False}
    means = {publications.find_place(cell): cell.mean for cell in before}
    assert sum(means[publications.find_place(cell)] != cell.mean for cell in after) > 10


def test_a_correction_without_new_margins_changes_no_number(quick_quarter: Installation) -> None:
    before = {
        publications.find_place(c): c for c in read_cells(quick_quarter) if c.period in (JULY, "2026-Q3")
    }
    correct(quick_quarter)
    for cell in read_cells(quick_quarter, JULY):
        old = before[publications.find_place(cell)]
        assert replace(cell, revision=1, publication_id=old.publication_id) == old


def test_who_took_answers_back_is_in_the_correction_as_before(
    quick_quarter: Installation,
) -> None:
    before = {publications.find_place(c): (c.n, c.raw, c.mean) for c in read_cells(quick_quarter)}
    for person in PEOPLE[:5]:
        erase_answers(quick_quarter, person.receipt)
    seed(quick_quarter, some_people({AREAS[0]: 7}, JULY))  # an import that came too late
    correct(quick_quarter)
    for cell in read_cells(quick_quarter, JULY):
        assert (cell.n, cell.raw, cell.mean) == pytest.approx(before[publications.find_place(cell)])


def test_a_month_may_be_corrected_again_and_after_its_neighbour(quarter: Installation) -> None:
    for month in (JULY, JULY, AUGUST, JULY):
        correct(quarter, month)
    revisions = [(one.month, one.revision) for one in read_publications(quarter)[3:]]
    assert revisions == [(JULY, 2), (JULY, 3), (AUGUST, 4), (JULY, 5)]
    latest = {(cell.period, cell.revision) for cell in read_cells(quarter, JULY)}
    assert latest == {(JULY, 5), ("2026-Q3", 5)}
    assert close_ended_months(quarter) == ()
    check_checksums(quarter)


def test_a_quarter_that_is_not_published_yet_is_left_to_its_last_month(
    database_url: str, tmp_path: Path, calendar: Calendar
) -> None:
    with open_county(database_url, tmp_path, calendar) as installation:
        seed(installation, [one for one in PEOPLE if one.month != SEPTEMBER])
        close_on(installation, calendar, 2026, 9)
        correct(installation)
        assert {cell.period for cell in read_cells(installation)} == {JULY, AUGUST}
        close_on(installation, calendar, 2026, 10)
        revisions = {cell.revision for cell in read_cells(installation) if cell.period == "2026-Q3"}
        assert revisions == {1}
        check_checksums(installation)


def test_a_publication_without_a_cell_can_be_corrected_as_often_as_others(
    database_url: str, tmp_path: Path, calendar: Calendar
) -> None:
    with open_county(database_url, tmp_path, calendar) as installation:
        seed(installation, [Person("elsewhere", JULY, {"q1": "4"}) for _ in range(12)])
        close_on(installation, calendar, 2026, 8)
        for _ in range(2):
            correct(installation)
        assert [one.revision for one in read_publications(installation)] == [1, 2, 3]
        assert read_cells(installation) == []


def test_processes_that_correct_at_once_make_a_revision_each(quarter: Installation) -> None:
    quarter.database.close()
    outcomes = run_together(*[lambda: correct(reopen(quarter))] * 3)
    assert [one.error for one in outcomes] == [""] * 3
    assert [one.revision for one in read_publications(quarter) if one.month == JULY] == [1, 2, 3, 4]
    check_checksums(quarter)


@pytest.mark.parametrize(
    ("survey", "month", "reason", "code"),
    [
        (PROV, JULY, "", "correction_reason_missing"),
        (PROV, JULY, " \n\t ", "correction_reason_missing"),
        (PROV, JULY, "x" * (REASON_LIMIT + 1), "correction_reason_long"),
        (PROV, "2026-Q3", WHY, "period_wrong"),
        (PROV, "juli", WHY, "period_wrong"),
        (PROV, "2026-06", WHY, "period_not_published"),
        (PROV, "2026-10", WHY, "period_not_published"),
        ("resursgrupp", JULY, WHY, "period_not_published"),
    ],
)
def test_what_cannot_be_corrected_is_refused_with_the_reason_and_nothing_is_written(
    quick_quarter: Installation, survey: str, month: str, reason: str, code: str
) -> None:
    before = read_cells(quick_quarter), read_publications(quick_quarter)
    assert refusal(quick_quarter, survey, month, reason) == code
    assert (read_cells(quick_quarter), read_publications(quick_quarter)) == before


def test_a_reason_is_kept_in_one_line_and_in_the_log(quick_quarter: Installation) -> None:
    correct(quick_quarter, reason=f" {'y' * (REASON_LIMIT - 4)}\n  abc ")
    found = find_publication(quick_quarter, PROV, JULY)
    assert found is not None
    assert found.reason == f"{'y' * (REASON_LIMIT - 4)} abc"
    with quick_quarter.database.read() as connection:
        events = connection.execute(select(audit).where(audit.c.action == "period corrected")).all()
    assert [(one.actor, one.subject) for one in events] == [("test", f"{PROV} {JULY}")]
    assert found.reason in events[0].facts
