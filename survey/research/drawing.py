"""What do the states of an agreement about a file look like, drawn for the documentation?"""

from __future__ import annotations

from survey.diagrams import draw_states
from survey.research.states import STEPS, Step, list_rows


def write_states() -> str:
    """The part of docs/research.md that is drawn."""
    rows = (f"| {one.state or ''} | {one.event} | {one.next} | {say_who(one)} |" for one in STEPS)
    head = "| from | what is done | to | permission |\n|---|---|---|---|"
    return "\n".join((f"```mermaid\n{draw_states(list_rows())}\n```\n", head, *rows, ""))


def say_who(step: Step) -> str:
    return " or ".join(step.who) or "by itself"
