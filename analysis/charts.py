"""How a line of published numbers is drawn.

One figure shows one line over time: its interval as a light band, a gap where nothing is shown, and a mark in
a strip of its own below the axis where something is hidden, which cannot be read as a number. Beside it, in
grey, the line it is compared with, and the same cells made in another way when they are asked for. The axis
is always 0-100, so that charts can be laid beside each other. Lines differ in width, dash and marks, never by
colour alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import DARK, HEIGHT, HIDDEN_AT, LIGHT, NUMBER, Palette, lay_out
from analysis.chart_marks import NO_MARKS, Marks, draw_marks, lay_out_marks
from analysis.disclosure import Cell, Hidden, Shown
from analysis.estimates import Estimate
from analysis.lines import (
    SecondLine,
    TrendLine,
    align_cells,
    align_means,
    find_alone,
    find_runs,
    list_codes,
)

Trace = dict[str, Any]
Cells = Sequence[Cell[Estimate]]


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The chart's words, already in the reader's language.

    `hover` and `hover_plain` are patterns with {period}, {mean} and {n}; `hover` also has {low} and {high},
    and `hover_second` {period} and {mean} only. `hidden_tick` names the strip of the hidden in a few letters.
    `label_period` writes a period code for the reader; `label_tick` does so briefly for the axis, where a
    line break may stand; `say_hidden` says why a cell is hidden.
    """

    axis: str
    interval: str
    hidden: str
    hidden_tick: str
    hover: str
    hover_plain: str
    hover_second: str
    label_period: Callable[[str], str]
    label_tick: Callable[[str], str]
    say_hidden: Callable[[Hidden], str]


def draw_trend(
    line: TrendLine,
    *,
    compared: TrendLine | None,
    words: ChartWords,
    locale: str,
    second: SecondLine | None = None,
    marks: Marks = NO_MARKS,
    dark: bool = False,
    height: int = HEIGHT,
) -> go.Figure:
    """The figure of a line and, if given, the line it is compared with, its second line and its marks.

    `locale` decides the separators of numbers (its language counts). A line without points gives empty axes.
    Give the figure no other theme: its colours are chosen for contrast.

    Raises ValueError when the points are not one cell each of one kind of period.
    """
    lines = [line] if compared is None else [line, compared]
    codes = list_codes(lines)
    labels = [words.label_period(code) for code in codes]
    palette = DARK if dark else LIGHT
    cells = align_cells(line, codes)
    traces = [_draw_band(cells, words, palette)]
    if compared is not None:
        traces.append(_draw_compared(compared.label, align_cells(compared, codes), labels, words, palette))
    if second is not None:
        traces.append(_draw_second(second.label, align_means(second, cells, codes), labels, words, palette))
    traces += draw_marks(marks, cells, codes, palette)
    traces.append(_draw_line(line.label, cells, labels, words, palette))
    some_hidden = any(isinstance(cell, Hidden) for cell in cells)
    if some_hidden:
        traces.append(_draw_hidden(cells, labels, words, palette))
    layout = lay_out(
        [words.label_tick(code) for code in codes],
        axis=words.axis,
        hidden=words.hidden_tick if some_hidden else None,
        palette=palette,
        locale=locale,
        entries=len(traces),
        height=height,
    )
    upon = lay_out_marks(marks, cells, codes, palette)
    layout["annotations"] += upon.pop("annotations")
    layout |= upon
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def outline_band(cells: Cells) -> tuple[list[int | None], list[float | None]]:
    """x and y of the band: one closed outline for each unbroken run of intervals, None between them."""
    x: list[int | None] = []
    y: list[float | None] = []
    for run in find_runs(cells):
        places = list(run)
        lows = [_round(low) for low, _ in run.values()]
        highs = [_round(high) for _, high in run.values()]
        x += [*places, *reversed(places), None]
        y += [*highs, *reversed(lows), None]
    return x[:-1], y[:-1]


def _draw_band(cells: Cells, words: ChartWords, palette: Palette) -> Trace:
    x, y = outline_band(cells)
    # The edge makes the interval of a point that stands alone visible: its shape has no width.
    edge = {"color": palette.band, "width": 2}
    return {
        "type": "scatter",
        "name": escape(words.interval),
        "x": x,
        "y": y,
        "mode": "lines",
        "line": edge,
        "fill": "toself",
        "fillcolor": palette.band,
        "hoverinfo": "skip",
    }


def _draw_line(label: str, cells: Cells, labels: Sequence[str], words: ChartWords, palette: Palette) -> Trace:
    marks = {"color": palette.line, "size": 6, "symbol": "circle"}
    line = {"color": palette.line, "width": 3}
    return _trace_means(label, cells, labels, words) | {
        "mode": "lines+markers",
        "line": line,
        "marker": marks,
        "legendrank": 1,
    }


def _draw_compared(
    label: str, cells: Cells, labels: Sequence[str], words: ChartWords, palette: Palette
) -> Trace:
    # A point between two gaps has no line to be seen by: only such points get a mark.
    sizes = [5 if alone else 0 for alone in find_alone(cells)]
    line = {"color": palette.compared, "width": 1.5, "dash": "6px,3px"}
    drawn: Trace = {"mode": "lines", "line": line}
    if any(sizes):
        marks = {"color": palette.compared, "size": sizes, "opacity": 1, "line": {"width": 0}}
        drawn |= {"mode": "lines+markers", "marker": marks}
    return _trace_means(label, cells, labels, words) | drawn


def _draw_second(
    label: str, means: Sequence[float | None], labels: Sequence[str], words: ChartWords, palette: Palette
) -> Trace:
    """Thin and dotted, with small open marks, so that it is never taken for the line itself."""
    line = {"color": palette.line, "width": 1.5, "dash": "2px,3px"}
    marks = {"color": palette.line, "size": 5, "symbol": "circle-open", "line": {"width": 1}}
    return {
        "type": "scatter",
        "name": escape(label),
        "x": list(range(len(means))),
        "y": [_round(mean) for mean in means],
        "text": [escape(label) for label in labels],
        "hovertemplate": _fill_pattern(words.hover_second),
        "mode": "lines+markers",
        "line": line,
        "marker": marks,
        "connectgaps": False,
        "cliponaxis": False,
    }


def _draw_hidden(cells: Cells, labels: Sequence[str], words: ChartWords, palette: Palette) -> Trace:
    hidden = [(place, cell) for place, cell in enumerate(cells) if isinstance(cell, Hidden)]
    return {
        "type": "scatter",
        "name": escape(words.hidden),
        "x": [place for place, _ in hidden],
        "y": [HIDDEN_AT] * len(hidden),
        "text": [escape(f"{labels[place]}: {words.say_hidden(cell)}") for place, cell in hidden],
        "hoverinfo": "text",
        "mode": "markers",
        "marker": {"symbol": "x-thin", "size": 7, "line": {"width": 1.5, "color": palette.hidden}},
        "cliponaxis": False,
    }


def _trace_means(label: str, cells: Cells, labels: Sequence[str], words: ChartWords) -> Trace:
    """The numbers of a trace: None where nothing is shown, so that the line breaks there."""
    shown = [cell.value if isinstance(cell, Shown) else None for cell in cells]
    full, plain = (_fill_pattern(pattern) for pattern in (words.hover, words.hover_plain))
    patterns = [plain if estimate and estimate.low is None else full for estimate in shown]
    return {
        "type": "scatter",
        "name": escape(label),
        "x": list(range(len(cells))),
        "y": [estimate and _round(estimate.mean) for estimate in shown],
        "text": [escape(label) for label in labels],
        "customdata": [
            estimate and [_round(estimate.low), _round(estimate.high), estimate.n] for estimate in shown
        ],
        "hovertemplate": patterns[0] if len(set(patterns)) == 1 else patterns,
        "connectgaps": False,
        "cliponaxis": False,
    }


def _fill_pattern(pattern: str) -> str:
    """A hover pattern with Plotly's own places in ours; the empty extra takes away its second box."""
    places = {
        "period": "%{text}",
        "mean": f"%{{y:{NUMBER}}}",
        "low": f"%{{customdata[0]:{NUMBER}}}",
        "high": f"%{{customdata[1]:{NUMBER}}}",
        "n": "%{customdata[2]:,d}",
    }
    return pattern.format(**places) + "<extra></extra>"


def _round(score: float | None) -> float | None:
    return None if score is None else round(score, 1)
