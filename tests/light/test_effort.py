"""Does beginning cost something when very many begin at once, and nothing in ordinary times?"""

from __future__ import annotations

from itertools import count

import pytest

from survey.answering.effort import BUSY, LASTS, WAIT, WINDOW, Beginnings, is_solved
from survey.installation import Installation
from survey.light import ways_in
from survey.store.rounds import Round
from tests.light.plain_phone import PlainPhone, read_form


class Clock:
    """Seconds, as many as a test says."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def busy(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Beginnings:
    """A service in which as many have begun within a minute as makes it busy."""
    found = Beginnings(now=clock)
    for _ in range(BUSY):
        found.note()
    monkeypatch.setattr(ways_in, "beginnings", found)
    return found


def solve(task: str) -> str:
    return next(str(number) for number in count() if is_solved(task, str(number)))


@pytest.mark.parametrize(
    ("begun", "seconds", "is_busy"), [(2, 0, False), (3, 0, True), (3, WINDOW + 1, False)]
)
def test_so_many_beginnings_in_a_minute_make_it_busy(
    clock: Clock, begun: int, seconds: float, is_busy: bool
) -> None:
    found = Beginnings(most=3, now=clock)
    for _ in range(begun):
        found.note()
    clock.seconds += seconds
    assert found.is_busy() is is_busy


def test_in_ordinary_times_nobody_is_asked_anything(phone: PlainPhone, open_round: Round) -> None:
    phone.begin("alla")
    assert phone.addresses[-1] == "/e/alla/1"


def test_who_has_worked_begins_at_once(phone: PlainPhone, open_round: Round, busy: Beginnings) -> None:
    phone.begin("alla", form="short")
    assert phone.page.status_code == 429
    given = read_form(phone.page)
    assert (given.action, given.fields["form"]) == ("/e/alla?sprak=sv", ["short"])
    phone.send(phone.fill_in(losning=solve(given.fields["uppgift"][0])))
    phone.follow()
    assert phone.addresses[-1] == "/e/alla/1"


@pytest.mark.parametrize(("seconds", "begins"), [(0, False), (WAIT - 1, False), (WAIT, True)])
def test_who_has_no_scripts_waits(
    phone: PlainPhone, open_round: Round, busy: Beginnings, clock: Clock, seconds: int, begins: bool
) -> None:
    phone.begin("alla")
    fields = phone.fill_in()
    clock.seconds += seconds
    phone.send(fields)
    assert (phone.page.status_code == 303) is begins


def test_a_task_counts_once_for_a_while_and_only_here(
    busy: Beginnings, clock: Clock, installation: Installation
) -> None:
    task = busy.make_task(installation)
    answer = solve(task)
    assert not busy.is_done(installation, task, "")
    assert not busy.is_done(installation, task.replace(".", ".0", 1), answer)
    assert busy.is_done(installation, task, answer)
    assert not busy.is_done(installation, task, answer)
    late = busy.make_task(installation)
    clock.seconds += LASTS + 1
    assert not busy.is_done(installation, late, solve(late))


@pytest.mark.parametrize("task", ["", ".", "x.y.z", "1" * 1_000, "-1.x.y", "å.å.å"])
def test_what_is_no_task_opens_nothing(busy: Beginnings, installation: Installation, task: str) -> None:
    assert not busy.is_done(installation, task, "0")
