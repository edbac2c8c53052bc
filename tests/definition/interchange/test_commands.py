"""What do the commands about definitions write, and what do they say when nothing can be written?"""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from survey.commands import app
from survey.definition.check import check_file
from survey.definition.load import load_definition
from survey.errors import SurveyError
from tests.definition.interchange.forms import SURVEY, write_form

SHIPPED = Path(__file__).parents[3] / "surveys" / "resursgrupp" / "2026-1.yaml"


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["definition", *words], catch_exceptions=True)
    if isinstance(done.exception, SurveyError):
        raise done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize(("form", "ending"), [("xlsform", "xlsx"), ("fhir", "json")])
def test_a_survey_goes_out_and_comes_in_again(tmp_path: Path, form: str, ending: str) -> None:
    out, back = tmp_path / f"out.{ending}", tmp_path / "back.yaml"
    assert run(f"to-{form}", str(SHIPPED), str(out)) == (0, run_again(tmp_path, form, out))
    assert run(f"from-{form}", str(out), str(back)) == (0, f"Skrev {back.as_posix()}.\n")
    assert check_file(back) == (load_definition(SHIPPED), ())


def run_again(folder: Path, form: str, out: Path) -> str:
    """What writing says, as it says it of another file."""
    other = folder / f"other{out.suffix}"
    _, said = run(f"to-{form}", str(SHIPPED), str(other))
    assert "Detta följer inte med" in said
    return said.replace(other.as_posix(), out.as_posix())


def test_a_form_that_cannot_come_in_writes_nothing_and_says_all_of_it(tmp_path: Path) -> None:
    form, target = tmp_path / "form.xlsx", tmp_path / "form.yaml"
    form.write_bytes(
        write_form(survey=[*SURVEY, ("geopoint", "g", "V", "W", ""), ("image", "i", "B", "P", "")])
    )
    code, said = run("from-xlsform", str(form), str(target))
    assert code == 1
    assert "survey, rad 5: Typen geopoint" in said
    assert "survey, rad 6: Typen image" in said
    assert not target.exists()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    there = tmp_path / "there.json"
    there.write_text("mine", "utf-8")
    with pytest.raises(SurveyError) as wrong:
        run("to-fhir", str(SHIPPED), str(there))
    assert (wrong.value.code, there.read_text("utf-8")) == ("carry_unwritable", "mine")


def test_answers_go_out_and_come_in_again(tmp_path: Path) -> None:
    answers, out, back = tmp_path / "a.json", tmp_path / "out.json", tmp_path / "back.json"
    answers.write_text('{"b01": "5", "b06": "Mer tid.", "b12": ["oldest", "young"], "b10": null}', "utf-8")
    assert run("answers-to-fhir", str(SHIPPED), str(answers), str(out), "--month", "2026-11")[0] == 0
    assert run("answers-from-fhir", str(SHIPPED), str(out), str(back))[0] == 0
    assert (
        run("answers-to-fhir", str(SHIPPED), str(back), str(tmp_path / "twice.json"), "--month", "2026-11")[0]
        == 0
    )
    assert (tmp_path / "twice.json").read_bytes() == out.read_bytes()


def test_the_schema_is_printed() -> None:
    code, said = run("json-schema")
    assert (code, said.startswith("{")) == (0, True)
