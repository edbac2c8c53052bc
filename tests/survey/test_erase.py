"""Does a receipt take back everything of one person, and nothing of what was published?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from survey.answering.erase import Erased, erase_answers
from survey.answering.mixer import mix_period
from survey.answering.receipt import hash_receipt, make_receipt, read_receipt, show_receipt
from survey.errors import SurveyError
from survey.installation import Installation
from survey.publication.close import close_ended_months
from survey.store.rounds import Round
from survey.store.tables import audit, comment, inbox, publication, published_cell, response
from tests.processes import reopen, run_together
from tests.store.linking import copy_file
from tests.walks import ITS_MONTH, Calendar, Walked, answer_survey, open_a_round, opened

TWO_COMMENTS = Erased(responses=1, comments=2)


def answer(installation: Installation, round_: Round, number: int) -> list[Walked]:
    return [answer_survey(installation, round_, comment=f"Hälsning {n}") for n in range(number)]


def read_all(installation: Installation, *tables: object) -> list[list[tuple[object, ...]]]:
    with installation.database.read() as connection:
        return [sorted(map(tuple, connection.execute(select(table)))) for table in tables]  # type: ignore[call-overload]


def refusal(installation: Installation, receipt: str) -> str:
    with pytest.raises(SurveyError) as wrong:
        erase_answers(installation, receipt)
    assert wrong.value.facts == {}
    return wrong.value.code


def wait(_: Installation) -> None:
    """Leave the answers sealed."""


def mix(installation: Installation) -> None:
    assert mix_period(installation, ITS_MONTH).mixed == 20


@pytest.mark.parametrize("become", [wait, mix], ids=["sealed", "mixed"])
def test_a_receipt_takes_back_its_own_answer_and_comments_and_no_others(
    installation: Installation, open_round: Round, become: Callable[[Installation], None]
) -> None:
    first, *others = answer(installation, open_round, 20)
    become(installation)
    assert erase_answers(installation, first.receipt) == TWO_COMMENTS
    mix_period(installation, ITS_MONTH, closing=True)
    with installation.database.read() as connection:
        kept = set(connection.scalars(select(response.c.receipt)))
        told = set(connection.scalars(select(comment.c.receipt)))
    assert kept == {hash_receipt(read_receipt(one.receipt), "response") for one in others}
    assert told == {hash_receipt(read_receipt(one.receipt), "comment") for one in others}


@pytest.mark.parametrize("become", [wait, mix], ids=["sealed", "mixed"])
def test_what_was_taken_back_is_unknown_the_second_time(
    installation: Installation, open_round: Round, become: Callable[[Installation], None]
) -> None:
    receipt = answer(installation, open_round, 20)[0].receipt
    become(installation)
    erase_answers(installation, receipt)
    assert refusal(installation, receipt) == "receipt_unknown"


def test_what_was_taken_back_cannot_be_read_in_sqlites_files(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'invanarrosten.db'}", tmp_path / "var") as installation:
        first, *_ = answer(installation, open_a_round(installation), 20)
        mix(installation)
        assert b"H\xc3\xa4lsning 0" in read_files(tmp_path)
        erase_answers(installation, first.receipt)
        assert b"H\xc3\xa4lsning 0" not in read_files(tmp_path)
        assert b"H\xc3\xa4lsning 19" in read_files(tmp_path)


def read_files(folder: Path) -> bytes:
    return b"".join(copy_file(one) for one in folder.glob("invanarrosten.db*"))


def test_a_receipt_that_nobody_has_is_unknown_and_takes_nothing(
    installation: Installation, open_round: Round
) -> None:
    answer(installation, open_round, 3)
    assert refusal(installation, show_receipt(make_receipt())) == "receipt_unknown"
    assert len(read_all(installation, inbox)[0]) == 3


def test_what_is_no_receipt_is_mistyped(installation: Installation) -> None:
    assert refusal(installation, "hej hej") == "receipt_mistyped"


def test_an_answer_that_was_passed_on_to_the_next_month_can_be_taken_back(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    receipt = answer(installation, open_round, 1)[0].receipt
    calendar.turn_to(2026, 10)
    close_ended_months(installation)
    assert erase_answers(installation, receipt) == TWO_COMMENTS
    assert read_all(installation, inbox, response) == [[], []]


def test_published_figures_stay_exactly_as_they_were(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    walked = answer(installation, open_round, 12)
    calendar.turn_to(2026, 10)
    assert [one.responses for one in close_ended_months(installation)] == [12]
    published = (published_cell, publication)
    before = read_all(installation, *published)
    assert before[0] != []
    for one in walked:
        assert erase_answers(installation, one.receipt) == TWO_COMMENTS
    assert read_all(installation, response, comment) == [[], []]
    assert close_ended_months(installation) == ()
    assert read_all(installation, *published) == before


def test_a_later_quarter_is_added_from_the_months_as_they_were_published(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    calendar.turn_to(2026, 7, 10)
    walked = answer(installation, open_round, 12)
    calendar.turn_to(2026, 8)
    close_ended_months(installation)
    erase_answers(installation, walked[0].receipt)
    calendar.turn_to(2026, 10)
    close_ended_months(installation)
    with installation.database.read() as connection:
        c = published_cell.c
        query = select(c.period, c.measure, c.n, c.mean).where(c.area == "0780", c.group == "")
        cells = {(row.period, row.measure): (row.n, row.mean) for row in connection.execute(query)}
    july = {measure: cell for (period, measure), cell in cells.items() if period == "2026-07"}
    assert july != {}
    assert {measure: cell for (period, measure), cell in cells.items() if period == "2026-Q3"} == july


def test_one_receipt_in_two_processes_is_taken_back_once(
    installation: Installation, open_round: Round
) -> None:
    receipt = answer(installation, open_round, 1)[0].receipt
    installation.database.close()
    done = run_together(*[lambda: erase_answers(reopen(installation), receipt)] * 2)
    assert sorted((one.value is not None, one.error) for one in done) == [
        (False, "receipt_unknown"),
        (True, ""),
    ]


def test_taking_back_while_another_process_mixes_never_says_what_is_not_so(
    installation: Installation, open_round: Round
) -> None:
    walked = answer(installation, open_round, 25)
    installation.database.close()
    mixed, *erased = run_together(
        lambda: mix_period(reopen(installation), ITS_MONTH).mixed,
        *[lambda one=one: erase_answers(reopen(installation), one.receipt) for one in walked[:3]],
    )
    assert [one.error for one in (mixed, *erased)] == [""] * 4
    mix_period(installation, ITS_MONTH, closing=True)
    assert len(read_all(installation, response)[0]) == 22
    assert len(read_all(installation, comment)[0]) == 44


def test_the_log_of_what_was_done_says_that_somebody_took_back_and_not_who(
    installation: Installation, open_round: Round
) -> None:
    receipt = answer(installation, open_round, 1)[0].receipt
    erase_answers(installation, receipt)
    with installation.database.read() as connection:
        rows = connection.execute(select(audit).where(audit.c.action == "answers erased")).all()
    assert [(row.actor, row.subject, row.facts) for row in rows] == [("system", "receipt", "{}")]
    assert date(2026, 1, 1) < rows[0].at.date()
