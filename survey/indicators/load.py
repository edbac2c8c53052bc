"""How indicators that others measured come into the database: whole and checked, or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.periods import month_of, parse_period
from survey.areas.former import read_former
from survey.errors import SurveyError
from survey.indicators.check import Check, collect_values
from survey.indicators.file import read_sheet
from survey.indicators.model import FoundIndicators
from survey.installation import Installation
from survey.language import Words
from survey.people.permissions import check_can_do
from survey.people.roles import Permission, Person
from survey.population.faults import Faults
from survey.population.places import list_places
from survey.store import audits, indicators
from survey.store.database import claim_job
from survey.store.indicators import StoredIndicator, StoredValue
from survey.strategy.begin import list_measured

LOADING = "indicators"  # the job that one process at a time does
FILE_CHARACTERS = 100  # of a file's name are kept
FIRST = 1  # the number of the first revision


@dataclass(frozen=True)
class Loaded:
    """What a loading did, or would do: values by what became of them, and indicators that were touched.

    `outside` counts the areas that were left out because they are not the installation's.
    """

    file: str
    indicators: int
    new: int
    revised: int
    unchanged: int
    missing: int
    described: int
    outside: int
    only_checked: bool

    @property
    def changes(self) -> bool:
        """Whether anything is new or another than it was."""
        return bool(self.new or self.revised or self.described)


@dataclass(frozen=True)
class Changes:
    """What of a file differs from what is stored; `revised` of the values were another before."""

    described: tuple[StoredIndicator, ...]
    values: tuple[StoredValue, ...]
    revised: int


def load_file(installation: Installation, file: Path, *, only_check: bool = False, by: str) -> Loaded:
    """Load a file from the command line. Raises what load_content does."""
    try:
        content = file.read_bytes()
    except OSError:
        faults = Faults(file.as_posix())
        faults.add("population_unreadable", 1, "-")
        raise refuse(faults) from None
    return load_bytes(installation, file.name, content, only_check=only_check, by=by)


def load_content(
    installation: Installation, name: str, content: bytes, *, only_check: bool = False, by: Person
) -> Loaded:
    """Load a file that somebody sends, or only tell what that would do.

    What is there already is left as it is, and what is another than before becomes a new revision. Raises
    SurveyError not_allowed, indicators_wrong with everything that is wrong in `problems`, and database_*.
    Then nothing is kept.
    """
    check_can_do(Permission.LOAD_INDICATORS, by=by)
    return load_bytes(installation, name, content, only_check=only_check, by=by.role)


def load_bytes(
    installation: Installation, name: str, content: bytes, *, only_check: bool = False, by: str
) -> Loaded:
    """Read, hold against what is there, and write with the audit event in one transaction."""
    name = name[:FILE_CHARACTERS]
    database, check = installation.database, begin_check(installation, name)
    if only_check:
        with database.read(newest=True) as connection:
            described, stored = indicators.list_indicators(connection), indicators.list_values(connection)
        found = read_content(content, check, stored)
        return count_changes(name, found, find_changes(found, described, stored), only_checked=True)
    with database.write() as connection:
        claim_job(connection, LOADING)
        described, stored = indicators.list_indicators(connection), indicators.list_values(connection)
        found = read_content(content, check, stored)
        changes = find_changes(found, described, stored)
        loaded = count_changes(name, found, changes, only_checked=False)
        if loaded.changes:
            indicators.add_indicators(connection, changes.described)
            indicators.add_values(connection, changes.values)
            checksum = hashlib.sha256(content).hexdigest()
            facts = {"new": loaded.new, "revised": loaded.revised, "checksum": checksum}
            named = ", ".join(sorted(found.indicators))[:FILE_CHARACTERS]
            audits.add_event(connection, "indicators loaded", named, by=by, file=name, **facts)
    return loaded


def begin_check(installation: Installation, name: str) -> Check:
    """What a file is held against, but for what is stored already."""
    measured = list_measured(installation.database)
    return Check(
        list_places(installation.areas),
        {area.code: area for area in installation.areas.counties},
        read_former(),
        frozenset(one for known in measured.values() for one in known),
        month_of(installation.today()),
        Faults(name),
    )


def read_content(content: bytes, check: Check, stored: tuple[StoredValue, ...]) -> FoundIndicators:
    """What a file holds of the installation's areas. Raises SurveyError indicators_wrong."""
    check.kinds.update({one.indicator: parse_period(one.period).kind for one in stored})
    sheet = read_sheet(content, check.faults)
    if sheet is not None:
        found = collect_values(sheet, check)
        if not found.values and not check.faults.found:
            check.faults.add("indicator_nothing_here", sheet.line, "area")
        if not check.faults.found:
            return found
    raise refuse(check.faults)


def refuse(faults: Faults) -> SurveyError:
    problems = faults.list_problems()
    return SurveyError("indicators_wrong", file=faults.file, problems=problems, number=len(problems))


def find_changes(
    found: FoundIndicators, described: tuple[StoredIndicator, ...], stored: tuple[StoredValue, ...]
) -> Changes:
    """The revisions to write, numbered after those that are there."""
    now = datetime.now(UTC)
    known = {one.id: one for one in described}
    places = {(one.indicator, one.area, one.period): one for one in stored}
    texts: list[StoredIndicator] = []
    used = {indicator for indicator, _, _ in found.values}
    for one in (found.indicators[each] for each in sorted(used)):
        old = known.get(one.id)
        facts = vars(one) | {"direction": one.direction.value}
        if old is None or any(getattr(old, name) != fact for name, fact in facts.items()):
            revision = old.revision + 1 if old else FIRST
            texts.append(StoredIndicator(**facts, revision=revision, loaded=now))
    values = [
        StoredValue(
            *place, revision=places[place].revision + 1 if place in places else FIRST, value=value, loaded=now
        )
        for place, value in sorted(found.values.items())
        if place not in places or places[place].value != value
    ]
    return Changes(tuple(texts), tuple(values), sum(one.revision > FIRST for one in values))


def count_changes(name: str, found: FoundIndicators, changes: Changes, *, only_checked: bool) -> Loaded:
    return Loaded(
        file=name,
        indicators=len({indicator for indicator, _, _ in found.values}),
        new=len(changes.values) - changes.revised,
        revised=changes.revised,
        unchanged=len(found.values) - len(changes.values),
        missing=sum(value is None for value in found.values.values()),
        described=len(changes.described),
        outside=found.outside,
        only_checked=only_checked,
    )


def say_loaded(loaded: Loaded, words: Words) -> list[str]:
    """What a loading did or would do, as sentences."""
    if not loaded.changes:
        said = [words.say("indicators.same", file=loaded.file)]
    else:
        facts = {
            "file": loaded.file,
            "new": words.number(loaded.new),
            "revised": words.number(loaded.revised),
            "unchanged": words.number(loaded.unchanged),
            "indicators": words.count("indicators.number", loaded.indicators),
        }
        key = "would" if loaded.only_checked else "done"
        said = [words.say(f"indicators.{key}", **facts)]  # keys: indicators.would, indicators.done
    if loaded.missing:
        said.append(words.count("indicators.missing", loaded.missing))
    if loaded.outside:
        said.append(words.count("indicators.outside", loaded.outside))
    return said
