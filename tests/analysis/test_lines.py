"""A line keeps its cells in order and knows the periods it has no cell for."""

import pytest

from analysis.disclosure import NoAnswers
from analysis.lines import align_cells, align_means, list_codes, list_shown, sort_cells
from tests.analysis.lines_to_draw import FEW, NONE, make_line, make_second, show_mean


def test_cells_come_in_order_of_time_whatever_order_they_were_given_in():
    line = make_line(p2026_Q1=FEW, p2025_Q4=NONE, p2025_Q3=show_mean(70))
    assert list(sort_cells(line.points)) == ["2025-Q3", "2025-Q4", "2026-Q1"]


def test_only_shown_cells_are_listed_as_shown():
    line = make_line(p2026_01=FEW, p2026_02=NONE, p2026_03=show_mean(70))
    assert {period: estimate.mean for period, estimate in list_shown(line.points).items()} == {"2026-03": 70}


def test_periods_run_without_gaps_from_the_first_to_the_last_of_all_lines():
    lines = [make_line(p2026_02=FEW), make_line(p2025_11=FEW, p2026_01=FEW)]
    assert list_codes(lines) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert list_codes([make_line()]) == []


def test_a_period_without_a_point_has_no_answers():
    assert align_cells(make_line(p2026_02=FEW), ["2026-01", "2026-02"]) == [NoAnswers(), FEW]


def test_a_second_line_says_nothing_of_a_cell_that_is_not_shown():
    cells = [show_mean(70), FEW, NONE, show_mean(60)]
    second = make_second(p2026_01=68.0, p2026_02=50.0, p2026_03=50.0)
    codes = ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert align_means(second, cells, codes) == [68.0, None, None, None]


def test_a_period_that_comes_twice_is_refused():
    line = make_line(p2026_01=FEW)
    with pytest.raises(ValueError, match="comes twice"):
        sort_cells((*line.points, *line.points))


def test_months_and_quarters_do_not_share_a_line_or_a_chart():
    with pytest.raises(ValueError, match="mixes month and quarter"):
        sort_cells(make_line(p2026_01=FEW, p2026_Q1=FEW).points)
    with pytest.raises(ValueError, match="different kinds of period"):
        list_codes([make_line(p2026_01=FEW), make_line(p2026_Q1=FEW)])
