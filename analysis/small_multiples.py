"""How are many lines drawn beside each other, so that their forms are compared and not their order?

Two small charts to a figure, all with the same scales: figures stand beside each other where there is room
and under each other on a phone, and read in the order of the alphabet either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import (
    DARK,
    FONT,
    HIDDEN_AT,
    LIGHT,
    SMALL_FONT_SIZE,
    STRIP,
    Palette,
    write_separators,
)

Trace = dict[str, Any]

IN_A_FIGURE = 2
SMALL_HEIGHT = 190
"""Pixels."""
MARGIN = {"l": 34, "r": 8, "t": 28, "b": 38}
"""Pixels."""
BETWEEN = 0.10
"""Share of the figure's width between its two charts."""


@dataclass(frozen=True, slots=True)
class SmallLine:
    """A name; per cent for each period, None where nothing is shown; the places that are hidden.

    `county` is the county's line over the same periods, empty when there is none. `told` is what a pointer
    tells of each period.
    """

    name: str
    percents: tuple[float | None, ...]
    hidden: tuple[int, ...]
    county: tuple[float | None, ...]
    told: tuple[str, ...]


def draw_small_lines(
    lines: Sequence[SmallLine], *, first: str, last: str, locale: str, dark: bool = False
) -> go.Figure:
    """One or two small charts. `first` and `last` name the ends of the time and may have a line break.

    Raises ValueError with more than two lines, or when they have not one time.
    """
    lengths = {len(one.percents) for one in lines}
    if len(lines) > IN_A_FIGURE or len(lengths) > 1:
        raise ValueError("Give at most two lines of one length to a figure.")
    palette = DARK if dark else LIGHT
    traces: list[Trace] = []
    layout = _lay_out(palette, locale)
    for number, one in enumerate(lines):
        axes = {"xaxis": f"x{number + 1 if number else ''}", "yaxis": f"y{number + 1 if number else ''}"}
        traces += [trace | axes for trace in _trace(one, palette)]
        layout |= _lay_out_axes(number, len(one.percents), (first, last), palette)
        layout["annotations"].append(_name(one.name, number))
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def _trace(one: SmallLine, palette: Palette) -> list[Trace]:
    places = list(range(len(one.percents)))
    own: Trace = {
        "type": "scatter",
        "x": places,
        "y": list(one.percents),
        "hovertext": [escape(told) for told in one.told],
        "hoverinfo": "text",
        "mode": "lines+markers",
        "line": {"color": palette.line, "width": 2},
        "marker": {"color": palette.line, "size": 4},
        "connectgaps": False,
        "cliponaxis": False,
    }
    county: Trace = {
        "type": "scatter",
        "x": places,
        "y": list(one.county),
        "hoverinfo": "skip",
        "mode": "lines",
        "line": {"color": palette.compared, "width": 1.5, "dash": "6px,3px"},
        "connectgaps": False,
    }
    hidden: Trace = {
        "type": "scatter",
        "x": list(one.hidden),
        "y": [HIDDEN_AT] * len(one.hidden),
        "hovertext": [escape(one.told[place]) for place in one.hidden],
        "hoverinfo": "text",
        "mode": "markers",
        "marker": {"symbol": "x-thin", "size": 6, "line": {"width": 1.5, "color": palette.hidden}},
        "cliponaxis": False,
    }
    return [*([county] if one.county else []), own, *([hidden] if one.hidden else [])]


def _lay_out(palette: Palette, locale: str) -> dict[str, Any]:
    return {
        "template": {},
        "height": SMALL_HEIGHT,
        "margin": dict(MARGIN),
        "separators": write_separators(locale),
        "font": {"family": FONT, "size": SMALL_FONT_SIZE, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.background, "font": {"family": FONT, "color": palette.text}},
        "dragmode": False,
        "showlegend": False,
        "annotations": [],
    }


def _lay_out_axes(number: int, count: int, ends: tuple[str, str], palette: Palette) -> dict[str, Any]:
    width = (1 - BETWEEN) / IN_A_FIGURE
    start = number * (width + BETWEEN)
    which = str(number + 1) if number else ""
    labels = [escape(end).replace("\n", "<br>") for end in ends]
    ticks = {"tickvals": [0, count - 1] if count > 1 else [0], "ticktext": labels[: min(count, 2)]}
    across = {"domain": [start, start + width], "anchor": f"y{which}", "range": [-0.7, count - 0.3]}
    up = {"anchor": f"x{which}", "range": [-STRIP, 100], "tickvals": [0, 50, 100]}
    common = {"fixedrange": True, "zeroline": False, "gridcolor": palette.grid}
    return {
        f"xaxis{which}": common | across | ticks | {"showgrid": False, "tickangle": 0},
        f"yaxis{which}": common | up,
    }


def _name(name: str, number: int) -> dict[str, Any]:
    start = number * ((1 - BETWEEN) / IN_A_FIGURE + BETWEEN)
    place = {"xref": "paper", "yref": "paper", "x": start, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    return place | {"text": f"<b>{escape(name)}</b>", "showarrow": False, "font": {"size": 13}, "yshift": 4}
