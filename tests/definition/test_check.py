"""Is everything that is wrong with a definition told at once, where it stands and in words?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from survey.definition import check, load, read
from survey.definition.check import check_file
from survey.definition.load import load_definition, load_folder, say_problem
from survey.errors import SurveyError
from survey.language import speak
from tests.definition.small_survey import SMALL, change, find_problems, locate, read_survey, write_survey

Q3 = "parts[0].questions[2]"
Q4 = "parts[1].questions[0]"

# What is changed in the small survey, to what, and everything that must then be told.
FAULTS: dict[str, tuple[str, str, list[tuple[int, str, str]]]] = {
    "a key that YAML reads as false": (
        "{sv: A, en: A}",
        "{sv: A, en: A, no: A}",
        [(27, f"{Q3}.options[0].text.no", "key_not_text")],
    ),
    "a key that is a number": (
        "minutes: {full: 5}",
        "minutes: {full: 5, 3: 2}",
        [(6, "minutes.3", "key_not_text")],
    ),
    "a key twice": ("survey: prov", "survey: prov\nsurvey: annan", [(2, "survey", "key_twice")]),
    "a key twice deep down": ("full: 5", "full: 5, full: 6", [(6, "minutes.full", "key_twice")]),
    "a key that is missing": ("minutes: {full: 5}\n", "", [(1, "-", "key_missing")]),
    "a key that is missing deep down": (
        "    title: {sv: Sedan, en: Then}\n",
        "",
        [(29, "parts[1]", "key_missing")],
    ),
    "a misspelt key": (
        "        kind: single",
        "        kind: single\n        kindd: x",
        [(25, f"{Q3}.kindd", "key_unknown")],
    ),
    "a value of the wrong kind": ("full: 5", "full: fem", [(6, "minutes.full", "value_wrong")]),
    "a score beyond 100": ("score: 100", "score: 101", [(10, "scales.ofta.options[0].score", "value_wrong")]),
    "a question twice": ("id: q2", "id: q1", [(22, "parts[0].questions[1]", "id_twice")]),
    "a meaning twice": (
        "{id: q1, kind: scale, scale: ofta, dimension: trygghet, text: {sv: Ett, en: One}}\n      - {id: q2,",
        "{id: q1, key: x, kind: scale, scale: ofta, dimension: trygghet, text: {sv: Ett, en: One}}\n"
        "      - {id: q2, key: x,",
        [(22, "parts[0].questions[1]", "id_twice")],
    ),
    "an answer's code twice": ("{code: b,", "{code: a,", [(28, f"{Q3}.options[1]", "id_twice")]),
    "an escape with another answer's code": (
        "code: na",
        'code: "1"',
        [(12, "scales.ofta.escape", "id_twice")],
    ),
    "a part twice": ("id: sedan", "id: forst", [(29, "parts[1]", "id_twice")]),
    "a dimension twice": (
        "parts: [trygghet, samarbete]}",
        "parts: [trygghet, samarbete]}\n  - {id: trygghet, text: {sv: T, en: T}}",
        [(17, "dimensions[3]", "id_twice")],
    ),
    "a group twice": (
        "question: q3}\n",
        "question: q3}\n  - {id: grupp, text: {sv: G, en: G}, question: q3}\n",
        [(35, "groups[1]", "id_twice")],
    ),
    "a scale question without a scale": (
        "kind: scale, scale: ofta,",
        "kind: scale,",
        [(21, "parts[0].questions[0]", "scale_missing")],
    ),
    "a scale on a question that has none": (
        "id: q4, kind: text,",
        "id: q4, kind: text, scale: ofta,",
        [(32, f"{Q4}.scale", "scale_not_here")],
    ),
    "a scale that is not there": (
        "scale: ofta,",
        "scale: alltid,",
        [(21, "parts[0].questions[0].scale", "scale_unknown")],
    ),
    "a dimension that is not there": (
        "dimension: trygghet, text",
        "dimension: lycka, text",
        [
            (14, "dimensions[0]", "dimension_empty"),
            (21, "parts[0].questions[0].dimension", "dimension_unknown"),
        ],
    ),
    "a dimension that nothing measures": (
        "dimension: trygghet, text",
        "text",
        [(14, "dimensions[0]", "dimension_empty")],
    ),
    "a composite of something that is not there": (
        "parts: [trygghet, samarbete]",
        "parts: [trygghet, lycka]",
        [(16, "dimensions[2].parts", "dimension_unknown")],
    ),
    "a composite of a composite": (
        "parts: [trygghet, samarbete]}",
        "parts: [trygghet, samarbete]}\n  - {id: mer, text: {sv: M, en: M}, parts: [allt]}",
        [(17, "dimensions[3].parts", "composite_of_composite")],
    ),
    "a group of a question that is not there": (
        "question: q3}\n",
        "question: q9}\n",
        [(34, "groups[0]", "group_question_unknown")],
    ),
    "a group of a code that is not there": (
        "question: q3}\n",
        "question: q3, at_least: 1, of: [a, z]}\n",
        [(34, "groups[0].of", "code_unknown")],
    ),
    "a condition on a question that is not there": (
        "{question: q3, any_of: [a]}",
        "{question: q9, any_of: [a]}",
        [(32, f"{Q4}.show_if[0]", "condition_unknown")],
    ),
    "a condition on a question on the same page": (
        "kind: single\n",
        "kind: single\n        show_if: [{question: q1, answered: true}]\n",
        [(25, f"{Q3}.show_if[0]", "condition_not_earlier")],
    ),
    "a condition on itself": (
        "{question: q3, any_of: [a]}",
        "{question: q4, answered: true}",
        [(32, f"{Q4}.show_if[0]", "condition_not_earlier")],
    ),
    "a condition that says nothing": (
        "{question: q3, any_of: [a]}",
        "{question: q3}",
        [(32, f"{Q4}.show_if[0]", "condition_unclear")],
    ),
    "a condition that says two things": (
        "{question: q3, any_of: [a]}",
        "{question: q3, any_of: [a], answered: true}",
        [(32, f"{Q4}.show_if[0]", "condition_unclear")],
    ),
    "a condition on a code that is not there": (
        "{question: q3, any_of: [a]}",
        "{question: q3, none_of: [z]}",
        [(32, f"{Q4}.show_if[0].none_of", "code_unknown")],
    ),
    "a choice of nothing": (
        "- id: q3\n        kind: single\n",
        "- {id: q5, kind: multi, text: {sv: F, en: F}}\n      - id: q3\n        kind: single\n",
        [(23, Q3, "options_missing")],
    ),
    "a text with answers to choose": (
        "{id: q4, kind: text,",
        "{id: q4, kind: text, options: [{code: a, text: {sv: A, en: A}}],",
        [(32, f"{Q4}.options", "options_not_here")],
    ),
    "a consent without its yes": (
        "kind: single\n",
        "kind: single\n        consent: panel\n",
        [(23, Q3, "consent_code_wrong")],
    ),
    "a consent whose yes is not there": (
        "kind: single\n",
        "kind: single\n        consent: panel\n        consent_code: z\n",
        [(23, Q3, "consent_code_wrong")],
    ),
    "something reversed that has no scale": (
        "kind: single\n",
        "kind: single\n        reverse: true\n",
        [(25, f"{Q3}.reverse", "reverse_without_scale")],
    ),
    "a text that is missing": ("{sv: Tre, en: Three}", "{sv: Tre}", [(25, f"{Q3}.text", "text_missing")]),
    "a text that is empty": (
        "{sv: Tre, en: Three}",
        '{sv: Tre, en: " "}',
        [(25, f"{Q3}.text.en", "text_empty")],
    ),
    "a text in another language": (
        "{sv: Tre, en: Three}",
        "{sv: Tre, en: Three, fi: Kolme}",
        [(25, f"{Q3}.text.fi", "text_language_unlisted")],
    ),
}


def test_the_survey_that_the_tests_change_is_right(tmp_path: Path) -> None:
    assert read_survey(tmp_path).survey == "prov"


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_its_line_and_place(
    old: str, new: str, expected: list[tuple[int, str, str]], tmp_path: Path
) -> None:
    assert locate(find_problems(tmp_path, change(SMALL, old, new))) == expected


def test_a_language_that_the_product_has_not_is_told_once_beside_its_missing_texts(tmp_path: Path) -> None:
    told = locate(find_problems(tmp_path, change(SMALL, "[sv, en]", "[sv, en, tlh]")))
    assert told[0] == (3, "languages[2]", "language_unknown")
    assert {code for _, _, code in told[1:]} == {"text_missing"}


def test_everything_wrong_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = change(SMALL, "intro: {sv: Hej, en: Hello}", "intro: {sv: Hej}")
    text = change(text, "scale: ofta, dimension: trygghet", "scale: alltid, dimension: trygghet")
    text = change(text, "{sv: B, en: B}", "{sv: B, no: B}")
    text = change(text, "show_if: [{question: q3, any_of: [a]}]", "show_if: [{question: q8}], kidn: x")
    assert locate(find_problems(tmp_path, text)) == [
        (5, "intro", "text_missing"),
        (21, "parts[0].questions[0].scale", "scale_unknown"),
        (28, f"{Q3}.options[1].text", "text_missing"),
        (28, f"{Q3}.options[1].text.no", "key_not_text"),
        (32, f"{Q4}.kidn", "key_unknown"),
        (32, f"{Q4}.show_if[0]", "condition_unknown"),
    ]


def test_a_file_must_lie_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "annan").mkdir()
    (tmp_path / "annan" / "2026-1.yaml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(SurveyError) as wrong:
        load_folder(tmp_path)
    assert wrong.value.code == "definition_wrong"
    assert [p.code for p in wrong.value.facts["problems"]] == ["name_and_file_differ"]  # type: ignore[attr-defined]


def test_the_problems_of_all_files_of_a_folder_are_told_together(tmp_path: Path) -> None:
    for name, old, new in (("prov", "full: 5", "full: fem"), ("annan", "id: q2", "id: q1")):
        (tmp_path / name).mkdir()
        text = change(change(SMALL, "survey: prov", f"survey: {name}"), old, new)
        (tmp_path / name / "2026-1.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SurveyError) as wrong:
        load_folder(tmp_path)
    assert [p.code for p in wrong.value.facts["problems"]] == ["id_twice", "value_wrong"]  # type: ignore[attr-defined]


def test_a_folder_without_surveys_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(SurveyError) as wrong:
        load_folder(tmp_path)
    assert wrong.value.code == "surveys_missing"


def test_a_wrong_file_is_an_error_with_every_problem(tmp_path: Path) -> None:
    path = write_survey(tmp_path, change(change(SMALL, "full: 5", "full: fem"), "id: q2", "id: q1"))
    with pytest.raises(SurveyError) as wrong:
        load_definition(path)
    assert (wrong.value.code, wrong.value.facts["number"]) == ("definition_wrong", 2)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_problem_has_a_sentence_that_names_file_line_and_place(language: str, tmp_path: Path) -> None:
    for old, new, _ in FAULTS.values():
        for problem in find_problems(tmp_path, change(SMALL, old, new)):
            said = say_problem(problem, speak(language))
            place = f"{tmp_path.as_posix()}/prov.yaml:{problem.line}: {problem.place}: "
            assert said.startswith(place), said
            assert len(said) > len(place) + 10


def test_no_code_of_a_problem_is_without_a_test() -> None:
    """The codes are read from the source, so that a new one cannot come without its test."""
    source = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (check, read, load))
    told = re.findall(r"(?:\breport|Problem)\((.*?)\)$", source, re.MULTILINE | re.DOTALL)
    known = {
        word for call in told for word in re.findall(r'"([a-z]+(?:_[a-z]+)+|empty|endless|unreadable)"', call)
    }
    known -= {"consent_code", "any_of", "none_of"}
    tests = (Path(__file__), Path(__file__).with_name("test_read.py"))
    tested = {word for file in tests for word in re.findall(r'"(\w+)"', file.read_text(encoding="utf-8"))}
    assert len(known) >= 25
    assert known - tested == set()


TREE = yaml.safe_load(SMALL)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def list_places(node: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a tree below its root."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [found for key, child in pairs for found in ((*place, key), *list_places(child, (*place, key)))]


def put(node: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The tree with another value at a place."""
    if not place:
        return value
    changed = dict(node) if isinstance(node, dict) else list(node)
    changed[place[0]] = put(node[place[0]], place[1:], value)
    return changed


@given(place=st.sampled_from(list_places(TREE)), value=ANYTHING)
def test_whatever_stands_in_a_file_is_told_of_and_never_a_crash(
    place: tuple[Any, ...], value: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything.yaml"
    path.write_text(yaml.safe_dump(put(TREE, place, value), allow_unicode=True), encoding="utf-8")
    definition, problems = check_file(path)
    assert (definition is None) == bool(problems)
    for problem in problems:
        assert say_problem(problem, speak("sv"))
