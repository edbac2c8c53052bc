"""Who is asked first, and is nobody asked too often or at a bad time?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.panel.availability import TIMES, find_time, is_available
from survey.panel.matching import Someone, Wanted, count_recent, find_often, rank_candidates

TODAY, THE_DAY = date(2026, 9, 10), date(2026, 10, 6)  # a Tuesday
WANTED = Wanted("m", ("carer", "home_care"), THE_DAY, "13:30", TODAY)


def ago(*days: int) -> tuple[date, ...]:
    return tuple(TODAY - timedelta(days=one) for one in days)


def someone(one: str, *tags: str, **more: object) -> Someone:
    return replace(Someone(one, tags, (), None), **more)  # type: ignore[arg-type]


def rank(*people: Someone, wanted: Wanted = WANTED) -> list[str]:
    return [one.member for one in rank_candidates(wanted, people)]


def test_who_shares_most_comes_first_and_who_shares_nothing_last() -> None:
    assert rank(someone("a"), someone("b", "carer"), someone("c", "carer", "home_care")) == ["c", "b", "a"]


def test_of_two_who_share_as_much_the_one_asked_least_comes_first() -> None:
    often, seldom = someone("a", "carer", asked=ago(10, 20)), someone("b", "carer", asked=ago(5))
    assert rank(often, seldom) == ["b", "a"]


def test_of_two_asked_as_often_the_one_asked_longest_ago_comes_first() -> None:
    late, early = someone("a", "carer", asked=ago(10)), someone("b", "carer", asked=ago(100))
    assert rank(late, early) == ["b", "a"]


def test_who_is_asked_too_often_comes_after_those_who_share_less_but_before_those_who_share_nothing() -> None:
    worn = someone("a", "carer", "home_care", asked=ago(1, 2, 3))
    assert rank(worn, someone("b", "carer"), someone("c")) == ["b", "a", "c"]


def test_when_nothing_is_wanted_everybody_suits() -> None:
    anybody = replace(WANTED, tags=())
    worn, other = someone("a", "carer", asked=ago(1)), someone("b")
    assert rank(worn, other, wanted=anybody) == ["b", "a"]


def test_the_draw_is_another_for_each_mission_and_the_same_each_time() -> None:
    people = [someone(one) for one in "abcdef"]
    orders = {tuple(rank(*people, wanted=replace(WANTED, mission=str(number)))) for number in range(20)}
    assert len(orders) > 10
    assert rank(*people) == rank(*reversed(people))


@pytest.mark.parametrize(
    ("starts", "time"),
    [
        ("00:00", "tue_morning"),
        ("11:59", "tue_morning"),
        ("12:00", "tue_afternoon"),
        ("16:59", "tue_afternoon"),
        ("17:00", "tue_evening"),
        ("23:59", "tue_evening"),
    ],
)
def test_a_time_of_the_week(starts: str, time: str) -> None:
    assert find_time(THE_DAY, starts) == time
    assert time in TIMES


@pytest.mark.parametrize(
    ("times", "paused_until", "can"),
    [
        ((), None, True),
        (("tue_afternoon",), None, True),
        (("tue_morning", "wed_afternoon"), None, False),
        ((), date(2026, 10, 5), True),
        ((), date(2026, 10, 6), False),  # a pause has its last day
    ],
)
def test_who_cannot_then_is_not_among_them(
    times: tuple[str, ...], paused_until: date | None, can: bool
) -> None:
    assert is_available(times, paused_until, THE_DAY, "13:30") is can
    assert rank(someone("a", times=times, paused_until=paused_until)) == (["a"] if can else [])


@pytest.mark.parametrize(("days", "number"), [(364, 1), (365, 0), (0, 1)])
def test_a_year_is_looked_back(days: int, number: int) -> None:
    assert count_recent(ago(days), TODAY) == number


@pytest.mark.parametrize(
    ("counts", "often"),
    [
        ({}, set()),
        ({"a": 2, "b": 0, "c": 0}, set()),  # twice may be chance
        ({"a": 3, "b": 0, "c": 0}, {"a"}),
        ({"a": 3, "b": 2, "c": 2}, set()),  # less than twice the middle
        ({"a": 4, "b": 2, "c": 2}, {"a"}),
        ({"a": 5, "b": 5, "c": 5}, set()),
    ],
)
def test_who_is_asked_too_often(counts: dict[str, int], often: set[str]) -> None:
    assert find_often(counts) == often


tags = st.sets(st.sampled_from(["carer", "home_care", "dental_care"]))
people = st.lists(
    st.builds(
        Someone,
        st.sampled_from("abcdefgh"),
        tags,
        st.sets(st.sampled_from(TIMES), max_size=3),
        st.none() | st.dates(THE_DAY - timedelta(3), THE_DAY + timedelta(3)),
        st.lists(st.dates(TODAY - timedelta(400), TODAY), max_size=5),
    ),
    unique_by=lambda one: one.id,
)


@given(people=people, but=st.sets(st.sampled_from("abcdefgh")))
def test_nobody_is_asked_twice_or_when_they_cannot_and_the_order_they_came_in_means_nothing(
    people: list[Someone], but: set[str]
) -> None:
    found = [one.member for one in rank_candidates(WANTED, people, but=but)]
    can = {one.id for one in people if is_available(one.times, one.paused_until, WANTED.day, WANTED.starts)}
    assert set(found) == can - but
    assert found == [one.member for one in rank_candidates(WANTED, people[::-1], but=but)]
