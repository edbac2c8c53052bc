"""Is a month published once and whole when processes close it together, die, or are disturbed?"""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from survey.answering.erase import erase_answers
from survey.errors import SurveyError
from survey.installation import Installation
from survey.publication.close import MOST_TRIES, close_ended_months, close_month
from survey.store.publications import Cell
from survey.store.rounds import Round
from survey.store.tables import closed_sums, inbox, response
from tests.processes import reopen, run_together
from tests.survey.killed_closing import kill_after, kill_at
from tests.survey.little_county import AREAS, OTHER_AREAS, open_county
from tests.survey.published import check_checksums, close_on, read_cells, read_publications
from tests.survey.seeded import Person, make_people, seed, some_people
from tests.walks import ITS_MONTH, Calendar, answer_survey, open_a_round, opened

MONTHS = ("2026-07", "2026-08", "2026-09")
PEOPLE = make_people(random.Random(9), {(a, m): 20 for a in (*AREAS, *OTHER_AREAS) for m in MONTHS})

# (a statement, whether the process lives on until the commit after it), in the order of a closing of an inbox
# and of its publication
MOMENTS = (
    ("DELETE FROM inbox", False),
    ("INSERT INTO response", False),
    ("INSERT INTO response", True),
    ("UPDATE period_key", False),
    ("UPDATE period_key", True),
    ("INSERT INTO closed_sums", False),
    ("INSERT INTO publication", False),
    ("INSERT INTO published_cell", False),
    ("INSERT INTO published_cell", True),
)


@pytest.fixture
def ended(county: Installation, calendar: Calendar) -> Installation:
    """The little survey with a quarter's answers, the day after it."""
    seed(county, PEOPLE)
    calendar.turn_to(2026, 10)
    return county


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[Cell]:
    """What the same answers are published as by one process that nobody disturbs."""
    folder, calendar = tmp_path_factory.mktemp("twin"), Calendar()
    with open_county(f"sqlite:///{folder / 'twin.db'}", folder, calendar) as installation:
        seed(installation, PEOPLE)
        close_on(installation, calendar, 2026, 10)
        return read_cells(installation)


def forget_number(cells: list[Cell]) -> list[Cell]:
    """Cells without the number of their publication: an undone transaction may have used one up."""
    return [replace(cell, publication_id=0) for cell in cells]


def count(installation: Installation, table: object) -> int:
    with installation.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def check_whole(installation: Installation) -> None:
    """What is published is whole: it has its sums, and the cells of its checksum."""
    check_checksums(installation)
    known = read_publications(installation)
    assert len({(one.survey, one.month) for one in known}) == len(known)
    assert {cell.publication_id for cell in read_cells(installation)} == {one.id for one in known}
    with installation.database.read() as connection:
        assert set(connection.scalars(select(closed_sums.c.month))) == {one.month for one in known}


def test_processes_that_close_at_once_publish_once(ended: Installation, undisturbed: list[Cell]) -> None:
    ended.database.close()
    outcomes = run_together(*[lambda: close_ended_months(reopen(ended))] * 3)
    assert [one.error for one in outcomes] == [""] * 3
    assert sorted(done.month for one in outcomes for done in one.value) == list(MONTHS)
    check_whole(ended)
    assert forget_number(read_cells(ended)) == forget_number(undisturbed)


def test_a_closing_that_is_killed_at_any_moment_is_whole_or_not_there(
    ended: Installation, undisturbed: list[Cell]
) -> None:
    chance = random.Random(10)
    ended.database.close()
    ends: list[int | None] = []
    while not ends or (ends[-1] != 0 and len(ends) < 40):
        ends.append(kill_after(ended, chance.uniform(0.02, 0.15) * 1.3 ** len(ends)))
        check_whole(ended)
        ended.database.close()
    assert ends.count(-signal.SIGKILL) >= 1
    assert ends[-1] == 0
    assert [one.month for one in read_publications(ended)] == list(MONTHS)
    assert forget_number(read_cells(ended)) == forget_number(undisturbed)


def test_a_closing_that_is_killed_at_each_of_its_writes_loses_no_answer_and_publishes_once(
    database_url: str, tmp_path: Path, calendar: Calendar
) -> None:
    with opened(f"sqlite:///{tmp_path / 'twin.db'}", tmp_path / "twin", twins := Calendar()) as twin:
        answer_often(twin, open_a_round(twin))
        close_on(twin, twins, 2026, 10)
        expected = forget_number(read_cells(twin))
    with opened(database_url, tmp_path / "var", calendar) as found:
        answer_often(found, open_a_round(found))
        calendar.turn_to(2026, 10)
        found.database.close()
        ends = []
        for statement, before_commit in MOMENTS:
            ends.append(kill_at(found, statement, before_commit=before_commit))
            assert read_publications(found) == read_cells(found) == []
            assert count(found, closed_sums) == 0
            assert count(found, inbox) + count(found, response) == 22
            found.database.close()
        assert set(ends) == {-signal.SIGKILL}
        assert [one.responses for one in close_ended_months(found)] == [22]
        assert forget_number(read_cells(found)) == expected != []


def answer_often(installation: Installation, round_: Round) -> None:
    for n in range(22):
        answer_survey(installation, round_, chance=random.Random(n))


# What comes in between


def disturb(what: Callable[[], object], *, times: int) -> Callable[[str, int], None]:
    """Hear how far a closing has come, and do something each time it is about to keep what it worked out."""
    left = [None] * times

    def hear(step: str, _number: int) -> None:
        if step == "keeping" and left:
            left.pop()
            what()

    return hear


def test_who_takes_answers_back_while_a_month_closes_is_not_in_it(
    quick_county: Installation, calendar: Calendar
) -> None:
    people = some_people({AREAS[0]: 14, AREAS[1]: 20})
    seed(quick_county, people)
    calendar.turn_to(2026, 10)
    tell = disturb(lambda: erase_answers(quick_county, people[0].receipt), times=1)
    assert [one.responses for one in close_month(quick_county, ITS_MONTH, tell=tell)] == [33]
    safety = {c.area: c.n for c in read_cells(quick_county) if c.measure == "safety" and not c.group}
    assert safety == {AREAS[0]: 13, AREAS[1]: 20, "01": 33}


def test_who_takes_answers_back_while_another_comes_in_is_not_in_the_month_either(
    quick_county: Installation, calendar: Calendar
) -> None:
    people = some_people({AREAS[0]: 14, AREAS[1]: 20})
    late = Person(AREAS[1], ITS_MONTH, {"q1": "4"})
    seed(quick_county, people)
    calendar.turn_to(2026, 10)

    def exchange() -> None:
        erase_answers(quick_county, people[0].receipt)
        seed(quick_county, [late])

    closed = close_month(quick_county, ITS_MONTH, tell=disturb(exchange, times=1))
    assert [one.responses for one in closed] == [34]
    safety = {c.area: c.n for c in read_cells(quick_county) if c.measure == "safety" and not c.group}
    assert safety == {AREAS[0]: 13, AREAS[1]: 21, "01": 34}


@pytest.mark.parametrize(("times", "error"), [(MOST_TRIES - 1, ""), (MOST_TRIES, "period_busy")])
def test_a_closing_that_is_disturbed_too_often_says_so_and_can_be_run_again(
    county: Installation, calendar: Calendar, times: int, error: str
) -> None:
    seed(county, some_people({AREAS[0]: 20}))
    calendar.turn_to(2026, 10)
    tell = disturb(lambda: seed(county, some_people({AREAS[0]: 1})), times=times)
    if error:
        with pytest.raises(SurveyError, match=error):
            close_month(county, ITS_MONTH, tell=tell)
        assert read_publications(county) == read_cells(county) == []
    else:
        close_month(county, ITS_MONTH, tell=tell)
    assert len(close_ended_months(county)) == (1 if error else 0)
    assert [one.responses for one in read_publications(county)] == [20 + times]


def test_a_month_that_another_closes_in_between_is_left_to_it(
    quick_county: Installation, calendar: Calendar
) -> None:
    seed(quick_county, some_people({AREAS[0]: 20}))
    calendar.turn_to(2026, 10)
    tell = disturb(lambda: close_month(quick_county, ITS_MONTH), times=1)
    assert close_month(quick_county, ITS_MONTH, tell=tell) == ()
    assert len(read_publications(quick_county)) == 1
