"""What is drawn upon a line: its limits, signals, goal, breaks, and what was done.

Everything has a form of its own beside its colour: limits are thin lines, signals triangles that point up or
down, the goal is dashed and named, and what stands at a period is an upright line with a sign above it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from statistics import fmean
from typing import Any

from analysis.chart_frame import SMALL_FONT_SIZE, Palette
from analysis.disclosure import Cell, Shown
from analysis.estimates import Estimate

Trace = dict[str, Any]

HALF = 0.5
"""Periods from the middle of one to its edge."""
NARROWEST = 290
"""Pixels of the axis on a screen of 360."""
SIGN_WIDTH, SIGN_HEIGHT = 22, 18
"""Pixels that a sign on an upright line needs: two digits and the room around them."""
NAME_SHARE = 0.2
"""How much of the axis the goal's name takes on a narrow screen."""
SIGNAL_SIZE = 13
"""Pixels: twice a point's own mark, so that it is seen around it."""


class MarkKind(StrEnum):
    """What an upright line stands for."""

    BREAK = "break"
    REBASE = "rebase"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class LimitLines:
    """The centre or limits (0-100) of periods that follow each other; None for what is not drawn here."""

    periods: tuple[str, ...]
    centre: float | None
    low: tuple[float, ...] | None
    high: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class SignalMark:
    """A period that is part of a signal, which way it points, and what it is in the reader's words."""

    period: str
    is_up: bool
    told: str


@dataclass(frozen=True, slots=True)
class Upright:
    """A line that stands before a period (breaks, new limits) or in it (what was done), with a short sign."""

    period: str
    kind: MarkKind
    sign: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal (0-100) with its name in the reader's words."""

    value: float
    name: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything upon one line, with the names its legend needs."""

    limits: tuple[LimitLines, ...] = ()
    signals: tuple[SignalMark, ...] = ()
    uprights: tuple[Upright, ...] = ()
    goal: Goal | None = None
    centre_name: str = ""  # where there are no limits
    limits_name: str = ""  # of centre and limits together
    up_name: str = ""
    down_name: str = ""


NO_MARKS = Marks()


def draw_marks(
    marks: Marks, cells: Sequence[Cell[Estimate]], codes: Sequence[str], palette: Palette
) -> list[Trace]:
    """The traces of limits and signals, to be laid under the line; those that have nothing are left out.

    `cells` and `codes` are the line's, one of each for every place on the axis.
    """
    places = {code: place for place, code in enumerate(codes)}
    traces = [*_draw_limits(marks, places, palette)]
    for is_up, name in ((True, marks.up_name), (False, marks.down_name)):
        some = [one for one in marks.signals if one.is_up is is_up and one.period in places]
        if some:
            traces.append(_draw_signals(some, name, cells, places, palette, is_up=is_up))
    return traces


def lay_out_marks(
    marks: Marks, cells: Sequence[Cell[Estimate]], codes: Sequence[str], palette: Palette
) -> dict[str, Any]:
    """The shapes and annotations of uprights and the goal, to be added to a layout's own.

    `cells` and `codes` as for `draw_marks`.
    """
    places = {code: place for place, code in enumerate(codes)}
    standing = [(one, find_upright(one, places)) for one in marks.uprights if one.period in places]
    shapes = [_draw_upright(one, place, palette) for one, place in standing]
    rows = choose_rows([place for _, place in standing], len(codes))
    signs = [_write_sign(one, place, row, palette) for (one, place), row in zip(standing, rows, strict=True)]
    if marks.goal is not None:
        shapes.append(_draw_goal(marks.goal, palette))
        signs.append(_name_goal(marks.goal, palette, is_below=lies_above(marks.goal.value, cells)))
    return {"annotations": signs} | ({"shapes": shapes} if shapes else {})


def choose_rows(places: Sequence[float], count: int) -> list[int]:
    """The row of each sign, 0 the topmost: the first in which no sign stands too near, on a narrow screen.

    `places` are on an axis of `count` periods.
    """
    wide = SIGN_WIDTH * count / NARROWEST
    taken: dict[int, list[float]] = {}
    rows: list[int] = []
    for place in places:
        row = 0
        while any(abs(place - other) < wide for other in taken.get(row, ())):
            row += 1
        taken.setdefault(row, []).append(place)
        rows.append(row)
    return rows


def lies_above(value: float, cells: Sequence[Cell[Estimate]]) -> bool:
    """Whether the line begins above a value, over as many periods as a name at its left end is long."""
    first = cells[: max(1, round(len(cells) * NAME_SHARE))]
    means = [cell.value.mean for cell in first if isinstance(cell, Shown)]
    return bool(means) and fmean(means) > value


def _draw_limits(marks: Marks, places: Mapping[str, int], palette: Palette) -> list[Trace]:
    centre = [(one, [one.centre] * len(one.periods)) for one in marks.limits if one.centre is not None]
    ends = [(one, end) for one in marks.limits for end in (one.low, one.high) if end is not None]
    traces: list[Trace] = []
    for name, lines, dash in ((marks.limits_name, ends, "1px,3px"), (marks.centre_name, centre, "solid")):
        x, y = outline_limits([(one.periods, values) for one, values in lines], places)
        if x:
            line = {"color": palette.limit, "width": 1.5, "dash": dash}
            traces.append(_draw_plain(name, x, y, line) | {"showlegend": not traces})
    return traces


def outline_limits(
    lines: Sequence[tuple[Sequence[str], Sequence[float]]], places: Mapping[str, int]
) -> tuple[list[float | None], list[float | None]]:
    """x and y of lines, a step for each period so that limits which vary are read where they hold."""
    x: list[float | None] = []
    y: list[float | None] = []
    for periods, values in lines:
        seen = [(places[p], v) for p, v in zip(periods, values, strict=True) if p in places]
        if not seen:
            continue
        is_level = len({value for _, value in seen}) == 1
        if is_level:
            seen = [seen[0], seen[-1]] if len(seen) > 1 else seen
            x += [seen[0][0] - HALF, seen[-1][0] + HALF, None]
            y += [round(seen[0][1], 1)] * 2 + [None]
            continue
        for place, value in seen:
            x += [place - HALF, place + HALF]
            y += [round(value, 1)] * 2
        x.append(None)
        y.append(None)
    return x[:-1], y[:-1]


def _draw_plain(name: str, x: list[float | None], y: list[float | None], line: dict[str, Any]) -> Trace:
    return {
        "type": "scatter",
        "name": escape(name),
        "x": x,
        "y": y,
        "mode": "lines",
        "line": line,
        "hoverinfo": "skip",
    }


def _draw_signals(
    signals: Sequence[SignalMark],
    name: str,
    cells: Sequence[Cell[Estimate]],
    places: Mapping[str, int],
    palette: Palette,
    *,
    is_up: bool,
) -> Trace:
    at = [places[one.period] for one in signals]
    shown = [cells[place] for place in at]
    edge = {"width": 2, "color": palette.up if is_up else palette.down}
    return {
        "type": "scatter",
        "name": escape(name),
        "x": at,
        "y": [round(cell.value.mean, 1) if isinstance(cell, Shown) else None for cell in shown],
        "text": [escape(one.told) for one in signals],
        "hoverinfo": "text",
        "mode": "markers",
        "marker": {
            "symbol": "triangle-up-open" if is_up else "triangle-down-open",
            "size": SIGNAL_SIZE,
            "color": palette.up if is_up else palette.down,
            "line": edge,
        },
        "cliponaxis": False,
    }


def find_upright(one: Upright, places: Mapping[str, int]) -> float:
    """What was done stands in its period; a break stands between it and the one before."""
    return places[one.period] - (0 if one.kind is MarkKind.DONE else HALF)


def _draw_upright(one: Upright, place: float, palette: Palette) -> dict[str, Any]:
    dash = {"break": "solid", "rebase": "2px,2px", "done": "5px,3px"}[one.kind]
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": place,
        "x1": place,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"color": palette.text, "width": 1, "dash": dash},
    }


def _write_sign(one: Upright, place: float, row: int, palette: Palette) -> dict[str, Any]:
    """The sign on top of its line, or some rows below, with the page's colour behind it."""
    return {
        "text": escape(one.sign),
        "x": place,
        "xref": "x",
        "y": 1,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -row * SIGN_HEIGHT,
        "showarrow": False,
        "bgcolor": palette.background,
        "borderpad": 1,
        "font": {"size": SMALL_FONT_SIZE, "color": palette.text},
    }


def _draw_goal(goal: Goal, palette: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "yref": "y",
        "x0": 0,
        "x1": 1,
        "y0": goal.value,
        "y1": goal.value,
        "layer": "below",
        "line": {"color": palette.goal, "width": 2, "dash": "8px,4px"},
    }


def _name_goal(goal: Goal, palette: Palette, *, is_below: bool) -> dict[str, Any]:
    """The goal's name at its left end, on the side of its line where the measured line is not."""
    return {
        "text": escape(goal.name),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": goal.value,
        "yref": "y",
        "yanchor": "top" if is_below else "bottom",
        "yshift": -2 if is_below else 2,
        "showarrow": False,
        "font": {"size": SMALL_FONT_SIZE, "color": palette.goal},
    }
