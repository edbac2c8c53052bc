"""What do the states of a panel round look like, drawn from their tables for the documentation?"""

from __future__ import annotations

from collections.abc import Sequence

from survey.diagrams import draw_states
from survey.panel_rounds.states import NOWHERE, OWN_STEPS, STEPS, Step


def write_states() -> str:
    """The part of docs/panel-rounds.md that is drawn: each table as a diagram and as rows with who may."""
    return "\n".join((*draw_table("A round", STEPS), *draw_table("A member's answers in a round", OWN_STEPS)))


def draw_table(title: str, steps: Sequence[Step]) -> tuple[str, ...]:
    """One table under its heading."""
    rows = (f"| {tell(one.state)} | {one.event} | {tell(one.next)} | {one.who} |" for one in steps)
    return (
        f"### {title}\n",
        f"```mermaid\n{draw_states((one.state, one.event, one.next) for one in steps)}\n```\n",
        "| from | what is done | to | permission |\n|---|---|---|---|",
        *rows,
        "",
    )


def tell(state: str) -> str:
    """A state in the rows; before the first and after the last there is none."""
    return "" if state == NOWHERE else state
