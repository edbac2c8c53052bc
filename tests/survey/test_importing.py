"""Does every row of a file come in once, or get listed with its reason?"""

from __future__ import annotations

import csv
import json
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey.definition.load import say_problem
from survey.errors import SurveyError
from survey.importing import run
from survey.importing.report import Report, say_report
from survey.importing.run import import_file
from survey.installation import Installation
from survey.language import speak
from survey.publication.close import close_ended_months
from survey.store import audits, rounds, tables
from survey.store.rounds import Round
from tests.walks import SURVEY, VERSION, Calendar, open_a_round, opened

DOCUMENT = Path(__file__).parents[2] / "docs" / "import.md"
HEADER = ("person", "day", "place", "whole", "about", "text")
MAPPING: dict[str, Any] = {
    "source": "paper",
    "respondent": ["person"],
    "missing": ["no answer"],
    "date": {"column": "day", "formats": ["%Y-%m-%d"]},
    "area": {"column": "place", "values": {"Växjö": "0780", "Ljungby": "0781"}},
    "questions": [
        {"column": "whole", "question": "a22", "values": {"good": "5", "bad": "1", "unsure": "na"}},
        {"column": "text", "question": "ft1", "when": {"column": "about", "values": ["good things"]}},
        {"column": "text", "question": "ft2", "when": {"column": "about", "values": ["changes"]}},
    ],
}
GOOD = ("1", "2026-05-04", "Växjö", "good", "", "")


@dataclass(frozen=True)
class Desk:
    """A folder with a file and a mapping, and a round that they can be brought in to."""

    installation: Installation
    round_: Round
    folder: Path

    @property
    def rejects(self) -> Path:
        return self.folder / "rejects.csv"

    def bring_in(self, rows: Sequence[Sequence[str]], *, dry_run: bool = False, **changes: Any) -> Report:
        """Import rows under HEADER with MAPPING, or with what `changes` says instead."""
        return self.bring_in_bytes(write_csv([HEADER, *rows]), dry_run=dry_run, **changes)

    def bring_in_bytes(self, content: bytes, *, dry_run: bool = False, **changes: Any) -> Report:
        (self.folder / "answers.csv").write_bytes(content)
        mapping = {key: value for key, value in {**MAPPING, **changes}.items() if value is not None}
        (self.folder / "mapping.yaml").write_text(yaml.safe_dump(mapping, allow_unicode=True), "utf-8")
        return self.bring_in_written(dry_run=dry_run)

    def bring_in_written(self, *, dry_run: bool = False) -> Report:
        file, mapping = self.folder / "answers.csv", self.folder / "mapping.yaml"
        return import_file(
            self.installation,
            file,
            mapping,
            self.round_.id,
            rejects=self.rejects,
            dry_run=dry_run,
            by="tester",
        )

    def list_rejects(self) -> list[list[str]]:
        with self.rejects.open(encoding="utf-8-sig", newline="") as text:
            return list(csv.reader(text, delimiter=";"))[1:]

    def read_table(self, name: str) -> list[Any]:
        with self.installation.database.read() as connection:
            return list(connection.execute(select(tables.metadata.tables[name])))


def write_csv(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def say_reason(code: str) -> str:
    return speak("sv").say(f"import.reason.{code}")


def find_problems(desk: Desk, rows: Sequence[Sequence[str]] = (GOOD,), **changes: Any) -> list[str]:
    """The codes of what is wrong with a mapping; each must have a sentence."""
    with pytest.raises(SurveyError) as wrong:
        desk.bring_in(rows, **changes)
    assert wrong.value.code == "mapping_wrong"
    problems = wrong.value.facts["problems"]
    assert isinstance(problems, tuple)
    assert all(say_problem(problem, speak("sv")) for problem in problems)
    return [problem.code for problem in problems]


def find_error(desk: Desk, content: bytes, **changes: Any) -> SurveyError:
    """The error of a file that is wrong as a whole; it must have a sentence."""
    with pytest.raises(SurveyError) as wrong:
        desk.bring_in_bytes(content, **changes)
    assert speak("sv").explain(wrong.value)
    return wrong.value


@pytest.fixture
def desk(installation: Installation, tmp_path: Path) -> Desk:
    """A desk on each engine; today is 10 September 2026."""
    return Desk(installation, open_a_round(installation, "papper", door="import"), tmp_path)


@pytest.fixture(scope="module")
def quick_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all tests that ask about files and mappings, where nothing hangs on the engine."""
    folder = tmp_path_factory.mktemp("desk")
    with opened(f"sqlite:///{folder / 'quick.db'}", folder / "var", Calendar()) as installation:
        yield Desk(installation, open_a_round(installation, "papper", door="import"), folder)


# What comes in


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


# What does not


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


# Again


def test_the_same_file_brings_in_nothing_the_second_time(desk: Desk) -> None:
    rows = [GOOD, ("1", *GOOD[1:4], "changes", "More."), ("2", *GOOD[1:]), ("3", "", *GOOD[2:])]
    first, second = desk.bring_in(rows), desk.bring_in(rows)
    assert (first.imported_rows, first.there_rows, first.rejected_rows) == (3, 0, 1)
    assert (second.imported_rows, second.there_rows, second.rejected_rows) == (0, 3, 1)
    assert second.there == 2
    assert len(desk.read_table("response")) == 2


def test_rows_in_another_order_are_the_same_people(desk: Desk) -> None:
    rows = [GOOD, ("1", *GOOD[1:4], "changes", "More."), ("2", *GOOD[1:])]
    desk.bring_in(rows)
    assert desk.bring_in(rows[::-1]).there_rows == 3


def test_a_longer_file_brings_in_what_is_new(desk: Desk) -> None:
    desk.bring_in([GOOD])
    report = desk.bring_in([("2", *GOOD[1:]), GOOD])
    assert (report.imported, report.there) == (1, 1)


def test_a_person_whose_rows_have_changed_is_told_and_left_as_they_were(desk: Desk) -> None:
    desk.bring_in([GOOD])
    report = desk.bring_in([GOOD, ("1", *GOOD[1:4], "changes", "I forgot this.")])
    assert report.rejected == {"changed": 2}
    assert [one[4] for one in desk.list_rejects()] == ["3", "2"]
    assert desk.read_table("comment") == []


def test_without_a_respondent_equal_rows_are_different_people_each_once(desk: Desk) -> None:
    rows = [("", *GOOD[1:])] * 3
    first = desk.bring_in(rows, respondent=None)
    again = desk.bring_in(rows, respondent=None)
    more = desk.bring_in([*rows, rows[0]], respondent=None)
    assert [first.imported, again.imported, more.imported] == [3, 0, 1]


def test_the_same_respondent_of_another_source_is_another_person(desk: Desk) -> None:
    desk.bring_in([GOOD])
    assert desk.bring_in([GOOD], source="other").imported == 1


def test_an_import_that_is_cut_off_continues_where_it_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 2)
    settle, calls = run.settle, iter([True, False])

    def settle_once(*given: Any) -> None:
        if not next(calls):
            raise KeyboardInterrupt
        settle(*given)

    rows = [(str(n), *GOOD[1:]) for n in range(5)]
    monkeypatch.setattr(run, "settle", settle_once)
    with pytest.raises(KeyboardInterrupt):
        desk.bring_in(rows)
    assert len(desk.read_table("response")) == 2
    assert not desk.rejects.exists()
    monkeypatch.setattr(run, "settle", settle)
    report = desk.bring_in(rows)
    assert (report.there, report.imported) == (2, 3)


def test_two_imports_at_once_bring_everybody_in_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH", 3)
    desk.bring_in([])
    (desk.folder / "answers.csv").write_bytes(write_csv([HEADER, *((str(n), *GOOD[1:]) for n in range(40))]))
    reports: list[Report] = []
    both = [threading.Thread(target=lambda: reports.append(desk.bring_in_written())) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(report.imported for report in reports) == 40
    assert [report.imported + report.there for report in reports] == [40, 40]
    assert len(desk.read_table("response")) == 40


# What is published does not change


def test_a_published_month_takes_no_more_answers_and_others_do(desk: Desk, calendar: Calendar) -> None:
    calendar.turn_to(2026, 3, 1)
    desk.bring_in([("1", "2026-02-10", *GOOD[2:])])
    close_ended_months(desk.installation)
    days = ["2026-02-11", "2026-01-31", "2026-03-01"]
    report = desk.bring_in([(str(n), day, *GOOD[2:]) for n, day in enumerate(days, start=2)])
    assert (report.imported, report.rejected) == (2, {"published": 1})
    assert desk.list_rejects()[0][:2] == ["2", say_reason("published")]


def test_a_month_inside_a_published_quarter_takes_no_more_answers(desk: Desk, calendar: Calendar) -> None:
    calendar.turn_to(2026, 4, 1)
    desk.bring_in([("1", "2026-02-10", *GOOD[2:])])
    close_ended_months(desk.installation)
    report = desk.bring_in([("2", "2026-01-10", *GOOD[2:]), ("3", "2026-04-01", *GOOD[2:])])
    assert (report.imported, report.rejected) == (1, {"published": 1})


def test_who_came_in_before_the_month_was_published_is_there_afterwards(
    desk: Desk, calendar: Calendar
) -> None:
    desk.bring_in([GOOD])
    close_ended_months(desk.installation)
    assert (desk.bring_in([GOOD]).there, desk.bring_in([GOOD]).rejected) == (1, {})


# A dry run


def test_a_dry_run_tells_what_would_be_done_and_does_nothing_but_the_list(desk: Desk) -> None:
    rows = [GOOD, ("2", *GOOD[1:]), ("3", "", *GOOD[2:])]
    dry = desk.bring_in(rows, dry_run=True)
    listed = desk.list_rejects()
    tables_after = [desk.read_table(name) for name in ("response", "comment", "import_row")]
    events = [row.action for row in desk.read_table("audit")]
    real = desk.bring_in(rows)
    assert (dry.imported, dry.rejected, listed) == (real.imported, real.rejected, desk.list_rejects())
    assert tables_after == [[], [], []]
    assert "answers imported" not in events


def test_a_dry_run_knows_what_is_there_and_what_is_published(desk: Desk) -> None:
    desk.bring_in([GOOD])
    close_ended_months(desk.installation)
    report = desk.bring_in([GOOD, ("2", *GOOD[1:])], dry_run=True)
    assert (report.imported, report.there, report.rejected) == (0, 1, {"published": 1})


# What is wrong as a whole


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_file_empty"),
        (b"\r\n\n", "import_file_empty"),
        (write_csv([HEADER, GOOD], "cp1252"), "import_encoding_wrong"),
        (write_csv([HEADER, GOOD]) + b'\r\n2,"never closed', "import_file_broken"),
        (write_csv([HEADER, GOOD]) + b'\r\n2,"closed"badly', "import_file_broken"),
        (write_csv([HEADER, GOOD]) + b'\r\n2,"' + b"x" * 140_000, "import_file_broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(quick_desk: Desk, content: bytes, code: str) -> None:
    before = len(quick_desk.read_table("response"))
    assert find_error(quick_desk, content, source="broken").code == code
    assert len(quick_desk.read_table("response")) == before


def test_a_quotation_mark_that_is_never_closed_is_told_by_its_line(quick_desk: Desk) -> None:
    wrong = find_error(quick_desk, write_csv([HEADER, GOOD, GOOD]) + b'\r\n2,"never closed\n\n')
    assert wrong.facts["line"] == 4


def test_utf_8_is_never_read_as_something_else(quick_desk: Desk) -> None:
    content = write_csv([HEADER, GOOD])
    assert find_error(quick_desk, content, encoding="cp1252").code == "import_encoding_wrong"


def test_a_missing_file_is_told(quick_desk: Desk) -> None:
    quick_desk.bring_in([])
    (quick_desk.folder / "answers.csv").unlink()
    with pytest.raises(SurveyError) as wrong:
        quick_desk.bring_in_written()
    assert wrong.value.code == "import_file_unreadable"


def test_a_file_with_a_header_only_has_no_rows(quick_desk: Desk) -> None:
    report = quick_desk.bring_in([])
    assert (report.rows, report.imported, quick_desk.list_rejects()) == (0, 0, [])


def test_a_list_that_cannot_be_written_stops_the_import_before_it_begins(quick_desk: Desk) -> None:
    quick_desk.bring_in([GOOD], source="unwritten", dry_run=True)
    responses = len(quick_desk.read_table("response"))
    file, mapping = quick_desk.folder / "answers.csv", quick_desk.folder / "mapping.yaml"
    before = file.read_bytes()
    for rejects in (file, mapping, quick_desk.folder, quick_desk.folder / "nowhere" / "list.csv"):
        with pytest.raises(SurveyError) as wrong:
            import_file(quick_desk.installation, file, mapping, "papper", rejects=rejects, by="tester")
        assert wrong.value.code == "import_rejects_unwritable"
    assert file.read_bytes() == before
    assert len(quick_desk.read_table("response")) == responses


def test_an_import_needs_a_round_of_its_own_kind(quick_desk: Desk) -> None:
    open_a_round(quick_desk.installation, "alla")
    place = quick_desk.folder / "answers.csv"
    for name, code in (("alla", "round_not_for_import"), ("okand", "round_unknown")):
        with pytest.raises(SurveyError) as wrong:
            import_file(quick_desk.installation, place, place, name, rejects=quick_desk.rejects, by="tester")
        assert wrong.value.code == code


# What is wrong with a mapping


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"source": None}, ["key_missing"]),
        ({"sauce": "x"}, ["key_unknown"]),
        ({"source": "With Spaces"}, ["value_wrong"]),
        ({"delimiter": ";;"}, ["value_wrong"]),
        ({"encoding": "utf-9"}, ["encoding_unknown"]),
        ({"encoding": "base64"}, ["encoding_unknown"]),
        ({"language": "tlh"}, ["language_unknown"]),
        ({"for_panel": "yes"}, ["value_wrong"]),
        ({"respondent": ["nobody"]}, ["column_missing"]),
        ({"date": {"column": "day", "formats": []}}, ["value_wrong"]),
        ({"date": {"column": "day", "formats": ["%d/%m"]}}, ["date_format_wrong"]),
        ({"date": {"column": "day", "formats": ["%Y-%m", "%Q"]}}, ["date_format_wrong"]),
        ({"area": {"constant": "9999"}}, ["area_unknown"]),
        ({"area": {"constant": "07"}}, ["area_unknown"]),
        ({"area": {"column": "place", "values": {"Växjö": "0780", "Lund": "1281"}}}, ["area_unknown"]),
        ({"area": {"column": "place", "constant": "0780"}}, ["column_or_constant"]),
        ({"area": {}}, ["column_or_constant"]),
        ({"area": {"column": "place", "values": {"A B": "0780", "A  B": "0781"}}}, ["key_twice"]),
        ({"unit": {"constant": "u" * 41}}, ["unit_too_long"]),
        ({"questions": []}, ["value_wrong"]),
        ({"questions": [{"column": "whole", "question": "zz9"}]}, ["question_unknown"]),
        ({"questions": [{"column": "whole", "question": "b2"}]}, ["question_is_area"]),
        ({"questions": [{"column": "whole", "question": "a22", "values": {"x": "6"}}]}, ["code_unknown"]),
        ({"questions": [{"column": "text", "question": "ft1", "values": {"x": "5"}}]}, ["values_for_text"]),
        ({"questions": [{"column": "whole", "question": "a22", "separator": ";"}]}, ["separator_not_here"]),
    ],
)
def test_a_mapping_that_is_wrong_is_told_why(
    quick_desk: Desk, changes: dict[str, Any], codes: list[str]
) -> None:
    assert find_problems(quick_desk, **changes) == codes


def test_everything_wrong_with_a_mapping_is_told_at_once_with_its_line(quick_desk: Desk) -> None:
    quick_desk.bring_in([])
    (quick_desk.folder / "mapping.yaml").write_text(
        "source: paper\nlanguage: tlh\narea: {constant: '9999'}\ndate:\n  column: when\n  formats: ['%d']\n"
        "questions:\n  - {column: whole, question: a22}\n  - {column: smell, question: zz9}\n"
    )
    with pytest.raises(SurveyError) as wrong:
        quick_desk.bring_in_written()
    problems = wrong.value.facts["problems"]
    assert isinstance(problems, tuple)
    assert [(p.line, p.place, p.code) for p in problems] == [
        (2, "language", "language_unknown"),
        (3, "area", "area_unknown"),
        (5, "date.column", "column_missing"),
        (6, "date.formats", "date_format_wrong"),
        (9, "questions[1].column", "column_missing"),
        (9, "questions[1].question", "question_unknown"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "mapping_empty"),
        ("- a\n", "mapping_shapeless"),
        ("a: [", "not_yaml"),
        ("a: 1\na: 2\n", "key_twice"),
    ],
)
def test_a_mapping_that_is_no_mapping_is_told_why(quick_desk: Desk, text: str, code: str) -> None:
    quick_desk.bring_in([])
    (quick_desk.folder / "mapping.yaml").write_text(text)
    with pytest.raises(SurveyError) as wrong:
        quick_desk.bring_in_written()
    problems = wrong.value.facts["problems"]
    assert isinstance(problems, tuple)
    assert code in [problem.code for problem in problems]
    assert all(say_problem(problem, speak("sv")) for problem in problems)


def test_a_column_that_stands_twice_can_be_left_alone_but_not_used(quick_desk: Desk) -> None:
    unused = write_csv([(*HEADER, "", ""), (*GOOD, "", "")])
    assert quick_desk.bring_in_bytes(unused, source="twice", dry_run=True).imported == 1
    used = write_csv([(*HEADER, "whole"), (*GOOD, "bad")])
    assert find_error(quick_desk, used).code == "mapping_wrong"


# What is said


def test_the_report_says_what_was_done_and_why_rows_stayed_out(desk: Desk) -> None:
    desk.bring_in([GOOD])
    report = desk.bring_in(
        [
            GOOD,
            ("2", "2026-04-01", *GOOD[2:4], "changes", "More."),
            ("3", "", *GOOD[2:]),
            ("4", *GOOD[1:3], "6", "", ""),
        ]
    )
    said = [line.replace("\u00a0", " ") for line in say_report(report, speak("sv"))]
    assert said == [
        "Svar från 1 person är intagna: 1 av 4 rader.",
        "I dem finns 1 kommentar. De gäller april 2026 till april 2026.",
        "1 rad fanns redan, från 1 person.",
        f"2 rader är avvisade. De står i {desk.rejects}",
        "  1: Datumet saknas.",
        "  1: Svaret finns inte bland frågans svar i mappningen.",
    ]


def test_a_dry_run_says_that_nothing_has_come_in(quick_desk: Desk) -> None:
    report = quick_desk.bring_in([GOOD], dry_run=True, source="said")
    assert say_report(report, speak("sv"))[0] == (
        "Prov: inget är intaget. Svar från 1 person skulle tas in: 1 av 1 rader."
    )


def test_the_example_in_the_documentation_does_what_it_says(desk: Desk) -> None:
    text = DOCUMENT.read_text("utf-8")
    example, mapping = (re.search(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("csv", "yaml"))
    assert example is not None and mapping is not None
    (desk.folder / "answers.csv").write_text(example[1], "utf-8")
    (desk.folder / "mapping.yaml").write_text(mapping[1], "utf-8")
    report = desk.bring_in_written()
    assert (report.imported, report.imported_rows, report.comments) == (3, 4, 2)
    assert report.rejected == {"date_wrong": 1, "area_unknown": 1, "unlisted": 1}
    assert [one[0] for one in desk.list_rejects()] == ["6", "7", "8"]


# The law

cells = st.tuples(
    st.sampled_from(["1", "2", "3", ""]),
    st.sampled_from(["2026-05-04", "2026-06-01", "2027-01-01", "", "x"]),
    st.sampled_from(["Växjö", "Ljungby", "Malmö", ""]),
    st.sampled_from(["good", "bad", "6", ""]),
    st.sampled_from(["changes", "good things", "food", ""]),
    st.sampled_from(["", 'Text,\nwith "signs"', "no answer", "\x00"]),
)
files = st.lists(
    st.one_of(cells, st.lists(st.text(max_size=5), min_size=1, max_size=8).map(tuple)), max_size=12
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(rows=files, has_respondent=st.booleans(), dry_run=st.booleans())
def test_every_row_comes_in_or_was_there_or_is_listed(
    quick_desk: Desk, rows: list[tuple[str, ...]], has_respondent: bool, dry_run: bool
) -> None:
    before = len(quick_desk.read_table("response"))
    respondent = MAPPING["respondent"] if has_respondent else None
    report = quick_desk.bring_in(rows, dry_run=dry_run, respondent=respondent, source="law")
    assert report.rows == len(rows)
    assert report.rows == report.imported_rows + report.there_rows + report.rejected_rows
    assert len(quick_desk.list_rejects()) == report.rejected_rows
    assert len(quick_desk.read_table("response")) - before == (0 if dry_run else report.imported)
