"""The rows beside a chart, and the file they become."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import Shown
from analysis.estimates import Estimate
from analysis.tables import (
    make_trend_header,
    make_trend_rows,
    neutralise_cell,
    write_csv,
    write_file_name,
)
from tests.analysis.lines_to_draw import FEW, NONE, PROTECTING, TABLE_WORDS, make_line, make_second, show_mean


def show(number):
    return f"{number:g}".replace(".", ",")


def make_rows(line, compared=None, second=None):
    return make_trend_rows(line, compared, words=TABLE_WORDS, show=show, second=second)


def test_a_row_has_period_mean_interval_and_number_of_answers():
    assert make_rows(make_line(p2026_01=show_mean(72.5))) == [("[2026-01]", "72,5", "68,5", "76,5", "50")]
    assert make_trend_header(make_line(), None, words=TABLE_WORDS) == (
        "Månad",
        "Ljungby",
        "Från",
        "Till",
        "Svar",
    )


def test_the_compared_line_has_its_own_last_column():
    rows = make_rows(make_line(p2026_01=FEW), make_line(p2026_01=show_mean(70), p2026_02=FEW))
    assert [row[-1] for row in rows] == ["70", "färre än 10"]
    header = make_trend_header(make_line(), make_line("Länet"), words=TABLE_WORDS)
    assert header == ("Månad", "Ljungby", "Från", "Till", "Svar", "Länet")
    assert {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize(
    ("cell", "said"), [(FEW, "färre än 10"), (PROTECTING, "skyddar annan"), (NONE, "inga svar")]
)
def test_a_cell_without_a_number_is_said_in_words_and_never_as_a_number(cell, said):
    assert make_rows(make_line(p2026_01=cell)) == [("[2026-01]", said, "", "", "")]


def test_a_second_line_has_its_own_column_before_the_compared_one():
    line = make_line(p2026_01=show_mean(70), p2026_02=FEW, p2026_03=NONE, p2026_04=show_mean(60))
    second = make_second(p2026_01=68.0, p2026_02=50.0, p2026_03=50.0)
    rows = make_rows(line, make_line("Länet", p2026_01=show_mean(66)), second)
    assert [row[5] for row in rows] == ["68", "färre än 10", "inga svar", "inte känt"]
    header = make_trend_header(line, make_line("Länet"), words=TABLE_WORDS, second=second)
    assert header == ("Månad", "Ljungby", "Från", "Till", "Svar", "Ovägt", "Länet")
    assert {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (
            ("Växjö", "Nöjdhet som helhet", "Månad", "2024-01--2026-10"),
            "vaxjo-nojdhet-som-helhet-manad-2024-01--2026-10.csv",
        ),
        (("Publiceringar",), "publiceringar.csv"),
        (("../../etc/passwd", "a\r\nb"), "etc-passwd-a-b.csv"),
        (("", "!"), "data.csv"),
    ],
)
def test_a_file_is_named_in_signs_that_any_system_can_keep(parts, name):
    assert write_file_name(*parts, ending="csv") == name


def test_a_mean_of_0_is_shown_as_a_number():
    assert make_rows(make_line(p2026_01=Shown(Estimate(10, 0, 0, 0, 0))))[0][1:] == ("0", "0", "0", "10")


def test_a_missing_interval_is_said_in_words():
    assert make_rows(make_line(p2026_01=Shown(Estimate(1, 75, None, None))))[0][2:4] == ("saknas", "saknas")


def test_a_month_without_a_point_has_its_row():
    rows = make_rows(make_line(p2026_03=show_mean(70), p2026_01=show_mean(60)))
    assert [row[:2] for row in rows] == [("[2026-01]", "60"), ("[2026-02]", "inga svar"), ("[2026-03]", "70")]


def test_the_file_opens_in_swedish_excel():
    assert write_csv([("Månad", "Växjö"), ("2026-11", "72,5")]) == (
        b"\xef\xbb\xbfM\xc3\xa5nad;V\xc3\xa4xj\xc3\xb6\r\n2026-11;72,5\r\n"
    )


@pytest.mark.parametrize(
    "cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", "＋A1", "－A1", "＠A1"]
)
def test_a_cell_that_could_run_gets_an_apostrophe(cell):
    assert neutralise_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["  =1+1", "\u00a0=1+1", " \t=1", "-1+1", "-1,5,5", "--1", "+46 (0)70", "-", "=", "-１"]
)
def test_spaces_in_front_and_sums_that_look_like_numbers_do_not_help(cell):
    assert neutralise_cell(cell).startswith("'")


@pytest.mark.parametrize(
    "cell", ["-1,5", "+3", "-1 234,5", "-1\u00a0234", "72.5", "", "Ljungby", "a=b", "10-20", "–"]
)
def test_numbers_and_ordinary_words_stay_as_they_are(cell):
    assert neutralise_cell(cell) == cell


def test_a_minus_sign_becomes_what_programs_read_as_a_number():
    assert neutralise_cell("−8,6") == "-8,6"
    assert neutralise_cell("−8,6 lägre") == "−8,6 lägre"


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=5))
def test_a_file_read_back_gives_the_cells_and_none_that_runs(cells):
    text = io.StringIO(write_csv([cells]).decode("utf-8-sig"), newline="")
    (read,) = csv.reader(text, delimiter=";")
    assert read == [neutralise_cell(cell) for cell in cells]
    assert not [cell for cell in read if cell[0] in "=@＝＋－＠\t\r\n"]
