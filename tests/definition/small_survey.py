"""Which small survey do the tests of definitions change, one line at a time?"""

from __future__ import annotations

from pathlib import Path

from survey.definition.check import check_file
from survey.definition.model import Definition
from survey.definition.read import Problem

# The comments count the lines, so that a test can say on which line a fault must be told.
SMALL = """\
survey: prov
version: "2026-1"
languages: [sv, en]
title: {sv: Prov, en: Trial}
intro: {sv: Hej, en: Hello}
minutes: {full: 5}
scales:
  ofta:
    options:
      - {code: "2", text: {sv: Ofta, en: Often}, score: 100}
      - {code: "1", text: {sv: Sällan, en: Rarely}, score: 0}
    escape: {code: na, text: {sv: Ej aktuellt, en: Not relevant}}
dimensions:
  - {id: trygghet, text: {sv: Trygghet, en: Safety}}
  - {id: samarbete, text: {sv: Samarbete, en: Cooperation}}
  - {id: allt, text: {sv: Allt, en: All}, parts: [trygghet, samarbete]}
parts:
  - id: forst
    title: {sv: Först, en: First}
    questions:
      - {id: q1, kind: scale, scale: ofta, dimension: trygghet, text: {sv: Ett, en: One}}
      - {id: q2, kind: scale, scale: ofta, dimension: samarbete, text: {sv: Två, en: Two}}
      - id: q3
        kind: single
        text: {sv: Tre, en: Three}
        options:
          - {code: a, text: {sv: A, en: A}}
          - {code: b, text: {sv: B, en: B}}
  - id: sedan
    title: {sv: Sedan, en: Then}
    questions:
      - {id: q4, kind: text, text: {sv: Fyra, en: Four}, show_if: [{question: q3, any_of: [a]}]}
groups:
  - {id: grupp, text: {sv: Grupp, en: Group}, question: q3}
"""


def write_survey(folder: Path, text: str) -> Path:
    """The file that a survey was written to."""
    path = folder / "prov.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def change(text: str, old: str, new: str) -> str:
    """The text with its first `old` changed. Raises AssertionError when there is none to change."""
    assert old in text, f"there is no {old!r} to change"
    return text.replace(old, new, 1)


def read_survey(folder: Path, *changes: tuple[str, str]) -> Definition:
    """The small survey with some changes, which must be right."""
    text = SMALL
    for old, new in changes:
        text = change(text, old, new)
    definition, problems = check_file(write_survey(folder, text))
    assert definition is not None, problems
    return definition


def find_problems(folder: Path, text: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a survey, which must be wrong."""
    definition, problems = check_file(write_survey(folder, text))
    assert definition is None
    return problems


def locate(problems: tuple[Problem, ...]) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.place, problem.code) for problem in problems]
