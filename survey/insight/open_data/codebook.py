"""What somebody who has only the files needs to know to use them rightly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.disclosure import ALIKE_LEAST, ROUND_TO
from analysis.group_tables import GROUP_LEAST
from analysis.periods import parse_period
from survey.areas import Areas
from survey.definition.model import Text
from survey.insight.open_data.cells import REST, Row
from survey.insight.open_data.files import (
    BOUNDS,
    CELLS,
    CELLS_PARQUET,
    DATA_FILES,
    HIERARCHIES,
    KOLADA,
    seal_file,
)
from survey.insight.open_data.group_meanings import list_group_entries, say_both
from survey.insight.open_data.hierarchies import UNIT_MARK, Codes, Link
from survey.insight.open_data.kolada import KoladaRow
from survey.insight.open_data.meanings import WRITTEN_IN, Entry, Meanings, choose_languages
from survey.insight.shares import can_tell_answers, find_least, find_limit
from survey.installation import SWEDEN
from survey.language import speak
from survey.store.publications import Publication


@dataclass(frozen=True)
class Content:
    """What was written: whose, of which survey and publications, and with which codes."""

    publisher: str
    survey: str
    meanings: Meanings
    publications: tuple[Publication, ...]  # newest month first, never empty
    codes: Codes
    links: tuple[Link, ...]


def make_codebook(content: Content, areas: Areas) -> Entry:
    """The codebook as plain values, but for its files. The same content gives the same."""
    newest = content.meanings.definitions[0]
    months = [one.month for one in content.publications]
    naming = content.meanings.naming
    groups = [link.code for link in content.links if link.dimension == "group"]
    return {
        "publisher": content.publisher,
        "survey": content.survey,
        "title": choose_languages(newest.title),
        "first_month": min(months),
        "last_month": max(months),
        "notes": make_notes(content, months),
        "files": [],
        "columns": list_columns(),
        "statuses": [
            {"code": "shown", "text": say_both("open_data.status.shown")},
            {"code": "hidden", "text": say_both("open_data.status.hidden")},
        ],
        "limits": list_limits(content),
        "measures": list(content.meanings.list_entries(content.codes.measures)),
        "areas": [describe_area(one, areas) for one in content.links if one.dimension == "area"],
        "periods": list(describe_periods(content.links, min(months), max(months))),
        "groups": list(
            list_group_entries(list(dict.fromkeys(groups)), content.meanings.definitions, naming.overlapping)
        ),
        "revisions": [describe_revision(one) for one in reversed(content.publications)],
    }


def make_notes(content: Content, months: Sequence[str]) -> Entry:
    """What holds for all of it, as sentences."""
    latest = content.publications[0]
    facts = {
        "threshold": latest.threshold_public,
        "group": GROUP_LEAST,
        "rounded": ROUND_TO,
        "few": find_first_exact(),
        "rest": REST,
        "method": ", ".join(sorted({one.method for one in content.publications})),
        "publisher": content.publisher,
        "survey": content.survey,
        "first": min(months),
        "last": max(months),
    }
    return {
        note: {
            language: speak(language).say(f"open_data.note.{note}", **facts)  # keys: open_data.note.*
            for language in WRITTEN_IN
        }
        for note in ("about", "hidden", "rounding", "shares", "groups", "method", "licence", "cite")
    }


def find_first_exact() -> int:
    """The least rounded count from which shares are said exactly."""
    return next(n for n in range(ROUND_TO, 2 * ALIKE_LEAST, ROUND_TO) if can_tell_answers(n))


def list_limits(content: Content) -> list[Entry]:
    """For each rounded count that is too small for exact shares: what shares near the ends are said as."""
    first = min(one.threshold_public for one in content.publications)
    counts = range(first // ROUND_TO * ROUND_TO, find_first_exact(), ROUND_TO)
    limits = {n: find_limit(find_least(n)) for n in counts}
    return [{"n": n, "below": f"<{one}", "above": f">{100 - one}"} for n, one in limits.items()]


def list_files(folder: Path, rows: Mapping[str, int]) -> list[Entry]:
    """The data files as they lie in a folder: checksums, and how many rows or places each has."""
    return [{"name": name, "sha256": seal_file(folder / name), "rows": rows[name]} for name in DATA_FILES]


def list_columns() -> list[Entry]:
    """The columns of the files; the SPSS file has those of the Parquet file."""
    columns = [
        *((CELLS, name) for name in Row._fields),
        *((HIERARCHIES, name) for name in Link._fields),
        *((CELLS_PARQUET, name) for name in BOUNDS),
        *((KOLADA, name) for name in KoladaRow._fields),
    ]
    return [
        {
            "file": file,
            "name": name,
            "text": say_both(f"open_data.{'kolada' if file == KOLADA else 'column'}.{name}"),
            # keys: open_data.column.*, open_data.kolada.*
        }
        for file, name in columns
    ]


def describe_area(link: Link, areas: Areas) -> Entry:
    municipality, _, unit = link.code.partition(UNIT_MARK)
    name = areas.find(municipality).name
    text: Text = dict.fromkeys(WRITTEN_IN, unit or name)
    kind = "unit" if unit else "municipality" if link.parent else "county"
    if unit == REST:
        text, kind = say_both("open_data.rest"), "rest"
    return {"code": link.code, "kind": kind, "parent": link.parent, "text": text}


def describe_periods(links: Sequence[Link], first: str, last: str) -> Iterator[Entry]:
    """Each period, and whether all of its months have been published."""
    for link in links:
        if link.dimension == "period":
            period = parse_period(link.code)
            whole = first <= period.first and period.last <= last
            yield {
                "code": link.code,
                "kind": period.kind.value,
                "parent": link.parent,
                "first": period.first,
                "last": period.last,
                "whole": whole,
            }


def describe_revision(one: Publication) -> Entry:
    """A publication, without how many answers it had: that count is not rounded."""
    return {
        "month": one.month,
        "revision": one.revision,
        "reason": one.reason,
        "published": one.published.astimezone(SWEDEN).date().isoformat(),
        "versions": one.versions.split(),
        "method": one.method,
        "code_version": one.code_version,
        "population_year": one.population_year,
        "threshold_public": one.threshold_public,
        "checksum": one.checksum,
    }
