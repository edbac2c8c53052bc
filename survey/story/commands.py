"""What can be done about annual stories from a terminal: python -m survey export annual-story."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from survey.installation import open_installation
from survey.language import DEFAULT_LANGUAGE, speak
from survey.settings import load_settings


def write_stories(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="made when it is not there")],
    year: Annotated[str | None, typer.Option(help="which year; all that are told when left out")] = None,
) -> None:
    """Write the annual stories as pages that any web server can show."""
    from survey.story.export import export_stories, say_exported

    done = export_stories(open_installation(load_settings()), folder, year=year)
    typer.echo(say_exported(done, speak(DEFAULT_LANGUAGE)))


def add_commands(export_app: typer.Typer) -> None:
    """Put the command among those that take out what may be taken away."""
    export_app.command("annual-story")(write_stories)
