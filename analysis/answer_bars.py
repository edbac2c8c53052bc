"""How the answers to questions are drawn: a bar for each question, a part of it for each answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

# Plotly carries no types of its own.
import plotly.graph_objects as go  # pyright: ignore[reportMissingTypeStubs]

from analysis.chart_frame import FONT, FONT_SIZE, SMALL_FONT_SIZE, Palette, write_separators

FILLS = (
    ("#00548f", "#ffffff"),
    ("#7fb2dd", "#10202c"),
    ("#d5dae0", "#10202c"),
    ("#e6b27a", "#10202c"),
    ("#8a4b08", "#ffffff"),
)
"""Colour of a part and of the number in it, from the first answer of a scale to its last; 4.5:1 or more."""
BAR_HEIGHT = 62
"""Pixels of a bar and the question above it."""
SECOND_LINE = 18
"""Pixels more of every bar when one of the questions needs two lines."""
LEGEND_HEIGHT = 62
"""Pixels of the answers' names, in two lines on a narrow screen."""
LEAST_WRITTEN = 7
"""Per cent that a part must have for its number to stand in it."""
WIDTH_OF_LINE = 46
"""Letters of a question on a line over its bar, on a screen of 360 pixels."""


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """A question in the reader's words, and the per cent of each answer in the order of the scale."""

    question: str
    percents: tuple[int, ...]


def draw_answers(
    bars: Sequence[AnswerBar], answers: Sequence[str], *, hover: str, palette: Palette, locale: str
) -> go.Figure:
    """The figure of questions that share a scale, the first on top.

    `answers` name the parts; `hover` is a pattern with {answer} and {percent}. Every part has an edge, and
    its number in it where there is room: colour alone says nothing. A scale of more answers than `FILLS` has
    colours takes those nearest in the same order.
    """
    places = list(range(len(bars)))
    names = [wrap_question(one.question) for one in bars]
    height = BAR_HEIGHT + (SECOND_LINE if any(len(lines) > 1 for lines in names) else 0)
    traces = [_draw_part(number, answers, bars, places, hover, palette) for number in range(len(answers))]
    layout = {
        "template": {},
        "barmode": "stack",
        "height": height * len(bars) + LEGEND_HEIGHT,
        "margin": {"l": 4, "r": 8, "t": 8, "b": 4},
        "separators": write_separators(locale),
        "font": {"family": FONT, "size": FONT_SIZE, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "legend": {
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "y": 0,
            "yanchor": "top",
            "font": {"size": SMALL_FONT_SIZE},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "xaxis": {"range": [0, 100.5], "visible": False, "fixedrange": True},
        "yaxis": {"range": [len(bars) - 0.6, -0.75], "visible": False, "fixedrange": True},
        "annotations": [_name_bar(lines, place) for place, lines in zip(places, names, strict=True)],
    }
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def choose_fill(number: int, of: int) -> tuple[str, str]:
    """The colours of an answer, by its place among those of its scale."""
    last = len(FILLS) - 1
    return FILLS[0 if of == 1 else round(number * last / (of - 1))]


def _draw_part(
    number: int,
    answers: Sequence[str],
    bars: Sequence[AnswerBar],
    places: Sequence[int],
    hover: str,
    palette: Palette,
) -> dict[str, Any]:
    fill, ink = choose_fill(number, len(answers))
    percents = [one.percents[number] for one in bars]
    name = escape(answers[number])
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": percents,
        "y": list(places),
        "width": 0.42,
        "marker": {"color": fill, "line": {"color": palette.background, "width": 1}},
        "text": [str(percent) if percent >= LEAST_WRITTEN else "" for percent in percents],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": ink, "size": SMALL_FONT_SIZE},
        "hovertemplate": hover.format(answer=name, percent="%{x}") + "<extra></extra>",
    }


def wrap_question(question: str) -> list[str]:
    """A question in one line or two that a narrow screen holds; one that needs more is cut in its second, and
    stands whole in the table."""
    return wrap(question, WIDTH_OF_LINE, max_lines=2, placeholder=" …") or [""]


def _name_bar(lines: Sequence[str], place: int) -> dict[str, Any]:
    """The question above its bar."""
    return {
        "text": "<br>".join(map(escape, lines)),
        "align": "left",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": place - 0.26,
        "yref": "y",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": SMALL_FONT_SIZE},
    }
