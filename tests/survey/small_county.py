"""Which small demonstration county do tests fill, and what do they read of it?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from survey.installation import Installation
from survey.store import publications
from survey.store.publications import Cell
from tests.walks import Calendar, opened

VAXJO, HULTSFRED = "0780", "0860"
TODAY, NOW = date(2026, 9, 10), "2026-09"


@contextmanager
def opened_demonstration(url: str, folder: Path) -> Iterator[Installation]:
    with opened(url, folder, Calendar(TODAY), DEMO=True) as installation:
        yield installation


def list_cells(installation: Installation, area: str, measure: str = "helhet") -> tuple[Cell, ...]:
    with installation.database.read() as connection:
        return publications.list_cells(
            connection,
            survey="invanarupplevelse",
            areas=[area],
            kind="month",
            first="2020-01",
            last=NOW,
            measures=[measure],
        )


def summarise(installation: Installation) -> dict[tuple[str, ...], tuple[object, ...]]:
    """Everything that was published, without what is random: ids and the order of sums."""
    found: dict[tuple[str, ...], tuple[object, ...]] = {}
    for area in installation.areas:
        for item in ("helhet", "kontinuitet", "tillganglighet"):
            for c in list_cells(installation, area.code, item):
                found[area.code, item, c.period] = (c.n, round(c.mean or 0, 6), c.hidden_public)
    return found
