"""Do the rooms keep their doors: pages → survey → analysis, and never back?"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.reading_code import (
    ROOMS,
    ROOT,
    breaks,
    find_calls,
    find_imports,
    find_swedish,
    list_files,
    measure_functions,
    name_package,
)

DATABASES = ["sqlalchemy", "alembic", "psycopg", "sqlite3"]
FRAMES = ["pandas", "numpy"]
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
LONGEST_FUNCTION = 40  # lines
LONGEST_FILE = 350  # lines
PRODUCT = ("app.py", *ROOMS)


def find_broken(files: Iterable[Path], forbidden: Iterable[str]) -> list[str]:
    """`file imports module` for every import that passes a wall."""
    walls = list(forbidden)
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        for name in sorted(breaks(find_imports(path.read_text(), name_package(path)), walls))
    ]


@pytest.mark.parametrize("room", [*ROOMS, "survey/store", "survey/light", "migrations"])
def test_every_room_that_has_a_rule_is_there(room: str) -> None:
    assert list_files(room)


def test_analysis_knows_no_database_no_screen_and_no_room_above_it() -> None:
    assert find_broken(list_files("analysis"), [*DATABASES, "streamlit", "survey", "pages"]) == []


def test_survey_draws_nothing_and_knows_no_page() -> None:
    assert find_broken(list_files("survey"), ["streamlit", "pages"]) == []


def test_only_the_store_speaks_to_a_database() -> None:
    assert find_broken(list_files(*PRODUCT, but=["survey/store"]), DATABASES) == []


def test_pages_and_the_plain_form_hold_no_data_frames() -> None:
    assert find_broken(list_files("pages", "survey/light"), FRAMES) == []


def test_pages_reach_what_is_stored_only_through_survey() -> None:
    assert find_broken(list_files("pages"), ["survey.store"]) == []


def test_the_product_needs_no_test() -> None:
    assert find_broken(list_files(*PRODUCT, "migrations"), ["tests", "benchmarks", "pytest"]) == []


def test_a_face_does_no_sums() -> None:
    faces = list_files("pages", "survey/light")
    assert [path for path in faces if find_calls(path.read_text(), "sum")] == []


def test_what_a_face_says_comes_from_the_catalogue() -> None:
    said = {path: find_swedish(path.read_text()) for path in list_files("pages", "survey/light")}
    assert {path: texts for path, texts in said.items() if texts} == {}


def test_every_file_opens_with_the_question_it_answers() -> None:
    files = list_files(*PRODUCT, "migrations", "benchmarks", but=["migrations/versions"])
    silent = [
        path
        for path in files
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [path for path in list_files(".") if path.stem in EMPTY_NAMES] == []


def test_no_function_is_too_long_to_be_read_at_once() -> None:
    measured = {path: measure_functions(path.read_text()) for path in list_files(*PRODUCT)}
    assert [
        f"{path.relative_to(ROOT)}: {name} has {lines} lines"
        for path, functions in measured.items()
        for name, lines in functions.items()
        if lines > LONGEST_FUNCTION
    ] == []


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in list_files(*PRODUCT)}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


# That the readings above can fail at all:


@pytest.mark.parametrize(
    ("source", "wall"),
    [
        ("import streamlit", "streamlit"),
        ("import streamlit as st", "streamlit"),
        ("import os, sqlalchemy.orm", "sqlalchemy"),
        ("from sqlalchemy.orm import Session", "sqlalchemy"),
        ("from survey import store", "survey.store"),
        ("from survey.store.database import open_database", "survey.store"),
        ("from . import store", "survey.store"),
        ("from .store import tables", "survey.store"),
        ("def late():\n    import pandas", "pandas"),
        ("if TYPE_CHECKING:\n    import pandas", "pandas"),
        ("import importlib\nimportlib.import_module('pandas.core')", "pandas"),
    ],
)
def test_an_import_through_a_wall_is_seen(source: str, wall: str) -> None:
    assert breaks(find_imports(source, "survey"), [wall])


def test_a_relative_import_climbs_as_many_packages_as_it_has_dots() -> None:
    assert "survey.store.tables" in find_imports("from ..store import tables", "survey.light")


@pytest.mark.parametrize(
    "source", ["import streamlit_like", "from survey import storeroom", "'import streamlit'"]
)
def test_a_name_that_only_looks_like_a_wall_is_none(source: str) -> None:
    assert not breaks(find_imports(source), ["streamlit", "survey.store"])


def test_a_sum_is_seen_but_not_a_method_of_that_name() -> None:
    assert find_calls("total = sum(numbers)", "sum") == 1
    assert find_calls("total = frame.sum()", "sum") == 0


def test_a_swedish_text_is_seen_but_not_a_docstring_or_a_comment() -> None:
    assert find_swedish('st.button("Nästa")') == ["Nästa"]
    assert find_swedish('def draw():\n    """Draws Nästa."""\n    # Nästa') == []


def test_the_length_of_a_function_leaves_out_its_docstring() -> None:
    assert measure_functions('def f(a):\n    """One.\n\n    Two.\n    """\n    return a\n') == {"f": 2}
    assert measure_functions("def f(a):\n    return (\n        a\n    )\n") == {"f": 4}
