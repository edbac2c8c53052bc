"""Does a county that is prepared by a process of its own come out as one that is not, whatever is killed?"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from survey.demo import ahead, fill_when_new, filling, find_history, list_new_rounds, open_once
from survey.demo.filling import list_missing_months
from survey.demo.sending import MadeUp
from survey.installation import Installation
from survey.store import installations
from tests.processes import SPAWNED
from tests.survey.small_county import opened_demonstration, summarise
from tests.survey.test_demo_interrupted import FEWEST, Killed, count_running

Summary = dict[tuple[str, ...], tuple[object, ...]]


@pytest.fixture(autouse=True)
def prepare_every_county(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "WORTH_A_PROCESS", 0)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """What a filling in one process comes to."""
    folder = tmp_path_factory.mktemp("alone")
    with (
        pytest.MonkeyPatch.context() as patched,
        opened_demonstration(f"sqlite:///{folder / 'county.db'}", folder) as installation,
    ):
        patched.setattr(ahead, "WORTH_A_PROCESS", 10_000)
        return fill(installation)


def fill(installation: Installation) -> Summary:
    fill_when_new(installation, tell=lambda line: None, county=FEWEST)
    return summarise(installation) | {("running",): count_running(installation)}


def at_the_first_closing(monkeypatch: pytest.MonkeyPatch, do: Callable[[], None]) -> None:
    real, calls = filling.close_month, iter(range(100))

    def close(*given: Any, **named: Any) -> Any:
        if next(calls) == 0:
            do()
        return real(*given, **named)

    monkeypatch.setattr(filling, "close_month", close)


def test_a_county_that_is_prepared_ahead_is_the_same(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: Summary
) -> None:
    prepared: list[str] = []
    real = filling.bring_in_month
    monkeypatch.setattr(
        filling, "bring_in_month", lambda one, made, month: (prepared.append(month), real(one, made, month))
    )
    with opened_demonstration(database_url, tmp_path) as installation:
        assert (fill(installation), prepared) == (expected, [])


def test_what_a_process_that_died_has_not_prepared_is_brought_in_without_it(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: Summary
) -> None:
    def kill_children() -> None:
        for child in multiprocessing.active_children():
            child.kill()
            child.join()

    at_the_first_closing(monkeypatch, kill_children)
    with opened_demonstration(database_url, tmp_path) as installation:
        assert fill(installation) == expected


def test_a_filling_that_was_killed_while_months_were_ahead_is_completed(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: Summary
) -> None:
    def wait_and_die() -> None:
        for child in multiprocessing.active_children():
            child.join()
        raise Killed

    with monkeypatch.context() as patched, opened_demonstration(database_url, tmp_path) as installation:
        at_the_first_closing(patched, wait_and_die)
        with pytest.raises(Killed):
            fill(installation)
        assert multiprocessing.active_children() == []
    with opened_demonstration(database_url, tmp_path) as installation:
        assert fill(installation) == expected


def begin(installation: Installation) -> tuple[MadeUp, tuple[str, ...]]:
    history = find_history(installation, FEWEST)
    assert history is not None
    letters = open_once(installation, list_new_rounds(history)[1])
    return MadeUp(history, letters, FEWEST), list_missing_months(installation, history)


def list_closed(installation: Installation) -> tuple[str, ...]:
    with installation.database.read() as connection:
        return installations.list_closed_periods(connection)


def make_pipe_to_nobody() -> Connection:
    hearing, telling = SPAWNED.Pipe(duplex=False)
    hearing.close()
    return telling


def test_a_process_that_nobody_waits_for_any_more_stops_after_its_month(tmp_path: Path) -> None:
    with opened_demonstration(f"sqlite:///{tmp_path / 'county.db'}", tmp_path) as installation:
        made, months = begin(installation)
        ahead.prepare_months(installation.settings, made, months, make_pipe_to_nobody())
        assert (len(months), list_closed(installation)) == (2, months[:1])


def test_what_cannot_be_prepared_is_left_to_whoever_waits(tmp_path: Path) -> None:
    with opened_demonstration(f"sqlite:///{tmp_path / 'county.db'}", tmp_path) as installation:
        made, months = begin(installation)
        hearing, telling = SPAWNED.Pipe(duplex=False)
        broken = installation.settings.model_copy(update={"demo": False})  # of another kind than its database
        ahead.prepare_months(broken, made, months, telling)
        assert not ahead.wait_for(hearing, months[0])


@pytest.mark.parametrize(
    "said", [b"", b"\x00\x00", b"\x00\x00\x00\x20half"], ids=["nothing", "half a length", "half"]
)
def test_of_a_process_that_died_while_it_told_nothing_is_believed(said: bytes) -> None:
    hearing, telling = SPAWNED.Pipe(duplex=False)
    os.write(telling.fileno(), said)
    telling.close()
    assert not ahead.wait_for(hearing, "2026-08")


def test_a_small_county_is_not_worth_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "WORTH_A_PROCESS", 7)
    with opened_demonstration(f"sqlite:///{tmp_path / 'county.db'}", tmp_path) as installation:
        made, months = begin(installation)
        assert len(months) * ahead.count_municipalities(installation, made) == 6
        with ahead.prepare_ahead(installation, made, months) as is_prepared:
            assert (is_prepared(months[0]), multiprocessing.active_children()) == (False, [])
