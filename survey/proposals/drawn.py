"""How are the states of a proposal drawn in its document?"""

from __future__ import annotations

from pathlib import Path

from survey.diagrams import draw_states
from survey.people.roles import ROLES
from survey.proposals.states import STEPS, Step, list_rows

DOCUMENT = Path(__file__).parents[2] / "docs" / "proposals.md"
BEGIN, END = "<!-- drawn: python -m survey draw-proposals -->", "<!-- end of what is drawn -->"


def draw_into(page: str) -> str:
    """The page with the picture and the table between its two marks drawn anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{draw_picture()}\n\n{draw_table()}\n{END}{after}"


def draw_picture() -> str:
    """The states as a Mermaid diagram."""
    return f"```mermaid\n{draw_states(list_rows())}\n```"


def draw_table() -> str:
    """Every step with the roles that may take it."""
    head = "| from | what is done | to | who may |\n|---|---|---|---|"
    return "\n".join([head, *map(write_row, STEPS)])


def write_row(step: Step) -> str:
    who = ", ".join(role.value.replace("_", " ") for role, may in ROLES.items() if step.who in may)
    done = step.event.value.replace("_", " ")
    return f"| {step.state or 'nothing'} | {done} | {step.next} | {who} |"
