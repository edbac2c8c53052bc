"""How do the published cells become datasets for portals of statistics (JSON-stat 2.0)?

Two: the figures of everybody, and those of groups, which only long periods have. One cube of both would be
nearly empty, and most readers make it whole in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from analysis.json_stat import Axis, Place, write_json_stat
from survey.insight.open_data.cells import EVERYBODY, HIDDEN_MARK, Row
from survey.insight.open_data.coded import Coded, list_entries, read_notes, read_title
from survey.insight.open_data.files import CELLS_STAT, GROUPS_STAT
from survey.insight.open_data.meanings import Entry
from survey.language import DEFAULT_LANGUAGE, speak

FIGURES = ("n", "value", "low", "high")
NO_NUMBER = "."
ROLES = {"area": "geo", "period": "time", "measure": "metric"}
TOLD = ("about", "hidden", "rounding", "shares", "method", "licence")
Read = Callable[[], Iterable[Row]]


def write_portal(
    folder: Path,
    read: Read,
    codebook: Entry,
    coded: Mapping[str, Coded],
    traced: Mapping[str, str],
    made: datetime,
) -> dict[str, int]:
    """Both datasets; how many places of each have a number or say why there is none, by file."""

    def choose(*, groups: bool) -> Read:
        return lambda: (row for row in read() if (row.group != EVERYBODY) is groups)

    return {
        CELLS_STAT: write_dataset(
            folder / CELLS_STAT,
            choose(groups=False),
            ("area", "period", "measure"),
            codebook,
            coded,
            traced,
            made,
        ),
        GROUPS_STAT: write_dataset(
            folder / GROUPS_STAT,
            choose(groups=True),
            ("area", "period", "group", "measure"),
            codebook,
            coded,
            traced,
            made,
        ),
    }


def write_dataset(
    path: Path,
    read: Read,
    columns: tuple[str, ...],
    codebook: Entry,
    coded: Mapping[str, Coded],
    traced: Mapping[str, str],
    made: datetime,
) -> int:
    """A dataset with an axis for each column and one for the figures, of the codes that occur."""
    used: dict[str, set[str]] = {column: set() for column in columns}
    for row in read():
        for column in columns:
            used[column].add(getattr(row, column))
    units = {str(one["code"]): str(one["unit"]) for one in list_entries(codebook, "measures")}
    axes = [make_axis(column, used[column], coded[column], units) for column in columns]
    words, notes = speak(DEFAULT_LANGUAGE), read_notes(codebook)
    figures = {name: words.say(f"open_data.column.{name}") for name in FIGURES}  # keys: open_data.column.*
    axes.append(Axis("figure", words.say("open_data.head.figure"), figures))
    head = {
        "label": read_title(codebook).get(DEFAULT_LANGUAGE, str(codebook["survey"])),
        "source": str(codebook["publisher"]),
        "updated": made.isoformat(),
        "note": [notes[name].get(DEFAULT_LANGUAGE, "") for name in TOLD],
        "extension": {
            **traced,
            "status": {
                HIDDEN_MARK: words.say("open_data.missing.hidden"),
                NO_NUMBER: words.say("open_data.missing.none"),
            },
        },
    }
    return write_json_stat(path, head, axes, lambda: list_places(read(), columns))


def make_axis(column: str, used: set[str], codes: Coded, units: Mapping[str, str]) -> Axis:
    """An axis with the codes that occur, in the order of the codebook, and which are parts of which."""
    labels = {code: codes.say(code, DEFAULT_LANGUAGE) for code in codes.texts if code in used}
    children: dict[str, list[str]] = {}
    for code in labels:
        parent = codes.parents.get(code, "")
        if parent in labels:
            children.setdefault(parent, []).append(code)
    return Axis(
        column,
        speak(DEFAULT_LANGUAGE).say(f"open_data.head.{column}"),
        labels,
        ROLES.get(column, ""),
        {code: units[code] for code in labels} if column == "measure" else {},
        children,
    )


def list_places(rows: Iterable[Row], columns: tuple[str, ...]) -> Iterator[Place]:
    """Four places for each row: a number, or .. (hidden), <5 (only a bound) or . (no such number)."""
    for row in rows:
        where = tuple(getattr(row, column) for column in columns)
        for figure in FIGURES:
            text = getattr(row, figure)
            if text.isdecimal():
                yield Place((*where, figure), int(text))
            else:
                yield Place((*where, figure), None, text or NO_NUMBER)
