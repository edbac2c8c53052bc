"""Is a demonstration that was killed while it was made completed, and a place of one's own left alone?"""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from survey.demo import fill_when_new
from survey.demo.county import LJUNGBY, County
from survey.errors import SurveyError
from survey.installation import Installation
from survey.rounds import list_rounds
from survey.store import monitoring
from survey.store.tables import inbox, response
from tests.survey.small_county import HULTSFRED, NOW, TODAY, VAXJO, opened_demonstration, summarise
from tests.walks import Calendar, open_a_round, opened

FEWEST = County(months=2, per_thousand=0.6, municipalities=frozenset({VAXJO, LJUNGBY, HULTSFRED}))


def count_running(installation: Installation) -> tuple[object, ...]:
    """Answers of the running month, mixed or waiting, and what is counted of the open rounds by area."""
    with installation.database.read() as connection:
        mixed = connection.scalar(select(func.count()).select_from(response).where(response.c.month == NOW))
        waiting = connection.scalar(select(func.count()).select_from(inbox).where(inbox.c.period == NOW))
        counted = {
            name: {area: sum(weeks.values()) for area, weeks in found.items()}
            for name in ("var-vard-2026", "brev-2026")
            for found in [monitoring.list_answers(connection, name, last="2026-W53")]
        }
    return (mixed, waiting, counted)


def test_nothing_is_made_up_beside_what_people_send_in_a_later_month(tmp_path: Path):
    calendar = Calendar(TODAY)
    with opened(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, calendar, DEMO=True) as installation:
        fill_when_new(installation, tell=lambda line: None, county=FEWEST)
        before = count_running(installation)
        calendar.day = date(2026, 10, 5)
        fill_when_new(installation, tell=lambda line: None, county=FEWEST)
        assert count_running(installation) == before


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[object, ...]]:
    """What a filling that nobody disturbed publishes, and what it counts in the running month."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with opened_demonstration(f"sqlite:///{folder / 'county.db'}", folder) as installation:
        fill_when_new(installation, tell=lambda line: None, county=FEWEST)
        return summarise(installation) | {("running",): count_running(installation)}


# Where the filling is killed, and at which call: before anything, after sending, between two batches of the
# mixing, after the key is gone but before the publication, and in the second month.
KILLED = [
    ("survey.demo.sending", "seal_month", 1),
    ("survey.demo.filling", "close_month", 1),
    ("survey.answering.mixer", "make_rows", 2),
    ("survey.publication.close", "publish_month", 1),
    ("survey.demo.filling", "close_month", 2),
    # In the running month: before anything, after sending, after mixing, between two rounds.
    ("survey.demo.arriving", "seal_month", 1),
    ("survey.demo.arriving", "mix_period", 1),
    ("survey.demo.arriving", "spread_answers", 1),
    ("survey.demo.arriving", "spread_answers", 2),
]


class Killed(BaseException):
    """As a signal would stop it: nothing that catches exceptions may swallow it."""


@pytest.mark.parametrize(("module", "name", "call"), KILLED)
def test_an_interrupted_filling_is_completed_and_nothing_counts_twice(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected: dict[tuple[str, ...], tuple[object, ...]],
    module: str,
    name: str,
    call: int,
):
    real = getattr(importlib.import_module(module), name)
    calls = iter(range(1, 1000))

    def kill(*given: Any, **named: Any) -> Any:
        if next(calls) == call:
            raise Killed
        return real(*given, **named)

    with monkeypatch.context() as patched, opened_demonstration(database_url, tmp_path) as installation:
        patched.setattr(f"{module}.{name}", kill)
        with pytest.raises(Killed):
            fill_when_new(installation, tell=lambda line: None, county=FEWEST)
    with opened_demonstration(database_url, tmp_path) as installation:
        fill_when_new(installation, tell=lambda line: None, county=FEWEST)
        assert summarise(installation) | {("running",): count_running(installation)} == expected
        assert len(list_rounds(installation)) == 4


def test_a_real_installation_gets_no_made_up_answers(installation: Installation):
    with pytest.raises(SurveyError, match="not_demonstration"):
        fill_when_new(installation, tell=lambda line: None, county=FEWEST)
    assert list_rounds(installation) == ()


def test_a_demonstration_with_rounds_of_its_own_is_left_alone(tmp_path: Path):
    with opened_demonstration(f"sqlite:///{tmp_path / 'own.db'}", tmp_path) as installation:
        own = open_a_round(installation, "egen")
        fill_when_new(installation, tell=lambda line: None, county=FEWEST)
        assert [r.id for r in list_rounds(installation)] == [own.id]
