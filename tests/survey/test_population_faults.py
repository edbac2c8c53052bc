"""Is everything that is wrong with a population file told at once, with its line?"""

from __future__ import annotations

import pytest

from survey.commands import list_problems
from survey.errors import SurveyError
from survey.population.load import load_population
from tests.survey.population_files import PLAIN, PLAIN_HEAD, Office, change, write


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (change(3, 0, "9999"), [(2, "0780", "cell_missing"), (5, "code", "area_unknown")]),
        (change(3, 0, "780"), [(2, "0780", "cell_missing"), (5, "code", "area_unknown")]),
        (change(3, 1, "vuxna"), [(5, "age", "age_unknown")]),
        (change(3, 1, "19-15"), [(5, "age", "age_unknown")]),
        (change(3, 1, "25-34 år"), [(5, "age", "age_crosses")]),
        (change(3, 1, "10-19 år"), [(5, "age", "age_crosses")]),
        (change(3, 1, "75+ år"), [(5, "age", "age_crosses")]),
        (change(3, 2, "okänt"), [(5, "gender", "gender_unknown")]),
        (change(3, 2, ""), [(5, "gender", "gender_unknown")]),
        (change(3, 2, "woman"), [(2, "0780", "cell_missing"), (5, "0780", "cell_twice")]),
        (change(3, 1, "80-84"), [(2, "0780", "cell_missing"), (11, "0780", "cell_twice")]),
        (change(3, 1, "30-40"), [(2, "0780", "cell_missing")]),
        (change(0, 1, "0-14"), [(3, "0780", "cell_missing")]),
        (write([*PLAIN, ("0780", "65-69 år", "man", "1")]), [(22, "0780", "cell_twice")]),
        (write([("0780", "80+", "1")], ("region", "ålder", "totalt 2025")), [(1, "-", "columns_missing")]),
        (write(PLAIN[1:]), [(2, "0780", "cell_missing")]),
        (write(PLAIN[:10]), [(1, "0781", "area_missing")]),
        (write([]), [(1, "0780", "area_missing"), (1, "0781", "area_missing")]),
        (write([*((*row[:3], "0") for row in PLAIN[:10]), *PLAIN[10:]]), [(2, "0780", "area_nothing")]),
        (write([*PLAIN[:4], PLAIN[4][:3], *PLAIN[5:]]), [(6, "-", "row_broken")]),
        (write(PLAIN, ("code", "age", "gender", "folk")), [(1, "-", "columns_missing")]),
        ("en bok om katter\nkapitel 1\n", [(1, "-", "columns_missing")]),
        ("", [(1, "-", "empty")]),
        ("\ufeff \n\n", [(1, "-", "empty")]),
        (b"PK\x03\x04\x14\x00", [(1, "-", "not_text")]),
        (b"code\0age", [(1, "-", "not_text")]),
        (b"\x81\x8d", [(1, "-", "not_text")]),
        ('"' + "x" * 200_000, [(1, "-", "not_text")]),
    ],
)
def test_each_fault_is_told_with_its_line(
    quick_office: Office, content: bytes | str, faults: list[tuple[int, str, str]]
) -> None:
    assert quick_office.find_faults(content) == faults


@pytest.mark.parametrize("said", ["-5", "12.0", "12,5", "..", "", "tio", "1e3", "²", "20000001", "9" * 30])
def test_what_is_no_number_of_people_is_told(quick_office: Office, said: str) -> None:
    assert quick_office.find_faults(write(PLAIN, delimiter=";").replace("man;10", f"man;{said}", 1)) == [
        (2, "people", "number_wrong")
    ]


@pytest.mark.parametrize(
    ("heads", "year", "code"),
    [
        (("people",), None, "year_missing"),
        (("2023", "2024"), None, "year_several"),
        (("2023", "2024"), 2025, "year_elsewhere"),
        (("2024",), 2025, "year_elsewhere"),
    ],
)
def test_a_year_that_nobody_can_know_is_told(
    quick_office: Office, heads: tuple[str, ...], year: int | None, code: str
) -> None:
    rows = [(*row[:3], *["10"] * len(heads)) for row in PLAIN]
    assert quick_office.find_faults(write(rows, (*PLAIN_HEAD[:3], *heads)), year) == [(1, "year", code)]


def test_a_cell_that_holds_no_year_is_told(quick_office: Office) -> None:
    rows = [(*row, "2025") for row in PLAIN]
    content = write(rows, (*PLAIN_HEAD, "year")).replace("10,2025", "10,i fjol", 1)
    assert (2, "year", "year_wrong") in quick_office.find_faults(content)


def test_a_file_that_is_not_there_is_told(quick_office: Office) -> None:
    with pytest.raises(SurveyError) as wrong:
        load_population(quick_office.installation, quick_office.folder / "borta.csv", by="test")
    assert [problem.code for problem in list_problems(wrong.value)] == ["population_unreadable"]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_lines(quick_office: Office) -> None:
    rows = [list(row) for row in PLAIN]
    rows[1][3], rows[2][0], rows[4][1], rows[12][2] = "-1", "0799", "40-70 år", "x"
    text = write(rows, (*PLAIN_HEAD[:3], "2024"))
    assert quick_office.find_faults(text, 2025) == [
        (1, "year", "year_elsewhere"),
        (3, "people", "number_wrong"),
        (4, "code", "area_unknown"),
        (6, "age", "age_crosses"),
        (14, "gender", "gender_unknown"),
    ]


def test_a_range_over_several_bands_says_which(quick_office: Office) -> None:
    said = quick_office.say_faults(change(3, 1, "10-34 år"))
    assert "10-34 år" in said
    assert "0-14, a15_29, a30_44" in said


def test_what_is_lacking_is_named(quick_office: Office) -> None:
    said = quick_office.say_faults(change(9, 1, "80-99 år").replace("a15_29,woman", "20-24,woman", 1))
    assert "0780 Växjö" in said
    assert all(lacking in said for lacking in ("15-19/woman", "25-29/woman", "100+/man"))


def test_the_same_fault_on_many_lines_is_told_once(quick_office: Office) -> None:
    content = write([("0799", *row[1:]) for row in PLAIN] + PLAIN)
    assert quick_office.find_faults(content) == [(2, "code", "area_unknown")]


def test_a_division_by_something_else_counts_nobody_twice(quick_office: Office) -> None:
    rows = [(*row[:3], status, row[3]) for row in PLAIN for status in ("ogifta", "gifta")]
    faults = quick_office.find_faults(write(rows, (*PLAIN_HEAD[:3], "civilstånd", "people")))
    assert faults == [(3, "0780", "cell_twice"), (23, "0781", "cell_twice")]


def test_a_text_from_a_file_is_printed_short_and_without_signs_that_move_the_cursor(
    quick_office: Office,
) -> None:
    said = quick_office.say_faults(change(3, 1, "\x1b[2J" + "å" * 100))
    assert "\x1b" not in said
    assert "å" * 50 not in said
