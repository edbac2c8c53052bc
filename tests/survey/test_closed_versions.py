"""Do months close, and longer periods add up, when a survey's new version has lost a dimension?"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from survey.answering.erase import erase_answers
from survey.installation import Installation
from survey.publication.close import find_publication
from survey.publication.correct import correct_month
from survey.store.publications import Cell
from tests.survey.little_county import AREAS, COUNTY, FIRST, LOST, PROV, SECOND, open_county
from tests.survey.published import check_checksums, close_on, read_cells
from tests.survey.seeded import Person, forget_third_question, make_people, seed
from tests.walks import Calendar

JULY, AUGUST, SEPTEMBER = "2026-07", "2026-08", "2026-09"
KEPT = {"safety", "q1", "q2"}


def make_month(month: str, version: str, seed_number: int) -> list[Person]:
    people = make_people(random.Random(seed_number), {(area, month): 30 for area in AREAS[:2]})
    return people if version == FIRST else forget_third_question(people, version)


OLD = make_month(JULY, FIRST, 51)
MIXED = make_month(AUGUST, FIRST, 52) + make_month(AUGUST, SECOND, 53)
NEW = make_month(SEPTEMBER, SECOND, 54)


def publish_quarter(installation: Installation, calendar: Calendar) -> None:
    """A quarter that began with one version and ended with another."""
    seed(installation, [*OLD, *MIXED, *NEW])
    close_on(installation, calendar, 2026, 10)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Such a quarter, for tests that only read."""
    folder, calendar = tmp_path_factory.mktemp("versions"), Calendar()
    with open_county(f"sqlite:///{folder / 'prov.db'}", folder, calendar) as found:
        publish_quarter(found, calendar)
        yield found


def count_whole(cells: list[Cell], period: str) -> dict[str, int | None]:
    """{measure: people} of the county in a period."""
    return {c.measure: c.n for c in cells if (c.period, c.area, c.group, c.unit) == (period, COUNTY, "", "")}


def count_people(people: list[Person], question: str) -> int:
    return sum(one.answers.get(question) not in (None, "na") for one in people)


def test_each_month_has_the_measures_that_were_asked_and_the_quarter_has_them_all(
    published: Installation,
) -> None:
    cells = read_cells(published)
    assert set(count_whole(cells, SEPTEMBER)) == KEPT
    for period in (JULY, AUGUST, "2026-Q3"):
        assert set(count_whole(cells, period)) == KEPT | set(LOST)
    versions = {month: find_publication(published, PROV, month) for month in (JULY, AUGUST, SEPTEMBER)}
    assert {month: found.versions for month, found in versions.items() if found} == {
        JULY: FIRST,
        AUGUST: f"{FIRST} {SECOND}",
        SEPTEMBER: SECOND,
    }


def test_the_quarter_counts_everybody_who_was_asked_in_either_version(published: Installation) -> None:
    quarter = count_whole(read_cells(published), "2026-Q3")
    for question in ("q1", "q2", "q3"):
        assert quarter[question] == count_people([*OLD, *MIXED, *NEW], question)


def test_what_only_the_old_version_asked_keeps_its_number_in_the_quarter(published: Installation) -> None:
    cells = {
        (c.period, c.measure): c
        for c in read_cells(published)
        if (c.area, c.group, c.unit) == (COUNTY, "", "")
    }
    old = [one for one in (*OLD, *MIXED) if one.version == FIRST]
    scores = [
        {"5": 100, "4": 75, "3": 50, "2": 25, "1": 0}[str(one.answers["q3"])]
        for one in old
        if one.answers.get("q3") is not None
    ]
    assert cells[("2026-Q3", "q3")].mean == pytest.approx(sum(scores) / len(scores), abs=1e-9)


def test_both_versions_can_be_corrected_and_taken_back_from(county: Installation, calendar: Calendar) -> None:
    publish_quarter(county, calendar)
    for person in (OLD[0], NEW[0]):
        erase_answers(county, person.receipt)
    for month in (JULY, SEPTEMBER):
        correct_month(county, PROV, month, reason="Prov", by="test")
    cells = read_cells(county, SEPTEMBER)
    assert set(count_whole(cells, SEPTEMBER)) == KEPT
    assert count_whole(cells, "2026-Q3")["q1"] == count_people([*OLD, *MIXED, *NEW], "q1")
    close_on(county, calendar, 2027, 1)
    half = count_whole(read_cells(county), "2026-H2")
    assert half["q3"] == count_people([*OLD, *MIXED], "q3")
    check_checksums(county)
