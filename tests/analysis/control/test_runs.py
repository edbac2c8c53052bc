"""Run charts: the critical values are Anhøj's, and runs and crossings are counted as they should be."""

import numpy as np
import pytest
from hypothesis import given

from analysis.control.judge import ChartKind, judge_series
from analysis.control.runs import allow_fewest, allow_longest, find_median, find_runs
from tests.analysis.control.plain_chart import sign_runs
from tests.analysis.control.series_to_judge import (
    coarse,
    read_case_file,
    scores,
    write_plain,
    write_signals,
)

LOW, HIGH = 40.0, 60.0


def count(values):
    matrix = np.array([[float("nan") if value is None else value for value in values]])
    runs = find_runs(matrix, find_median(matrix))
    return int(runs.useful[0]), int(runs.longest[0]), int(runs.crossings[0])


def judge(values):
    return write_signals(judge_series(values, chart=ChartKind.RUN))


def test_critical_values_are_those_of_the_table():
    useful, longest, fewest = np.array(read_case_file("runs.json")["rows"]).T
    assert useful.tolist() == list(range(10, 301))
    assert allow_longest(useful).tolist() == longest.tolist()
    assert allow_fewest(useful - 1).tolist() == fewest.tolist()


@pytest.mark.parametrize(
    ("values", "counted"),
    [
        ([LOW, HIGH, LOW, HIGH], (4, 1, 3)),
        ([LOW, LOW, HIGH, HIGH], (4, 2, 1)),
        ([LOW, 50, LOW, HIGH, 50, HIGH], (4, 2, 1)),  # a point on the median ends no run and counts in none
        ([LOW, LOW, None, LOW, HIGH, HIGH, HIGH], (6, 3, 1)),  # a gap ends it
        ([LOW, None, HIGH], (2, 1, 0)),  # and is not crossed
        ([50, 50], (0, 0, 0)),
        ([None], (0, 0, 0)),
    ],
)
def test_useful_points_longest_run_and_crossings(values, counted):
    assert count(values) == counted


def test_a_run_longer_than_chance_is_marked_on_its_side():
    # 20 useful points: a run of 7 is chance, 8 is not.
    seven = [LOW] * 7 + [HIGH, LOW] * 3 + [HIGH] * 7
    eight = [LOW] * 8 + [HIGH, LOW] * 2 + [HIGH] * 8
    assert judge(seven) == [None] * 20
    assert judge(eight) == ["long_run down"] * 8 + [None] * 4 + ["long_run up"] * 8


def test_too_few_crossings_mark_the_newest_run():
    # 20 useful points: 6 crossings are chance, 5 are not.
    five = [LOW] * 4 + [HIGH] * 3 + [LOW] * 3 + [HIGH] * 3 + [LOW] * 3 + [HIGH] * 4
    six = [LOW] * 4 + [HIGH] * 4 + [LOW] * 3 + [HIGH] * 3 + [LOW] * 2 + [HIGH] * 3 + [LOW]
    assert judge(five) == [None] * 16 + ["few_crossings up"] * 4
    assert judge(six) == [None] * 20


def test_fewer_than_ten_points_off_the_median_say_nothing():
    nine = [LOW] * 5 + [50] * 3 + [HIGH] * 4
    ten = [LOW] * 5 + [50] * 3 + [HIGH] * 5
    assert judge(nine) == [None] * 12
    assert judge(ten) == [None] * 8 + ["few_crossings up"] * 5


def test_a_gap_takes_away_a_chance_to_cross():
    # 12 useful points have 11 chances and must cross thrice; with four gaps 7 chances, and once is enough.
    low, high = [LOW] * 2 + [None] + [LOW] * 2 + [None], [None] + [HIGH] * 2 + [None] + [HIGH] * 2
    assert judge([LOW] * 6 + [HIGH] * 6) == [None] * 6 + ["few_crossings up"] * 6
    assert judge([*low, LOW, LOW, HIGH, HIGH, *high]) == [None] * 16


@given(scores | coarse)
def test_signals_are_what_loops_over_lists_give(values):
    assert judge(values) == write_plain(sign_runs(values))
