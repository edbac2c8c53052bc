"""How does a test publish cells that it chose, without a closing?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, Text, insert

from survey.installation import Installation, find_definition, store_definition
from survey.store import publications, tables
from survey.store.publications import Cell, Publication
from tests.walks import SURVEY, VERSION

CELL = Cell(
    survey=SURVEY,
    area="0780",
    unit="",
    kind="month",
    measure="helhet",
    group="",
    value="",
    period="2026-10",
    revision=1,
    publication_id=1,
    n=43,
    mean=61.26,
    sd=20.4,
    low=55.04,
    high=67.5,
    raw=62.04,
    adjusted=60.57,
    weighting="post_stratified",
    n_effective=36.9,
    largest_weight=2.449,
    positive=0.4,
    positive_low=0.3,
    positive_high=0.5,
    shares=None,
    hidden_public=None,
    hidden_signed_in=None,
)
NO_NUMBERS = dict[str, Any](
    n=None,
    mean=None,
    sd=None,
    low=None,
    high=None,
    raw=None,
    adjusted=None,
    n_effective=None,
    largest_weight=None,
    positive=None,
    positive_low=None,
    positive_high=None,
)
HIDDEN_FROM_ALL = NO_NUMBERS | {"hidden_public": "too_few", "hidden_signed_in": "too_few"}


def make_publication(month: str = "2026-10", **more: Any) -> Publication:
    """A publication as a closing writes it."""
    told: dict[str, Any] = {
        "id": 1,
        "survey": SURVEY,
        "month": month,
        "revision": 1,
        "reason": "",
        "versions": VERSION,
        "method": "2026-2",
        "code_version": "0.2.0 abc",
        "population_year": None,
        "threshold_public": 10,
        "threshold_signed_in": 5,
        "responses": 1043,
        "checksum": "0" * 64,
        "published": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return Publication(**told | more)


def add_publication(installation: Installation, month: str = "2026-10", **more: Any) -> int:
    """Write a publication; its number."""
    with installation.database.write() as connection:
        return publications.add_publication(connection, make_publication(month, **more))


def add_cells(installation: Installation, *cells: Cell, publication_id: int = 1) -> None:
    with installation.database.write() as connection:
        publications.add_cells(connection, cells, publication_id=publication_id)


def add_row(installation: Installation, table: str, **values: Any) -> None:
    """A row with what is given; the other columns that need something are empty or 0."""
    empty = {
        column.name: "" if isinstance(column.type, String | Text) else 0
        for column in tables.metadata.tables[table].c
        if not column.nullable and column.name != "id"
    }
    with installation.database.write() as connection:
        connection.execute(insert(tables.metadata.tables[table]).values(**{**empty, **values}))


def add_version_without(installation: Installation, dimension: str, *, version: str = "2026-2") -> None:
    """Store a version of the residents' survey that no longer asks for a dimension."""
    first = find_definition(installation, SURVEY, VERSION)
    kept = tuple(one for one in first.dimensions if one.id != dimension)
    store_definition(installation, first.model_copy(update={"version": version, "dimensions": kept}))
