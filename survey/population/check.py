"""Is a population file complete and right for this installation, and if not, everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from survey.importing.table import Row
from survey.population.bands import GENDERS, Ages, Bands, Total, find_band, list_parts, read_ages, read_gender
from survey.population.faults import Faults, show
from survey.population.places import Places, Region
from survey.population.read import CONTENTS, Header, Numbers, Sheet
from survey.population.years import Years

MOST_PEOPLE = 20_000_000  # in one line: about twice as many as live in Sweden
THOUSANDS = str.maketrans("", "", " \u00a0\u2009\u202f")


@dataclass(frozen=True)
class Entry:
    """So many people of some ages, as one line says; None when its number could not be read."""

    ages: Ages
    people: int | None
    line: int


Entries = dict[tuple[str, str], list[Entry]]  # by municipality and gender


@dataclass
class Check:
    """A check under way: what the file is held against, and what has been found."""

    bands: Bands
    places: Places
    years: Years
    faults: Faults
    entries: Entries = field(default_factory=Entries)
    outside: set[str] = field(default_factory=set[str])
    unsure: set[str] = field(default_factory=set[str])  # areas with lines that nobody knows what to do with


def collect_entries(sheet: Sheet, check: Check) -> None:
    """Take in every line below the header but the footnotes, and tell what cannot be taken in."""
    rows = sheet.rows
    last = max((i for i, row in enumerate(rows) if is_data(row, sheet.header, check)), default=-1)
    for row in rows[: last + 1]:
        if len(row.cells) == sheet.header.width:
            collect_row(row, sheet.header, check)
        else:
            told = {"found": len(row.cells), "expected": sheet.header.width}
            check.faults.add("population_row_broken", row.line, "-", **told)
            check.unsure.update(found.code for cell in row.cells[:1] if (found := check.places.find(cell)))


def is_data(row: Row, header: Header, check: Check) -> bool:
    """Whether a row can be no footnote: it begins with a code, or has an age or gender where they belong."""
    place = header.places["code"]
    looks = place < len(row.cells) and check.places.looks_like_code(row.cells[place])
    if len(row.cells) != header.width:
        return looks and len([cell for cell in row.cells if cell]) > 1
    if looks:
        return True
    gender = row.cells[header.places["gender"]] if "gender" in header.places else ""
    ages = read_ages(row.cells[header.places["age"]], check.bands)
    return ages is not None or read_gender(gender) is not None


def collect_row(row: Row, header: Header, check: Check) -> None:
    """Take in the numbers of a row about a municipality of the installation and the year that is read."""
    said = {name: row.cells[place] for name, place in header.places.items()}
    if "contents" in said and said["contents"].casefold() not in CONTENTS:
        return
    if "year" in said and not check.years.has(said["year"]):
        return
    area = find_area(said["code"], row.line, check)
    ages = find_ages(said["age"], row.line, area, check) if area else None
    if area is None or ages is None:
        return
    for column in header.numbers:
        if check.years.has_head(column.year):
            collect_number(row, column, said.get("gender", ""), area, ages, check)


def find_area(text: str, line: int, check: Check) -> str | None:
    """The code of a municipality of the installation, None for what is left out or unknown."""
    found = check.places.find(text)
    if found is None:
        check.faults.add("population_area_unknown", line, "code", once=text, said=show(text))
    elif found.region is Region.OUTSIDE:
        check.outside.add(found.code)
    return found.code if found is not None and found.region is Region.HERE else None


def find_ages(text: str, line: int, area: str, check: Check) -> Ages | None:
    """The ages of a line that are within one band; None for everybody, for the too young, and for faults."""
    ages = read_ages(text, check.bands)
    if isinstance(ages, Ages):
        parts = list_parts(ages, check.bands)
        if find_band(ages, check.bands) is not None:
            return ages
        if len(parts) > 1:
            facts = {"said": show(text), "bands": ", ".join(parts)}
            check.faults.add("population_age_crosses", line, "age", once=text, **facts)
            check.unsure.add(area)
    elif ages is None:
        known = ", ".join(band.code for band in check.bands)
        check.faults.add("population_age_unknown", line, "age", once=text, said=show(text), bands=known)
        check.unsure.add(area)
    return None


def collect_number(row: Row, column: Numbers, said: str, area: str, ages: Ages, check: Check) -> None:
    """Take in one number of a row."""
    gender = column.gender or read_gender(said)
    if isinstance(gender, Total):
        return
    if gender is None:
        check.faults.add("population_gender_unknown", row.line, "gender", once=said, said=show(said))
        check.unsure.add(area)
        return
    text = row.cells[column.place]
    people = read_people(text)
    if people is None:
        check.faults.add("population_number_wrong", row.line, "people", said=show(text))
    check.entries.setdefault((area, gender), []).append(Entry(ages, people, row.line))


def read_people(text: str) -> int | None:
    """A number of people, 0 or more, with or without spaces between thousands; None when it is none."""
    plain = text.translate(THOUSANDS)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= len(str(MOST_PEOPLE))):
        return None
    return int(plain) if int(plain) <= MOST_PEOPLE else None


def check_complete(check: Check, line: int) -> None:
    """Tell which municipalities are missing, lack ages, have them twice or have nobody at all."""
    for area in check.places.here:
        mine = {gender: check.entries.get((area, gender), []) for gender in GENDERS}
        entries = [entry for found in mine.values() for entry in found]
        twice = [entry for found in mine.values() for entry in find_overlaps(found)]
        for entry in twice:
            facts = {"area": check.places.names[area], "ages": str(entry.ages)}
            check.faults.add("population_cell_twice", entry.line, area, once=area, **facts)
        if area in check.unsure:
            continue
        name = check.places.names[area]
        gaps = [f"{gap}/{gender}" for gender in GENDERS for gap in list_gaps(mine[gender], check.bands)]
        if not entries:
            check.faults.add("population_area_missing", line, area, area=name)
        elif gaps:
            first = min(entry.line for entry in entries)
            check.faults.add("population_cell_missing", first, area, area=name, cells=", ".join(gaps))
        elif all(entry.people == 0 for entry in entries):
            check.faults.add("population_area_nothing", entries[0].line, area, area=name)


def find_overlaps(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries with an age that the one before has, youngest first: people would be counted twice."""
    ordered = sorted(entries, key=lambda one: (one.ages.low, one.line))
    for earlier, later in pairwise(ordered):
        if earlier.ages.meets(later.ages):
            yield later


def list_gaps(entries: Sequence[Entry], bands: Bands) -> Iterator[str]:
    """The ages of the bands that no entry has: a band's code where it is lacking whole."""
    for band in bands:
        held = [entry.ages for entry in entries if band.ages.covers(entry.ages)]
        if not held:
            yield band.code
            continue
        expected = band.ages.low
        for ages in sorted(held, key=lambda one: one.low):
            if ages.low > expected:
                yield str(Ages(expected, ages.low - 1))
            if ages.high is None:
                break
            expected = max(expected, ages.high + 1)
        else:
            if band.ages.high is None or expected <= band.ages.high:
                yield str(Ages(expected, band.ages.high))
