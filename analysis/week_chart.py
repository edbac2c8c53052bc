"""How counts by week are drawn: a bar for each stretch of weeks that is told together, as wide as it is long.

Nothing is drawn of weeks that are not told of: an empty place is not a zero, and the sentence beside the
chart says so. The axis begins at 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import (
    FONT,
    FONT_SIZE,
    HEIGHT,
    MARGIN,
    SMALL_FONT_SIZE,
    Palette,
    choose_ticks,
    write_separators,
)

GAP = 0.2
"""Weeks between two bars."""
LOWEST_TOP = 25
"""People: the axis goes at least so far, so that a first small bar does not look large."""
FEWEST_PLACES = 8
"""Weeks that there is room for at least: one bar alone would fill the page."""
ABOVE = 1.08
"""Of the highest bar: how far the axis goes."""
NAME_ABOVE = 8
"""Pixels between the axis and its name."""


@dataclass(frozen=True, slots=True)
class WeekBar:
    """A stretch of weeks, `start` to `end` as places, its people, and what it is in the reader's words."""

    start: int
    end: int
    people: int
    told: str


def draw_weeks(
    bars: Sequence[WeekBar], labels: Sequence[str], *, axis: str, palette: Palette, locale: str
) -> go.Figure:
    """The figure of bars over weeks with these labels; a label may have one line break.

    `axis` names the count. Give the figure no other theme: its colours are chosen for contrast.
    """
    trace = {
        "type": "bar",
        "x": [(bar.start + bar.end) / 2 for bar in bars],
        "y": [bar.people for bar in bars],
        "width": [bar.end - bar.start + 1 - GAP for bar in bars],
        "hovertext": [escape(bar.told) for bar in bars],
        "hoverinfo": "text",
        "marker": {"color": palette.line},
    }
    top = max([LOWEST_TOP, *(bar.people * ABOVE for bar in bars)])
    layout = _lay_out(labels, top, axis, palette, locale)
    return go.Figure({"data": [trace], "layout": layout}, _validate=False)


def _lay_out(labels: Sequence[str], top: float, axis: str, palette: Palette, locale: str) -> dict[str, Any]:
    name = {"text": escape(axis), "showarrow": False, "font": {"size": SMALL_FONT_SIZE}}
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": 4 - MARGIN["l"]}
    height = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": NAME_ABOVE}
    return {
        "template": {},
        "height": HEIGHT,
        "margin": dict(MARGIN),
        "separators": write_separators(locale),
        "font": {"family": FONT, "size": FONT_SIZE, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {
            "bgcolor": palette.background,
            "font": {"family": FONT, "color": palette.text},
            "align": "left",
        },
        "dragmode": False,
        "showlegend": False,
        "annotations": [name | place | height],
        "xaxis": _lay_out_weeks(labels, palette),
        "yaxis": {
            "range": [0, top],
            "rangemode": "tozero",
            "nticks": 5,
            "tickformat": ",d",
            "fixedrange": True,
            "automargin": True,
            "gridcolor": palette.grid,
            "zerolinecolor": palette.text,
        },
    }


def _lay_out_weeks(labels: Sequence[str], palette: Palette) -> dict[str, Any]:
    ticks = choose_ticks(len(labels))
    return {
        "range": [-0.5, max(len(labels), FEWEST_PLACES) - 0.5],
        "tickvals": ticks,
        "ticktext": [escape(labels[tick]).replace("\n", "<br>") for tick in ticks],
        "tickangle": 0,
        "ticks": "outside",
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "fixedrange": True,
        "automargin": True,
        "linecolor": palette.text,
        "tickcolor": palette.text,
    }
