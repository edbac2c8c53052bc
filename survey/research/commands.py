"""What can be done about files for research from a terminal: python -m survey draw-research."""

from __future__ import annotations

import typer


def draw_research() -> None:
    """Print the part of docs/research.md that is drawn from the table of states."""
    from survey.research.drawing import write_states

    typer.echo(write_states(), nl=False)


def add_commands(app: typer.Typer) -> None:
    """Put the command among the others."""
    app.command("draw-research")(draw_research)
