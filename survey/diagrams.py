"""How a table of states is drawn, for the documentation."""

from __future__ import annotations

from collections.abc import Iterable

from survey.answering.journey import STATES
from survey.review.states import STEPS, VISIBLE, Place, list_drawn_steps


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


def write_review() -> str:
    """The page docs/review.md."""
    deeds = {step.deed: step.permission for step in STEPS}
    places = "".join(f" {place.value} |" for place in Place)
    seen = "\n".join(
        f"| {state.value} |" + "".join(f" {'yes' if place in shown else 'no'} |" for place in Place)
        for state, shown in VISIBLE.items()
    )
    done = "\n".join(
        f"| {deed.value} | {', '.join(dict.fromkeys(s.state.value for s in STEPS if s.deed is deed))} "
        f"| {permission.value} |"
        for deed, permission in deeds.items()
    )
    return (
        "# How the panel reads comments\n\n"
        "Drawn from the tables in `survey/review/states.py`; a test compares them. "
        "Write it anew with `python -m survey draw-review > docs/review.md`.\n\n"
        "A reader is handed one comment at a time, and nobody else gets it meanwhile; what is kept for a day "
        "without being coded goes to another. One comment in five is read by two, so that agreement can be "
        "measured. No name stands beside a coding.\n\n"
        f"```mermaid\n{draw_states(list_drawn_steps())}\n```\n\n"
        f"| what is done | in which state | with which permission |\n|---|---|---|\n{done}\n\n"
        f"Where a comment is seen or counted:\n\n| state |{places}\n|---|{'---|' * len(Place)}\n{seen}\n"
    )
