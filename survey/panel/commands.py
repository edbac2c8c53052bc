"""What can be done about missions from a terminal: python -m survey draw-missions, tend-missions."""

from __future__ import annotations

import typer

from survey.installation import open_installation
from survey.panel.drawing import write_diagrams
from survey.panel.reminders import tend_missions
from survey.panel.sending import send_letters
from survey.settings import load_settings


def draw_missions() -> None:
    """Print the part of docs/missions.md that is drawn from the tables of states."""
    typer.echo(write_diagrams(), nl=False)


def tend_due_missions() -> None:
    """Ask the next, remind and send letters; the server does so by itself every hour."""
    installation = open_installation(load_settings())
    tend_missions(installation)
    send_letters(installation)


def add_commands(app: typer.Typer) -> None:
    """Put the commands about missions among the others."""
    app.command("draw-missions")(draw_missions)
    app.command("tend-missions")(tend_due_missions)
