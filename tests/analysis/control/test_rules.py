"""Each rule marks the points it should, from its boundary on, and a gap ends what it began."""

import numpy as np
import pytest
from hypothesis import given

from analysis.control.limits import Limits
from analysis.control.rules import mark_outside, mark_shifts, mark_trends, mark_two_of_three
from tests.analysis.control.series_to_judge import scores

NAN = float("nan")
LIMITS = Limits(np.array([[50.0]]), np.array([[44.0]]), np.array([[56.0]]))  # near limits at 46 and 54
UP_AND_DOWN = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]


def row(values):
    return np.array([[NAN if value is None else float(value) for value in values]]).reshape(1, -1)


def read(marks):
    return marks[0].tolist()


def turn(values):
    return [None if value is None else 100 - value for value in values]


@pytest.mark.parametrize(("value", "mark"), [(56, 0), (56.001, 1), (44, 0), (43.999, -1), (None, 0)])
def test_a_point_is_outside_beyond_a_limit_and_not_upon_it(value, mark):
    assert read(mark_outside(row([value]), LIMITS)) == [mark]


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([1, 2, 3, 4, 5, 6, 7], [1] * 7),
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 4, 4, 5, 6, 7], [0] * 8),  # two alike break it
        ([1, 2, 3, 4, None, 5, 6, 7, 8], [0] * 9),
        ([9, 1, 2, 3, 4, 5, 6, 7, 7], [0, *[1] * 7, 0]),
        ([1, 2, 3, 4, 5, 6, 7, 8], [1] * 8),
        (UP_AND_DOWN, [*[1] * 6, *[-1] * 7]),  # the turning point belongs to the newer
        (turn(UP_AND_DOWN), [*[-1] * 6, *[1] * 7]),
        ([], []),
        ([5], [0]),
    ],
)
def test_seven_points_that_rise_or_fall_strictly_are_a_trend(values, marks):
    assert read(mark_trends(row(values))) == marks
    if values != UP_AND_DOWN and turn(UP_AND_DOWN) != values:
        assert read(mark_trends(row(turn(values)))) == [-mark for mark in marks]


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([55, 55, 51], [1, 1, 0]),
        ([55, 51, 55], [1, 0, 1]),
        ([51, 55, 55], [0, 1, 1]),
        ([55, 55, 49], [0, 0, 0]),  # the third lies on the other side
        ([55, 55, 50], [0, 0, 0]),  # and on the centre
        ([54, 55, 51], [0, 0, 0]),  # upon the near limit is not beyond it
        ([55, 51, 51, 55], [0, 0, 0, 0]),  # two of four
        ([55, None, 55, 51], [0, 0, 0, 0]),
        ([55, 55], [0, 0]),  # three are needed
        ([57, 51, 55], [1, 0, 1]),  # outside is beyond the near limit too
        ([], []),
    ],
)
def test_two_of_three_beyond_a_near_limit_are_marked_when_all_lie_on_one_side(values, marks):
    assert read(mark_two_of_three(row(values), LIMITS)) == marks
    assert read(mark_two_of_three(row(turn(values)), LIMITS)) == [-mark for mark in marks]


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([51] * 7, [1] * 7),
        ([51] * 6, [0] * 6),
        ([51] * 4 + [50] + [51] * 4, [0] * 9),  # a point on the centre breaks it
        ([51] * 4 + [None] + [51] * 4, [0] * 9),
        ([49] + [51] * 8 + [49], [0, *[1] * 8, 0]),
        ([], []),
    ],
)
def test_seven_points_on_one_side_of_the_centre_are_a_shift(values, marks):
    assert read(mark_shifts(row(values), LIMITS.centre)) == marks
    assert read(mark_shifts(row(turn(values)), LIMITS.centre)) == [-mark for mark in marks]


@given(scores, scores)
def test_no_run_crosses_a_gap(before, after):
    rules = (
        mark_trends,
        lambda values: mark_shifts(values, LIMITS.centre),
        lambda values: mark_two_of_three(values, LIMITS),
    )
    for mark in rules:
        apart = [*read(mark(row(before))), 0, *read(mark(row(after)))]
        assert read(mark(row([*before, None, *after]))) == apart
