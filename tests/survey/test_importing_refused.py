"""Which rows of a file stay out, and does the list tell their line and reason and no secret?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.survey.bringing_in import GOOD, Desk, say_reason


@pytest.mark.parametrize(
    ("row", "code", "column", "value"),
    [
        (("", "2026-05-04", "Växjö", "good", "", ""), "respondent_missing", "person", ""),
        (("1", "", "Växjö", "good", "", ""), "date_missing", "day", ""),
        (("1", "no answer", "Växjö", "good", "", ""), "date_missing", "day", ""),
        (("1", "2026-02-29", "Växjö", "good", "", ""), "date_wrong", "day", "2026-02-29"),
        (("1", "5/31/2026", "Växjö", "good", "", ""), "date_wrong", "day", "5/31/2026"),
        (("1", "1989-12-31", "Växjö", "good", "", ""), "date_wrong", "day", "1989-12-31"),
        (("1", "2026-09-11", "Växjö", "good", "", ""), "date_future", "day", "2026-09-11"),
        (("1", "2026-05-04", "", "good", "", ""), "area_missing", "place", ""),
        (("1", "2026-05-04", "Malmö", "good", "", ""), "area_unknown", "place", "Malmö"),
        (("1", "2026-05-04", "Växjö", "6", "", ""), "unlisted", "whole", "6"),
        (("1", "2026-05-04", "Växjö", "5", "", ""), "unlisted", "whole", "5"),
        (("1", "2026-05-04", "Växjö", "Good", "", ""), "unlisted", "whole", "Good"),
        (("1", "2026-05-04", "Växjö", "good", "food", "Cold."), "belongs_nowhere", "about", "food"),
        (("1", "2026-05-04", "Växjö", "good", "", "Cold."), "belongs_nowhere", "about", ""),
        (("1", "2026-05-04", "Växjö", "good", "changes", "x" * 1501), "text_too_long", "text", ""),
        (("1", "2026-05-04", "Växjö", "", "changes", " "), "nothing_answered", "", ""),
        (("1", "2026-05-04", "Växjö", "good", "changes", "a\x00b"), "unreadable_sign", "text", ""),
        (("1", "2026-05-04", "Växjö", "good"), "ragged", "", "4/6"),
        (("1", "2026-05-04", "Växjö", "good", "", "", ""), "ragged", "", "7/6"),
    ],
)
def test_a_row_that_stays_out_is_listed_with_its_line_and_reason(
    quick_desk: Desk, row: tuple[str, ...], code: str, column: str, value: str
) -> None:
    report = quick_desk.bring_in([row])
    assert (report.imported, report.there, report.rejected) == (0, 0, {code: 1})
    assert quick_desk.list_rejects() == [["2", say_reason(code), column, value, ""]]


@pytest.mark.parametrize("day", ["2026-09-10", "2026-09-01", "1990-01-01", "2024-02-29"])
def test_the_first_and_the_last_day_that_are_allowed(quick_desk: Desk, day: str) -> None:
    assert (
        quick_desk.bring_in([("1", day, "Växjö", "good", "", "")], dry_run=True, source="days").imported == 1
    )


@pytest.mark.parametrize("length", [1, 1500])
def test_a_text_may_be_as_long_as_the_question_allows(quick_desk: Desk, length: int) -> None:
    row = ("1", "2026-05-04", "Växjö", "", "changes", "x" * length)
    assert quick_desk.bring_in([row], dry_run=True, source="lengths").comments == 1


@pytest.mark.parametrize(
    ("day", "found"),
    [("31/05/2026", {}), ("05/31/2026", {}), ("05/05/2026", {}), ("03/05/2026", {"date_ambiguous": 1})],
)
def test_a_date_that_two_formats_read_differently_is_never_guessed(
    quick_desk: Desk, day: str, found: dict[str, int]
) -> None:
    date = {"column": "day", "formats": ["%d/%m/%Y", "%m/%d/%Y"]}
    row = ("1", day, "Växjö", "good", "", "")
    assert quick_desk.bring_in([row], dry_run=True, date=date, source="dates").rejected == found


@pytest.mark.parametrize(
    ("questions", "row", "code"),
    [
        (
            [{"column": "whole", "question": "b6"}, {"column": "about", "question": "b7"}],
            ("1", "2026-05-04", "Växjö", "n0", "all", ""),
            "not_asked",
        ),
        (
            [{"column": "whole", "question": "b8", "separator": "|"}],
            ("1", "2026-05-04", "Växjö", "none|alone", "", ""),
            "excludes_others",
        ),
        (
            [{"column": "whole", "question": "b1"}, {"column": "about", "question": "b1"}],
            ("1", "2026-05-04", "Växjö", "self", "carer", ""),
            "conflict",
        ),
        ([{"column": "whole", "question": "a22"}], ("1", "2026-05-04", "Växjö", "6", "", ""), "unlisted"),
    ],
)
def test_the_rules_of_the_survey_hold_for_what_is_brought_in(
    quick_desk: Desk, questions: list[dict[str, Any]], row: tuple[str, ...], code: str
) -> None:
    assert quick_desk.bring_in([row], questions=questions).rejected == {code: 1}


@pytest.mark.parametrize(("unit", "code"), [("u" * 40, None), ("u" * 41, "unit_too_long")])
def test_a_unit_has_room_for_forty_characters(quick_desk: Desk, unit: str, code: str | None) -> None:
    row = ("1", "2026-05-04", "Växjö", "good", unit, "")
    report = quick_desk.bring_in([row], dry_run=True, unit={"column": "about"}, source="units")
    assert report.rejected == ({} if code is None else {code: 1})


def test_a_unit_that_is_not_listed_is_told(quick_desk: Desk) -> None:
    unit = {"column": "about", "values": {"Ward 4": "w4"}}
    report = quick_desk.bring_in([("1", *GOOD[1:4], "Ward 5", "")], unit=unit)
    assert report.rejected == {"unit_unknown": 1}


@pytest.mark.parametrize(
    ("other", "column"),
    [
        (("1", "2026-06-04", "Växjö", "good", "", ""), "day"),
        (("1", "2026-05-04", "Ljungby", "good", "", ""), "place"),
        (("1", "2026-05-04", "Växjö", "bad", "", ""), "whole"),
    ],
)
def test_rows_of_one_person_that_say_different_things_are_all_listed(
    quick_desk: Desk, other: tuple[str, ...], column: str
) -> None:
    assert quick_desk.bring_in([GOOD, other]).rejected == {"conflict": 2}
    reason = say_reason("conflict")
    assert quick_desk.list_rejects() == [["2", reason, column, "", "3"], ["3", reason, column, "", "2"]]


def test_two_different_texts_from_one_person_are_not_chosen_between(quick_desk: Desk) -> None:
    rows = [(*GOOD[:4], "changes", text) for text in ("Longer hours.", "Shorter waits.")]
    assert quick_desk.bring_in(rows).rejected == {"conflict": 2}
    assert "hours" not in quick_desk.rejects.read_text("utf-8-sig")


def test_a_rejected_row_takes_the_persons_other_rows_with_it(quick_desk: Desk) -> None:
    rows = [("8", "2026-05-04", "Växjö", "good", "", ""), ("8", "nonsense", "Växjö", "good", "", "")]
    assert quick_desk.bring_in(rows, source="whole").rejected == {"companion": 1, "date_wrong": 1}
    assert quick_desk.list_rejects() == [
        ["2", say_reason("companion"), "", "", "3"],
        ["3", say_reason("date_wrong"), "day", "nonsense", ""],
    ]
    mended = [rows[0], ("8", "2026-05-04", "Växjö", "good", "", "")]
    assert quick_desk.bring_in(mended, source="whole").imported_rows == 2


def test_lines_are_counted_as_an_editor_counts_them(quick_desk: Desk) -> None:
    rows = [("1", "2026-05-04", "Växjö", "good", "changes", "One.\nTwo.\r\nThree."), ("2", "", *GOOD[2:])]
    quick_desk.bring_in(rows, source="lines")
    assert [one[0] for one in quick_desk.list_rejects()] == ["5"]


def test_the_list_shows_forty_characters_of_a_value_masked_and_harmless(quick_desk: Desk) -> None:
    values = ["=HYPERLINK(1)", "y" * 50, "19121212-1212"]
    quick_desk.bring_in([(str(n), "2026-05-04", value, "good", "", "") for n, value in enumerate(values)])
    assert [one[3] for one in quick_desk.list_rejects()] == ["'=HYPERLINK(1)", "y" * 40, "[personnummer]"]


def test_a_text_that_stands_where_a_code_should_is_not_shown(quick_desk: Desk) -> None:
    questions = [
        {"column": "text", "question": "a22", "when": {"column": "about", "values": ["whole"]}},
        {"column": "text", "question": "ft2", "when": {"column": "about", "values": ["changes"]}},
    ]
    report = quick_desk.bring_in([("1", *GOOD[1:3], "", "whole", "My secret.")], questions=questions)
    assert report.rejected == {"unlisted": 1}
    assert "secret" not in quick_desk.rejects.read_text("utf-8-sig")


def test_the_list_opens_as_utf_8_in_a_spreadsheet(quick_desk: Desk) -> None:
    quick_desk.bring_in([])
    assert quick_desk.rejects.read_bytes().startswith("\ufeffrad;skäl;".encode())
