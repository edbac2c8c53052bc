"""Which municipalities and counties there are, and what they are called."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from survey.errors import SurveyError
from survey.settings import Settings

HERE = Path(__file__).parent
COLUMNS = ("code", "name", "parent_code", "parent_name")


@dataclass(frozen=True)
class Area:
    """A county (no parent) or a municipality (parent = its county). Codes are text: zeros matter."""

    code: str
    name: str
    parent: str | None = None
    residents: int | None = None


@dataclass(frozen=True)
class Areas:
    """The areas of one installation, counties first, each list in the order of its names."""

    counties: tuple[Area, ...]
    municipalities: tuple[Area, ...]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter((*self.counties, *self.municipalities))

    def find(self, code: str) -> Area:
        """The area of a code. Raises SurveyError area_unknown."""
        for area in (*self.counties, *self.municipalities):
            if area.code == code:
                return area
        raise SurveyError("area_unknown", area=code[:20])

    def has(self, code: str) -> bool:
        return any(area.code == code for area in (*self.counties, *self.municipalities))

    def within(self, county: str) -> tuple[Area, ...]:
        """The municipalities of a county."""
        return tuple(area for area in self.municipalities if area.parent == county)


def read_sweden(counties: tuple[str, ...]) -> Areas:
    """The counties asked for with their municipalities, from the national list.

    Raises SurveyError county_unknown for a code that no county has.
    """
    with (HERE / "regions.csv").open(encoding="utf-8", newline="") as source:
        names = {row["region_code"]: row["lan_name"] for row in csv.DictReader(source)}
    for code in counties:
        if code not in names:
            raise SurveyError("county_unknown", county=code)
    with (HERE / "municipalities.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["region_code"] in counties]
    found = tuple(
        Area(
            row["kommun_code"],
            row["kommun_name"],
            row["region_code"],
            int(row["approx_population"] or 0) or None,
        )
        for row in rows
    )
    return Areas(tuple(Area(code, names[code]) for code in counties), sort_by_name(found))


def read_own(path: Path) -> Areas:
    """The areas of an installation's own CSV file: code, name, parent_code, parent_name.

    Raises SurveyError areas_file_wrong when the file is missing, is not UTF-8, or lacks a column or a value.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise SurveyError("areas_file_wrong", file=str(path)) from None
    if not rows or not all(row.get(column) for row in rows for column in COLUMNS):
        raise SurveyError("areas_file_wrong", file=str(path))
    counties = {row["parent_code"]: Area(row["parent_code"], row["parent_name"]) for row in rows}
    found = tuple(Area(row["code"], row["name"], row["parent_code"]) for row in rows)
    return Areas(sort_by_name(tuple(counties.values())), sort_by_name(found))


def sort_by_name(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Areas in the order of the Swedish alphabet, where å, ä, ö come last."""
    swedish = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
    return tuple(sorted(areas, key=lambda area: area.name.lower().translate(swedish)))


def load_areas(settings: Settings) -> Areas:
    """The areas of this installation: its own file when it has one, else its counties."""
    return read_own(settings.areas_file) if settings.areas_file else read_sweden(settings.counties)
