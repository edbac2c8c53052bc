"""Do answers in Excel and SPSS files come in as those of a CSV file do, with rows as people see them?"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest
import xlsxwriter
import yaml
from sqlalchemy import select

from survey.definition.load import say_problem
from survey.errors import SurveyError
from survey.importing.report import Report
from survey.importing.run import import_file
from survey.installation import Installation
from survey.language import speak
from survey.store import tables
from tests.walks import Calendar, open_a_round, opened

HEADER = ("person", "day", "place", "whole", "text")
DAY = date(2026, 5, 4)
LATER = datetime(2026, 6, 9, 13, 45)  # noqa: DTZ001 - a cell has no zone
GOOD: tuple[Any, ...] = (1, DAY, "Växjö", 5, "")
MAPPING: dict[str, Any] = {
    "source": "paper",
    "respondent": ["person"],
    "date": {"column": "day"},
    "area": {"column": "place", "values": {"Växjö": "0780", "Ljungby": "0781"}},
    "questions": [{"column": "whole", "question": "a22"}, {"column": "text", "question": "ft1"}],
}


@dataclass
class Desk:
    """A folder, and an installation whose round takes what is brought in."""

    installation: Installation
    folder: Path
    rounds: int = 0

    def bring_in(self, content: bytes, name: str = "answers.xlsx", **changes: Any) -> Report:
        """Bring a file in to a new round, with MAPPING and what `changes` says."""
        self.rounds += 1
        round_ = open_a_round(self.installation, f"papper-{self.rounds}", door="import")
        (self.folder / name).write_bytes(content)
        mapping = {key: value for key, value in {**MAPPING, **changes}.items() if value is not None}
        (self.folder / "mapping.yaml").write_text(yaml.safe_dump(mapping, allow_unicode=True), "utf-8")
        files = (self.folder / name, self.folder / "mapping.yaml")
        rejects = self.folder / "rejects.csv"
        return import_file(self.installation, *files, round_.id, rejects=rejects, by="tester")

    def list_rejects(self) -> list[list[str]]:
        with (self.folder / "rejects.csv").open(encoding="utf-8-sig", newline="") as text:
            return [row[:4] for row in csv.reader(text, delimiter=";")][1:]

    def list_answers(self) -> list[tuple[str, str, dict[str, Any]]]:
        """(month, area, answers) of what came in to the last round."""
        table = tables.metadata.tables["response"]
        chosen = select(table).where(table.c.round_id == f"papper-{self.rounds}")
        with self.installation.database.read() as connection:
            return sorted(
                (row.month, row.area, json.loads(row.answers)) for row in connection.execute(chosen)
            )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Today is 10 September 2026."""
    folder = tmp_path_factory.mktemp("desk")
    with opened(f"sqlite:///{folder / 'desk.db'}", folder / "var", Calendar()) as installation:
        yield Desk(installation, folder)


def make_book(rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None) -> bytes:
    """An Excel file with rows under HEADER."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEADER, *rows):
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def say_reason(code: str) -> str:
    return speak("sv").say(f"import.reason.{code}")


def find_error(desk: Desk, content: bytes, name: str = "answers.xlsx", **changes: Any) -> SurveyError:
    """The error of a file that is wrong as a whole; it must have a sentence."""
    with pytest.raises(SurveyError) as wrong:
        desk.bring_in(content, name, **changes)
    assert speak("sv").explain(wrong.value)
    return wrong.value


# Excel


def test_rows_of_a_sheet_come_in_with_numbers_and_days_as_excel_keeps_them(desk: Desk) -> None:
    report = desk.bring_in(make_book([GOOD, (2, LATER, "Ljungby", "4", "Bra")]))
    assert (report.imported, report.comments, report.rejected) == (2, 1, {})
    assert desk.list_answers() == [("2026-05", "0780", {"a22": "5"}), ("2026-06", "0781", {"a22": "4"})]


@pytest.mark.parametrize(
    ("cell", "form", "read"),
    [(780, "0000", "0780"), (780.0, "0000", "0780"), (780, "General", None), ("0780", "General", "0780")],
)
def test_a_number_is_read_with_the_zeros_that_its_cell_shows(
    desk: Desk, cell: object, form: str, read: str | None
) -> None:
    def show(sheet: Any) -> None:
        sheet["C2"].number_format = form

    report = desk.bring_in(make_book([(1, DAY, cell, 5, "")], show), area={"column": "place"})
    assert [area for _, area, _ in desk.list_answers()] == ([read] if read else [])
    assert report.rejected == ({} if read else {"area_unknown": 1})


def test_a_refused_row_is_told_by_its_number_in_excel_also_below_empty_rows(desk: Desk) -> None:
    rows = [GOOD, (), (), (2, DAY, "Malmö", 5, ""), (3, "31/6", "Växjö", 5, "")]
    report = desk.bring_in(make_book(rows))
    assert report.imported == 1
    assert desk.list_rejects() == [
        ["5", say_reason("area_unknown"), "place", "Malmö"],
        ["6", say_reason("date_wrong"), "day", "31/6"],
    ]


def test_the_values_of_formulas_come_in_and_a_formula_without_one_is_refused(desk: Desk) -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for row, person in enumerate((1, 2), start=1):
        sheet.write_row(row, 0, (person, "2026-05-04", "Växjö"))
    sheet.write_formula(1, 3, "=2+3", value=5)
    sheet.write_formula(2, 3, "=2+3", value="")
    book.close()
    assert desk.bring_in(held.getvalue()).imported == 1
    assert desk.list_rejects() == [["3", say_reason("formula_empty"), "whole", ""]]


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (lambda sheet: sheet.merge_cells("D2:D3"), "cell_merged", "2"),
        (lambda sheet: sheet.cell(2, 4, "#N/A"), "cell_error", "2"),
        (lambda sheet: sheet.cell(2, 7, "outside"), "ragged", "2"),
    ],
)
def test_a_cell_that_cannot_be_believed_keeps_its_row_out(
    desk: Desk, change: Callable[[Any], None], code: str, line: str
) -> None:
    desk.bring_in(make_book([GOOD, (2, DAY, "Växjö", 5, "")], change))
    assert [line, say_reason(code)] in [row[:2] for row in desk.list_rejects()]


def test_trouble_in_a_column_that_nobody_reads_does_not_matter(desk: Desk) -> None:
    content = make_book([GOOD], lambda sheet: sheet.cell(2, 5, "#N/A"))
    questions = [{"column": "whole", "question": "a22"}]
    assert desk.bring_in(content, questions=questions).imported == 1


def test_a_named_sheet_and_a_header_below_a_title_are_read(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Svar")
    for row in (("Enkät 2026",), (), HEADER, GOOD):
        sheet.append(list(row))
    held = io.BytesIO()
    book.save(held)
    assert desk.bring_in(held.getvalue(), sheet="Svar", header_row=3).imported == 1
    missing = find_error(desk, held.getvalue(), sheet="Blad9")
    assert (missing.code, missing.facts["sheets"]) == ("import_sheet_missing", "Sheet, Svar")


def test_what_is_there_already_is_known_again_in_another_kind_of_file(desk: Desk) -> None:
    """The same rows as CSV and as Excel are the same people."""
    desk.bring_in(make_book([GOOD]))
    desk.rounds -= 1
    name = f"papper-{desk.rounds + 1}"
    (desk.folder / "same.csv").write_text("person,day,place,whole,text\n1,2026-05-04,Växjö,5,\n", "utf-8")
    files = (desk.folder / "same.csv", desk.folder / "mapping.yaml")
    report = import_file(desk.installation, *files, name, rejects=desk.folder / "r.csv", by="tester")
    desk.rounds += 1
    assert (report.imported, report.there) == (0, 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and then nothing of the kind", "workbook_unreadable"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "workbook_old"),
        (make_book([])[:2_000], "workbook_unreadable"),
    ],
    ids=["no archive", "an old file", "cut off"],
)
def test_a_file_that_is_no_workbook_is_told_of_in_a_sentence(desk: Desk, content: bytes, code: str) -> None:
    assert find_error(desk, content).code == code


def test_a_file_that_unfolds_without_end_is_not_unfolded(desk: Desk) -> None:
    held = io.BytesIO(make_book([GOOD]))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/big", "w") as part:
        for _ in range(1_100):
            part.write(bytes(1_000_000))
    assert len(held.getvalue()) < 2_000_000
    assert find_error(desk, held.getvalue()).code == "workbook_large"


def test_entities_in_a_sheet_are_not_followed(desk: Desk) -> None:
    source = zipfile.ZipFile(io.BytesIO(make_book([GOOD])))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                at = part.find(b"<worksheet")
                entity = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
                part = part[:at] + entity + part[at:]
            packed.writestr(name, part)
    assert find_error(desk, held.getvalue()).code == "workbook_unreadable"


# SPSS


def write_spss(folder: Path, ending: str = "sav", **columns: list[Any]) -> bytes:
    """An SPSS file with one case and what `columns` says instead."""
    usual: dict[str, list[Any]] = {name: [cell] for name, cell in zip(HEADER, GOOD, strict=True)}
    usual |= {"person": [1.0], "whole": [5.0]}
    path = folder / f"made.{ending}"
    pyreadstat.write_sav(
        pd.DataFrame({**usual, **columns}),
        path,
        variable_value_labels={"whole": {5.0: "Alltid", 1.0: "Aldrig", 9.0: "Vet inte"}},
        missing_ranges={"whole": [9]},
        compress=ending == "zsav",
    )
    return path.read_bytes()


@pytest.mark.parametrize("ending", ["sav", "zsav"])
def test_cases_come_in_by_their_codes(desk: Desk, tmp_path: Path, ending: str) -> None:
    assert desk.bring_in(write_spss(tmp_path, ending), f"answers.{ending}").imported == 1
    assert desk.list_answers() == [("2026-05", "0780", {"a22": "5"})]


def test_cases_come_in_by_their_labels_where_the_mapping_says_so(desk: Desk, tmp_path: Path) -> None:
    values = {"Alltid": "5", "Aldrig": "1"}
    questions = [{"column": "whole", "question": "a22", "values": values}]
    desk.bring_in(write_spss(tmp_path), "answers.sav", value_labels=True, questions=questions)
    assert desk.list_answers() == [("2026-05", "0780", {"a22": "5"})]


@pytest.mark.parametrize(("kept", "answers"), [(False, {"a22": None}), (True, {"a22": "na"})])
def test_values_declared_missing_are_no_answers_unless_the_mapping_keeps_them(
    desk: Desk, tmp_path: Path, kept: bool, answers: dict[str, Any]
) -> None:
    content = write_spss(tmp_path, whole=[9.0], text=["Bra"])
    values = {"5": "5", "1": "1", "9": "na"}
    questions = [{"column": "whole", "question": "a22", "values": values}, MAPPING["questions"][1]]
    desk.bring_in(content, "answers.sav", user_missing=kept, questions=questions)
    assert [found for _, _, found in desk.list_answers()] == [answers]


def test_a_refused_case_is_told_by_its_number_in_spss(desk: Desk, tmp_path: Path) -> None:
    content = write_spss(
        tmp_path, person=[1.0, 2.0], day=[DAY, DAY], place=["Växjö", "Malmö"], whole=[5.0, 5.0], text=["", ""]
    )
    assert desk.bring_in(content, "answers.sav").imported == 1
    assert desk.list_rejects() == [["2", say_reason("area_unknown"), "place", "Malmö"]]


def test_texts_in_another_encoding_than_the_file_says_are_told_and_read_when_it_is_stated(
    desk: Desk, tmp_path: Path
) -> None:
    said = write_spss(tmp_path)
    assert "Växjö".encode() in said
    content = said.replace("Växjö".encode(), "Växjö".encode("cp1252") + b"  ")
    wrong = find_error(desk, content, "answers.sav")
    assert wrong.code == "import_spss_encoding"
    assert "encoding:" in speak("sv").explain(wrong)
    assert desk.bring_in(content, "answers.sav", encoding="windows-1252").imported == 1


def test_utf_8_that_is_read_as_an_older_encoding_is_told(desk: Desk, tmp_path: Path) -> None:
    wrong = find_error(desk, write_spss(tmp_path), "answers.sav", encoding="windows-1252")
    assert (wrong.code, wrong.facts["encoding"]) == ("import_spss_encoding", "windows-1252")


@pytest.mark.parametrize("cut", [4, 200, 700])
def test_an_spss_file_that_is_cut_off_is_told_of_in_a_sentence(desk: Desk, tmp_path: Path, cut: int) -> None:
    assert find_error(desk, write_spss(tmp_path)[:cut], "answers.sav").code == "import_spss_unreadable"


def test_an_spss_file_with_a_damaged_name_is_told_of_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    content = write_spss(tmp_path).replace(b"WHOLE   ", b"\xffHOLE   ")
    assert find_error(desk, content, "answers.sav").code == "import_spss_unreadable"


# Mappings


@pytest.mark.parametrize(
    ("name", "changes", "key"),
    [
        ("answers.xlsx", {"delimiter": ";"}, "delimiter"),
        ("answers.xlsx", {"encoding": "utf-8"}, "encoding"),
        ("answers.sav", {"sheet": "Svar"}, "sheet"),
        ("answers.csv", {"value_labels": True}, "value_labels"),
    ],
)
def test_a_key_for_another_kind_of_file_is_told(
    desk: Desk, tmp_path: Path, name: str, changes: dict[str, Any], key: str
) -> None:
    contents = {
        "answers.xlsx": make_book([GOOD]),
        "answers.sav": write_spss(tmp_path),
        "answers.csv": b"person,day,place,whole,text\n",
    }
    wrong = find_error(desk, contents[name], name, **changes)
    problems = wrong.facts["problems"]
    assert isinstance(problems, tuple)
    assert [(one.code, one.place) for one in problems] == [("key_not_for_file", key)]
    assert say_problem(problems[0], speak("sv"))
