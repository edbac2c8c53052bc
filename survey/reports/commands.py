"""What can be done with reports from a terminal: report committee, report programme."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from survey.installation import open_installation
from survey.language import speak
from survey.people.roles import Person, Role
from survey.reports.compose import compose
from survey.reports.wish import Asked, Kind, read_wish
from survey.settings import load_settings

TERMINAL_LANGUAGE = "sv"
report_app = typer.Typer(no_args_is_help=True, help="Set papers for committees and programmes.")

First = Annotated[str, typer.Option("--from", help="first month, 2024-01; three years back when left out")]
Last = Annotated[str, typer.Option("--to", help="last month; the latest published when left out")]
Out = Annotated[Path, typer.Option(help="the file; its ending says pdf or docx")]
Readers = Annotated[str, typer.Option(help="public (everybody) or inside")]
Language = Annotated[str, typer.Option(help="sv or en")]


def write_report(asked: Asked, out: Path) -> None:
    """Set a paper and keep it, and say where it lies. Raises SurveyError as read_wish and compose do."""
    installation, words = open_installation(load_settings()), speak(TERMINAL_LANGUAGE)
    by = Person(Role.COORDINATOR)  # whoever has the terminal has the database, and reaches every area
    wish = read_wish(installation, asked, by=by)

    def tell(done: int, steps: int) -> None:
        typer.echo(words.say("command.report_step", done=words.number(done), steps=words.number(steps)))

    file, _ = compose(installation, wish, role=by.role.value, tell=tell)
    out.write_bytes(file)
    typer.echo(words.say("command.report_done", file=out.as_posix()))


@report_app.command("committee")
def set_committee_page(
    area: Annotated[str, typer.Argument(help="the code of a county or a municipality")],
    out: Out,
    first: First = "",
    last: Last = "",
    readers: Readers = "public",
    language: Language = "sv",
) -> None:
    """Set the committee page of an area: one A4."""
    form = out.suffix.removeprefix(".").lower()
    write_report(Asked(Kind.COMMITTEE, (area,), "", first, last, form, readers, language), out)


@report_app.command("programme")
def set_programme(
    areas: Annotated[list[str], typer.Argument(help="codes of counties and municipalities")],
    out: Out,
    first: First = "",
    last: Last = "",
    readers: Readers = "public",
    language: Language = "sv",
) -> None:
    """Set a report about some areas and a span of years."""
    form = out.suffix.removeprefix(".").lower()
    write_report(Asked(Kind.PROGRAMME, tuple(areas), "", first, last, form, readers, language), out)


def add_commands(app: typer.Typer) -> None:
    app.add_typer(report_app, name="report")
