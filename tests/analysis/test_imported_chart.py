"""Does the picture of an imported indicator have an axis of its own, and gaps where there is no value?"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.imported_chart import ImportedWords, draw_imported_lines, find_range, list_all_codes

WORDS = ImportedWords("index", "others", "{area}|{period}|{value}", str, str, str)


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ([], "index", (0.0, 1.0)),
        ([0.4, 0.6], "index", (0.38, 0.62)),
        ([0.0, 10.0], "dagar", (0.0, 11.0)),
        ([0.0], "dagar", (0.0, 0.06)),
        ([50.0], "dagar", (47.0, 53.0)),
        ([-10.0, 10.0], "kr", (-12.0, 12.0)),
        ([90.0, 100.0], "%", (89.0, 100.0)),
        ([90.0, 100.0], "dagar", (89.0, 101.0)),
        ([90.0, 110.0], "procent", (88.0, 112.0)),
    ],
)
def test_the_axis_reaches_a_little_beyond_the_values(
    values: list[float], unit: str, expected: tuple[float, float]
) -> None:
    assert find_range(values, unit) == pytest.approx(expected)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1))
def test_every_value_is_within_the_axis(values: list[float]) -> None:
    low, high = find_range(values, "index")
    assert low < high
    assert all(low <= one <= high for one in values)
    assert math.isfinite(low)


def test_periods_without_a_value_keep_their_place() -> None:
    assert list_all_codes([{"2021": 1.0, "2024": 2.0}, {"2023": 1.0}]) == ["2021", "2022", "2023", "2024"]


def test_no_values_are_no_periods() -> None:
    assert list_all_codes([{}]) == []


def test_kinds_of_period_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="different kinds"):
        list_all_codes([{"2021": 1.0, "2021-Q1": 2.0}])


def test_a_missing_value_is_a_gap_and_never_zero() -> None:
    figure = draw_imported_lines(
        ("Här", {"2021": 1.0, "2023": 0.0}), [], unit="index", words=WORDS, locale="sv"
    )
    (own,) = figure.to_dict()["data"]
    assert list(own["y"]) == [1.0, None, 0.0]
    assert own["connectgaps"] is False


def test_the_others_are_one_trace_with_a_gap_between_them() -> None:
    others = [("A", {"2021": 1.0, "2022": 2.0}), ("<B>", {"2022": 3.0})]
    figure = draw_imported_lines(None, others, unit="index", words=WORDS, locale="sv")
    (trace,) = figure.to_dict()["data"]
    assert list(trace["y"]) == [1.0, 2.0, None, None, 3.0, None]
    assert trace["text"][4] == "&lt;B&gt;|2022|3.0"
