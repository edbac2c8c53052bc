"""How are municipalities drawn where they lie?

As filled outlines on plain axes: Plotly's own maps ask another host for the world's coasts, even when nothing
of them is shown. Each mark is one trace with a pattern of its own, and every municipality has its sign and,
for a pointer, its words.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import DARK, FONT, LIGHT, SMALL_FONT_SIZE, Palette, write_separators
from analysis.place_marks import SIGNS, Mark, MarkWords, fill_area

Trace = dict[str, Any]
Outline = Sequence[tuple[float, float]]
"""A closed line: in degrees (longitude, latitude) before it is projected, on the map's plane after."""

CENTRAL_MERIDIAN = 15.0
"""Degrees east. That of Sweden's national reference system (SWEREF 99 TM), so that north is nearly up."""
MAP_HEIGHT = 460
"""Pixels: a county whole on a phone, with its legend."""
COUNTRY_HEIGHT = 860
"""Pixels: Sweden is more than twice as high as it is wide."""
MOST_SIGNS = 60
"""Municipalities whose signs have room for themselves; of more only those outside the limits have one."""
ROUND_TO = 3
"""Decimals of a degree: 110 metres."""


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """A municipality with its mark, what a pointer tells of it, and its outlines in degrees."""

    mark: Mark
    told: str
    outlines: tuple[Outline, ...]


def draw_map(areas: Sequence[DrawnArea], *, words: MarkWords, locale: str, dark: bool = False) -> go.Figure:
    """The map of some municipalities; those without an outline are not on it, and the page says so."""
    palette = DARK if dark else LIGHT
    drawn = [one for one in areas if one.outlines]
    outlines = [tuple(project_outline(outline) for outline in one.outlines) for one in drawn]
    shapes = list(zip(drawn, outlines, strict=True))
    traces = [
        trace_outlines(mark, [o for one, some in shapes if one.mark is mark for o in some], words, palette)
        for mark in Mark
        if any(one.mark is mark for one in drawn)
    ]
    if drawn:
        traces.append(trace_signs(drawn, outlines, palette))
    height = COUNTRY_HEIGHT if len(drawn) > MOST_SIGNS else MAP_HEIGHT
    layout = lay_out_plane(palette, locale, height)
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def project_outline(outline: Outline) -> Outline:
    """An outline on a plane where every area keeps its size (sinusoidal, in degrees of latitude)."""
    return [project(longitude, latitude) for longitude, latitude in outline]


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in degrees on the map's plane, x to the east and y to the north."""
    x = (longitude - CENTRAL_MERIDIAN) * math.cos(math.radians(latitude))
    return round(x, ROUND_TO), round(latitude, ROUND_TO)


def find_middle(outlines: Sequence[Outline]) -> tuple[float, float]:
    """The centre of gravity of the largest of some closed outlines."""
    largest = max(outlines, key=lambda one: abs(measure_outline(one)[0]))
    area, x, y = measure_outline(largest)
    return (x / (6 * area), y / (6 * area)) if area else largest[0]


def measure_outline(outline: Outline) -> tuple[float, float, float]:
    """An outline's signed area, and its two first moments times 6 (the shoelace formula)."""
    area = moment_x = moment_y = 0.0
    # Seen from the first point, or the differences of large numbers would blur the sums.
    x0, y0 = outline[0]
    for (x, y), (next_x, next_y) in pairwise(outline):
        cross = (x - x0) * (next_y - y0) - (next_x - x0) * (y - y0)
        area += cross / 2
        moment_x += (x + next_x - 2 * x0) * cross
        moment_y += (y + next_y - 2 * y0) * cross
    return area, moment_x + 6 * area * x0, moment_y + 6 * area * y0


def trace_outlines(
    mark: Mark, outlines: Sequence[Outline], words: MarkWords, palette: Palette, **fill: Any
) -> Trace:
    """The filled outlines of a mark as one trace, with gaps between them; its name stands in the legend."""
    x: list[float | None] = []
    y: list[float | None] = []
    for outline in outlines:
        x += [*(point[0] for point in outline), None]
        y += [*(point[1] for point in outline), None]
    return {
        "type": "scatter",
        "name": escape(words.name(mark)),
        "x": x[:-1],
        "y": y[:-1],
        "mode": "lines",
        "line": {"width": 1, "color": palette.text},
        "hoverinfo": "skip",
        **(fill or fill_area(mark, palette)),
    }


def trace_signs(areas: Sequence[DrawnArea], outlines: Sequence[Sequence[Outline]], palette: Palette) -> Trace:
    """The sign in the middle of each municipality, which also tells a pointer about it."""
    middles = [find_middle(one) for one in outlines]
    always = len(areas) <= MOST_SIGNS
    outside = (Mark.ABOVE, Mark.BELOW)
    return {
        "type": "scatter",
        "x": [round(x, ROUND_TO) for x, _ in middles],
        "y": [round(y, ROUND_TO) for _, y in middles],
        "mode": "markers+text",
        "marker": {"size": 18, "color": "rgba(0,0,0,0)"},
        "text": [f"<b>{SIGNS[one.mark]}</b>" if always or one.mark in outside else "" for one in areas],
        "textfont": {"size": 15, "color": palette.text},
        "hovertext": [escape(one.told) for one in areas],
        "hoverinfo": "text",
        "showlegend": False,
    }


def lay_out_plane(palette: Palette, locale: str, height: int, **axes: Mapping[str, Any]) -> dict[str, Any]:
    """Plotly's layout of a picture without scales, as wide as it is high for the same distance."""
    plain: dict[str, Any] = {"visible": False, "fixedrange": True}
    return {
        "template": {},
        "height": height,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "separators": write_separators(locale),
        "font": {"family": FONT, "size": SMALL_FONT_SIZE, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.background, "font": {"family": FONT, "color": palette.text}},
        "dragmode": False,
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 0,
            "yanchor": "top",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "xaxis": plain | dict(axes.get("xaxis", {})),
        "yaxis": plain | {"scaleanchor": "x", "scaleratio": 1} | dict(axes.get("yaxis", {})),
    }
