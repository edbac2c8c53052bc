"""Is guessing stopped for the whole service for a minute, and nobody longer than that?"""

from __future__ import annotations

import pytest

from survey.answering.throttle import MOST_WRONG, WINDOW, Throttle
from survey.errors import SurveyError


class Clock:
    """Seconds, as many as a test says."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def is_stopped(throttle: Throttle) -> bool:
    try:
        throttle.check()
    except SurveyError as wrong:
        assert (wrong.code, wrong.facts) == ("too_many_tries", {})
        return True
    return False


def test_the_limits_are_300_wrong_codes_a_minute() -> None:
    assert (MOST_WRONG, WINDOW) == (300, 60.0)


@pytest.mark.parametrize(("wrong", "stopped"), [(0, False), (2, False), (3, True), (4, True)])
def test_so_many_wrong_codes_stop_the_next_try(wrong: int, stopped: bool) -> None:
    throttle = Throttle(most=3, now=Clock())
    for _ in range(wrong):
        throttle.note()
    assert is_stopped(throttle) is stopped


@pytest.mark.parametrize(("seconds", "stopped"), [(0, True), (60, True), (60.1, False)])
def test_a_wrong_code_counts_for_a_minute(seconds: float, stopped: bool) -> None:
    clock = Clock()
    throttle = Throttle(most=1, now=clock)
    throttle.note()
    clock.seconds = seconds
    assert is_stopped(throttle) is stopped


def test_the_minute_is_counted_for_each_wrong_code() -> None:
    clock = Clock()
    throttle = Throttle(most=2, now=clock)
    throttle.note()
    clock.seconds = 40
    throttle.note()
    clock.seconds = 61
    assert not is_stopped(throttle)
    throttle.note()
    assert is_stopped(throttle)


def test_asking_does_not_count_as_a_wrong_code() -> None:
    throttle = Throttle(most=1, now=Clock())
    assert not any(is_stopped(throttle) for _ in range(5))
