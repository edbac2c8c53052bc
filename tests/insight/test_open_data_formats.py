"""Do Excel, SPSS, JSON-stat, DDI and Kolada say what cells.csv says, and nothing else?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from math import prod
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet
import pyreadstat
import pytest

from survey.errors import SurveyError
from survey.insight.open_data.cells import Row
from survey.insight.open_data.coded import Coded
from survey.insight.open_data.files import FILES, GROUPS_STAT, iterate_written
from survey.insight.open_data.kept import find_kept_file, list_files, make_kept_files
from survey.insight.open_data.kolada import KoladaRow, list_kolada
from survey.insight.open_data.workbook import write_workbook
from tests.insight.exported_county import County, close_a_year
from tests.insight.exported_files import read_rows

DDI = "{ddi:codebook:2_5}"
# The order of the elements that we write in each place, as the schema of DDI-Codebook 2.5 has them.
ORDER = {
    "codeBook": ["docDscr", "stdyDscr", "fileDscr", "dataDscr"],
    "stdyDscr": ["citation", "stdyInfo", "method", "dataAccs"],
    "citation": ["titlStmt", "rspStmt", "prodStmt", "distStmt", "verStmt", "biblCit"],
    "titlStmt": ["titl", "parTitl", "IDNo"],
    "stdyInfo": ["abstract", "sumDscr"],
    "sumDscr": ["timePrd", "nation", "geogCover", "anlyUnit", "universe", "dataKind"],
    "method": ["dataColl", "notes", "anlyInfo"],
    "fileTxt": ["fileName", "fileCont", "dimensns", "fileType"],
    "var": ["labl", "qstn", "invalrng", "universe", "txt", "catgry", "varFormat"],
    "catgry": ["catValu", "labl"],
}
ONCE = {"titl", "IDNo", "fileCont", "fileName", "confDec", "conditions", "varFormat", "catValu", "dimensns"}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    folder = tmp_path_factory.mktemp("county")
    with close_a_year(f"sqlite:///{folder / 'county.db'}", folder) as found:
        found.export()
        yield found


@pytest.fixture(scope="module")
def folder(county: County) -> Path:
    return county.folder / "öppna data"


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[Row]:
    return list(iterate_written(folder))


def read_number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


# SPSS


def test_the_spss_file_has_every_row_and_tells_hidden_from_no_such_number(
    folder: Path, rows: list[Row]
) -> None:
    table, facts = pyreadstat.read_sav(folder / "cells.sav", user_missing=True)
    assert len(table) == facts.number_rows == len(rows)
    expected = {"..": -1.0, "": -2.0}
    for row, (_, kept) in zip(rows, table.iterrows(), strict=True):
        assert tuple(kept[name] for name in ("area", "period", "group", "measure")) == row[:4]
        for name in ("n", "value", "low", "high"):
            text = getattr(row, name)
            number = float(text) if text.isdecimal() else expected.get(text, -3.0)
            assert kept[name] == number
    assert {-1.0, -2.0} <= set(table["low"])
    assert facts.missing_ranges["value"] == [{"lo": n, "hi": n} for n in (-1.0, -2.0, -3.0)]
    assert facts.variable_value_labels["value"][-1.0] == "Dolt: talet finns och visas inte"
    assert facts.variable_value_labels["area"]["0101"] == "Kommun 0101"
    assert facts.column_names_to_labels["n"].startswith("Antal svar bakom talet")
    assert "2026-12.1" in " ".join(facts.notes)


def test_spss_takes_what_is_hidden_for_no_number(folder: Path, rows: list[Row]) -> None:
    table, _ = pyreadstat.read_sav(folder / "cells.sav")
    assert table["value"].notna().sum() == sum(row.value.isdecimal() for row in rows)


# Excel


def test_the_workbook_has_the_same_figures_with_codes_and_method(folder: Path, rows: list[Row]) -> None:
    book = openpyxl.load_workbook(folder / "cells.xlsx")
    assert book.sheetnames == ["Tal", "Koder", "Metod"]
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    heads, *lines = book["Tal"].iter_rows(values_only=True)
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for line in lines:
        told = dict(zip(heads, line, strict=True))
        where = (told["Områdeskod"], told["Period"], told["Gruppkod"], told["Måttkod"])
        found[where] = line
    for row in rows:
        measure, _, part = row.measure.partition(":")
        told = dict(zip(heads, found[(*row[:3], measure)], strict=True))
        column = {"": "Medelpoäng", "positive": "Andel positiva (minst 75 poäng)"}.get(
            part, f"Andel svar: {part}"
        )
        assert told[column] == (int(row.value) if row.value.isdecimal() else row.value or None)
        if not part:
            assert told["Antal svar"] == (int(row.n) if row.n.isdecimal() else row.n or None)
    codes = {(line[0], line[1]) for line in book["Koder"].iter_rows(min_row=2, values_only=True)}
    assert {("area", row.area) for row in rows} | {("measure", row.measure) for row in rows} <= codes
    method = [line[0] for line in book["Metod"].iter_rows(min_row=2, values_only=True)]
    assert {"method (sv)", "hidden (en)", "publications", "method", "revision"} <= set(method)


@pytest.mark.parametrize(
    "text", ["=1+1", "+x", "@SUM(A1)", "-x", "\t=1", "http://elsewhere/", '=HYPERLINK("x")']
)
def test_a_label_that_could_run_is_only_text(text: str, tmp_path: Path) -> None:
    row = Row("01", "2026", "all", "q1", "10", "50", "", "", "shown")
    coded = {
        name: Coded({getattr(row, name): {"sv": text}}, {}) for name in ("area", "period", "group", "measure")
    }
    codebook: dict[str, object] = {"title": {"sv": text}, "notes": {}, "revisions": [], "measures": []}
    codebook["measures"] = [{"code": "q1", "text": {"sv": text}}]
    path = tmp_path / "x.xlsx"
    write_workbook(
        path, [row], codebook, coded, {"publications": text}, made=datetime(2026, 1, 1, tzinfo=UTC)
    )
    for sheet in openpyxl.load_workbook(path):
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert str(cell.value or "")[:1] not in set("=+@\t-")


# JSON-stat


@pytest.mark.parametrize("name", ["cells.jsonstat.json", GROUPS_STAT])
def test_a_dataset_is_as_the_specification_says(name: str, folder: Path) -> None:
    data = json.loads((folder / name).read_text("utf-8"))
    assert (data["version"], data["class"]) == ("2.0", "dataset")
    assert list(data["dimension"]) == data["id"]
    assert data["size"] == [len(data["dimension"][one]["category"]["index"]) for one in data["id"]]
    assert set(data["role"]) <= {"time", "geo", "metric"}
    assert {one for ids in data["role"].values() for one in ids} <= set(data["id"])
    for one in data["id"]:
        category = data["dimension"][one]["category"]
        codes = category["index"]
        assert len(codes) == len(set(codes)) == len(category["label"])
        assert set(category["label"]) == set(codes)
        assert data["dimension"][one]["label"]
        assert set(category.get("child", {})) <= set(codes)
        assert {c for children in category.get("child", {}).values() for c in children} <= set(codes)
        if "unit" in category:
            assert one in data["role"]["metric"]
            assert set(category["unit"]) <= set(codes)
    places = [int(place) for part in ("value", "status") for place in data[part]]
    assert len(places) == len(set(places))
    assert all(0 <= place < prod(data["size"]) for place in places)
    assert all(isinstance(number, int) for number in data["value"].values())
    assert datetime.fromisoformat(data["updated"])
    assert data["extension"]["publications"].endswith("2026-12.1")


def test_the_two_datasets_together_have_every_number_of_every_row(folder: Path, rows: list[Row]) -> None:
    found: dict[tuple[str, ...], object] = {}
    for name in ("cells.jsonstat.json", GROUPS_STAT):
        data = json.loads((folder / name).read_text("utf-8"))
        axes = [data["dimension"][one]["category"]["index"] for one in data["id"]]
        for part in ("value", "status"):
            for place, told in data[part].items():
                codes = read_place(int(place), axes)
                if len(codes) == 4:
                    codes.insert(2, "all")
                found[tuple(codes)] = told
    expected = {
        (*row[:4], figure): read_number(getattr(row, figure))
        if getattr(row, figure).isdecimal()
        else getattr(row, figure) or "."
        for row in rows
        for figure in ("n", "value", "low", "high")
    }
    assert found == expected


def read_place(place: int, axes: list[list[str]]) -> list[str]:
    """The codes of a place in a cube, the last axis changing fastest."""
    codes: list[str] = []
    for axis in reversed(axes):
        place, at = divmod(place, len(axis))
        codes.insert(0, axis[at])
    return codes


# DDI


def test_the_ddi_code_book_has_its_elements_in_order_and_describes_every_code(
    folder: Path, rows: list[Row]
) -> None:
    book = ElementTree.parse(folder / "codebook.xml").getroot()
    assert (book.tag, book.get("version")) == (f"{DDI}codeBook", "2.5")
    for element in book.iter():
        name, children = element.tag.removeprefix(DDI), [one.tag.removeprefix(DDI) for one in element]
        if name in ORDER:
            places = [ORDER[name].index(child) for child in children]
            assert places == sorted(places), name
        assert all(children.count(one) <= 1 for one in ONCE)
    ids = [element.get("ID") for element in book.iter() if element.get("ID")]
    assert len(ids) == len(set(ids))
    files = {one.get("ID"): one.find(f"{DDI}fileTxt/{DDI}fileName") for one in book.iter(f"{DDI}fileDscr")}
    named = {one.text for one in files.values() if one is not None}
    assert named == {name for name in FILES if not name.startswith("codebook")}
    variables = {str(one.get("name")): one for one in book.iter(f"{DDI}var")}
    assert all(set(str(one.get("files", "")).split()) <= files.keys() for one in variables.values())
    for column in ("area", "period", "group", "measure", "status"):
        values = {one.text for one in variables[column].findall(f"{DDI}catgry/{DDI}catValu")}
        assert {getattr(row, column) for row in rows} <= values
    hidden = variables["value"].find(f"{DDI}invalrng/{DDI}item")
    assert hidden is not None
    assert hidden.get("VALUE") == ".."


# Kolada


def test_whole_years_by_gender_are_laid_out_as_kolada_has_them(folder: Path, rows: list[Row]) -> None:
    told = {tuple(row.values())[:4]: row for row in read_rows(folder / "kolada.csv")}
    signs = {"all": "T", "gender:woman": "K", "gender:man": "M"}
    years = [row for row in rows if row.period == "2026" and row.group in signs and "/" not in row.area]
    assert years
    for row in years:
        one = told[(row.measure, row.area.zfill(4), "2026", signs[row.group])]
        if row.status == "hidden":
            assert (one["value"], one["count"], one["status"]) == ("", "", "..")
        elif row.value.isdecimal():
            assert (one["value"], one["count"], one["status"]) == (row.value, row.n, "")
        else:
            assert (one["value"], one["status"]) == ("", row.value or ".")
    assert len([one for one in told.values() if one["status"] != "-"]) == len(years)
    assert {len(one["municipality"]) for one in told.values()} == {4}


def test_what_nobody_published_is_a_dash_and_a_year_that_is_not_whole_is_left_out() -> None:
    shown = Row("0101", "2026", "all", "q1", "10", "50", "", "", "shown")
    begun = Row("0101", "2025", "all", "q1", "10", "40", "", "", "shown")
    other = Row("0102", "2026", "all", "q2", "10", "<15", "..", "..", "shown")
    found = list(list_kolada([shown, begun, other], {"all": "T", "gender:man": "M"}, frozenset({"2026"})))
    assert found == [
        KoladaRow("q1", "0101", "2026", "T", "50", "10", ""),
        KoladaRow("q1", "0102", "2026", "T", "", "", "-"),
        KoladaRow("q2", "0101", "2026", "T", "", "", "-"),
        KoladaRow("q2", "0102", "2026", "T", "", "10", "<15"),
    ]


# Where they come from, and where they lie


def test_a_parquet_file_says_which_publications_and_method(folder: Path) -> None:
    told = pyarrow.parquet.read_schema(folder / "cells.parquet").metadata
    assert told[b"publications"].decode().split()[-1] == "2026-12.1"
    assert told[b"method"]


def test_files_to_fetch_are_made_once_for_each_state_of_what_is_published(county: County) -> None:
    assert list_files(county.installation, "prov") is None
    make_kept_files(county.installation)
    first = list_files(county.installation, "prov")
    assert first is not None
    assert [one.name for one in first] == list(FILES)
    assert all(one.bytes > 0 for one in first)
    path = find_kept_file(county.installation, "prov", "cells.csv")
    written = path.stat().st_mtime_ns
    assert list_files(county.installation, "prov") == first
    assert find_kept_file(county.installation, "prov", "cells.csv").stat().st_mtime_ns == written


@pytest.mark.parametrize("name", ["", "..", "../cells.csv", "cells.CSV", ".prov.lock"])
def test_a_file_of_another_name_is_not_there(name: str, county: County) -> None:
    with pytest.raises(SurveyError) as wrong:
        find_kept_file(county.installation, "prov", name)
    assert wrong.value.code == "export_file_unknown"
