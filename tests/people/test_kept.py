"""Is what is worked out once for several people only ever shown to those who may see it?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from survey.insight.changes import find_changes
from survey.installation import Installation
from survey.people.roles import Person, Role
from tests.house.reading_code import ROOT, list_files
from tests.insight.monthly import publish_line
from tests.walks import SURVEY, Calendar, opened

SCORES = [60.4, 62.4] * 9
PEOPLE = (Person(), Person(Role.MANAGER, "m1", "o1"), Person(Role.ADMINISTRATOR, "a1", "o1"))
OF_SOMEBODY = {"viewer", "by", "frame", "person", "found", "signed_in", "cookies", "visit", "passage"}


@pytest.mark.parametrize("order", list(permutations(range(len(PEOPLE)))))
def test_whoever_looks_first_everybody_sees_their_own(order: tuple[int, ...], tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'kept.db'}", tmp_path / "var", Calendar(date(2026, 11, 21))) as found:
        publish_line(found, SCORES)
        for _ in range(2):  # worked out, then kept
            seen = {PEOPLE[one].role: find_mean(found, PEOPLE[one]) for one in order}
            assert seen == {Role.RESIDENT: 62.0, Role.MANAGER: 62.4, Role.ADMINISTRATOR: 62.0}


def find_mean(installation: Installation, viewer: Person) -> float | None:
    changes = find_changes(installation, SURVEY, ["0780"], kind="month", viewer=viewer)
    return changes[("0780", "helhet")].mean


def list_kept_calls() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Every function of the product that keeps a value for everybody, with its file."""
    for path in list_files("survey/insight", "pages"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(call, ast.Call) and getattr(call.func, "id", "") == "keep"
                for call in ast.walk(node)
            ):
                yield path, node


def test_what_is_kept_is_kept_under_whom_it_is_for() -> None:
    found = list(list_kept_calls())
    assert found
    for path, function in found:
        keys = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "key"
        ]
        names = {one.id for key in keys for one in ast.walk(key) if isinstance(one, ast.Name)}
        assert "audience" in names, f"{path.relative_to(ROOT)}: {function.name}"


def is_cached(function: ast.FunctionDef) -> bool:
    """Whether a function remembers what it returned: lru_cache, cache, cache_data, cache_resource."""
    return any("cache" in ast.unparse(one).split("(")[0].split(".")[-1] for one in function.decorator_list)


def list_cached(*places: str) -> list[tuple[str, set[str]]]:
    """Every remembering function with the names of what it is given."""
    return [
        (
            f"{path.relative_to(ROOT)}: {node.name}",
            {one.arg for one in (*node.args.args, *node.args.kwonlyargs)},
        )
        for path in list_files(*places)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and is_cached(node)
    ]


def test_nothing_that_depends_on_somebody_is_remembered_for_everybody() -> None:
    found = list_cached("pages", "survey")
    assert found
    assert [name for name, given in found if given & OF_SOMEBODY] == []


def test_the_frameworks_own_memory_which_is_everybodys_is_not_used() -> None:
    assert [path for path in list_files("pages", "app.py") if "cache_data" in path.read_text()] == []


def test_a_remembering_function_is_seen() -> None:
    tree = ast.parse("@st.cache_data\ndef a(frame): ...\n@lru_cache(maxsize=2)\ndef b(x): ...\ndef c(): ...")
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert [is_cached(one) for one in functions] == [True, True, False]
