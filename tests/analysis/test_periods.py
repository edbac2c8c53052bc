"""Months, quarters, half-years and years, and which belongs to which."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.periods import (
    MONTHS_IN,
    PeriodKind,
    enclosing_periods,
    is_over,
    list_months,
    list_periods,
    month_of,
    parse_period,
    shift_month,
    shift_year,
)

months = st.dates().map(month_of)
kinds = st.sampled_from(PeriodKind)


@pytest.mark.parametrize(
    ("code", "kind", "first", "last"),
    [
        ("2026-11", "month", "2026-11", "2026-11"),
        ("2026-Q1", "quarter", "2026-01", "2026-03"),
        ("2026-Q4", "quarter", "2026-10", "2026-12"),
        ("2026-H1", "half_year", "2026-01", "2026-06"),
        ("2026-H2", "half_year", "2026-07", "2026-12"),
        ("2026", "year", "2026-01", "2026-12"),
        ("0001-01", "month", "0001-01", "0001-01"),
        ("9999", "year", "9999-01", "9999-12"),
    ],
)
def test_a_code_stands_for_a_period(code, kind, first, last):
    period = parse_period(code)
    assert (period.kind, period.code, period.first, period.last) == (kind, code, first, last)


@pytest.mark.parametrize(
    "code",
    ["", "2026-00", "2026-13", "2026-1", "2026-Q0", "2026-Q5", "2026-H0", "2026-H3", "0000", "0000-01"],
)
def test_a_month_quarter_or_year_that_is_not_in_the_calendar_is_no_period(code):
    with pytest.raises(ValueError, match="is not a period: write a month as 2026-11"):
        parse_period(code)


@pytest.mark.parametrize(
    "code", ["26-01", "20261", "2026-11-21", "2026-q1", " 2026", "2026\n", "２０２６", "2026-"]
)
def test_anything_written_otherwise_is_no_period(code):
    with pytest.raises(ValueError, match="is not a period: write a month as 2026-11"):
        parse_period(code)


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2026, 11, 1), "2026-11"), (date(2026, 11, 30), "2026-11"), (date(987, 1, 31), "0987-01")],
)
def test_a_day_belongs_to_its_month(day, month):
    assert month_of(day) == month


@pytest.mark.parametrize(
    ("month", "steps", "expected"),
    [
        ("2026-11", 1, "2026-12"),
        ("2026-12", 1, "2027-01"),
        ("2026-01", -1, "2025-12"),
        ("2026-05", -17, "2024-12"),
    ],
)
def test_a_month_is_shifted_over_the_new_year(month, steps, expected):
    assert shift_month(month, steps) == expected


def test_a_shift_out_of_the_calendar_is_refused():
    with pytest.raises(ValueError, match="outside the calendar"):
        shift_month("0001-01", -1)
    with pytest.raises(ValueError, match="outside the calendar"):
        shift_month("9999-12", 1)
    with pytest.raises(ValueError, match="leaves the calendar"):
        shift_year("0001-Q1", -1)


def test_only_months_are_shifted_by_months():
    with pytest.raises(ValueError, match="2026-Q1 is not a month"):
        shift_month("2026-Q1", 1)


@pytest.mark.parametrize("code", ["2026-02", "2026-Q3", "2026-H1", "2026"])
def test_the_year_before_is_the_same_period_of_that_year(code):
    assert shift_year(code, -1) == code.replace("2026", "2025")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2026-11", ("2026-11",)),
        ("2026-Q3", ("2026-07", "2026-08", "2026-09")),
        ("2026-H2", ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12")),
    ],
)
def test_a_period_lists_its_months(code, expected):
    assert list_months(parse_period(code)) == expected


def test_a_month_lies_in_a_quarter_a_half_year_and_a_year():
    assert [period.code for period in enclosing_periods("2026-06")] == ["2026-Q2", "2026-H1", "2026"]
    assert [period.code for period in enclosing_periods("2026-07")] == ["2026-Q3", "2026-H2", "2026"]


def test_periods_between_two_months_include_those_only_partly_inside():
    assert [p.code for p in list_periods(PeriodKind.QUARTER, "2025-12", "2026-04")] == [
        "2025-Q4",
        "2026-Q1",
        "2026-Q2",
    ]
    assert [p.code for p in list_periods(PeriodKind.MONTH, "2025-12", "2026-01")] == ["2025-12", "2026-01"]
    assert [p.code for p in list_periods(PeriodKind.YEAR, "2025-12", "2026-01")] == ["2025", "2026"]
    assert list_periods(PeriodKind.MONTH, "2026-02", "2026-01") == ()


def test_a_period_is_over_the_day_after_its_last():
    quarter = parse_period("2026-Q1")
    assert not is_over(quarter, date(2026, 3, 31))
    assert is_over(quarter, date(2026, 4, 1))


def test_periods_are_ordered_by_time_whatever_their_kind():
    in_order = ["2025", "2026-01", "2026-Q1", "2026-H1", "2026", "2026-02", "2026-Q2", "2026-12"]
    assert [p.code for p in sorted(map(parse_period, reversed(in_order)))] == in_order


@given(months, st.integers(-200, 200))
def test_a_shift_there_and_back_returns_to_the_month(month, steps):
    try:
        there = shift_month(month, steps)
    except ValueError:
        assert month < "0018" or month > "9982"
    else:
        assert shift_month(there, -steps) == month


@given(months)
def test_every_enclosing_period_holds_the_month_and_the_shorter_ones(month):
    holding = [set(list_months(period)) for period in (parse_period(month), *enclosing_periods(month))]
    assert all(inner < outer for inner, outer in pairwise(holding))
    assert [len(held) for held in holding] == [1, 3, 6, 12]


@given(kinds, st.integers(1900, 2100), st.integers(1, 12), st.integers(0, 60))
def test_the_periods_of_a_kind_follow_each_other_without_gap_or_overlap(kind, year, month, length):
    first = month_of(date(year, month, 1))
    last = shift_month(first, length)
    periods = list_periods(kind, first, last)
    listed = [m for period in periods for m in list_months(period)]
    assert listed == [shift_month(listed[0], n) for n in range(len(listed))]
    assert listed[0] <= first <= listed[MONTHS_IN[kind] - 1]
    assert listed[-MONTHS_IN[kind]] <= last <= listed[-1]


@given(kinds, months)
def test_a_code_survives_being_read(kind, month):
    period = list_periods(kind, month, month)[0]
    assert parse_period(period.code) == period
    assert parse_period(period.code).code == period.code
