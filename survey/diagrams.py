"""How a table of states is drawn, for the documentation."""

from __future__ import annotations

from collections.abc import Iterable

from survey.answering.journey import STATES


def draw_states(states: Iterable[tuple[str, str, str]]) -> str:
    """A Mermaid diagram of (from, by, to) rows, in their order."""
    lines = [f"    {name(a)} --> {name(b)}: {by}" for a, by, b in states]
    return "\n".join(("stateDiagram-v2", *lines))


def name(state: str) -> str:
    """A state's name as Mermaid takes it."""
    return state.replace(" ", "_")


def write_walk() -> str:
    """The page docs/walk.md."""
    return (
        "# The walk through a survey\n\n"
        "Drawn from the table `STATES` in `survey/answering/journey.py`; a test compares them. "
        "Write it anew with `python -m survey draw-walk > docs/walk.md`.\n\n"
        f"```mermaid\n{draw_states(STATES)}\n```\n"
    )
