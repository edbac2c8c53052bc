"""Do the chores go on when one of them fails?"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.installation import Installation
from survey.publication import schedule
from survey.publication.schedule import keep_doing_chores
from tests.walks import opened


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with opened("sqlite:///" + str(tmp_path / "chores.db"), tmp_path / "var") as found:
        yield found


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (SurveyError("database_busy"), "chores put off"),
        (ZeroDivisionError("what somebody answered"), "chores failed: ZeroDivisionError"),
    ],
)
def test_a_fault_is_logged_without_its_message_and_the_chores_are_tried_again(
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    told: str,
) -> None:
    tried: list[bool] = []
    stop = threading.Event()

    def fail_once(_installation: Installation) -> None:
        tried.append(True)
        if len(tried) == 1:
            raise fault
        stop.set()

    monkeypatch.setattr(schedule, "do_chores", fail_once)
    monkeypatch.setattr(schedule, "BETWEEN_ROUNDS", 0.01)
    with caplog.at_level(logging.ERROR):
        keep_doing_chores(installation, stop)
    assert len(tried) == 2
    assert told in caplog.text
    assert "what somebody answered" not in caplog.text
