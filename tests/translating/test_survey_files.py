"""What is wrong with a file of translations is all told, with its line; what is right in it is used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from survey.commands import app
from survey.definition.load import load_definition, load_folder, seal_definition
from survey.translating.places import list_texts, translate_definition
from survey.translating.survey_files import check_any_file, read_files
from tests.walks import SURVEYS

FI = "invanarupplevelse/2026-1/fi.yaml"
DEFINITION = load_definition(SURVEYS / "invanarupplevelse" / "2026-1.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the surveys with one translation."""
    own = tmp_path / "surveys"
    (own / FI).parent.mkdir(parents=True)
    shutil.copy(SURVEYS / "invanarupplevelse" / "2026-1.yaml", own / "invanarupplevelse")
    shutil.copy(SURVEYS / FI, own / FI)
    return own


def change(folder: Path, old: str, new: str) -> None:
    text = (folder / FI).read_text(encoding="utf-8")
    assert old in text
    (folder / FI).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("language: fi", "language: se", [("translation_elsewhere", "language")]),
        ("survey: invanarupplevelse", "survey: annan", [("translation_elsewhere", "survey")]),
        ("survey: invanarupplevelse\n", "", [("key_missing", "-")]),
        ("texts:", "note: x\ntexts:", [("key_unknown", "note")]),
        ('fi: "Nainen"', 'fi: ""', [("text_missing", "texts.question.b4:woman")]),
        ('sv: "Kvinna"', 'sv: "Dam"', [("translation_of_other", "texts.question.b4:woman")]),
        (
            "  question.b4:woman:",
            "  question.b4:dam:",
            [("translation_missing", "texts"), ("translation_unknown", "texts.question.b4:dam")],
        ),
    ],
)
def test_a_fault_is_told_with_its_place(
    folder: Path, old: str, new: str, told: list[tuple[str, str]]
) -> None:
    change(folder, old, new)
    assert [(one.code, one.place) for one in check_any_file(folder / FI)] == told


def test_a_translation_without_its_survey_is_told_of(folder: Path) -> None:
    (folder / "invanarupplevelse" / "2026-1.yaml").unlink()
    assert [one.code for one in check_any_file(folder / FI)] == ["translation_alone"]


def test_a_file_that_is_no_mapping_is_told_of(folder: Path) -> None:
    (folder / FI).write_text("- a\n")
    assert [one.code for one in check_any_file(folder / FI)] == ["not_a_mapping"]


def test_a_folder_of_surveys_is_read_past_its_translations(folder: Path) -> None:
    assert [one.version for one in load_folder(folder)] == ["2026-1"]


def test_a_survey_is_offered_in_a_language_that_nothing_is_missing_in(folder: Path) -> None:
    change(folder, 'fi: "Nainen"', 'fi: ""')
    found = read_files(folder, "invanarupplevelse", "2026-1")
    assert list(found) == ["fi"]
    said = {"fi": {name: one.said for name, one in found["fi"].items()}}
    shown = translate_definition(DEFINITION, said)
    assert "fi" not in shown.languages
    assert shown.find_question("a01") is not None
    assert list_texts(shown)["question.a01"]["fi"].startswith("Hoito ja hoiva")
    assert "fi" not in list_texts(shown)["question.b4:woman"]


def test_showing_a_survey_in_more_languages_leaves_the_definition_as_it_is() -> None:
    before = seal_definition(DEFINITION)
    shown = translate_definition(DEFINITION, {"fi": dict.fromkeys(list_texts(DEFINITION), "x")})
    assert shown.languages == (*DEFINITION.languages, "fi")
    assert seal_definition(DEFINITION) == before
    assert translate_definition(DEFINITION, {}) is DEFINITION


def test_every_text_has_a_name_of_its_own_and_none_is_left_out() -> None:
    names = list_texts(DEFINITION)
    asked = [q.id for q in DEFINITION.questions]
    assert {f"question.{one}" for one in asked} <= set(names)
    assert len(names) == 127


def test_the_command_that_checks_definitions_checks_their_translations_too(folder: Path) -> None:
    files = [str(folder / FI), str(folder / "invanarupplevelse" / "2026-1.yaml")]
    assert CliRunner().invoke(app, ["check", *files]).output == "0 fel.\n"
    change(folder, 'fi: "Nainen"', 'fi: ""')
    checked = CliRunner().invoke(app, ["check", *files])
    assert checked.exit_code == 1
    assert "fi.yaml" in checked.output and "question.b4:woman" in checked.output
    assert checked.output.endswith("1 fel.\n")
