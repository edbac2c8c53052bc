"""How does a test publish groups of Kronoberg that it chose, over half-years?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from survey.installation import Installation
from survey.store.publications import Cell
from tests.insight.hand_made import CELL, NO_NUMBERS, add_cells, add_publication

KRONOBERG = "07"
HALF_YEARS = ("2025-H1", "2025-H2", "2026-H1")
MEASURE = "personcentrering"
SD = 20.0
HIDDEN = NO_NUMBERS | {"hidden_public": "too_few", "hidden_signed_in": "too_few"}
HIDDEN_FROM_PUBLIC = {"hidden_public": "protects_another"}


def make_group_cell(period: str, group: str, value: str, mean: float, n: int = 200, **more: Any) -> Cell:
    """A group's cell as a closing writes it, its interval about 1.96 standard errors wide to either side."""
    half = 2 * SD / n**0.5
    place = {"area": KRONOBERG, "kind": "half_year", "measure": MEASURE, "weighting": "none"}
    numbers = {"mean": mean, "n": n, "sd": SD, "low": mean - half, "high": mean + half}
    where = {"period": period, "group": group, "value": value}
    return replace(CELL, **{**place, **numbers, **where, **more})


def make_hidden_cell(period: str, group: str, value: str) -> Cell:
    """A group's cell that nobody may see: it keeps no number."""
    return replace(make_group_cell(period, group, value, 60.0), **HIDDEN)


def publish_half_years(installation: Installation) -> None:
    """Publish a year and a half, so that three half-years are whole."""
    add_publication(installation, "2025-01")
    add_publication(installation, "2026-06")


def publish_gap(installation: Installation, *gaps: float, group: str = "complex_needs", n: int = 200) -> None:
    """Publish a group's gap to the others, 70 by half-year."""
    for period, gap in zip(HALF_YEARS[-len(gaps) :], gaps, strict=True):
        add_cells(
            installation,
            make_group_cell(period, group, "yes", 70.0 + gap, n),
            make_group_cell(period, group, "no", 70.0, 4 * n),
        )


def publish_roles(installation: Installation, period: str = HALF_YEARS[-1], **more: Any) -> None:
    """Publish who answered: mostly for themselves, and carers say less good of it."""
    add_cells(
        installation,
        make_group_cell(period, "", "", 66.0, 1000),
        make_group_cell(period, "who_answered", "self", 68.04, 700),
        make_group_cell(period, "who_answered", "self_assisted", 67.46, 104),
        make_group_cell(period, "who_answered", "proxy", 66.9, 98, **more),
        make_group_cell(period, "who_answered", "carer", 55.7, 98),
    )
