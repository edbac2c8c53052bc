"""Can a threshold be raised when something is published, and never lowered?"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from survey.errors import SurveyError
from survey.language import speak
from survey.publication.close import close_month
from survey.publication.correct import correct_month
from survey.store.publications import Cell
from tests.analysis.attacker import find_group_by_programme
from tests.survey.atoms import Atom, answers_measure, stack
from tests.survey.little_county import AREAS, PROV, open_county
from tests.survey.published import close_on, read_cells, read_publications
from tests.survey.seeded import make_people, seed, some_people
from tests.walks import Calendar

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")
PEOPLE = make_people(
    random.Random(41),
    {(area, month): n for area, n in zip(AREAS, (40, 14, 11, 12), strict=True) for month in MONTHS},
    units=("", "north"),
)


@pytest.mark.parametrize(
    ("public", "signed_in", "may_open"),
    [(20, 10, True), (21, 10, True), (20, 11, True), (19, 10, False), (20, 9, False), (10, 5, False)],
)
def test_an_installation_does_not_open_with_a_lower_threshold_than_it_published_with(
    tmp_path: Path, calendar: Calendar, public: int, signed_in: int, may_open: bool
) -> None:
    url = f"sqlite:///{tmp_path / 'prov.db'}"
    with open_county(url, tmp_path, calendar, THRESHOLD_PUBLIC=20, THRESHOLD_SIGNED_IN=10) as installation:
        seed(installation, some_people({AREAS[0]: 25}))
        close_on(installation, calendar, 2026, 10)
    changed = {"THRESHOLD_PUBLIC": public, "THRESHOLD_SIGNED_IN": signed_in}
    if may_open:
        with open_county(url, tmp_path, calendar, **changed) as installation:
            assert len(read_publications(installation)) == 1
        return
    with pytest.raises(SurveyError) as wrong, open_county(url, tmp_path, calendar, **changed):
        pass
    assert wrong.value.code == "threshold_lowered"
    assert (wrong.value.facts["public"], wrong.value.facts["signed_in"]) == (20, 10)
    said = speak("sv").explain(wrong.value)
    assert "20" in said
    assert "10" in said


def test_thresholds_may_be_lowered_as_long_as_nothing_is_published(
    tmp_path: Path, calendar: Calendar
) -> None:
    url = f"sqlite:///{tmp_path / 'prov.db'}"
    with open_county(url, tmp_path, calendar, THRESHOLD_PUBLIC=20):
        pass
    with open_county(url, tmp_path, calendar, THRESHOLD_PUBLIC=6) as installation:
        assert installation.settings.threshold_public == 6


def test_a_raised_threshold_hides_more_from_then_on_and_nothing_shown_before_gives_it_away(
    tmp_path: Path, calendar: Calendar
) -> None:
    raised = {"THRESHOLD_PUBLIC": 15, "THRESHOLD_SIGNED_IN": 12}
    url = f"sqlite:///{tmp_path / 'prov.db'}"
    with open_county(url, tmp_path, calendar) as installation:
        seed(installation, PEOPLE)
        calendar.turn_to(2026, 11)
        for month in MONTHS[:2]:
            close_month(installation, month)
        before = read_cells(installation)
    with open_county(url, tmp_path, calendar, **raised) as installation:
        for month in MONTHS[2:]:
            close_month(installation, month)
        correct_month(installation, PROV, MONTHS[0], reason="Prov", by="test")
        cells = read_cells(installation)
    with open_county(f"sqlite:///{tmp_path / 'low.db'}", tmp_path / "low", calendar) as installation:
        seed(installation, PEOPLE)
        for month in MONTHS:
            close_month(installation, month)
        low = read_cells(installation)
    assert [cell for cell in cells if cell.period in MONTHS[:2] and cell.revision == 1] == before
    new = [cell for cell in cells if cell.revision == 1 and cell not in before]
    assert min(cell.n or 0 for cell in new if cell.hidden_public is None) >= 15
    assert min(cell.n or 0 for cell in new if cell.hidden_signed_in is None) >= 12
    # A quarter whose first months were shown from fewer people shows nothing more.
    assert {cell.period for cell in new if cell.hidden_public is None} == {MONTHS[3]}
    assert count_shown(new) < count_shown([cell for cell in low if cell.period not in MONTHS[:2]])
    people = [
        Atom(one.area, one.unit, one.month, frozenset()) for one in PEOPLE if answers_measure(one, "help")
    ]
    atoms = sorted(set(people), key=lambda atom: (atom.area, atom.unit, atom.month))
    shown = [c for c in cells if c.measure == "help" and not c.group and c.hidden_public is None]
    numbers = np.array([people.count(atom) for atom in atoms])
    assert find_group_by_programme(stack(shown, atoms), numbers, most=9) is None


def count_shown(cells: list[Cell]) -> int:
    return sum(cell.hidden_public is None for cell in cells)
