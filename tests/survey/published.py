"""What has been published, as the tests read it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from survey.installation import Installation
from survey.publication.close import Closed, close_ended_months, find_publication, seal_cells
from survey.store.publications import Cell, Publication
from survey.store.tables import publication, published_cell
from tests.survey.little_county import PROV
from tests.walks import Calendar


def close_on(installation: Installation, calendar: Calendar, year: int, month: int) -> tuple[Closed, ...]:
    """Close everything that has ended on the first day of a month."""
    calendar.turn_to(year, month)
    return close_ended_months(installation)


def read_cells(installation: Installation, month: str = "", *, survey: str = PROV) -> list[Cell]:
    """Every cell there is, or those that came with the last publication of a month."""
    found = find_publication(installation, survey, month) if month else None
    with installation.database.read() as connection:
        query = select(published_cell).order_by(*published_cell.c)
        cells = [Cell(*row) for row in connection.execute(query)]
    return [cell for cell in cells if found is None or cell.publication_id == found.id]


def read_publications(installation: Installation) -> list[Publication]:
    """Every publication, in the order they were made."""
    with installation.database.read() as connection:
        return [
            Publication(*row) for row in connection.execute(select(publication).order_by(publication.c.id))
        ]


def check_checksums(installation: Installation) -> None:
    """No published cell was ever changed, in any revision."""
    cells = read_cells(installation)
    for one in read_publications(installation):
        assert seal_cells(c for c in cells if c.publication_id == one.id) == one.checksum


def say_hidden(cells: Iterable[Cell], measure: str, *, public: bool = False) -> dict[tuple[str, str], str]:
    """{(period, area): why it is hidden} of everybody's cells in a measure; empty where it is shown."""
    return {
        (c.period, c.area): (c.hidden_public if public else c.hidden_signed_in) or ""
        for c in cells
        if (c.unit, c.group, c.measure) == ("", "", measure)
    }
