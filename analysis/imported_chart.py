"""How an indicator that others measured is drawn: an area's line, and thinner those it stands among.

Own axis from the values and the unit; another look than the survey's own lines (squares and dashes), so that
nobody takes one for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import DARK, LIGHT, Palette, lay_out
from analysis.periods import list_periods, parse_period

AIR = 0.1  # share of the values' span that is left free above and below them
LEAST_SIZE = 1e-9  # what is smaller is drawn as nought: no indicator has a unit for it
LEAST_SPAN = 0.1  # of the largest value: so that a flat line is not drawn as a steep one
PERCENT = frozenset({"%", "procent", "percent", "andel (%)"})
WHOLE = 100.0  # what no share can be more than

Values = Mapping[str, float]  # by period


@dataclass(frozen=True, slots=True)
class ImportedWords:
    """The chart's words. `hover` is a pattern with {area}, {period} and {value}."""

    axis: str
    others: str
    hover: str
    label_period: Callable[[str], str]
    label_tick: Callable[[str], str]
    write_value: Callable[[float], str]


def draw_imported_lines(
    own: tuple[str, Values] | None,
    others: Sequence[tuple[str, Values]],
    *,
    unit: str,
    words: ImportedWords,
    locale: str,
    dark: bool = False,
) -> go.Figure:
    """The figure of an area's values by period, and of the others' behind it; a gap where there is no value.

    Raises ValueError when a code is no period, or the values are of different kinds of period.
    """
    palette = DARK if dark else LIGHT
    lines = [*others, *([own] if own else [])]
    codes = list_all_codes([values for _, values in lines])
    traces: list[dict[str, Any]] = []
    if others:
        traces.append(_draw_others(others, codes, words, palette))
    if own:
        traces.append(_draw_own(*own, codes, words, palette))
    layout = lay_out(
        [words.label_tick(code) for code in codes], axis=words.axis, palette=palette, locale=locale
    )
    low, high = find_range([one for _, values in lines for one in values.values()], unit)
    layout["yaxis"] = {
        "range": [low, high],
        "nticks": 6,
        "fixedrange": True,
        "gridcolor": palette.grid,
        "zerolinecolor": palette.text,
    }
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def list_all_codes(lines: Sequence[Values]) -> list[str]:
    """Every period from the first to the last that has a value. Raises ValueError when kinds are mixed."""
    periods = [parse_period(code) for values in lines for code in values]
    if not periods:
        return []
    kinds = {period.kind for period in periods}
    if len(kinds) > 1:
        raise ValueError("The values have different kinds of period: give one kind.")
    first, last = min(one.first for one in periods), max(one.last for one in periods)
    return [one.code for one in list_periods(kinds.pop(), first, last)]


def find_range(values: Sequence[float], unit: str) -> tuple[float, float]:
    """The ends of the axis: the values with some air; not below 0 where none is, nor a share above 100.

    0 to 1 without values.
    """
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    size = max(abs(low), abs(high))
    if size < LEAST_SIZE:
        size = 1.0
    span = max(high - low, LEAST_SPAN * size)
    middle = (low + high) / 2
    bottom, top = middle - span / 2 - AIR * span, middle + span / 2 + AIR * span
    if low >= 0:
        bottom = max(bottom, 0.0)
    if unit.casefold() in PERCENT and high <= WHOLE:
        top = min(top, WHOLE)
    return bottom, top


def _draw_own(
    area: str, values: Values, codes: Sequence[str], words: ImportedWords, palette: Palette
) -> dict[str, Any]:
    return {
        **_place(area, values, codes, words),
        "name": escape(area),
        "mode": "lines+markers",
        "line": {"color": palette.line, "width": 2, "dash": "dash"},
        "marker": {"color": palette.line, "size": 8, "symbol": "square"},
    }


def _draw_others(
    others: Sequence[tuple[str, Values]], codes: Sequence[str], words: ImportedWords, palette: Palette
) -> dict[str, Any]:
    """All the others as one trace, with a gap between each and the next."""
    placed = [_place(area, values, codes, words) for area, values in others]
    joined = {name: [one for each in placed for one in (*each[name], None)] for name in ("x", "y", "text")}
    return {
        **placed[0],
        **joined,
        "name": escape(words.others),
        "mode": "lines+markers",
        "line": {"color": palette.compared, "width": 1},
        "marker": {"color": palette.compared, "size": 4, "symbol": "square"},
    }


def _place(area: str, values: Values, codes: Sequence[str], words: ImportedWords) -> dict[str, Any]:
    told = [
        words.hover.format(area=area, period=words.label_period(code), value=words.write_value(values[code]))
        if code in values
        else None
        for code in codes
    ]
    return {
        "type": "scatter",
        "x": list(range(len(codes))),
        "y": [values.get(code) for code in codes],
        "text": [None if one is None else escape(one) for one in told],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "cliponaxis": False,
    }
