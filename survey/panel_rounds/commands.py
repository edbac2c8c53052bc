"""What can be done about panel rounds from a terminal: python -m survey draw-panel-rounds."""

from __future__ import annotations

import typer


def draw_panel_rounds() -> None:
    """Print the part of docs/panel-rounds.md that is drawn from the tables of states."""
    from survey.panel_rounds.drawing import write_states

    typer.echo(write_states(), nl=False)


def add_commands(app: typer.Typer) -> None:
    """Put the command among the others."""
    app.command("draw-panel-rounds")(draw_panel_rounds)
