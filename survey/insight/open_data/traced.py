"""Where do the numbers of a file come from: which publications, which revision, which method?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from survey.store.publications import Publication
from survey.version import VERSION


def list_latest(published: Sequence[Publication]) -> tuple[Publication, ...]:
    """The latest revision of each month, newest month first."""
    found: dict[str, Publication] = {}
    for one in published:
        known = found.get(one.month)
        if known is None or one.revision > known.revision:
            found[one.month] = one
    return tuple(found[month] for month in sorted(found, reverse=True))


def find_made(published: Sequence[Publication]) -> datetime:
    """When the newest of some publications was made: the files of the same content have the same moment."""
    return max(one.published for one in published)


def trace(survey: str, published: Sequence[Publication]) -> Mapping[str, str]:
    """What a file says of where it comes from, as names and texts. Publications are month.revision."""
    latest = list_latest(published)
    return {
        "survey": survey,
        "publications": " ".join(f"{one.month}.{one.revision}" for one in reversed(latest)),
        "method": ", ".join(sorted({one.method for one in latest})),
        "newest_checksum": latest[0].checksum,
        "made_by": f"Invånarrösten {VERSION}",
    }


def write_trace(traced: Mapping[str, str]) -> str:
    """The same as one line: survey: x; publications: 2026-09.1 2026-10.2; method: …"""
    return "; ".join(f"{name}: {value}" for name, value in traced.items())
