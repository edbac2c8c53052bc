"""How groups are drawn: a gap over time around 0, and the values of a variable beside each other.

Meaning is in marks and places, never by colour alone: a filled mark where the interval lies on one side of 0
and an open one where it covers 0; what is hidden is a cross in a strip of its own below, or is said beside
the value's name.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import DARK, LIGHT, NUMBER, Palette, lay_out
from analysis.differences import Difference
from analysis.disclosure import Cell, Hidden, Shown
from analysis.estimates import Estimate
from analysis.gaps import GapPoint, is_on_one_side
from analysis.scores import HIGHEST_SCORE, LOWEST_SCORE

LEAST_REACH = 10
"""Points that the axis reaches to either side of 0 at least, so that a small gap does not look large."""
REACH_STEPS = (5, 10, 20, 25)
"""Points between the labels of that axis."""
STRIP = 0.36
"""How much of the axis' reach the strip of the hidden takes below it."""
ROW_HEIGHT = 46
"""Pixels for a value: its name in two lines."""
AROUND_ROWS = 92
"""Pixels above and below the values."""
NAME_WIDTH = 150
"""Pixels for the values' names; leaves 170 for the scores on a screen of 360."""
LETTERS_IN_LINE = 18
"""Letters of a value's name that fit in `NAME_WIDTH`."""
AXIS_ABOVE = 26
"""Pixels from the upper axis to its name."""


@dataclass(frozen=True, slots=True)
class GapChartWords:
    """The chart's words, already in the reader's language.

    `clear` and `unclear` name the two marks; `hover` is a pattern with {period}, {gap}, {low} and {high}.
    """

    axis: str
    clear: str
    unclear: str
    hidden: str
    hidden_tick: str
    hover: str
    label_period: Callable[[str], str]
    label_tick: Callable[[str], str]
    say_hidden: Callable[[Hidden], str]


@dataclass(frozen=True, slots=True)
class ValueChartWords:
    """The chart's words. `hover` is a pattern with {value}, {mean}, {low} and {high}; `hidden` stands after
    the name of a value that is hidden, and `no_answers` of one that nobody gave."""

    axis: str
    hidden: str
    no_answers: str
    hover: str


def draw_gaps(
    points: Sequence[GapPoint], *, reach: int, words: GapChartWords, locale: str, dark: bool = False
) -> go.Figure:
    """The figure of a gap over periods, in order of time, each with its interval; 0 in the middle.

    `reach` is that of all the charts that are laid beside each other: see `find_reach`.
    """
    palette = DARK if dark else LIGHT
    labels = [words.label_period(point.period) for point in points]
    shown = {n: one.gap.value for n, one in enumerate(points) if isinstance(one.gap, Shown)}
    hidden = {n: one.gap for n, one in enumerate(points) if isinstance(one.gap, Hidden)}
    clear = {n: one for n, one in shown.items() if is_on_one_side(one)}
    unclear = {n: one for n, one in shown.items() if n not in clear}
    traces = [
        _draw_marks(words.clear, clear, labels, words, palette, symbol="circle"),
        _draw_marks(words.unclear, unclear, labels, words, palette, symbol="circle-open"),
    ]
    if hidden:
        traces.append(_draw_hidden(hidden, labels, reach, words, palette))
    layout = lay_out(
        [words.label_tick(point.period) for point in points],
        axis=words.axis,
        palette=palette,
        locale=locale,
        entries=len(traces),
        hidden=words.hidden_tick if hidden else None,
    )
    layout["yaxis"] |= _lay_out_gaps(reach, words.hidden_tick if hidden else None, palette)
    layout["xaxis"] |= {"showline": False}
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def find_reach(lines: Iterable[Sequence[GapPoint]]) -> int:
    """How far an axis must reach to either side of 0, in points, for every interval of some lines."""
    gaps = [point.gap.value for points in lines for point in points if isinstance(point.gap, Shown)]
    ends = [abs(end) for one in gaps for end in (one.points, one.low, one.high) if end is not None]
    farthest = max([LEAST_REACH, *ends])
    step = _find_step(farthest)
    return math.ceil(farthest / step) * step


def draw_values(
    values: Sequence[tuple[str, Cell[Estimate]]],
    *,
    words: ValueChartWords,
    locale: str,
    dark: bool = False,
) -> go.Figure:
    """The figure of a variable's values (name and cell), the first on top: marks on 0-100 with intervals."""
    palette = DARK if dark else LIGHT
    names = [_write_name(name, cell, words) for name, cell in values]
    shown = [(n, name, cell.value) for n, (name, cell) in enumerate(values) if isinstance(cell, Shown)]
    trace = {
        "type": "scatter",
        "x": [round(one.mean, 1) for _, _, one in shown],
        "y": [n for n, _, _ in shown],
        "error_x": _draw_error([(one.mean, one.low, one.high) for _, _, one in shown], palette),
        "text": [escape(name) for _, name, _ in shown],
        "customdata": [_write_ends(one.low, one.high) for _, _, one in shown],
        "hovertemplate": _fill_pattern(words.hover),
        "mode": "markers",
        "marker": {"color": palette.line, "size": 9, "symbol": "circle"},
        "cliponaxis": False,
        "showlegend": False,
    }
    layout = lay_out([], axis=words.axis, palette=palette, locale=locale)
    layout |= {
        "height": AROUND_ROWS + ROW_HEIGHT * len(values),
        "margin": {"l": NAME_WIDTH, "r": 24, "t": 34, "b": 34},
        "showlegend": False,
        "xaxis": _lay_out_scores(palette),
        "yaxis": _lay_out_names(names, palette),
    }
    layout["annotations"] = [one | {"xshift": 4 - NAME_WIDTH} for one in layout["annotations"]]
    return go.Figure({"data": [trace], "layout": layout}, _validate=False)


def break_name(name: str) -> str:
    """A name in two lines at most, broken between words but at no no-break space; the rest is three dots."""
    lines = [""]
    for word in name.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LETTERS_IN_LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines) if len(lines) <= 2 else f"{lines[0]}\n{lines[1]} …"


def _draw_marks(
    name: str,
    gaps: dict[int, Difference],
    labels: Sequence[str],
    words: GapChartWords,
    palette: Palette,
    *,
    symbol: str,
) -> dict[str, Any]:
    values = list(gaps.values())
    return {
        "type": "scatter",
        "name": escape(name),
        "x": list(gaps),
        "y": [round(one.points, 1) for one in values],
        "error_y": _draw_error([(one.points, one.low, one.high) for one in values], palette),
        "text": [escape(labels[place]) for place in gaps],
        "customdata": [_write_ends(one.low, one.high) for one in values],
        "hovertemplate": _fill_pattern(words.hover),
        "mode": "markers",
        "marker": {"color": palette.line, "size": 10, "symbol": symbol, "line": {"width": 2}},
        "cliponaxis": False,
    }


def _draw_hidden(
    hidden: dict[int, Hidden], labels: Sequence[str], reach: int, words: GapChartWords, palette: Palette
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": escape(words.hidden),
        "x": list(hidden),
        "y": [_find_hidden_at(reach)] * len(hidden),
        "text": [escape(f"{labels[n]}: {words.say_hidden(cell)}") for n, cell in hidden.items()],
        "hoverinfo": "text",
        "mode": "markers",
        "marker": {"symbol": "x-thin", "size": 7, "line": {"width": 1.5, "color": palette.hidden}},
        "cliponaxis": False,
    }


def _draw_error(ends: Sequence[tuple[float, float | None, float | None]], palette: Palette) -> dict[str, Any]:
    """The intervals as lines from their marks; none where an end is not known."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [0 if high is None else max(0.0, round(high - mean, 1)) for mean, _, high in ends],
        "arrayminus": [0 if low is None else max(0.0, round(mean - low, 1)) for mean, low, _ in ends],
        "color": palette.line,
        "thickness": 2,
        "width": 5,
    }


def _write_ends(low: float | None, high: float | None) -> list[float | None]:
    return [None if end is None else round(end, 1) for end in (low, high)]


def _lay_out_gaps(reach: int, hidden: str | None, palette: Palette) -> dict[str, Any]:
    """The axis of a gap: signed labels, the line at 0 drawn, the strip of the hidden below."""
    places = range(-reach, reach + 1, _find_step(reach))
    ticks: dict[str, float] = {_write_signed(at): at for at in places}
    if hidden is not None:
        ticks = {escape(hidden): _find_hidden_at(reach), **ticks}
    return {
        "range": [-reach * (1.0 if hidden is None else 1 + STRIP), reach],
        "tickvals": list(ticks.values()),
        "ticktext": list(ticks),
        "zeroline": True,
        "zerolinewidth": 2,
        "zerolinecolor": palette.text,
    }


def _lay_out_scores(palette: Palette) -> dict[str, Any]:
    return {
        "range": [LOWEST_SCORE, HIGHEST_SCORE],
        "tickvals": [0, 25, 50, 75, 100],
        "fixedrange": True,
        "gridcolor": palette.grid,
        "zeroline": False,
    }


def _lay_out_names(names: Sequence[str], palette: Palette) -> dict[str, Any]:
    return {
        "range": [len(names) - 0.5, -0.5],
        "tickvals": list(range(len(names))),
        "ticktext": [escape(name).replace("\n", "<br>") for name in names],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickcolor": palette.text,
    }


def _write_name(name: str, cell: Cell[Estimate], words: ValueChartWords) -> str:
    """A value's name, with why it has no mark where it has none."""
    if isinstance(cell, Shown):
        return break_name(name)
    return break_name(f"{name} ({words.hidden if isinstance(cell, Hidden) else words.no_answers})")


def _fill_pattern(pattern: str) -> str:
    """A hover pattern with Plotly's own places in ours; the empty extra takes away its second box."""
    places = {
        "period": "%{text}",
        "value": "%{text}",
        "gap": f"%{{y:+{NUMBER}}}",
        "mean": f"%{{x:{NUMBER}}}",
        "low": f"%{{customdata[0]:{NUMBER}}}",
        "high": f"%{{customdata[1]:{NUMBER}}}",
    }
    return pattern.format(**places) + "<extra></extra>"


def _find_step(reach: float) -> int:
    """Points between labels: four to either side at most."""
    return next((step for step in REACH_STEPS if reach <= 4 * step), REACH_STEPS[-1])


def _write_signed(points: int) -> str:
    return f"{points:+d}".replace("-", "\N{MINUS SIGN}") if points else "0"


def _find_hidden_at(reach: int) -> float:
    return -reach * (1 + STRIP / 2)
