"""Does docs/panel-rounds.md show the states as the tables have them?"""

from __future__ import annotations

from pathlib import Path

from survey.panel_rounds.drawing import write_states

DOCUMENT = Path(__file__).parents[2] / "docs" / "panel-rounds.md"


def test_the_drawn_states_are_those_of_the_tables() -> None:
    assert DOCUMENT.read_text(encoding="utf-8").endswith(write_states())
