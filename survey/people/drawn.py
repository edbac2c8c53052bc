"""How are the states of an account drawn in its document?"""

from __future__ import annotations

from pathlib import Path

from survey.diagrams import draw_states
from survey.people.states import STEPS, list_rows

DOCUMENT = Path(__file__).parents[2] / "docs" / "sign-in.md"
BEGIN, END = "<!-- drawn: python -m survey draw-accounts -->", "<!-- end of what is drawn -->"


def draw_into(page: str) -> str:
    """The page with the picture and the table between its two marks drawn anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    picture = f"```mermaid\n{draw_states(list_rows())}\n```"
    return f"{before}{BEGIN}\n{picture}\n\n{draw_table()}\n{END}{after}"


def draw_table() -> str:
    """Every step with who may take it."""
    head = "| from | what is done | to | who |\n|---|---|---|---|"
    rows = (
        f"| {one.state or 'nothing'} | {one.event.value.replace('_', ' ')} | {one.next} | {one.who} |"
        for one in STEPS
    )
    return "\n".join([head, *rows])
