"""What can be done with forms on paper from a terminal: python -m survey paper form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from survey.errors import SurveyError
from survey.installation import find_definition, open_installation
from survey.language import DEFAULT_LANGUAGE, speak
from survey.paper.issuing import PaperWish, print_numbered, print_specimen
from survey.paper.printing import USUAL_SIZE
from survey.people.roles import Person, Role
from survey.settings import load_settings

TERMINAL_LANGUAGE = "sv"
TERMINAL = Person(Role.COORDINATOR, "commandline")
WRONG = 2  # exit status
paper_app = typer.Typer(no_args_is_help=True, help="Forms on paper.")


@paper_app.command("form")
def write_form(
    survey: Annotated[str, typer.Argument(help="as invanarupplevelse")],
    version: Annotated[str, typer.Argument(help="as 2026-1")],
    out: Annotated[Path, typer.Option("--out", help="the PDF to write")],
    language: Annotated[str, typer.Option("--language")] = DEFAULT_LANGUAGE,
    size: Annotated[int, typer.Option("--size", help="points: 14, 16 or 18")] = USUAL_SIZE,
    short: Annotated[bool, typer.Option("--short", help="the short form")] = False,
    contact: Annotated[str, typer.Option("--contact", help="where to send, and whom to ask")] = "",
    round_id: Annotated[
        str, typer.Option("--round", help="an open round: forms with numbers; a specimen when left out")
    ] = "",
    number: Annotated[int, typer.Option("--number", help="how many forms, each with its own number")] = 1,
) -> None:
    """Write a form as PDF: a specimen, or forms of an open round that can be keyed."""
    installation, words = open_installation(load_settings()), speak(TERMINAL_LANGUAGE)
    wish = PaperWish("short" if short else "full", language, size, contact)
    try:
        if round_id:
            made = print_numbered(installation, round_id, wish, number, by=TERMINAL)
        else:
            made = print_specimen(installation, find_definition(installation, survey, version), wish)
        content = b"".join(made)
    except SurveyError as wrong:
        typer.echo(words.explain(wrong), err=True)
        raise typer.Exit(WRONG) from None
    finally:
        installation.database.close()
    out.write_bytes(content)
    typer.echo(words.say("command.paper.written", file=out.as_posix()))


def add_commands(app: typer.Typer) -> None:
    app.add_typer(paper_app, name="paper")
