"""What has been published, of which surveys, and what are they called?"""

from __future__ import annotations

from dataclasses import replace

from analysis.disclosure import round_count
from analysis.periods import PeriodKind, list_periods
from survey.definition.model import Dimension, Text
from survey.errors import SurveyError
from survey.installation import Installation, find_definition
from survey.store import publications
from survey.store.publications import Publication


def list_surveys(installation: Installation) -> tuple[str, ...]:
    """The surveys that have something published, in the order of their names."""
    with installation.database.read() as connection:
        return tuple(sorted({p.survey for p in publications.list_publications(connection)}))


def list_all_publications(installation: Installation, survey: str | None = None) -> tuple[Publication, ...]:
    """Every publication, newest month and revision first; of one survey when it is named.

    `responses` is in fives: beside the cells of its month an exact number could tell of one person.
    """
    with installation.database.read() as connection:
        found = publications.list_publications(connection, survey)
    return tuple(replace(one, responses=round_count(one.responses)) for one in found)


def find_latest_publication(installation: Installation, survey: str) -> Publication | None:
    """The newest publication of a survey, None when nothing has been published."""
    return next(iter(list_all_publications(installation, survey)), None)


def list_versions(known: tuple[Publication, ...]) -> tuple[str, ...]:
    """The versions of a survey that were answered, the newest first.

    A month without answers is published when it ends a longer period; it names no version.
    """
    return tuple(dict.fromkeys(v for one in known for v in reversed(one.versions.split())))


def list_whole_periods(kind: str, first: str, last: str, began: str) -> tuple[str, ...]:
    """The periods of a span of months that are over with it, oldest first; none when it is turned round.

    One that goes on has no figure yet, and one in which the survey began would be compared as if whole.
    """
    periods = list_periods(PeriodKind(kind), first, last) if first <= last else ()
    return tuple(p.code for p in periods if p.last <= last and not p.first < began <= p.last)


def list_dimensions(
    installation: Installation, survey: str, versions: tuple[str, ...]
) -> tuple[tuple[Dimension, bool], ...]:
    """The dimensions of some versions, newest first, each with whether the newest still asks for it.

    First the newest version's headlines, then its others, then those that only older versions have.
    """
    found: dict[str, tuple[Dimension, bool]] = {}
    for number, version in enumerate(versions):
        definition = find_definition(installation, survey, version)
        others = (d for d in definition.dimensions if d.headline is None)
        for dimension in (*definition.headlines, *others):
            found.setdefault(dimension.id, (dimension, number == 0))
    return tuple(found.values())


def find_title(installation: Installation, survey: str) -> Text | None:
    """What a survey calls itself in its newest version that was answered, by language; None when unknown."""
    versions = list_versions(list_all_publications(installation, survey))
    try:
        return find_definition(installation, survey, versions[0]).title if versions else None
    except SurveyError:
        return None
