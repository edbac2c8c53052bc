"""Is everything that is wrong with a mapping told at once, with its line?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from survey.definition.load import say_problem
from survey.errors import SurveyError
from survey.language import speak
from tests.survey.bringing_in import GOOD, HEADER, Desk, find_error, write_csv


def find_problems(desk: Desk, rows: Sequence[Sequence[str]] = (GOOD,), **changes: Any) -> list[str]:
    """The codes of what is wrong with a mapping; each must have a sentence."""
    with pytest.raises(SurveyError) as wrong:
        desk.bring_in(rows, **changes)
    assert wrong.value.code == "mapping_wrong"
    problems = wrong.value.facts["problems"]
    assert isinstance(problems, tuple)
    assert all(say_problem(problem, speak("sv")) for problem in problems)
    return [problem.code for problem in problems]


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
