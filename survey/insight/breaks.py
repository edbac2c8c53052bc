"""Where does a series no longer measure the same: from which period on, and because of which version?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.periods import list_months, parse_period
from survey.definition.changes import compare_definitions
from survey.installation import Installation, find_definition
from survey.store.publications import Publication


@dataclass(frozen=True)
class Break:
    """The period from which a dimension is measured by other questions than before, and their version."""

    period: str
    version: str


def find_breaks(
    installation: Installation, survey: str, codes: Sequence[str], known: Sequence[Publication]
) -> Mapping[str, tuple[Break, ...]]:
    """The breaks of each dimension that has some, in order of time.

    `codes` are periods in order. A period in which two versions were answered counts as the newer's: it is
    the first that is not measured as before. A period that nobody answered in says nothing.
    """
    found: dict[str, list[Break]] = {}
    before: str | None = None
    for code, version in find_newest_versions(codes, known):
        if before is not None and version != before:
            for dimension in list_broken(installation, survey, before, version):
                found.setdefault(dimension, []).append(Break(code, version))
        before = version
    return {dimension: tuple(breaks) for dimension, breaks in found.items()}


def find_newest_versions(codes: Sequence[str], known: Sequence[Publication]) -> list[tuple[str, str]]:
    """The newest version that was answered in each period, of periods that were answered in."""
    by_month: dict[str, list[str]] = {}
    for one in known:
        by_month.setdefault(one.month, []).extend(one.versions.split())
    newest = (
        (code, [v for month in list_months(parse_period(code)) for v in by_month.get(month, ())])
        for code in codes
    )
    return [(code, max(versions, key=order_version)) for code, versions in newest if versions]


def order_version(version: str) -> tuple[int, ...]:
    """What versions are ordered by: the tenth of a year comes after its second."""
    return tuple(int(part) for part in version.split("-"))


def list_broken(installation: Installation, survey: str, old: str, new: str) -> list[str]:
    """The dimensions whose series a new version breaks, in order."""
    differences = compare_definitions(
        find_definition(installation, survey, old), find_definition(installation, survey, new)
    )
    return sorted({dimension for one in differences for dimension in one.dimensions})
