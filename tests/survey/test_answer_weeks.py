"""Are answers counted by week once each, and never at the moment when somebody sends one?"""

from __future__ import annotations

import random
from collections.abc import Mapping

from sqlalchemy import select

from survey.answering.erase import erase_answers
from survey.answering.mixer import BATCH, mix_period
from survey.installation import Installation
from survey.publication.close import close_month
from survey.rounds import make_codes
from survey.store.rounds import Round
from survey.store.tables import answer_week, inbox
from tests.processes import SPAWNED, reopen, run_together
from tests.walks import ITS_MONTH, Calendar, Walked, answer_survey, open_a_round

THE_WEEK = "2026-W37"  # of 10 September 2026


def send_some(
    installation: Installation, round_: Round, number: int, municipality: str = "0780"
) -> list[Walked]:
    return [
        answer_survey(installation, round_, municipality=municipality, chance=random.Random(one))
        for one in range(number)
    ]


def read_counts(installation: Installation) -> Mapping[tuple[str, str, str], int]:
    with installation.database.read() as connection:
        rows = connection.execute(select(answer_week)).all()
    return {(round_id, area, week): number for round_id, area, week, number in rows}


def test_nothing_is_counted_when_somebody_sends(installation: Installation, coded_round: Round) -> None:
    code = make_codes(installation, coded_round, area="0780", number=1, by="test")[0]
    answer_survey(installation, coded_round, code=code)
    assert read_counts(installation) == {}


def test_answers_are_counted_where_they_are_about_in_the_week_they_were_mixed(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    send_some(installation, open_round, BATCH)
    calendar.turn_to(2026, 9, 14)
    send_some(installation, open_round, 2, "0781")
    mix_period(installation, ITS_MONTH)
    assert read_counts(installation) == {("alla", "0780", "2026-W38"): BATCH}
    send_some(installation, open_round, BATCH - 2, "0781")
    calendar.turn_to(2026, 9, 21)
    mix_period(installation, ITS_MONTH)
    assert read_counts(installation) == {
        ("alla", "0780", "2026-W38"): BATCH,
        ("alla", "0781", "2026-W39"): BATCH,
    }


def test_thin_municipalities_of_a_county_are_counted_each(
    installation: Installation, open_round: Round
) -> None:
    for area, number in (("0763", 15), ("0765", 5)):
        send_some(installation, open_round, number, area)
    mix_period(installation, ITS_MONTH)
    assert read_counts(installation) == {("alla", "0763", THE_WEEK): 15, ("alla", "0765", THE_WEEK): 5}


def test_mixing_again_adds_only_what_is_new(installation: Installation, open_round: Round) -> None:
    for _ in range(2):
        send_some(installation, open_round, BATCH)
        mix_period(installation, ITS_MONTH)
        mix_period(installation, ITS_MONTH)
    assert read_counts(installation) == {("alla", "0780", THE_WEEK): 2 * BATCH}


def test_processes_that_mix_at_once_count_once(installation: Installation, open_round: Round) -> None:
    for area in ("0780", "0781", "0880"):
        send_some(installation, open_round, BATCH, area)
    installation.database.close()
    done = run_together(*[lambda: mix_period(reopen(installation), ITS_MONTH).mixed] * 3)
    assert [one.error for one in done] == ["", "", ""]
    assert set(read_counts(installation).values()) == {BATCH}


def test_a_mixer_that_is_killed_leaves_as_many_counted_as_are_no_longer_sealed(
    installation: Installation, open_round: Round
) -> None:
    for area in ("0780", "0781", "0880", "0881"):
        send_some(installation, open_round, BATCH, area)
    installation.database.close()
    for life in (0.01, 0.03, 0.06, 0.1):
        process = SPAWNED.Process(target=mix_period, args=(reopen(installation), ITS_MONTH), daemon=True)
        process.start()
        process.join(life)
        process.kill()
        process.join()
        with installation.database.read() as connection:
            waiting = len(connection.execute(select(inbox.c.id)).all())
        assert sum(read_counts(installation).values()) == 4 * BATCH - waiting
        installation.database.close()
    mix_period(installation, ITS_MONTH)
    assert set(read_counts(installation).values()) == {BATCH}


def test_a_round_that_is_pooled_with_another_is_not_counted(
    installation: Installation, open_round: Round, calendar: Calendar
) -> None:
    send_some(installation, open_round, 3)
    send_some(installation, open_a_round(installation, "annan"), 4)
    calendar.turn_to(2026, 10, 1)
    close_month(installation, ITS_MONTH)
    assert read_counts(installation) == {}


def test_an_answer_that_is_taken_back_stays_in_the_count_of_what_came(
    installation: Installation, open_round: Round
) -> None:
    walked = send_some(installation, open_round, BATCH)
    mix_period(installation, ITS_MONTH)
    erase_answers(installation, walked[0].receipt)
    assert read_counts(installation) == {("alla", "0780", THE_WEEK): BATCH}
