"""What does a program get of a survey's published cells: page by page, or as one line over time?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from analysis.disclosure import Hidden
from analysis.periods import PeriodKind, list_periods
from survey.api import ROOT
from survey.api.asking import Asking
from survey.api.cursors import read_cursor, write_cursor
from survey.api.parameters import KINDS, USUAL_ROWS
from survey.errors import SurveyError
from survey.insight.audience import Audience, open_cell
from survey.insight.open_data.cells import EVERYBODY, Row, list_rows
from survey.insight.open_data.files import BOUNDS
from survey.insight.open_data.group_meanings import read_texts
from survey.insight.open_data.hierarchies import UNIT_MARK, VALUE_MARK
from survey.insight.open_data.meanings import Meanings
from survey.store.publications import Cell
from survey.store.published_pages import Place, Wanted, find_cell_place, iterate_cells

Document = dict[str, Any]
NUMBERS = ("n", "value", "low", "high")


def list_cells(asking: Asking) -> Document:
    """A page of rows, as open data has them, and where the next one is.

    The rows of one cell are never on two pages. Raises SurveyError area_not_here, measure_not_here,
    group_not_here, cursor_wrong, cursor_gone and database_*.
    """
    meanings = asking.find_meanings()
    edition, after = find_start(asking)
    wanted = replace(find_wanted(asking, meanings), edition=edition)
    limit = int(asking.find("limit") or USUAL_ROWS)
    rows, last = read_page(asking, meanings, wanted, after, limit)
    cursor = None if last is None else write_cursor(asking.installation, name_asked(asking), edition, last)
    return {
        "survey": asking.survey,
        "edition": edition,
        "figures": asking.figures.value,
        "rows": rows,
        "next": None if cursor is None else write_next(asking, cursor),
    }


def list_series(asking: Asking) -> Document:
    """One measure of one group in one area, period by period. Raises as list_cells."""
    meanings = asking.find_meanings()
    wanted = find_wanted(asking, meanings)
    with asking.installation.database.read(newest=True) as connection:
        rows = [
            row
            for cell in iterate_cells(connection, wanted)
            for row in write_rows(cell, meanings, asking)
            if row["measure"] == asking.find("measure")
        ]
    return {
        "survey": asking.survey,
        "edition": asking.edition,
        "figures": asking.figures.value,
        **{name: asking.find(name) for name in ("area", "kind", "measure")},
        "group": asking.find("group") or EVERYBODY,
        "rows": sorted(rows, key=lambda row: row["period"]),
    }


def find_start(asking: Asking) -> tuple[int, Place | None]:
    """Which edition a page is of, and behind which place it begins. Raises SurveyError cursor_*."""
    cursor = asking.find("cursor")
    if cursor is None:
        return asking.edition, None
    return read_cursor(asking.installation, name_asked(asking), cursor, newest=asking.edition)


def name_asked(asking: Asking) -> bytes:
    """What a cursor is bound to: everything that decides which rows there are."""
    said = [(name, value) for name in sorted(asking.asked) for value in asking.asked[name]]
    kept = [(name, value) for name, value in said if name not in ("cursor", "limit")]
    return urlencode([("survey", asking.survey), ("figures", asking.figures.value), *kept]).encode()


def write_next(asking: Asking, cursor: str) -> str:
    """The address of the next page."""
    kept = [(name, one) for name, values in asking.asked.items() if name != "cursor" for one in values]
    return f"{ROOT}/surveys/{asking.survey}/cells?{urlencode([*kept, ('cursor', cursor)])}"


def find_wanted(asking: Asking, meanings: Meanings) -> Wanted:
    """Which cells are asked for. Raises SurveyError area_not_here, measure_not_here, group_not_here."""
    areas = [split_area(asking, one) for one in asking.list("area")]
    known = set(meanings.list_codes())
    for measure in asking.list("measure"):
        if measure not in known:
            raise SurveyError("measure_not_here", measure=measure)
    chosen = asking.list("group")
    if not chosen and asking.resource_is_series:
        chosen = (EVERYBODY,)
    return Wanted(
        asking.survey,
        asking.edition,
        areas,
        asking.find("kind") or "",
        sorted({one.partition(VALUE_MARK)[0] for one in asking.list("measure")}),
        [group for one in chosen for group in split_group(one, meanings)],
        find_periods(asking),
    )


def split_area(asking: Asking, code: str) -> tuple[str, str]:
    area, _, unit = code.partition(UNIT_MARK)
    if not asking.installation.areas.has(area):
        raise SurveyError("area_not_here", area=area)
    return area, unit


def split_group(code: str, meanings: Meanings) -> Iterator[tuple[str, str | None]]:
    """The groups that a code stands for, as (group, value). Raises SurveyError group_not_here."""
    overlapping = meanings.naming.overlapping
    variable, _, value = code.partition(VALUE_MARK)
    group, mark, own = variable.partition(".")
    if code == EVERYBODY:
        yield "", ""
    elif mark and group in overlapping and value in ("", "yes"):
        yield group, own
    elif variable in read_texts(meanings.definitions, overlapping) and not mark:
        yield variable, value or None
    elif variable in overlapping and not value:
        yield variable, None
    else:
        raise SurveyError("group_not_here", group=code)


def find_periods(asking: Asking) -> Sequence[str] | None:
    """The periods that lie wholly between two months, of every kind; None when no month was said."""
    first, last = asking.find("from"), asking.find("to")
    if first is None and last is None:
        return None
    months = [one.month for one in asking.publications]
    first, last = first or min(months), last or max(months)
    begin, end = max(first, min(months)[:4] + "-01"), min(last, max(months))
    return [
        period.code
        for kind in KINDS
        for period in list_periods(PeriodKind(kind), begin, end)
        if period.first >= first and period.last <= last
    ]


def read_page(
    asking: Asking, meanings: Meanings, wanted: Wanted, after: Place | None, limit: int
) -> tuple[list[Document], Place | None]:
    """The rows of a page, and the place of its last cell when there are more."""
    known = {area.code for area in asking.installation.areas}
    chosen = set(asking.list("measure"))
    rows: list[Document] = []
    last: Place | None = None
    with asking.installation.database.read(newest=True) as connection:
        for cell in iterate_cells(connection, wanted, after=after):
            if cell.area not in known:
                continue
            of_cell = [row for row in write_rows(cell, meanings, asking) if is_chosen(row, chosen)]
            if rows and len(rows) + len(of_cell) > limit:
                return rows, last
            rows += of_cell
            last = find_cell_place(cell)
    return rows, None


def is_chosen(row: Document, chosen: set[str]) -> bool:
    """Whether a row is of a measure that was asked for, or of one that stands under it."""
    return not chosen or row["measure"] in chosen or row["measure"].partition(VALUE_MARK)[0] in chosen


def write_rows(cell: Cell, meanings: Meanings, asking: Asking) -> Iterator[Document]:
    """The rows of a cell as this caller may see them."""
    seen = open_cell(cell, asking.audience)
    reason = find_told_reason(seen, asking.audience)
    for row in list_rows(cell, meanings.naming, asking.audience):
        yield write_row(row, cell.kind, cell.revision, reason)


def find_told_reason(seen: object, audience: Audience) -> str | None:
    """Why a cell is hidden, for those who are told: the public is not."""
    return seen.reason.value if isinstance(seen, Hidden) and audience.signed_in else None


def write_row(row: Row, kind: str, revision: int, reason: str | None) -> Document:
    """A row with numbers as numbers; a bound such as <5 stands in a field of its own, as in Parquet."""
    numbers = {name: read_number(getattr(row, name)) for name in NUMBERS}
    bounds = {name: read_bound(getattr(row, name.removesuffix("_bound"))) for name in BOUNDS}
    return {
        "area": row.area,
        "kind": kind,
        "period": row.period,
        "group": row.group,
        "measure": row.measure,
        **numbers,
        **bounds,
        "status": row.status,
        "reason": reason,
        "revision": revision,
    }


def read_number(text: str) -> int | float | None:
    """The number of a cell of a row; None for a bound, for what is hidden and for what there is not."""
    if not text[:1].isdecimal():
        return None
    return int(text) if text.isdecimal() else float(text)


def read_bound(text: str) -> str | None:
    return text if text[:1] in ("<", ">") else None
