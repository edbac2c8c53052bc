"""Is a file that is no YAML, or no survey at all, told of in a sentence and never followed without end?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.definition.check import check_file
from survey.definition.load import say_problem
from survey.language import speak
from tests.definition.small_survey import find_problems, locate

# Nine lists, each of nine times the one before: half a kilobyte that stands for 400 million words.
NAMES_OF_NAMES = "a0: &a0 [x]\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (1, "-", "empty")),
        ("# only a comment\n", (1, "-", "empty")),
        ("~\n", (1, "-", "empty")),
        ("- a\n- list\n", (1, "-", "not_a_mapping")),
        ("just words", (1, "-", "not_a_mapping")),
        ("survey: prov\nversion: [1, 2\n", (3, "-", "not_yaml")),
        ("survey: prov\n\ttitle: x\n", (2, "-", "not_yaml")),
        ("survey: 'prov\n", (2, "-", "not_yaml")),
        ("survey: *nobody\n", (1, "-", "not_yaml")),
        ("a: \x00\n", (1, "-", "unreadable")),
        ("a: &x [*x]\n", (1, "-", "endless")),
        pytest.param(NAMES_OF_NAMES, (1, "-", "endless"), id="names for lists of names"),
        pytest.param("[" * 20_000, (1, "-", "endless"), id="lists without end"),
    ],
)
def test_what_is_no_survey_at_all_is_told_with_one_problem(
    text: str, expected: tuple[int, str, str], tmp_path: Path
) -> None:
    assert locate(find_problems(tmp_path, text)) == [expected]


@pytest.mark.parametrize(
    "value",
    ["0000-00-00", "2026-13-45", "9" * 5000, "!!int ett", "!!float abc", "!!timestamp hej", "!!bool x"],
)
def test_a_value_that_is_no_number_or_day_is_told_where_it_stands(value: str, tmp_path: Path) -> None:
    found = locate(find_problems(tmp_path, f"survey: prov\nversion: {value}\n"))
    assert (2, "version", "no_value") in found


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("<<", "<<"),
        ("0000-00-00", "0000-00-00"),
        ("2026-01-01", "2026-01-01"),
        ("yes", "yes"),
        ("? [a, b]\n", "?"),
        ("? {a: b}\n", "?"),
        ("9" * 900, "9" * 60),
    ],
)
def test_a_key_that_is_no_text_is_told_once_as_it_is_written(key: str, named: str, tmp_path: Path) -> None:
    found = locate(find_problems(tmp_path, f"survey: prov\n{key}: 5\n"))
    assert [one for one in found if one[1] != "-"] == [(2, named, "key_not_text")]
    assert {code for _, place, code in found if place == "-"} == {"key_missing"}


def test_a_file_in_another_encoding_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "prov.yaml"
    path.write_bytes("survey: vård".encode("latin-1"))
    assert [p.code for p in check_file(path)[1]] == ["unreadable"]


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    assert [p.code for p in check_file(tmp_path / "nothing.yaml")[1]] == ["unreadable"]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("text", ["", "- a", "a: [", "a: \x00"])
def test_a_file_that_is_no_survey_has_a_sentence(text: str, language: str, tmp_path: Path) -> None:
    (problem,) = find_problems(tmp_path, text)
    assert say_problem(problem, speak(language)).startswith(problem.file)
