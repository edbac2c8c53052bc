"""Is in the open data all that the public may see, nothing else, and what is needed to understand it?"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from sqlalchemy import delete, insert, select, update

from analysis.disclosure import NoAnswers, Shown, round_count
from analysis.periods import PeriodKind
from survey import commands
from survey.errors import SurveyError
from survey.insight.choice import Choice
from survey.insight.open_data.cells import name_area, name_group
from survey.insight.open_data.codebook_page import escape
from survey.insight.open_data.export import choose_survey, export_open_data
from survey.insight.open_data.files import FILES
from survey.insight.trends import find_trends
from survey.people.roles import Person as Viewer
from survey.publication.correct import correct_month
from survey.store.publications import Cell, iterate_latest_cells
from survey.store.tables import published_cell
from survey.whole_folder import WRITING
from tests.insight.exported_county import County, close_a_year
from tests.insight.exported_files import Row, key_by_place, read_rows
from tests.postgres_server import PostgresServer
from tests.survey.little_county import AREAS, PROV, load_margins
from tests.survey.seeded import make_margins

COLUMNS = ["area", "period", "group", "measure", "n", "value", "low", "high", "status"]
NUMBERS = COLUMNS[4:8]
PUBLIC = Viewer()
YEAR = ("2026-01", "2026-12")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """A county whose year is closed, on each engine."""
    folder = tmp_path_factory.mktemp("county")
    if request.param == "sqlite":
        with close_a_year(f"sqlite:///{folder / 'county.db'}", folder) as found:
            yield found
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as address, close_a_year(address, folder) as found:
        yield found


def list_cells(county: County) -> list[Cell]:
    with county.installation.database.read() as connection:
        return list(iterate_latest_cells(connection))


def read_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def read_codebook(county: County, name: str = "öppna data") -> dict[str, Any]:
    return json.loads((county.folder / name / "codebook.json").read_bytes())


# What is in it


def test_the_files_are_five_and_the_columns_nine(county: County) -> None:
    files = county.export()
    assert sorted(path.name for path in files.folder.iterdir()) == sorted(FILES)
    assert {tuple(row) for row in files.cells} == {tuple(COLUMNS)}
    assert (files.folder / "cells.csv").read_bytes().startswith(b"area,period,group,measure,n,")
    assert {tuple(row) for row in read_rows(files.folder / "hierarchies.csv")} == {
        ("dimension", "code", "parent")
    }


def test_what_the_public_sees_on_the_page_of_trends_is_what_the_file_has(county: County) -> None:
    places = key_by_place(county.export().cells)
    seen: dict[str, int] = {}
    for area in county.installation.areas:
        for kind in PeriodKind:
            trends = find_trends(
                county.installation, Choice(PROV, area.code, kind.value, *YEAR), viewer=PUBLIC
            )
            for series in trends.series:
                for point in series.line.points:
                    row = places.get((area.code, point.period, "all", series.dimension.id))
                    assert describe(row) == describe_cell(point.cell)
                    seen[type(point.cell).__name__] = seen.get(type(point.cell).__name__, 0) + 1
    assert min(seen[kind] for kind in ("Shown", "Hidden", "NoAnswers")) > 0


def describe(row: Row | None) -> tuple[str, ...]:
    return ("none",) if row is None else (row["status"], *(row[name] for name in NUMBERS))


def describe_cell(cell: Any) -> tuple[str, ...]:
    """What a row must say of a cell of the page, which is rounded already."""
    if isinstance(cell, NoAnswers):
        return ("none",)
    if not isinstance(cell, Shown):
        return ("hidden", *[".."] * 4)
    found = cell.value
    scores = ["" if score is None else f"{score:g}" for score in (found.mean, found.low, found.high)]
    return ("shown", f"{found.n}", *scores)


def test_every_cell_has_its_rows_and_there_are_no_others(county: County) -> None:
    files = county.export()
    places = key_by_place(files.cells)
    assert len(places) == len(files.cells)
    expected: set[tuple[str, str, str, str]] = set()
    for cell in list_cells(county):
        group = name_group(cell.group, cell.value, frozenset({"care"}))
        where = (name_area(cell.area, cell.unit), cell.period, group)
        expected |= {(*where, cell.measure), (*where, f"{cell.measure}:positive")}
        row = places[(*where, cell.measure)]
        assert row["status"] == ("shown" if cell.hidden_public is None else "hidden")
        if cell.hidden_public is None:
            assert row["n"] == str(round_count(cell.n or 0))
            assert row["value"] == str(round(cell.mean or 0.0))
    assert {place for place in places if ":" not in place[3] or place[3].endswith(":positive")} == expected
    assert any("/" in area for area, *_ in expected)
    assert any(group == "care.home:yes" for _, _, group, _ in expected)


def test_a_row_is_hidden_with_all_its_numbers_and_no_other_has_the_mark(county: County) -> None:
    for row in county.export().cells:
        numbers = [row[name] for name in NUMBERS]
        if row["status"] == "hidden":
            assert numbers == [".."] * 4
        else:
            assert ".." not in numbers[:2]
            assert (".." in numbers[2:]) is (row["value"][:1] in "<>")


def test_what_only_signed_in_people_may_see_changes_nothing_in_the_files(county: County) -> None:
    before = read_bytes(county.export().folder)
    c = published_cell.c
    hidden = c.hidden_public.is_not(None)
    touched = {"n": 9, "mean": 1.5, "positive": 0.5, "low": 1.0, "high": 2.0, "shares": '{"1": 0.25}'}
    with county.installation.database.write() as connection:
        kept = [dict(row._mapping) for row in connection.execute(select(published_cell).where(hidden))]
        connection.execute(update(published_cell).where(hidden).values(**touched))
    after = read_bytes(county.export("en gång till").folder)
    with county.installation.database.write() as connection:
        connection.execute(delete(published_cell).where(hidden))
        connection.execute(insert(published_cell), kept)
    assert sum(row["hidden_signed_in"] is None for row in kept) > 10
    assert after == before


def test_the_same_database_gives_the_same_bytes(county: County) -> None:
    first, second = county.export("ett"), county.export("två")
    assert read_bytes(first.folder) == read_bytes(second.folder)


def test_the_parquet_file_has_the_rows_of_the_csv_file_as_numbers(county: County) -> None:
    files = county.export()
    table = pyarrow.parquet.read_table(files.folder / "cells.parquet").to_pylist()
    assert len(table) == len(files.cells)
    for row, copy in zip(files.cells, table, strict=True):
        assert {name: copy[name] for name in (*COLUMNS[:4], "status")} == {
            name: row[name] for name in (*COLUMNS[:4], "status")
        }
        for name in NUMBERS:
            assert copy[name] == (int(row[name]) if row[name].isdecimal() else None)
        for name in ("value", "low", "high"):
            assert copy[f"{name}_bound"] == (row[name] if row[name][:1] in ("<", ">") else None)
    assert any(copy["value_bound"] or copy["low_bound"] for copy in table)


def test_a_correction_takes_the_place_of_what_was_and_tells_its_reason(
    tmp_path: Path,
) -> None:
    with close_a_year(f"sqlite:///{tmp_path / 'county.db'}", tmp_path) as county:
        old = key_by_place(county.export("förut").cells)
        load_margins(county.installation, make_margins(random.Random(5), AREAS))
        correct_month(county.installation, PROV, "2026-12", reason="Ny | befolkning", by="test")
        new = key_by_place(county.export().cells)
        assert old.keys() == new.keys()
        changed = {place[1] for place in old if old[place] != new[place]}
        assert changed == {"2026-12", "2026-Q4", "2026-H2", "2026"}
        assert {place for place in old if old[place]["status"] != new[place]["status"]} == set()
        revisions = [r for r in read_codebook(county)["revisions"] if r["month"] == "2026-12"]
        assert [one["reason"] for one in revisions] == ["", "Ny | befolkning"]
        assert [one["population_year"] for one in revisions] == [None, 2025]
        page = (county.folder / "öppna data" / "codebook.md").read_text("utf-8")
        assert "Ny \\| befolkning" in page


# What is said of it


def test_the_codebook_says_what_every_code_is_in_both_languages(county: County) -> None:
    files = county.export()
    codebook = read_codebook(county)
    for column, part in (
        ("measure", "measures"),
        ("area", "areas"),
        ("group", "groups"),
        ("period", "periods"),
    ):
        told = [entry["code"] for entry in codebook[part]]
        assert len(told) == len(set(told))
        assert {row[column] for row in files.cells} <= set(told)
    for part in ("measures", "areas", "groups", "statuses"):
        for entry in codebook[part]:
            assert all(entry["text"].get(language) for language in ("sv", "en")), entry
    measures = {entry["code"]: entry for entry in codebook["measures"]}
    assert measures["safety"]["unit"] == "points"
    assert measures["q1:4"]["explanation"]["en"] == (
        "Share who answered “Four”, of those who gave an answer with a score"
    )
    assert measures["q1:na"]["explanation"]["en"].endswith("of everybody who was asked")


def test_the_codebook_has_the_files_checksums_and_no_count_that_is_not_rounded(county: County) -> None:
    files = county.export()
    codebook = read_codebook(county)
    for one in codebook["files"]:
        content = (files.folder / one["name"]).read_bytes()
        assert one["sha256"] == hashlib.sha256(content).hexdigest()
    assert codebook["files"][0]["rows"] == len(files.cells)
    assert [one["month"] for one in codebook["revisions"]] == [f"2026-{n:02d}" for n in range(1, 13)]
    assert not {"responses", "answers"} & set(codebook["revisions"][0])
    assert "bestämmer villkoren" in codebook["notes"]["licence"]["sv"]


def test_every_parent_is_a_code_and_only_tops_have_none(county: County) -> None:
    links = read_rows(county.export().folder / "hierarchies.csv")
    codes = {(link["dimension"], link["code"]) for link in links}
    assert {(link["dimension"], link["parent"]) for link in links if link["parent"]} <= codes
    assert {link["code"] for link in links if not link["parent"]} == {"01", "02", "2026", "all"}
    parents = {link["code"]: link["parent"] for link in links}
    assert parents["0101/north"] == parents["0101/~rest"] == "0101"
    assert [parents[code] for code in ("2026-05", "2026-Q2", "2026-H1")] == ["2026-Q2", "2026-H1", "2026"]
    assert [parents[f"{one}:~rest"] for one in ("age", "gender", "care.home")] == ["all"] * 3


@pytest.mark.parametrize(
    "text", ["![x](http://elsewhere/x.png)", "<img src=x>", "a | b", "`code`", "*a*", "a\nb", "&lt;"]
)
def test_a_text_from_a_survey_is_only_text_on_the_page(text: str) -> None:
    escaped = escape(text)
    special = [at for at, sign in enumerate(escaped) if sign in "![<>|`*&"]
    assert all(escaped[at - 1] == "\\" for at in special)
    assert "\n" not in escaped


# Where it goes


def test_a_folder_is_made_and_an_earlier_export_in_it_replaced(county: County, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    done = export_open_data(county.installation, folder)
    (folder / "cells.csv").write_text("old")
    (folder / WRITING).mkdir()  # as a killed export leaves it
    (folder / WRITING / "cells.csv").write_text("half")
    assert export_open_data(county.installation, folder) == done
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert len(read_rows(folder / "cells.csv")) == done.rows


def test_a_folder_with_other_files_is_left_alone(county: County, tmp_path: Path) -> None:
    (tmp_path / "avtal.docx").write_text("x")
    with pytest.raises(SurveyError) as wrong:
        export_open_data(county.installation, tmp_path)
    assert (wrong.value.code, wrong.value.facts["files"]) == ("export_foreign_files", "avtal.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["avtal.docx"]


def test_what_is_no_folder_or_cannot_be_one_is_told(county: County, tmp_path: Path) -> None:
    file = tmp_path / "fil"
    file.write_text("x")
    for folder, code in (
        (file, "export_not_folder"),
        (file / "under", "export_not_folder"),
        (tmp_path / ("x" * 300), "export_not_written"),
    ):
        with pytest.raises(SurveyError) as wrong:
            export_open_data(county.installation, folder)
        assert wrong.value.code == code
    assert file.read_text() == "x"


def test_an_export_that_fails_leaves_the_earlier_one_whole(tmp_path: Path) -> None:
    with close_a_year(f"sqlite:///{tmp_path / 'county.db'}", tmp_path) as county:
        before = read_bytes(county.export().folder)
        with county.installation.database.write() as connection:
            connection.execute(
                update(published_cell).where(published_cell.c.shares.is_not(None)).values(shares="{")
            )
        with pytest.raises(ValueError, match="unexpected end of data"):
            county.export()
        assert read_bytes(tmp_path / "öppna data") == before


@pytest.mark.parametrize(
    ("surveys", "asked", "chosen"),
    [
        (("prov",), None, "prov"),
        (("invanarupplevelse", "prov"), None, "invanarupplevelse"),
        (("invanarupplevelse", "prov"), "prov", "prov"),
        (("annan", "prov"), "annan", "annan"),
    ],
)
def test_the_survey_is_the_one_named_or_the_only_one_or_the_residents(
    surveys: tuple[str, ...], asked: str | None, chosen: str
) -> None:
    others = tuple(one for one in surveys if one != chosen)
    assert choose_survey(surveys, asked) == (chosen, others)


@pytest.mark.parametrize(
    ("surveys", "asked", "code"),
    [
        ((), None, "nothing_published"),
        (("annan", "prov"), None, "export_survey_missing"),
        (("annan", "prov"), "fel", "export_survey_unknown"),
    ],
)
def test_a_survey_that_cannot_be_chosen_is_told_with_those_there_are(
    surveys: tuple[str, ...], asked: str | None, code: str
) -> None:
    with pytest.raises(SurveyError) as wrong:
        choose_survey(surveys, asked)
    assert wrong.value.code == code
    assert wrong.value.facts.get("surveys", "") == ", ".join(surveys)


def test_the_command_says_what_it_wrote_or_why_not_and_then_ends_with_2(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "open_here", lambda: county.installation)
    (tmp_path / "fil").write_text("x")
    for name, status in (("ut", 0), ("fil", 2)):
        monkeypatch.setattr("sys.argv", ["survey", "export", "open-data", str(tmp_path / name)])
        with pytest.raises(SystemExit) as ended:
            commands.main()
        assert ended.value.code == status
    said = capsys.readouterr()
    assert f"rader om prov ligger i {tmp_path / 'ut'}: cells.csv" in said.out
    assert f"{tmp_path / 'fil'} är ingen mapp." in said.err
