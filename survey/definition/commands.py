"""What can be done with definitions from a terminal: check, changes, and to and from other formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer

from survey.areas import load_areas
from survey.definition.changes import compare_definitions
from survey.definition.check import check_file
from survey.definition.interchange.carry import bring, write
from survey.definition.interchange.fhir_response import read_answers, read_response, write_response
from survey.definition.interchange.findings import Fate, Finding, say_findings
from survey.definition.interchange.json_schema import write_json_schema
from survey.definition.interchange.xlsform_read import Wanted
from survey.definition.load import load_definition, say_problem
from survey.errors import SurveyError
from survey.installation import find_today
from survey.language import Words, speak
from survey.settings import load_settings
from survey.translating.survey_files import check_any_file

TERMINAL_LANGUAGE = "sv"
definition_app = typer.Typer(no_args_is_help=True, help="Definitions to and from other formats.")

Source = Annotated[Path, typer.Argument(metavar="FILE", help="what is read")]
Target = Annotated[Path, typer.Argument(metavar="TO", help="a new file; never over one that is there")]
Survey = Annotated[str, typer.Option(help="which survey it becomes, when not the one the file says")]
Version = Annotated[str, typer.Option(help="which version, such as 2027-1")]


def check_definitions(
    files: Annotated[list[Path], typer.Argument(help="definitions and translations, YAML")],
) -> None:
    """Say everything that is wrong with definitions and translations; exit 1 when something is."""
    words = speak(TERMINAL_LANGUAGE)
    wrong = 0
    for file in files:
        problems = check_any_file(file)
        wrong += len(problems)
        for problem in problems:
            typer.echo(say_problem(problem, words))
    typer.echo(words.count("command.checked", wrong))
    raise typer.Exit(1 if wrong else 0)


def show_changes(
    old: Annotated[Path, typer.Argument(help="the version that was")],
    new: Annotated[Path, typer.Argument(help="the version that comes")],
) -> None:
    """Say what differs between two versions, and which series it breaks."""
    words = speak(TERMINAL_LANGUAGE)
    read = [check_file(file) for file in (old, new)]
    for _, problems in read:
        for problem in problems:
            typer.echo(say_problem(problem, words))
    before, after = read[0][0], read[1][0]
    if before is None or after is None:
        raise typer.Exit(1)
    differences = compare_definitions(before, after)
    for difference in differences:
        said = words.say(f"changes.{difference.change}", subject=difference.subject)  # keys: changes.*
        breaks = words.say("command.breaks", series=", ".join(difference.dimensions))
        typer.echo(f"{said} {breaks}" if difference.breaks_series else said)
    if not differences:
        typer.echo(words.say("command.no_changes"))


@definition_app.command("to-xlsform")
def write_as_xlsform(source: Source, target: Target) -> None:
    """Write a definition as an XLSForm (.xlsx), for ODK, KoboToolbox and others."""
    write_as("xlsform", source, target)


@definition_app.command("to-fhir")
def write_as_fhir(source: Source, target: Target) -> None:
    """Write a definition as a FHIR R4 Questionnaire (JSON)."""
    write_as("fhir", source, target)


@definition_app.command("from-xlsform")
def read_as_xlsform(source: Source, target: Target, survey: Survey = "", version: Version = "") -> None:
    """Read an XLSForm: a definition that check accepts, or everything that is in the way."""
    read_as("xlsform", source, target, survey, version)


@definition_app.command("from-fhir")
def read_as_fhir(source: Source, target: Target, survey: Survey = "", version: Version = "") -> None:
    """Read a FHIR R4 Questionnaire: a definition that check accepts, or everything that is in the way."""
    read_as("fhir", source, target, survey, version)


@definition_app.command("json-schema")
def show_json_schema() -> None:
    """Print the JSON Schema of definitions, for editors."""
    typer.echo(write_json_schema().decode())


@definition_app.command("answers-to-fhir")
def write_answers(
    definition: Source,
    answers: Annotated[Path, typer.Argument(help="JSON: by question a code, codes, a text or null")],
    target: Target,
    month: Annotated[str, typer.Option(help="when they were given, 2026-11")],
) -> None:
    """Write one set of answers as a FHIR R4 QuestionnaireResponse, without person and with its month only."""
    asked, areas = load_definition(definition), load_areas(load_settings())
    content = write_response(asked, read_answers(read_file(answers), answers.name, asked, areas), month=month)
    keep(target, content, speak(TERMINAL_LANGUAGE))


@definition_app.command("answers-from-fhir")
def read_fhir_answers(definition: Source, source: Source, target: Target) -> None:
    """Read a FHIR R4 QuestionnaireResponse as answers (JSON)."""
    words = speak(TERMINAL_LANGUAGE)
    asked, areas = load_definition(definition), load_areas(load_settings())
    answers, _, findings = read_response(read_file(source), source.name, asked, areas)
    tell_findings(findings, words)
    if any(one.fate is Fate.STOPS for one in findings):
        typer.echo(words.say("command.carried_not", file=source.as_posix()))
        raise typer.Exit(1)
    keep(target, orjson.dumps(answers, option=orjson.OPT_INDENT_2), words)


def write_as(form: str, source: Path, target: Path) -> None:
    words = speak(TERMINAL_LANGUAGE)
    written = write(form, load_definition(source), load_areas(load_settings()))
    tell_findings(written.findings, words)
    if written.content is None:
        typer.echo(words.say("command.carried_not", file=source.as_posix()))
        raise typer.Exit(1)
    keep(target, written.content, words)


def read_as(form: str, source: Path, target: Path, survey: str, version: str) -> None:
    words = speak(TERMINAL_LANGUAGE)
    brought = bring(form, read_file(source), source.name, Wanted(survey, version, find_today()))
    tell_findings(brought.findings, words)
    if brought.definition is None:
        typer.echo(words.say("command.carried_not", file=source.as_posix()))
        raise typer.Exit(1)
    keep(target, brought.yaml.encode(), words)


def read_file(source: Path) -> bytes:
    """What a file holds. Raises SurveyError carry_unreadable."""
    try:
        return source.read_bytes()
    except OSError:
        raise SurveyError("carry_unreadable", file=source.as_posix()) from None


def tell_findings(findings: tuple[Finding, ...], words: Words) -> None:
    """Everything that is told, under its headings."""
    for heading, lines in say_findings(findings, words):
        typer.echo(heading)
        for line in lines:
            typer.echo(f"  {line}")


def keep(target: Path, content: bytes, words: Words) -> None:
    """Write a new file. Raises SurveyError carry_unwritable, also where one is there already."""
    try:
        with target.open("xb") as opened:
            opened.write(content)
    except OSError:
        raise SurveyError("carry_unwritable", file=target.as_posix()) from None
    typer.echo(words.say("command.carried", file=target.as_posix()))


def add_commands(app: typer.Typer) -> None:
    """Put the commands about definitions among the others."""
    app.command("check")(check_definitions)
    app.command("changes")(show_changes)
    app.add_typer(definition_app, name="definition")
