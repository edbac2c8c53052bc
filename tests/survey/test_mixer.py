"""Do sealed answers become responses in crowds, each exactly once, and what is too little wait?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from survey.answering.ended_keys import sweep_ended_keys
from survey.answering.erase import erase_answers
from survey.answering.mixer import MIXING, Batch, Mixed, mix_period, plan_batches, retire_period
from survey.answering.receipt import hash_receipt, read_receipt
from survey.errors import SurveyError
from survey.installation import Installation, ensure_period_key
from survey.publication.close import close_month
from survey.rounds import make_codes
from survey.store import submissions
from survey.store.database import claim_job
from survey.store.rounds import Round
from survey.store.tables import comment, inbox, response, submission
from tests.postgres_server import PostgresServer
from tests.processes import reopen, run_together
from tests.walks import ITS_MONTH, Calendar, Walked, answer_survey, open_a_round, opened


def answer(installation: Installation, round_: Round, **municipalities: int) -> list[Walked]:
    """So many people of each municipality send; `m0780=3` for three in 0780."""
    chance = random.Random(7)
    coming = [name[1:] for name, n in municipalities.items() for _ in range(n)]
    return [
        answer_survey(installation, round_, municipality=one, comment=f"Hej {n}", chance=chance)
        for n, one in enumerate(coming)
    ]


def list_receipts(installation: Installation) -> Counter[bytes]:
    with installation.database.read() as connection:
        return Counter(connection.scalars(select(response.c.receipt)))


def hash_receipts(walked: list[Walked], purpose: str = "response") -> set[bytes]:
    return {hash_receipt(read_receipt(one.receipt), purpose) for one in walked}


def count_waiting(installation: Installation, month: str = ITS_MONTH) -> int:
    with installation.database.read() as connection:
        return submissions.count_sealed(connection, month)


def test_every_answer_and_comment_is_mixed_once_and_none_is_lost(
    installation: Installation, open_round: Round
) -> None:
    walked = answer(installation, open_round, m0780=21, m0760=9, m0761=11, m0880=3)
    assert mix_period(installation, ITS_MONTH) == Mixed(mixed=41, waiting=3)
    assert list_receipts(installation) == Counter(hash_receipts(walked[:41]))
    with installation.database.read() as connection:
        told = dict(connection.execute(select(comment.c.receipt, comment.c.text)).all())
    assert set(told) == hash_receipts(walked[:41], "comment")
    assert count_waiting(installation) == 3


def test_mixing_again_does_nothing(installation: Installation, open_round: Round) -> None:
    walked = answer(installation, open_round, m0780=20)
    assert mix_period(installation, ITS_MONTH) == Mixed(20, 0)
    before = list_receipts(installation)
    assert mix_period(installation, ITS_MONTH) == Mixed(0, 0)
    assert list_receipts(installation) == before == Counter(hash_receipts(walked))


def test_nineteen_wait_for_the_twentieth(installation: Installation, open_round: Round) -> None:
    answer(installation, open_round, m0780=19)
    assert mix_period(installation, ITS_MONTH) == Mixed(0, 19)
    answer(installation, open_round, m0780=1)
    assert mix_period(installation, ITS_MONTH) == Mixed(20, 0)


def test_a_mixing_that_fails_half_way_changes_nothing(
    installation: Installation, open_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(installation, open_round, m0780=20)

    def fail(*_: object) -> None:
        raise SurveyError("database_full")

    with monkeypatch.context() as broken, pytest.raises(SurveyError, match="database_full"):
        broken.setattr("survey.store.responses.add_comments", fail)
        mix_period(installation, ITS_MONTH)
    assert (list_receipts(installation), count_waiting(installation)) == (Counter(), 20)
    assert mix_period(installation, ITS_MONTH) == Mixed(20, 0)


def test_processes_that_mix_at_once_lose_and_double_nothing(
    installation: Installation, open_round: Round
) -> None:
    walked = answer(installation, open_round, m0780=25, m0760=24)
    installation.database.close()
    mixed = run_together(*[lambda: mix_period(reopen(installation), ITS_MONTH).mixed] * 3)
    assert [one.error for one in mixed] == [""] * 3
    assert sum(one.value for one in mixed) == 49
    assert list_receipts(installation) == Counter(hash_receipts(walked))


def test_what_is_sent_while_another_process_mixes_is_not_lost(
    installation: Installation, open_round: Round
) -> None:
    before = answer(installation, open_round, m0780=40)
    installation.database.close()
    send = partial(send_in_a_process, installation, open_round, 30)
    mixed, *sent = run_together(lambda: mix_often(reopen(installation), 15), send, send)
    assert [one.error for one in (mixed, *sent)] == ["", "", ""]
    walked = [*before, *(one for outcome in sent for one in outcome.value)]
    mix_period(installation, ITS_MONTH, closing=True)
    assert count_waiting(installation) == 0
    assert list_receipts(installation) == Counter(hash_receipts(walked))


def send_in_a_process(installation: Installation, round_: Round, number: int) -> list[Walked]:
    return answer(reopen(installation), round_, m0780=number)


def mix_often(installation: Installation, times: int) -> int:
    return sum(mix_period(installation, ITS_MONTH).mixed for _ in range(times))


def test_what_comes_in_at_the_moment_a_batch_is_taken_is_mixed_or_waits(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.fresh_database() as url, opened(url, tmp_path / "var") as installation:
        round_ = open_a_round(installation)
        walked = answer(installation, round_, m0780=20)
        other = reopen(installation)

        def send_one_more(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            if "DELETE FROM inbox" in statement and len(walked) == 20:
                walked.extend(answer(other, round_, m0780=1))

        event.listen(installation.database.engine, "before_cursor_execute", send_one_more)
        mixed = mix_period(installation, ITS_MONTH).mixed
        event.remove(installation.database.engine, "before_cursor_execute", send_one_more)
        other.database.close()
        assert len(walked) == 21
        assert mixed + count_waiting(installation) == 21
        mix_period(installation, ITS_MONTH, closing=True)
        assert mixed >= 20


def test_a_plan_that_another_process_has_carried_out_mixes_no_small_batch(
    installation: Installation, open_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(installation, open_round, m0780=20)
    late: list[Walked] = []

    def be_overtaken(*given: Any, **how: Any) -> tuple[Batch, ...]:
        if not late:
            late.extend([Walked(b"")])
            assert mix_period(installation, ITS_MONTH) == Mixed(20, 0)
            late[:] = answer(installation, open_round, m0780=3)
        return plan_batches(*given, **how)

    monkeypatch.setattr("survey.answering.mixer.plan_batches", be_overtaken)
    assert mix_period(installation, ITS_MONTH).mixed == 0
    assert len(late) == 3
    assert count_waiting(installation) == 3
    assert list_receipts(installation).total() == 20


def test_who_mixes_retires_or_erases_waits_for_the_one_who_mixes(
    postgres: PostgresServer, tmp_path: Path, calendar: Calendar
) -> None:
    with postgres.fresh_database() as url, opened(url, tmp_path / "var", calendar) as installation:
        walked = answer(installation, open_a_round(installation), m0780=20)
        calendar.turn_to(2026, 10)
        ensure_period_key(installation, "2026-10")
        other = reopen(installation)
        event.listen(other.database.engine, "connect", be_impatient)
        waiting: list[Callable[[], object]] = [
            lambda: mix_period(other, ITS_MONTH),
            lambda: retire_period(other, ITS_MONTH),
            lambda: erase_answers(other, walked[0].receipt),
        ]
        with installation.database.write() as connection:
            claim_job(connection, MIXING)
            for work in waiting:
                with pytest.raises(SurveyError, match="database_busy"):
                    work()
        assert mix_period(other, ITS_MONTH) == Mixed(20, 0)
        other.database.close()


def be_impatient(connection: Any, _record: object) -> None:
    """A PostgreSQL connection that gives up at once instead of waiting for a lock."""
    connection.execute("SET lock_timeout = '50ms'")
    connection.commit()


@pytest.mark.parametrize(("number", "mixed"), [(4, 0), (5, 5)])
def test_fewer_than_five_of_a_month_count_in_the_next(
    installation: Installation, open_round: Round, calendar: Calendar, number: int, mixed: int
) -> None:
    walked = answer(installation, open_round, m0780=number)
    calendar.turn_to(2026, 10, 2)
    close_month(installation, ITS_MONTH)
    assert sum(list_receipts(installation).values()) == mixed
    assert count_waiting(installation, "2026-10") == (0 if mixed else number)
    if not mixed:
        walked += answer(installation, open_round, m0780=1)
        calendar.turn_to(2026, 11)
        close_month(installation, "2026-10")
        assert list_receipts(installation) == Counter(hash_receipts(walked))
        with installation.database.read() as connection:
            assert set(connection.scalars(select(response.c.month))) == {"2026-10"}


def test_when_a_month_is_closed_its_key_and_its_submission_ids_are_gone(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    answer(installation, open_round, m0780=6)
    key_file = installation.keys.find_period_file(ITS_MONTH)
    assert key_file.exists()
    calendar.turn_to(2026, 10)
    close_month(installation, ITS_MONTH)
    assert not key_file.exists()
    with installation.database.read() as connection:
        assert connection.execute(select(submission)).all() == []
        assert connection.execute(select(inbox)).all() == []
    with pytest.raises(SurveyError, match="period_closed"):
        ensure_period_key(installation, ITS_MONTH)


def test_an_answer_that_came_after_the_last_mixing_is_passed_on_and_not_lost_with_the_key(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    answer(installation, open_round, m0780=6)
    mix_period(installation, ITS_MONTH, closing=True)
    late = answer(installation, open_round, m0780=6)
    calendar.turn_to(2026, 10)
    assert retire_period(installation, ITS_MONTH) == 6
    assert mix_period(installation, "2026-10", closing=True) == Mixed(6, 0)
    with installation.database.read() as connection:
        months = dict(connection.execute(select(response.c.receipt, response.c.month)).all())
    assert {months[one] for one in hash_receipts(late)} == {"2026-10"}


def test_nothing_is_mixed_without_the_months_key_and_nothing_is_lost(
    installation: Installation, open_round: Round
) -> None:
    answer(installation, open_round, m0780=20)
    key_file = installation.keys.find_period_file(ITS_MONTH)
    moved = key_file.rename(key_file.with_suffix(".away"))
    with pytest.raises(SurveyError, match="key_missing"):
        mix_period(installation, ITS_MONTH)
    assert count_waiting(installation) == 20
    moved.rename(key_file)
    assert mix_period(installation, ITS_MONTH) == Mixed(20, 0)


def test_a_key_file_that_a_killed_process_left_is_swept_away(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    answer(installation, open_round, m0780=6)
    key_file = installation.keys.find_period_file(ITS_MONTH)
    kept = key_file.read_bytes()
    calendar.turn_to(2026, 10)
    close_month(installation, ITS_MONTH)
    key_file.write_bytes(kept)
    sweep_ended_keys(installation)
    assert not key_file.exists()


def test_answers_of_two_rounds_that_are_pooled_tell_neither_round_nor_door(
    installation: Installation, open_round: Round, coded_round: Round, calendar: Calendar
) -> None:
    (code,) = make_codes(installation, coded_round, area="0780", number=1, by="test")
    answer_survey(installation, coded_round, municipality="0780", code=code)
    answer(installation, open_round, m0780=4)
    assert mix_period(installation, ITS_MONTH, closing=True) == Mixed(5, 0)
    with installation.database.read() as connection:
        told = {tuple(row) for row in connection.execute(select(response.c.round_id, response.c.channel))}
    assert told == {("", "pooled")}
