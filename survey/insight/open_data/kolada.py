"""How do the published cells of whole years look as the national database of municipal key figures has them?

One row for each key figure, municipality or region, year and gender: T everybody, K women, M men. Source: the
Kolada API, version 2. Its codes of regions have four digits (0007), and its signs for no number are those of
Swedish statistics: `..` there is one that may not be told, `.` there can be none, `-` nothing was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from survey.definition.model import Definition
from survey.definition.scoring import find_group_of
from survey.insight.open_data.cells import EVERYBODY, HIDDEN_MARK, Row, name_group
from survey.insight.open_data.hierarchies import UNIT_MARK

EVERYONE, WOMEN, MEN = "T", "K", "M"
GENDERS = {"woman": WOMEN, "man": MEN}
HIDDEN, NO_NUMBER, NOTHING = HIDDEN_MARK, ".", "-"
CODE_DIGITS = 4
Place = tuple[str, str, str]  # key figure, area, year


class KoladaRow(NamedTuple):
    """A row of kolada.csv. `count` is how many answered, in fives; `status` is empty beside a value."""

    kpi: str
    municipality: str
    period: str
    gender: str
    value: str
    count: str  # type: ignore[reportIncompatibleMethodOverride]
    status: str


def list_genders(definitions: Sequence[Definition]) -> Mapping[str, str]:
    """The groups that are a gender, by how the open data name them."""
    found = {EVERYBODY: EVERYONE}
    for one in definitions:
        group = find_group_of(one, "gender")
        if group:
            found |= {name_group(group, code, frozenset()): sign for code, sign in GENDERS.items()}
    return found


def list_kolada(
    rows: Iterable[Row], genders: Mapping[str, str], years: frozenset[str]
) -> Iterator[KoladaRow]:
    """Every key figure of every area that has one, in whole years, in order.

    Where nothing was published there is a row with `-`; women and men stand in rows only of key figures that
    are told apart by gender somewhere.
    """
    found: dict[Place, dict[str, Row]] = {}
    for row in rows:
        if row.period in years and row.group in genders and UNIT_MARK not in row.area:
            found.setdefault((row.measure, row.area, row.period), {})[genders[row.group]] = row
    divided = {place[0] for place, known in found.items() if {WOMEN, MEN} & known.keys()}
    places = {(area, year) for _, area, year in found}
    for measure in dict.fromkeys(place[0] for place in sorted(found)):
        for area, year in sorted(places):
            known = found.get((measure, area, year), {})
            for sign in (EVERYONE, WOMEN, MEN) if measure in divided else (EVERYONE,):
                yield make_row(measure, area, year, sign, known.get(sign))


def make_row(measure: str, area: str, year: str, sign: str, row: Row | None) -> KoladaRow:
    where = (measure, area.zfill(CODE_DIGITS), year, sign)
    if row is None:
        return KoladaRow(*where, "", "", NOTHING)
    if row.status == "hidden":
        return KoladaRow(*where, "", "", HIDDEN)
    if row.value.isdecimal():
        return KoladaRow(*where, row.value, row.n, "")
    return KoladaRow(*where, "", row.n, row.value or NO_NUMBER)
