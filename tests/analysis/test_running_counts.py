"""Can anybody who follows a running count every week learn of fewer people than the least number?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import ROUND_TO
from analysis.running_counts import MONITORING_LEAST, Stretch, find_ends, tell_stretches
from tests.analysis.attacker import find_smallest_by_trying

COUNTS = st.lists(st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 60)), max_size=12)
LEAST = st.integers(10, 25)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([], ()),
        ([0, 0, 0], ()),
        ([9], ()),
        ([10], (Stretch(0, 0, 10, 10),)),
        ([12], (Stretch(0, 0, 10, 10),)),
        ([13], (Stretch(0, 0, 15, 15),)),
        ([9, 0, 1], (Stretch(0, 2, 10, 10),)),
        ([10, 9], (Stretch(0, 0, 10, 10),)),
        ([12, 12], (Stretch(0, 0, 10, 10), Stretch(1, 1, 15, 25))),  # 12 and 24 in fives: 10 and 25
        ([40, 3, 3, 4, 50], (Stretch(0, 0, 40, 40), Stretch(1, 3, 10, 50), Stretch(4, 4, 50, 100))),
        ([4, 4, 4, 4], (Stretch(0, 2, 10, 10),)),
    ],
)
def test_weeks_with_few_people_wait_for_those_that_follow(
    counts: list[int], told: tuple[Stretch, ...]
) -> None:
    assert tell_stretches(counts, least=MONITORING_LEAST) == told


@given(COUNTS, LEAST)
def test_every_stretch_has_enough_people_and_is_told_within_four_of_them(
    counts: list[int], least: int
) -> None:
    for one in tell_stretches(counts, least=least):
        people = sum(counts[one.start : one.end + 1])
        assert people >= least
        assert abs(one.people - people) <= 4
        assert one.people % ROUND_TO == 0 and one.people >= MONITORING_LEAST
        assert abs(one.so_far - sum(counts[: one.end + 1])) <= 2


@given(COUNTS, LEAST)
def test_stretches_follow_each_other_and_add_up(counts: list[int], least: int) -> None:
    told = tell_stretches(counts, least=least)
    assert [one.start for one in told] == [0, *(one.end + 1 for one in told)][: len(told)]
    assert [one.so_far for one in told] == np.cumsum([one.people for one in told]).tolist()


@given(COUNTS, st.integers(0, 60), LEAST)
def test_what_was_told_stands_when_another_week_has_passed(counts: list[int], more: int, least: int) -> None:
    before = tell_stretches(counts, least=least)
    assert tell_stretches([*counts, more], least=least)[: len(before)] == before


@given(COUNTS, LEAST)
def test_a_higher_least_number_tells_at_ends_that_were_told_before(counts: list[int], least: int) -> None:
    assert set(find_ends(counts, least=least + 1)) <= set(find_ends(counts, least=least))


@settings(max_examples=150)
@given(st.lists(st.lists(st.integers(0, 14), min_size=4, max_size=4), min_size=3, max_size=3), st.data())
def test_nobody_who_adds_and_subtracts_all_that_was_ever_told_isolates_fewer(
    areas: list[list[int]], data: st.DataObject
) -> None:
    least = data.draw(st.integers(10, 20))
    raised = data.draw(st.integers(least, 25))
    sums, people = list_told_sums(areas, [least, raised])
    if len(sums):
        smallest = find_smallest_by_trying(sums, people)
        assert smallest is None or smallest >= least


def list_told_sums(areas: list[list[int]], leasts: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Every sum that was told in any week, of areas and of all together, as atoms of a week in an area.

    Taken as exact numbers, which is more than a reader has.
    """
    weeks, rows = len(areas[0]), list[list[int]]()
    for least in leasts:
        for now in range(1, weeks + 1):
            together = [0] * (len(areas) * weeks)
            for number, counts in enumerate(areas):
                for one in tell_stretches(counts[:now], least=least):
                    row = [0] * (len(areas) * weeks)
                    row[number * weeks + one.start : number * weeks + one.end + 1] = [1] * (
                        one.end - one.start + 1
                    )
                    rows.append(row)
                    together = [a + b for a, b in zip(together, row, strict=True)]
            if any(together):
                rows.append(together)
    return np.array(rows), np.array([n for counts in areas for n in counts])


def test_the_attacker_isolates_somebody_where_a_running_total_is_told_every_week() -> None:
    sums = np.array([[1, 0, 0], [1, 1, 0], [1, 1, 1]])
    assert find_smallest_by_trying(sums, np.array([30, 1, 20])) == 1


def test_raising_the_number_without_nesting_would_have_isolated_somebody() -> None:
    counts = [6, 5, 9, 3]
    assert find_ends(counts, least=20) == [3]  # and not [2]: 20 less the 11 of the first two weeks is 9
    assert find_ends(counts, least=10) == [1, 3]


@pytest.mark.parametrize(("counts", "least"), [([-1], 10), ([10], 9)])
def test_what_makes_no_sense_is_refused(counts: list[int], least: int) -> None:
    with pytest.raises(ValueError, match="least"):
        tell_stretches(counts, least=least)
