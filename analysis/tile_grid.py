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
MOST_NAMED = 4
"""Columns whose tiles have room for a whole name on a screen of 360 pixels."""
SHORT = 5
"""Letters of a shortened name."""
NAME_SIZE = 11
"""Pixels: ten letters in a fourth of a phone's width."""
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
        traces.append(_trace_names(tiles, palette, is_short=columns > MOST_NAMED))
    ranges = {"xaxis": {"range": [0, columns]}, "yaxis": {"range": [-rows, 0], "scaleanchor": None}}
    layout = lay_out_plane(palette, locale, rows * ROW_HEIGHT + LEGEND_HEIGHT, **ranges)
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def outline_tile(tile: Tile) -> list[tuple[float, float]]:
    """The square of a tile, closed; rows go downwards."""
    left, right = tile.column + GAP, tile.column + 1 - GAP
    top, bottom = -tile.row - GAP, -tile.row - 1 + GAP
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def shorten(name: str) -> str:
    """A name in five letters; of two words three letters and one, so that neighbours are told apart."""
    first, *others = name.replace("-", " ").split()
    if others:
        return f"{first[:3]} {others[0][:1]}"
    return first if len(first) <= SHORT else first[:SHORT]


def _trace_names(tiles: Sequence[Tile], palette: Palette, *, is_short: bool) -> Trace:
    names = [shorten(one.name) if is_short else one.name for one in tiles]
    return {
        "type": "scatter",
        "x": [one.column + 0.5 for one in tiles],
        "y": [-one.row - 0.5 for one in tiles],
        "mode": "markers+text",
        "marker": {"size": 36, "symbol": "square", "color": "rgba(0,0,0,0)"},
        "text": [
            f"{escape(name)}<br><b>{SIGNS[one.mark]}</b>" for one, name in zip(tiles, names, strict=True)
        ],
        "textfont": {"size": NAME_SIZE, "color": palette.text},
        "hovertext": [escape(one.told) for one in tiles],
        "hoverinfo": "text",
        "showlegend": False,
    }
