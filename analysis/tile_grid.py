"""How are municipalities drawn as tiles of one size, near where they lie?

A large municipality weighs no more than a small one here, and each has room for its name and its sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.area_map import lay_out_plane, trace_outlines
from analysis.chart_frame import DARK, LIGHT, Palette
from analysis.place_marks import SIGNS, Mark, MarkWords, tint_area

Trace = dict[str, Any]

GAP = 0.04
"""Tiles: half of what is between two."""
NAME_SIZE = 11
"""Pixels."""
LINE = 7
"""Signs of a name on a line: what a tile of seven beside each other holds on a screen of 360 pixels."""
ENDINGS = (
    *("berg", "boda", "borg", "by", "fors", "fred", "hammar", "hamn", "holm", "hult", "krona", "köping"),
    *("långa", "ryd", "sala", "skog", "stad", "sund", "torp", "vik", "ås"),
)
"""Last parts of names, before which a name is broken rather than elsewhere."""
VOWELS = frozenset("aeiouyåäö")
ROW_HEIGHT = 62
"""Pixels."""
LEGEND_HEIGHT = 110
"""Pixels: six entries on a phone."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A municipality's tile, column 0 in the west and row 0 in the north, with its mark and its words.

    `told` is for a pointer.
    """

    name: str
    column: int
    row: int
    mark: Mark
    told: str


def draw_tiles(tiles: Sequence[Tile], *, words: MarkWords, locale: str, dark: bool = False) -> go.Figure:
    """The grid of some municipalities. Raises ValueError when two have one place."""
    if len({(one.column, one.row) for one in tiles}) < len(tiles):
        raise ValueError("Two tiles have one place: give each its own column and row.")
    palette = DARK if dark else LIGHT
    traces = [
        trace_outlines(mark, some, words, palette, **tint_area(mark, palette))
        for mark in Mark
        if (some := [outline_tile(one) for one in tiles if one.mark is mark])
    ]
    columns = max((one.column for one in tiles), default=0) + 1
    rows = max((one.row for one in tiles), default=0) + 1
    if tiles:
        traces.append(_trace_names(tiles, palette))
    ranges = {"xaxis": {"range": [0, columns]}, "yaxis": {"range": [-rows, 0], "scaleanchor": None}}
    layout = lay_out_plane(palette, locale, rows * ROW_HEIGHT + LEGEND_HEIGHT, **ranges)
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def outline_tile(tile: Tile) -> list[tuple[float, float]]:
    """The square of a tile, closed; rows go downwards."""
    left, right = tile.column + GAP, tile.column + 1 - GAP
    top, bottom = -tile.row - GAP, -tile.row - 1 + GAP
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def break_name(name: str) -> list[str]:
    """A whole name in lines that a tile holds, broken at hyphens and spaces, else as Swedish words are."""
    lines: list[str] = []
    for word in name.replace("-", "- ").split():
        rest = word
        while len(rest) > LINE:
            at = _find_break(rest)
            lines.append(f"{rest[:at]}-")
            rest = rest[at:]
        lines.append(rest)
    return lines


def _find_break(word: str) -> int:
    """Where a long word is broken: before a last part that names have, else by its consonants and vowels."""
    for at in range(LINE, 2, -1):
        if word[at:] in ENDINGS:
            return at
    places = (at for at in range(LINE - 1, 1, -1) if word[at] not in VOWELS and word[at + 1] in VOWELS)
    return next(places, LINE - 1)


def _trace_names(tiles: Sequence[Tile], palette: Palette) -> Trace:
    names = ["<br>".join(map(escape, break_name(one.name))) for one in tiles]
    return {
        "type": "scatter",
        "x": [one.column + 0.5 for one in tiles],
        "y": [-one.row - 0.5 for one in tiles],
        "mode": "markers+text",
        "marker": {"size": 36, "symbol": "square", "color": "rgba(0,0,0,0)"},
        "text": [f"{name}<br><b>{SIGNS[one.mark]}</b>" for one, name in zip(tiles, names, strict=True)],
        "textfont": {"size": NAME_SIZE, "color": palette.text},
        "hovertext": [escape(one.told) for one in tiles],
        "hoverinfo": "text",
        "showlegend": False,
    }
