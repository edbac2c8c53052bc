"""What becomes of a row that comes in: its answers, its texts, its place and its month?"""

from __future__ import annotations

import json

import pytest

from survey.publication.close import close_ended_months
from survey.store import audits, rounds
from tests.survey.bringing_in import GOOD, HEADER, Desk, write_csv
from tests.walks import SURVEY, VERSION


def test_a_row_becomes_a_scored_response_with_the_month_as_its_only_time(desk: Desk) -> None:
    report = desk.bring_in([GOOD])
    (row,) = desk.read_table("response")
    assert (report.rows, report.imported_rows, report.rejected) == (1, 1, {})
    assert (row.survey, row.version, row.round_id) == (SURVEY, VERSION, "papper")
    assert (row.area, row.unit, row.month, row.channel) == ("0780", "", "2026-05", "import")
    assert json.loads(row.answers) == {"a22": "5"}
    assert 100.0 in json.loads(row.scores).values()
    assert json.loads(row.groups) == {"language": "sv"}


def test_two_rows_can_be_one_person(desk: Desk) -> None:
    report = desk.bring_in(
        [
            ("1", "2026-05-04", "Växjö", "good", "good things", "They listened."),
            ("2", "2026-05-04", "Ljungby", "bad", "", ""),
            ("1", "2026-05-04", "Växjö", "good", "changes", "Shorter waits."),
        ]
    )
    assert (report.rows, report.people, report.imported, report.imported_rows) == (3, 2, 2, 3)
    assert sorted(row.area for row in desk.read_table("response")) == ["0780", "0781"]
    assert sorted((row.question, row.text) for row in desk.read_table("comment")) == [
        ("ft1", "They listened."),
        ("ft2", "Shorter waits."),
    ]


def test_rows_of_one_person_on_two_days_of_a_month_agree(desk: Desk) -> None:
    report = desk.bring_in([GOOD, ("1", "2026-05-31", "Växjö", "good", "changes", "More time.")])
    assert (report.imported, report.imported_rows) == (1, 2)


def test_an_answer_is_skipped_not_relevant_or_given(desk: Desk) -> None:
    skipped = ("1", "2026-05-04", "Växjö", "no answer", "changes", "More staff.")
    desk.bring_in([skipped, ("2", "2026-05-04", "Växjö", "unsure", "", ""), ("3", *GOOD[1:])])
    answers = sorted(row.answers for row in desk.read_table("response"))
    assert answers == ['{"a22":"5"}', '{"a22":"na"}', '{"a22":null}']


def test_a_text_is_masked_before_it_is_written(desk: Desk) -> None:
    desk.bring_in([("1", "2026-05-04", "Växjö", "", "changes", "Ring mig på 070-123 45 67.")])
    (row,) = desk.read_table("comment")
    assert row.text == "Ring mig på [telefon]."


@pytest.mark.parametrize("for_panel", [True, False])
def test_the_panel_may_read_what_the_mapping_says(desk: Desk, for_panel: bool) -> None:
    desk.bring_in([("1", "2026-05-04", "Växjö", "", "changes", "More time.")], for_panel=for_panel)
    assert [row.for_panel for row in desk.read_table("comment")] == [for_panel]


@pytest.mark.parametrize(("said", "may"), [("yes_panel", True), ("no_panel", False), ("", False)])
def test_where_people_were_asked_their_own_word_goes_before_the_mapping(
    desk: Desk, said: str, may: bool
) -> None:
    questions = [
        {"column": "whole", "question": "c1"},
        {"column": "text", "question": "ft2"},
        {"column": "about", "question": "ft1"},
    ]
    desk.bring_in([("1", "2026-05-04", "Växjö", said, "", "Text.")], questions=questions, for_panel=True)
    assert [row.for_panel for row in desk.read_table("comment")] == [may]


def test_a_question_that_hangs_on_another_is_taken_where_that_one_is_not_in_the_file(desk: Desk) -> None:
    report = desk.bring_in(
        [("1", "2026-05-04", "Växjö", "all", "", "")], questions=[{"column": "whole", "question": "b7"}]
    )
    assert report.imported == 1


def test_several_answers_can_stand_in_one_cell_or_in_several_columns(desk: Desk) -> None:
    questions = [
        {"column": "whole", "question": "b5", "separator": "|"},
        {"column": "about", "question": "b5", "values": {"x": "rehab", "o": None}},
    ]
    desk.bring_in(
        [
            ("1", "2026-05-04", "Växjö", "vardcentral | ambulans", "x", ""),
            ("2", *GOOD[1:3], "rehab", "o", ""),
        ],
        questions=questions,
    )
    assert sorted(json.loads(row.answers)["b5"] for row in desk.read_table("response")) == [
        ["rehab"],
        ["vardcentral", "ambulans", "rehab"],
    ]


def test_places_can_be_codes_or_one_value_for_the_whole_file(desk: Desk) -> None:
    rows = [("1", "2026-05-04", "0781", "good", "Ward 4", "")]
    desk.bring_in(rows, area={"column": "place"}, unit={"column": "about"})
    desk.bring_in(rows, area={"constant": "elsewhere"}, unit={"constant": "north"}, source="other")
    assert sorted((row.area, row.unit) for row in desk.read_table("response")) == [
        ("0781", "Ward 4"),
        ("elsewhere", "north"),
    ]


def test_spaces_that_differ_between_spreadsheets_do_not_matter(desk: Desk) -> None:
    header = ("person", "day ", "the\u00a0 place", "whole", "about", "text")
    rows = [("1", " 2026-05-04", "Växjö\u00a0 norra", "good\n", "good\u00a0\nthings", "Fine.")]
    area = {"column": "the place", "values": {"Växjö  norra": "0780"}}
    report = desk.bring_in_bytes(write_csv([header, *rows]), area=area)
    assert (report.imported, report.comments) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_its_encoding(desk: Desk, encoding: str) -> None:
    assert desk.bring_in_bytes(write_csv([HEADER, GOOD], encoding), encoding=encoding).imported == 1


def test_what_comes_in_is_audited_and_freezes_the_survey(desk: Desk) -> None:
    desk.bring_in([GOOD, ("2", *GOOD[1:])])
    with desk.installation.database.read() as connection:
        events = [one for one in audits.list_events(connection) if one.action == "answers imported"]
        definition = rounds.find_definition(connection, SURVEY, VERSION)
    assert [(e.actor, e.subject, e.facts) for e in events] == [
        ("tester", "papper", {"number": 2, "source": "paper"})
    ]
    assert definition is not None and definition.frozen


def test_what_came_in_is_published_with_its_month(desk: Desk) -> None:
    desk.bring_in([(str(n), *GOOD[1:]) for n in range(12)])
    closed = close_ended_months(desk.installation)
    assert ("2026-05", 12) in [(one.month, one.responses) for one in closed]
