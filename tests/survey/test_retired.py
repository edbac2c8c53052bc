"""Is what a round needed gone when it is over, and not a day before?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from survey.answering.drafts import SENT_DAYS
from survey.installation import Installation
from survey.rounds import make_codes, retire_rounds
from survey.store import audits, letter_orders
from survey.store.rounds import Round
from tests.walks import Calendar, answer_survey, begin_answering, open_a_round, opened

LAST = date(2026, 12, 31)  # of the round
OVER = LAST + timedelta(days=SENT_DAYS + 1)  # the first day on which nothing of it is needed


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def installation(database_url: str, tmp_path: Path, calendar: Calendar) -> Iterator[Installation]:
    with opened(database_url, tmp_path / "var", calendar) as found:
        yield found


def hold(installation: Installation) -> Round:
    """A round of letters: one was answered, one begun, three lie in a drawer."""
    round_ = open_a_round(installation, door="coded")
    codes = make_codes(installation, round_, area="0780", number=5, by="test")
    answer_survey(installation, round_, code=codes[0])
    begin_answering(installation, round_, code=codes[1])
    return round_


def count_unused(installation: Installation, round_: Round) -> int:
    with installation.database.read(newest=True) as connection:
        return letter_orders.count_unused(connection, round_.id)


@pytest.mark.parametrize(("day", "retired"), [(LAST, False), (OVER - timedelta(days=1), False), (OVER, True)])
def test_unused_codes_drafts_and_the_key_go_when_a_round_is_over(
    installation: Installation, calendar: Calendar, day: date, retired: bool
) -> None:
    round_ = hold(installation)
    assert count_unused(installation, round_) == 4
    calendar.day = day
    assert retire_rounds(installation) == ((round_.id,) if retired else ())
    assert count_unused(installation, round_) == (0 if retired else 4)
    assert installation.keys.has_round_key(round_.id) is not retired


def test_how_many_were_invited_stays_and_the_log_says_how_many_codes_went(
    installation: Installation, calendar: Calendar
) -> None:
    round_ = hold(installation)
    calendar.day = OVER
    retire_rounds(installation)
    assert retire_rounds(installation) == ()
    with installation.database.read(newest=True) as connection:
        assert letter_orders.count_invited(connection, round_.id) == 5
        events = [one for one in audits.list_events(connection) if one.action == "rounds retired"]
    assert [(one.subject, one.facts) for one in events] == [(round_.id, {"unused_codes": 4})]
