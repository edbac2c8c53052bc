"""How shares of themes are drawn: a bar for each theme with its interval, its name above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import FONT, FONT_SIZE, SMALL_FONT_SIZE, Palette, write_separators

BAR_HEIGHT = 46
"""Pixels of a bar and the name above it."""
AROUND = 36
"""Pixels of the axis' labels."""
STEPS = (25, 50, 75, 100)
"""Per cent at which the axis may end: the first that holds every interval."""


@dataclass(frozen=True, slots=True)
class ThemeBar:
    """A theme in the reader's words, the per cent of comments that carry it, and what is said of it.

    `low` and `high` are the interval, None where there is none to tell. `plain` bars are not themes, as the
    comments in which none was found.
    """

    name: str
    percent: int
    said: str
    low: int | None = None
    high: int | None = None
    plain: bool = False


def draw_theme_bars(bars: Sequence[ThemeBar], *, palette: Palette, locale: str) -> go.Figure:
    """The figure of themes, the first on top; the per cent stands after each name, so colour says nothing."""
    places = list(range(len(bars)))
    end = choose_end(bars)
    layout = {
        "template": {},
        "height": BAR_HEIGHT * len(bars) + AROUND,
        "margin": {"l": 8, "r": 26, "t": 4, "b": 26},
        "separators": write_separators(locale),
        "font": {"family": FONT, "size": FONT_SIZE, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "showlegend": False,
        "xaxis": {
            "range": [0, end],
            "tickvals": [0, end / 2, end],
            "ticktext": [f"{round(tick)} %" for tick in (0, end / 2, end)],
            "gridcolor": palette.grid,
            "zeroline": False,
            "fixedrange": True,
            "tickfont": {"size": SMALL_FONT_SIZE},
        },
        "yaxis": {"range": [len(bars) - 0.55, -0.75], "visible": False, "fixedrange": True},
        "annotations": [_name_bar(bar, place) for place, bar in zip(places, bars, strict=True)],
    }
    return go.Figure({"data": [_draw_bars(bars, places, palette)], "layout": layout}, _validate=False)


def choose_end(bars: Sequence[ThemeBar]) -> int:
    """Where the axis ends, in per cent."""
    highest = max((bar.percent if bar.high is None else bar.high for bar in bars), default=0)
    return next((step for step in STEPS if highest <= step), STEPS[-1])


def _draw_bars(bars: Sequence[ThemeBar], places: Sequence[int], palette: Palette) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [bar.percent for bar in bars],
        "y": list(places),
        "width": 0.36,
        "marker": {"color": [palette.compared if bar.plain else palette.line for bar in bars]},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [0 if bar.high is None else bar.high - bar.percent for bar in bars],
            "arrayminus": [0 if bar.low is None else bar.percent - bar.low for bar in bars],
            "color": palette.limit,
            "thickness": 2,
            "width": 5,
        },
        "hovertext": [f"{escape(bar.name)}: {escape(bar.said)}" for bar in bars],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _name_bar(bar: ThemeBar, place: int) -> dict[str, Any]:
    return {
        "text": f"{escape(bar.name)}, {escape(bar.said)}",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": place - 0.2,
        "yref": "y",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": SMALL_FONT_SIZE + 1},
    }
