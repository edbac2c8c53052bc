"""What do the states of a mission look like, drawn from their tables for the documentation?"""

from __future__ import annotations

from collections.abc import Sequence

from survey.diagrams import draw_states
from survey.panel.states import INVITATION_STEPS, MISSION_STEPS, Step
from survey.people.roles import Role

NOBODY = "by itself"


def write_diagrams() -> str:
    """The part of docs/missions.md that is drawn: each table as a diagram and as rows with who may."""
    return "\n".join(
        (
            *draw_table("A mission", MISSION_STEPS),
            *draw_table("An invitation", INVITATION_STEPS),
        )
    )


def draw_table(title: str, steps: Sequence[Step]) -> tuple[str, ...]:
    """One table under its heading."""
    rows = (f"| {one.state} | {one.event} | {one.next} | {name_roles(one)} |" for one in steps)
    return (
        f"### {title}\n",
        f"```mermaid\n{draw_states((one.state, one.event, one.next) for one in steps)}\n```\n",
        "| from | what is done | to | who may |\n|---|---|---|---|",
        *rows,
        "",
    )


def name_roles(step: Step) -> str:
    """The roles of a step in the order of the roles."""
    return ", ".join(role.value.replace("_", " ") for role in Role if role in step.who) or NOBODY
