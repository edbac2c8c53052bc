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
        (SurveyError("database_busy"), "fail_once was put off: database_busy"),
        (ZeroDivisionError("what somebody answered"), "fail_once failed: ZeroDivisionError"),
    ],
    ids=["refused", "fault"],
)
def test_a_chore_that_fails_is_logged_without_its_message_tried_again_and_stops_no_other(
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    told: str,
) -> None:
    tried: list[str] = []
    stop = threading.Event()

    def fail_once(_installation: Installation) -> None:
        tried.append("first")
        if len(tried) == 1:
            raise fault

    def come_after(_installation: Installation) -> None:
        tried.append("second")
        if len(tried) == 4:
            stop.set()

    monkeypatch.setattr(schedule, "CHORES", (fail_once, come_after))
    monkeypatch.setattr(schedule, "BETWEEN_ROUNDS", 0.01)
    with caplog.at_level(logging.ERROR):
        keep_doing_chores(installation, stop)
    assert tried == ["first", "second", "first", "second"]
    assert told in caplog.text
    assert "what somebody answered" not in caplog.text


def test_mail_comes_last_for_a_server_may_be_silent() -> None:
    assert [one.__name__ for one in schedule.CHORES][-1] == "send_due_quietly"
