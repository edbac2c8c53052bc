"""How far has a text come? The table of states, and what a text's state is by."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from survey.store.translations import Kept
from survey.translating.states import STATES, Entry, State, seal_source

DAY = date(2026, 9, 10)
SWEDISH, OTHER = ("Nästa",), ("Nästa del",)
MISSING, DRAFT, APPROVED, OUTDATED = State.MISSING, State.DRAFT, State.APPROVED, State.OUTDATED


def make_entry(
    *,
    drafted: str = "",
    made_from: str = "Nästa",
    kept: str = "",
    source: tuple[str, ...] = SWEDISH,
    approved: bool = False,
) -> Entry:
    """A text in Finnish whose Swedish is now SWEDISH."""
    by = (
        Kept("screens", "fi", "a", (kept,), seal_source(source), approved, DAY, "translator t1")
        if kept
        else None
    )
    return Entry("a", SWEDISH, ("Next",), (drafted,) if drafted else (), made_from, kept=by)


@pytest.mark.parametrize(
    ("entry", "state", "said"),
    [
        (make_entry(), MISSING, ()),
        (make_entry(drafted="Seuraava"), DRAFT, ("Seuraava",)),
        (make_entry(drafted="Seuraava", made_from="Nästa del"), OUTDATED, ("Seuraava",)),
        (make_entry(drafted="Seuraava", kept="Eteenpäin"), DRAFT, ("Eteenpäin",)),
        (make_entry(drafted="Seuraava", kept="Eteenpäin", approved=True), APPROVED, ("Eteenpäin",)),
        (make_entry(kept="Eteenpäin", approved=True, source=OTHER), OUTDATED, ("Eteenpäin",)),
        (make_entry(kept="Eteenpäin", source=OTHER), OUTDATED, ("Eteenpäin",)),
    ],
)
def test_a_texts_state_is_by_what_people_made_of_it_and_what_the_swedish_is_now(
    entry: Entry, state: State, said: tuple[str, ...]
) -> None:
    assert (entry.state, entry.said) == (state, said)


def test_every_state_can_be_come_to_and_left() -> None:
    assert {to for _, _, to in STATES} == {DRAFT, APPROVED, OUTDATED}
    assert {came for came, _, _ in STATES} == set(State)
    assert len({(came, by) for came, by, _ in STATES}) == len(STATES)


def test_the_document_has_the_table_as_it_is() -> None:
    document = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
    assert [
        row for row in (f"| {came} | {by} | {to} |" for came, by, to in STATES) if row not in document
    ] == []


def test_white_space_is_no_change_of_the_swedish() -> None:
    assert seal_source(("Nästa  del",)) == seal_source(("Nästa del",))
    assert seal_source(("Nästa",)) != seal_source(("Nästa.",))
