"""How a population file comes into the database: whole and checked, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from survey.areas import Areas
from survey.definition.model import Definition
from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.language import Words
from survey.population.bands import Bands, find_band, find_bands
from survey.population.check import Check, check_complete, collect_entries
from survey.population.faults import Faults
from survey.population.places import list_places
from survey.population.read import Sheet, decode, list_columns_known, read_sheet
from survey.population.years import choose_year
from survey.store import audits, populations
from survey.store.database import claim_job
from survey.store.populations import Margin, PopulationSource

SOURCE_CHARACTERS = 200  # of a source's name are kept
LOADING = "population"  # the job that one process at a time does


@dataclass(frozen=True)
class Loaded:
    """What a loading did. `people` are those in the bands; `outside` counts municipalities left out."""

    year: int
    source: str
    municipalities: int
    people: int
    outside: int
    replaced: bool


@dataclass(frozen=True)
class FoundMargins:
    """What a file says of a year, complete; `outside` counts municipalities left out."""

    year: int
    margins: tuple[Margin, ...]
    outside: int


def load_population(installation: Installation, file: Path, *, year: int | None = None, by: str) -> Loaded:
    """Read a file of people per municipality, age and gender, and keep its margins for a year.

    The year's earlier margins are replaced. Raises SurveyError population_wrong with everything that is wrong
    in `problems`, population_bands_missing or population_bands_differ when the surveys' age bands cannot be
    counted by, and database_*. Then nothing is kept.
    """
    bands = find_bands(list_definitions(installation))
    found = read_population(file, installation.areas, bands, year=year)
    replaced = keep_population(installation, found.margins, year=found.year, source=file.name, by=by)
    municipalities = len({margin.area for margin in found.margins})
    people = sum(margin.people for margin in found.margins)
    return Loaded(found.year, file.name, municipalities, people, found.outside, replaced)


def list_definitions(installation: Installation) -> tuple[Definition, ...]:
    """The definitions in the installation's folder of surveys, as they were stored when it was opened."""
    paths = sorted(installation.settings.surveys_dir.glob("*/*.yaml"))
    return tuple(find_definition(installation, path.parent.name, path.stem) for path in paths)


def read_population(file: Path, areas: Areas, bands: Bands, *, year: int | None = None) -> FoundMargins:
    """The margins in a file. Raises SurveyError population_wrong with everything wrong in `problems`."""
    faults = Faults(file.as_posix())
    sheet = read_file(file, faults)
    if sheet is not None:
        check = Check(bands, list_places(areas), choose_year(sheet, year, faults), faults)
        collect_entries(sheet, check)
        check_complete(check, sheet.header.line)
        if not faults.found and check.years.chosen is not None:
            return FoundMargins(check.years.chosen, make_margins(check), len(check.outside))
    problems = faults.list_problems()
    raise SurveyError("population_wrong", file=faults.file, problems=problems, number=len(problems))


def read_file(file: Path, faults: Faults) -> Sheet | None:
    """The lines of a file that has all the columns it must; None when it has not, and that is told."""
    try:
        content = file.read_bytes()
    except OSError:
        faults.add("population_unreadable", 1, "-")
        return None
    text = decode(content)
    if text is None:
        faults.add("population_not_text", 1, "-")
        return None
    if not text.strip():
        faults.add("population_empty", 1, "-")
        return None
    sheet = read_sheet(text)
    if sheet is None:
        faults.add("population_not_text", 1, "-")
        return None
    missing = sheet.header.missing
    if missing:
        facts = {"columns": ", ".join(missing), "names": list_columns_known(missing)}
        faults.add("population_columns_missing", sheet.header.line, "-", **facts)
        return None
    return sheet


def make_margins(check: Check) -> tuple[Margin, ...]:
    """The people of each municipality, band and gender: the sum over the ages in the band."""
    sums: dict[tuple[str, str, str], int] = {}
    for (area, gender), entries in check.entries.items():
        for entry in entries:
            band = find_band(entry.ages, check.bands)
            if band is not None:
                key = (area, band.code, gender)
                sums[key] = sums.get(key, 0) + (entry.people or 0)
    return tuple(Margin(*key, people) for key, people in sorted(sums.items()))


def keep_population(
    installation: Installation, margins: Sequence[Margin], *, year: int, source: str, by: str
) -> bool:
    """Write a year's margins with their audit event, in one transaction; whether they replaced others.

    Raises SurveyError database_*.
    """
    found = PopulationSource(year, source[:SOURCE_CHARACTERS], seal_margins(margins), datetime.now(UTC))
    with installation.database.write() as connection:
        claim_job(connection, LOADING)
        replaced = populations.replace_population(connection, found, margins)
        action = "population replaced" if replaced else "population loaded"
        facts = {"source": found.source, "checksum": found.checksum, "cells": len(margins)}
        audits.add_event(connection, action, str(year), by=by, **facts)
    return replaced


def seal_margins(margins: Sequence[Margin]) -> str:
    """The checksum (SHA-256, hexadecimal) of margins, the same for the same numbers in any order."""
    rows = [(one.area, one.age, one.gender, one.people) for one in sorted(margins)]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def say_loaded(loaded: Loaded, words: Words) -> list[str]:
    """What a loading did, as lines."""
    year = str(loaded.year)
    municipalities = words.count("population.municipalities", loaded.municipalities)
    people = words.number(loaded.people)
    facts = {"year": year, "file": loaded.source, "municipalities": municipalities, "people": people}
    said = [words.say("command.population_loaded", **facts)]
    if loaded.replaced:
        said.append(words.say("command.population_replaced", year=year))
    if loaded.outside:
        said.append(words.count("command.population_outside", loaded.outside))
    return [*said, words.say("command.population_stays")]
