"""Which differences between two versions are found, and which of them break a series?"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.definition.changes import Change, Difference, compare_definitions
from survey.language import speak
from tests.definition.small_survey import read_survey

Q3 = "      - id: q3\n        kind: single\n"
NEW_QUESTION = "{id: q9, kind: scale, scale: ofta, dimension: trygghet, text: {sv: Nio, en: Nine}}"
Q1 = "      - {id: q1, kind: scale, scale: ofta, dimension: trygghet, text: {sv: Ett, en: One}}\n"
Q2 = "      - {id: q2, kind: scale, scale: ofta, dimension: samarbete, text: {sv: Två, en: Two}}\n"

# What the new version changes, and every difference that must be found.
CHANGES: dict[str, tuple[str, str, list[Difference]]] = {
    "a new question breaks its dimension and the composite above": (
        Q3,
        f"      - {NEW_QUESTION}\n{Q3}",
        [Difference(Change.ADDED, "q9", ("trygghet", "allt"))],
    ),
    "a new question that measures nothing breaks nothing": (
        Q3,
        "      - {id: q9, kind: text, text: {sv: Nio, en: Nine}}\n" + Q3,
        [Difference(Change.ADDED, "q9")],
    ),
    "another wording breaks": (
        "sv: Ett",
        "sv: Etta",
        [Difference(Change.WORDING, "q1", ("trygghet", "allt"))],
    ),
    "another wording of what measures nothing breaks nothing": (
        "sv: Tre",
        "sv: Trea",
        [Difference(Change.WORDING, "q3")],
    ),
    "another translation breaks nothing": ("en: One", "en: Won", [Difference(Change.TRANSLATION, "q1")]),
    "another score breaks everything on the scale": (
        "score: 100",
        "score: 90",
        [
            Difference(Change.ANSWERS, "q1", ("trygghet", "allt")),
            Difference(Change.ANSWERS, "q2", ("samarbete", "allt")),
        ],
    ),
    "another wording of an answer breaks": (
        "sv: Ofta,",
        "sv: Jämt,",
        [
            Difference(Change.ANSWERS, "q1", ("trygghet", "allt")),
            Difference(Change.ANSWERS, "q2", ("samarbete", "allt")),
        ],
    ),
    "another translation of an answer breaks nothing": ("en: Often}", "en: Frequently}", []),
    "a new answer to what measures nothing breaks nothing": (
        "          - {code: b, text: {sv: B, en: B}}\n",
        "          - {code: b, text: {sv: B, en: B}}\n          - {code: c, text: {sv: C, en: C}}\n",
        [Difference(Change.ANSWERS, "q3")],
    ),
    "a statement turned round breaks": (
        "dimension: trygghet, text",
        "dimension: trygghet, reverse: true, text",
        [Difference(Change.REVERSED, "q1", ("trygghet", "allt"))],
    ),
    "a new condition on what measures nothing breaks nothing": (
        "any_of: [a]",
        "any_of: [b]",
        [Difference(Change.CONDITION, "q4")],
    ),
    "another order breaks nothing": (Q1 + Q2, Q2 + Q1, [Difference(Change.ORDER, "prov")]),
    "a composite of other parts breaks": (
        "parts: [trygghet, samarbete]",
        "parts: [trygghet]",
        [Difference(Change.DIMENSION, "allt", ("allt",))],
    ),
    "another title breaks nothing": ("sv: Prov", "sv: Provet", []),
}


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_found_with_the_series_it_breaks(
    old: str, new: str, expected: list[Difference], tmp_path: Path
) -> None:
    found = compare_definitions(read_survey(tmp_path), read_survey(tmp_path, (old, new)))
    assert list(found) == expected


def test_a_question_that_is_removed_breaks_the_series_it_left(tmp_path: Path) -> None:
    before = read_survey(tmp_path, (Q3, f"      - {NEW_QUESTION}\n{Q3}"))
    assert compare_definitions(before, read_survey(tmp_path)) == (
        Difference(Change.REMOVED, "q9", ("trygghet", "allt")),
    )


def test_a_question_that_moves_breaks_the_series_it_left_and_the_one_it_came_to(tmp_path: Path) -> None:
    before = read_survey(tmp_path, (Q3, f"      - {NEW_QUESTION}\n{Q3}"))
    after = read_survey(tmp_path, (Q3, f"      - {NEW_QUESTION.replace('trygghet', 'samarbete')}\n{Q3}"))
    assert compare_definitions(before, after) == (
        Difference(Change.MOVED_DIMENSION, "q9", ("trygghet", "allt", "samarbete")),
    )


def test_a_condition_on_a_question_that_measures_breaks_its_series(tmp_path: Path) -> None:
    q4 = "      - {id: q4,"
    later = (q4, f"      - {NEW_QUESTION}\n{q4}")
    asked_of_some = (later[0], later[1].replace("text:", "show_if: [{question: q3, any_of: [a]}], text:"))
    found = compare_definitions(read_survey(tmp_path, later), read_survey(tmp_path, asked_of_some))
    assert found == (Difference(Change.CONDITION, "q9", ("trygghet", "allt")),)


def test_a_version_does_not_differ_from_itself(tmp_path: Path) -> None:
    assert compare_definitions(read_survey(tmp_path), read_survey(tmp_path)) == ()


def test_only_a_difference_with_series_breaks_one() -> None:
    assert Difference(Change.WORDING, "q1", ("trygghet",)).breaks_series
    assert not Difference(Change.ORDER, "prov").breaks_series


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("change", list(Change))
def test_every_change_has_a_sentence(change: Change, language: str) -> None:
    said = speak(language).say(f"changes.{change}", subject="q1")
    assert ("q1" in said) or change is Change.ORDER
    assert "{" not in said
