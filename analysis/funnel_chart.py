"""How is a funnel drawn: shares against how many answers they stand on, with the limits around them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import DARK, FONT, FONT_SIZE, LIGHT, SMALL_FONT_SIZE, Palette, write_separators
from analysis.funnel import NAMING_LEVEL, WARNING_LEVEL, Funnel, bound_shares
from analysis.place_marks import SYMBOLS, Mark, MarkWords, find_colour

Trace = dict[str, Any]

FUNNEL_HEIGHT = 460
"""Pixels, with a legend of seven lines on a phone."""
MARGIN = {"l": 44, "r": 16, "t": 34, "b": 8}
"""Pixels."""
LEGEND_BELOW = 56
"""Pixels from the axis to the legend at the least, with ticks and the axis' name between."""
LEAST_PLANE = 180
"""Pixels between the axes that a long legend on a phone leaves; the legend's place is a share of them."""
CURVE_POINTS = 60
FEWEST = 5
"""Answers where there is no municipality to draw; n is told in fives."""
BEFORE, AFTER = 0.6, 1.15
"""Where limits begin and end, as shares of the fewest and of the most answers: nearer to 0 they fill the
whole picture and press the municipalities together."""
STEP = 10
"""Per cent between the ends that the axis may have."""
MOST_STEPS = 6
"""Steps that the axis is marked with; it is marked at every second one when there are more."""
MANY_TIMES = 20
"""When the largest municipality has so many times the answers of the smallest, n is drawn on a log scale."""
LOG_TICKS = tuple(step * 10**power for power in range(6) for step in (1, 2, 5))
PERCENT = 100


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A municipality's share in per cent and its n, its mark, and what a pointer tells of it.

    Those without a share have no point; the page's table has them.
    """

    name: str
    percent: float
    n: int
    mark: Mark
    told: str


@dataclass(frozen=True, slots=True)
class FunnelWords:
    """The chart's words in the reader's language; `inner` and `outer` name the pairs of limits."""

    x_axis: str
    y_axis: str
    target: str
    inner: str
    outer: str
    marks: MarkWords


@dataclass(frozen=True, slots=True)
class Beside:
    """A county's own share in per cent, with its name."""

    name: str
    percent: float


def draw_funnel(
    points: Sequence[FunnelPoint],
    funnel: Funnel | None,
    *,
    beside: Sequence[Beside],
    words: FunnelWords,
    locale: str,
    dark: bool = False,
) -> go.Figure:
    """The funnel plot. Without a funnel the points stand alone; only those outside the limits are named."""
    palette = DARK if dark else LIGHT
    most = max((one.n for one in points), default=FEWEST)
    least = min((one.n for one in points), default=FEWEST)
    is_log = most > MANY_TIMES * least
    ends = (max(1.0, BEFORE * least), AFTER * most)
    traces = [] if funnel is None else _trace_limits(funnel, ends, words, palette)
    traces += [_trace_beside(one, ends, palette) for one in beside]
    traces += [
        _trace_points(some, mark, words, palette)
        for mark in SYMBOLS
        if (some := [one for one in points if one.mark is mark])
    ]
    y_range = find_range([y for one in traces for y in one["y"]])
    layout = _lay_out(words, palette, locale, ends, y_range, is_log=is_log)
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def find_range(percents: Sequence[float]) -> tuple[float, float]:
    """The ends of the axis: whole tens around all there is to draw, never outside 0-100."""
    if not percents:
        return 0, PERCENT
    low, high = min(percents), max(percents)
    first = max(0, STEP * ((low - 1) // STEP))
    last = min(PERCENT, -STEP * (-(high + 1) // STEP))
    return first, last


def _trace_limits(
    funnel: Funnel, ends: tuple[float, float], words: FunnelWords, palette: Palette
) -> list[Trace]:
    n = [round(float(one), 2) for one in np.geomspace(*ends, CURVE_POINTS)]
    traces = [
        _trace_line(words.target, list(ends), [PERCENT * funnel.target] * 2, palette.limit, "solid", 1.5)
    ]
    for level, name, dash in (
        (WARNING_LEVEL, words.inner, "2px,3px"),
        (NAMING_LEVEL, words.outer, "7px,3px"),
    ):
        limits = bound_shares(funnel, n, level=level)
        for number, side in enumerate((limits.low, limits.high)):
            drawn = _trace_line(name, n, [float(PERCENT * one) for one in side], palette.limit, dash, 1.5)
            traces.append(drawn | {"showlegend": number == 0})
    return traces


def _trace_line(name: str, x: list[float], y: list[float], colour: str, dash: str, width: float) -> Trace:
    return {
        "type": "scatter",
        "name": escape(name),
        "x": x,
        "y": [round(one, 2) for one in y],
        "mode": "lines",
        "line": {"color": colour, "width": width, "dash": dash},
        "hoverinfo": "skip",
    }


def _trace_beside(one: Beside, ends: tuple[float, float], palette: Palette) -> Trace:
    """A county's own share as a level line: its n would be off the scale of its municipalities."""
    return _trace_line(one.name, list(ends), [one.percent] * 2, palette.compared, "12px,4px,2px,4px", 2)


def _trace_points(points: Sequence[FunnelPoint], mark: Mark, words: FunnelWords, palette: Palette) -> Trace:
    is_outside = mark in (Mark.ABOVE, Mark.BELOW)
    named = {"mode": "markers+text", "text": [escape(one.name) for one in points]} if is_outside else {}
    return {
        "type": "scatter",
        "name": escape(words.marks.names[mark]),
        "x": [one.n for one in points],
        "y": [one.percent for one in points],
        "mode": "markers",
        "marker": {
            "symbol": SYMBOLS[mark],
            "size": 13 if is_outside else 9,
            "color": find_colour(mark, palette),
            "line": {"width": 1.5, "color": find_colour(mark, palette)},
        },
        "textposition": "top center" if mark is Mark.ABOVE else "bottom center",
        "textfont": {"size": SMALL_FONT_SIZE, "color": palette.text},
        "hovertext": [escape(one.told) for one in points],
        "hoverinfo": "text",
        "cliponaxis": False,
        **named,
    }


def _lay_out(
    words: FunnelWords,
    palette: Palette,
    locale: str,
    ends: tuple[float, float],
    y_range: tuple[float, float],
    *,
    is_log: bool,
) -> dict[str, Any]:
    axis = {"fixedrange": True, "zeroline": False, "gridcolor": palette.grid, "linecolor": palette.text}
    scale: dict[str, Any] = {"range": [0, ends[1]]}
    if is_log:
        ticks = [tick for tick in LOG_TICKS if ends[0] <= tick <= ends[1]]
        scale = {"type": "log", "tickvals": ticks, "range": [float(np.log10(end)) for end in ends]}
    title = {"text": escape(words.x_axis), "font": {"size": SMALL_FONT_SIZE}, "standoff": 8}
    step = STEP if y_range[1] - y_range[0] <= MOST_STEPS * STEP else 2 * STEP
    return {
        "template": {},
        "height": FUNNEL_HEIGHT,
        "margin": dict(MARGIN),
        "separators": write_separators(locale),
        "font": {"family": FONT, "size": FONT_SIZE, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.background, "font": {"family": FONT, "color": palette.text}},
        "dragmode": False,
        "showlegend": True,
        "legend": _place_legend(),
        "annotations": [_name_axis(words.y_axis)],
        "xaxis": axis | scale | {"title": title, "showgrid": False, "showline": True, "ticks": "outside"},
        "yaxis": axis | {"range": list(y_range), "dtick": step},
    }


def _place_legend() -> dict[str, Any]:
    """The legend under the axis' name. Nothing can be switched off in it."""
    return {
        "orientation": "h",
        "x": 0,
        "y": -LEGEND_BELOW / LEAST_PLANE,
        "yanchor": "top",
        "font": {"size": SMALL_FONT_SIZE},
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _name_axis(name: str) -> dict[str, Any]:
    """The y axis' name as a line above it, which is read more easily than one on its side."""
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": 4 - MARGIN["l"]}
    height = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 8}
    return {"text": escape(name), "showarrow": False, "font": {"size": SMALL_FONT_SIZE}, **place, **height}
