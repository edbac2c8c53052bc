"""What can be taken out from a terminal: python -m survey export open-data DIR."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from survey.language import DEFAULT_LANGUAGE, speak

export_app = typer.Typer(no_args_is_help=True, help="Take out what may be taken away.")


@export_app.command("open-data")
def export_files(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="made when it is not there")],
    survey: Annotated[str | None, typer.Option(help="which survey; the residents' when left out")] = None,
) -> None:
    """Write everything that the public may see as files, in every format, with code books."""
    from survey import commands
    from survey.insight.open_data.export import export_open_data, say_exported

    done = export_open_data(commands.open_here(), folder, survey=survey)
    for line in say_exported(done, speak(DEFAULT_LANGUAGE)):
        typer.echo(line)


def add_commands(app: typer.Typer) -> None:
    """Put the commands among the others."""
    app.add_typer(export_app, name="export")
