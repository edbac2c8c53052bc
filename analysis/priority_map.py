"""How is the map of importance and feasibility drawn: where each proposal lies, and how the group spread?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import FONT, FONT_SIZE, SMALL_FONT_SIZE, Palette, write_separators
from analysis.panel_ratings import HIGHEST, MIDDLE, Quadrant

HEIGHT = 430
"""Pixels: nearly square on a phone of 360, so that both scales are as long."""
MARGIN = {"l": 44, "r": 16, "t": 34, "b": 48}
"""Pixels."""
BEYOND = 9.0
"""Points outside 0-100 that the axes have, so that a mark at an end is whole."""
MARK_SIZE = 30
"""Pixels: room for two numbers in a mark."""
TICKS = (0, 25, 50, 75, 100)
CORNERS: Mapping[Quadrant, tuple[float, float, str, str]] = {
    Quadrant.BEGIN: (HIGHEST + BEYOND, HIGHEST + BEYOND, "right", "top"),
    Quadrant.PREPARE: (-BEYOND, HIGHEST + BEYOND, "left", "top"),
    Quadrant.EASY: (HIGHEST + BEYOND, -BEYOND, "right", "bottom"),
    Quadrant.WAIT: (-BEYOND, -BEYOND, "left", "bottom"),
}


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A proposal on the map: its number in the table, its medians (0-100), quartiles and what is told of it.

    The quartiles are None where they are not told.
    """

    number: int
    importance: float
    feasibility: float
    told: str
    importance_range: tuple[float, float] | None = None
    feasibility_range: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class MapWords:
    """The map's words in the reader's language."""

    importance: str
    feasibility: str
    quadrants: Mapping[Quadrant, str]


def draw_priority_map(
    points: Sequence[MapPoint], *, words: MapWords, palette: Palette, locale: str
) -> go.Figure:
    """The map: feasibility to the right, importance upwards, the middle halves of the answers as lines.

    Proposals at the same place share a mark with their numbers, so that none hides another.
    """
    places = gather_places(points)
    axis = {
        "range": [-BEYOND, HIGHEST + BEYOND],
        "tickvals": list(TICKS),
        "gridcolor": palette.grid,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": SMALL_FONT_SIZE},
    }
    title = {"text": escape(words.feasibility), "font": {"size": SMALL_FONT_SIZE}, "standoff": 8}
    layout = {
        "template": {},
        "height": HEIGHT,
        "margin": dict(MARGIN),
        "separators": write_separators(locale),
        "font": {"family": FONT, "size": FONT_SIZE, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"bgcolor": palette.background, "font": {"family": FONT, "color": palette.text}},
        "dragmode": False,
        "showlegend": False,
        "shapes": [_draw_middle(palette, upright=upright) for upright in (True, False)],
        "annotations": [_name_axis(words.importance), *_name_quadrants(words, palette)],
        "xaxis": axis | {"title": title},
        "yaxis": axis,
    }
    traces = [*_draw_ranges(points, palette), _draw_marks(places, palette)]
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def gather_places(points: Sequence[MapPoint]) -> dict[tuple[float, float], list[MapPoint]]:
    """The points that lie at each place (feasibility, importance)."""
    places: dict[tuple[float, float], list[MapPoint]] = {}
    for point in points:
        places.setdefault((point.feasibility, point.importance), []).append(point)
    return places


def _draw_marks(places: Mapping[tuple[float, float], Sequence[MapPoint]], palette: Palette) -> dict[str, Any]:
    numbers = [", ".join(str(point.number) for point in some) for some in places.values()]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "text": numbers,
        "textfont": {"size": FONT_SIZE, "color": palette.background},
        "textposition": "middle center",
        "marker": {
            "symbol": "circle",
            "size": [MARK_SIZE + 9 * (len(some) - 1) for some in places.values()],
            "color": palette.line,
            "line": {"width": 1.5, "color": palette.background},
        },
        "hovertext": ["<br>".join(escape(point.told) for point in some) for some in places.values()],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _draw_ranges(points: Sequence[MapPoint], palette: Palette) -> list[dict[str, Any]]:
    """The middle half of the answers as thin lines through the mark, one way and the other."""
    lines: list[tuple[list[float], list[float]]] = []
    for point in points:
        if point.feasibility_range is not None:
            lines.append((list(point.feasibility_range), [point.importance] * 2))
        if point.importance_range is not None:
            lines.append(([point.feasibility] * 2, list(point.importance_range)))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": {"color": palette.compared, "width": 2},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
        for x, y in lines
    ]


def _draw_middle(palette: Palette, *, upright: bool) -> dict[str, Any]:
    along, across = ("y", "x") if upright else ("x", "y")
    ends = {f"{along}0": -BEYOND, f"{along}1": HIGHEST + BEYOND, f"{across}0": MIDDLE, f"{across}1": MIDDLE}
    line = {"color": palette.compared, "width": 1.5, "dash": "6px,4px"}
    return {"type": "line", "layer": "below", "line": line, **ends}


def _name_quadrants(words: MapWords, palette: Palette) -> list[dict[str, Any]]:
    return [
        {
            "text": escape(words.quadrants[quadrant]),
            "x": x,
            "y": y,
            "xanchor": x_anchor,
            "yanchor": y_anchor,
            "showarrow": False,
            "font": {"size": SMALL_FONT_SIZE, "color": palette.text},
        }
        for quadrant, (x, y, x_anchor, y_anchor) in CORNERS.items()
    ]


def _name_axis(name: str) -> dict[str, Any]:
    """The upright axis' name as a line above it, which is read more easily than one on its side."""
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": 4 - MARGIN["l"]}
    height = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 8}
    return {"text": escape(name), "showarrow": False, "font": {"size": SMALL_FONT_SIZE}, **place, **height}
