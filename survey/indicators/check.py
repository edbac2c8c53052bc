"""Is an indicator file right for this installation, and if not, everything that is wrong?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.periods import Period, PeriodKind, parse_period
from survey.areas import Area
from survey.areas.former import Former
from survey.indicators.file import Sheet, is_missing, read_direction, read_value
from survey.indicators.model import FoundIndicators, Indicator, Place, Values
from survey.population.faults import Faults, show
from survey.population.places import Places, Region

LENGTHS = {"name_sv": 120, "name_en": 120, "unit": 40, "source": 200, "note": 500}  # characters
NEEDED = ("name_sv", "unit", "source")
FIRST_YEAR = "1900"  # an earlier one is a slip of the pen
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


@dataclass
class Check:
    """A check under way: what the file is held against, and what has been found."""

    places: Places
    counties: Mapping[str, Area]
    former: Mapping[str, Former]
    dimensions: frozenset[str]
    month: str  # this one; a period that has not begun has no value
    faults: Faults
    kinds: dict[str, PeriodKind] = field(default_factory=dict[str, PeriodKind])  # of indicators, by id
    indicators: dict[str, Indicator] = field(default_factory=dict[str, Indicator])
    values: Values = field(default_factory=Values)
    lines: dict[Place, int] = field(default_factory=dict[Place, int])
    outside: set[str] = field(default_factory=set[str])


def collect_values(sheet: Sheet, check: Check) -> FoundIndicators:
    """Take in every row below the header, and tell what cannot be taken in."""
    for row in sheet.rows:
        if len(row.cells) == sheet.width:
            said = {name: row.cells[place] for name, place in sheet.places.items()}
            collect_row(row.line, said, check)
        else:
            told = {"found": len(row.cells), "expected": sheet.width}
            check.faults.add("population_row_broken", row.line, "-", **told)
    return FoundIndicators(check.indicators, check.values, len(check.outside))


def collect_row(line: int, said: Mapping[str, str], check: Check) -> None:
    """Take in a row; each of its parts is looked at even when another is wrong."""
    indicator = read_indicator(line, said, check)
    area = find_area(line, said["area"], check)
    period = find_period(line, said["period"], check)
    value = None if is_missing(said["value"]) else read_value(said["value"])
    if value is None and not is_missing(said["value"]):
        check.faults.add("indicator_value_wrong", line, "value", said=show(said["value"]))
        return
    if indicator is None or period is None:
        return
    check_kind(line, indicator, period, check)
    if area is not None:
        keep_value(line, (indicator.id, area, period.code), value, check)


def keep_value(line: int, place: Place, value: float | None, check: Check) -> None:
    """Keep a value, unless the file had one for the same place already."""
    if place in check.lines:
        indicator, area, period = place
        told = {"indicator": indicator, "area": area, "period": period, "first": check.lines[place]}
        check.faults.add("indicator_value_twice", line, "value", **told)
        return
    check.lines[place] = line
    check.values[place] = value


def read_indicator(line: int, said: Mapping[str, str], check: Check) -> Indicator | None:
    """The indicator of a row, which must be the same on every row it is on."""
    wrong = not check_texts(line, said, check)
    direction = read_direction(said["direction"])
    if direction is None:
        text = said["direction"]
        check.faults.add("indicator_direction_unknown", line, "direction", once=text, said=show(text))
    if wrong or direction is None:
        return None
    told = {name: said.get(name, "") for name in (*LENGTHS, "dimension")}
    found = Indicator(said["indicator"], direction=direction, **told)
    known = check.indicators.setdefault(found.id, found)
    if known != found:
        differing = [name for name in vars(found) if getattr(found, name) != getattr(known, name)]
        facts = {"indicator": found.id, "columns": ", ".join(differing)}
        check.faults.add("indicator_differs", line, "indicator", once=(found.id, *differing), **facts)
    return known


def check_texts(line: int, said: Mapping[str, str], check: Check) -> bool:
    """Whether the texts of an indicator will do."""
    faults, before = check.faults, sum(check.faults.times.values())
    if not _ID.fullmatch(said["indicator"]):
        faults.add(
            "indicator_id_wrong", line, "indicator", once=said["indicator"], said=show(said["indicator"])
        )
    for name in NEEDED:
        if not said[name]:
            faults.add("indicator_text_missing", line, name, once=(name, said["indicator"]), column=name)
    for name, most in LENGTHS.items():
        if len(said.get(name, "")) > most:
            faults.add("indicator_text_long", line, name, once=(name, said["indicator"]), limit=most)
    dimension = said.get("dimension", "")
    if dimension and dimension not in check.dimensions:
        known = ", ".join(sorted(check.dimensions))
        told = {"said": show(dimension), "known": known}
        faults.add("indicator_dimension_unknown", line, "dimension", once=dimension, **told)
    return sum(faults.times.values()) == before


def find_area(line: int, text: str, check: Check) -> str | None:
    """The code of an area of the installation; None for what is left out, no longer valid or unknown."""
    code = text.partition(" ")[0]
    if code in check.counties:
        return code
    found = check.places.find(text)
    if found is not None and found.region is Region.HERE:
        return found.code
    if found is not None:
        check.outside.add(found.code)
    elif (former := check.former.get(code)) is not None:
        told = {"said": code, "until": former.until, "became": ", ".join(former.became)}
        check.faults.add("indicator_area_former", line, "area", once=code, **told)
    else:
        check.faults.add("indicator_area_unknown", line, "area", once=text, said=show(text))
    return None


def find_period(line: int, text: str, check: Check) -> Period | None:
    """The period of a row; None for what is no period, or one that has not begun."""
    try:
        period = parse_period(text)
    except ValueError:
        check.faults.add("indicator_period_wrong", line, "period", once=text, said=show(text))
        return None
    if period.first > check.month or period.first < FIRST_YEAR:
        check.faults.add("indicator_period_far", line, "period", once=text, said=text)
        return None
    return period


def check_kind(line: int, indicator: Indicator, period: Period, check: Check) -> None:
    """Tell when an indicator has periods of different lengths, which do not make one line."""
    kind = check.kinds.setdefault(indicator.id, period.kind)
    if kind is not period.kind:
        told = {"indicator": indicator.id, "said": period.code}
        check.faults.add("indicator_periods_mixed", line, "period", once=(indicator.id, period.kind), **told)
