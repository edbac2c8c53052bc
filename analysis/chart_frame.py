"""What stands around the lines of a chart: colours, axes, labels and the browser's settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from analysis.scores import HIGHEST_SCORE, LOWEST_SCORE

LEGEND_BELOW = 36
"""Pixels from the axis to the legend, with one line of labels between."""
AROUND = 58
"""Pixels of `HEIGHT` that the labels and the legend's first line take."""
FONT = "system-ui, sans-serif"
FONT_SIZE = 14
HEIGHT = 300
"""Pixels: three charts and their sentences on one screen or one A4."""
SMALL_FONT_SIZE = 12
MARGIN = {"l": 40, "r": 32, "t": 34, "b": 8}
"""Pixels: leaves 290 for the line on a screen of 360, and room for half a label beyond the outer ticks."""
STRIP = 18
"""Points: how high the strip of the hidden is, below 0, where no score is; a chart grows by it."""
HIDDEN_AT = LOWEST_SCORE - 11
"""Points: where the hidden are marked, as far below 0 as their name needs beside the axis' own."""
ENTRIES_WITHIN = 2
"""Entries of the legend that `HEIGHT` has room for; every further one may need a line of its own."""
ENTRY_HEIGHT = 19
"""Pixels of a line of the legend, and of a label's second line."""
MOST_TICKS = 5
"""Period labels that fit side by side on a screen of 360 pixels."""
TICK_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
"""Periods between labels: a month's label comes back in the same month each year."""
NUMBER = ".1~f"
"""d3 format: at most one decimal, and no empty one."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a chart; all but `grid` and `band` stand out 3:1 or more from the page's `background`."""

    background: str
    text: str
    grid: str
    line: str
    band: str
    compared: str
    hidden: str
    limit: str
    goal: str
    up: str
    down: str


LIGHT = Palette(
    background="#ffffff",
    text="#1f2933",
    grid="#d9dee4",
    line="#00548f",
    band="rgba(0,84,143,0.18)",
    compared="#6b7480",
    hidden="#1f2933",
    limit="#8a5a00",
    goal="#5b2c83",
    up="#12643c",
    down="#a4262c",
)
DARK = Palette(
    background="#0e1117",
    text="#f0f3f6",
    grid="#39424e",
    line="#7cc4ff",
    band="rgba(124,196,255,0.24)",
    compared="#a3adb8",
    hidden="#f0f3f6",
    limit="#d9a441",
    goal="#c9a3ea",
    up="#6fd49b",
    down="#ff8f87",
)


def lay_out(
    labels: Sequence[str],
    *,
    axis: str,
    palette: Palette,
    locale: str,
    entries: int = ENTRIES_WITHIN,
    hidden: str | None = None,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Plotly's layout for periods with these labels, placed at 0, 1, 2 ... on the x axis.

    The y axis is 0-100, with its name `axis` above it, and below it, where there are some, the strip of the
    hidden, named `hidden`. A label may have one line break. The figure is higher than `height` by what the
    strip, the labels' second line and more than `ENTRIES_WITHIN` of the legend's `entries` need, so that
    0-100 is as high on all charts. Zooming and dragging are off, so that a finger on the chart scrolls the
    page. Legend below; no background of its own. The empty template keeps out Plotly's default one, which is
    7 kB of colours.
    """
    second_line = ENTRY_HEIGHT if any("\n" in label for label in labels) else 0
    scores = height - MARGIN["t"] - MARGIN["b"] - AROUND
    strip = 0 if hidden is None else round(scores * STRIP / (HIGHEST_SCORE - LOWEST_SCORE))
    more = strip + second_line + ENTRY_HEIGHT * max(0, entries - ENTRIES_WITHIN)
    return {
        "template": {},
        "height": height + more,
        "margin": dict(MARGIN),
        "separators": write_separators(locale),
        "font": {"family": FONT, "size": FONT_SIZE, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.background,
            "font": {"family": FONT, "color": palette.text},
            "align": "left",
        },
        "dragmode": False,
        "showlegend": True,
        "legend": _place_legend((LEGEND_BELOW + second_line) / (scores + strip)),
        "annotations": [_name_axis(axis)],
        "xaxis": _lay_out_periods(labels, palette, has_strip=hidden is not None),
        "yaxis": _lay_out_scores(hidden, palette),
    }


def write_separators(locale: str) -> str:
    """Plotly's `separators`: the language's decimal sign, then its sign between thousands."""
    language = read_language(locale)
    group = get_group_symbol(language)
    return get_decimal_symbol(language) + (" " if group.isspace() else group)


def choose_ticks(count: int) -> list[int]:
    """Places of the labelled periods: the last, and back from it in even steps; `MOST_TICKS` at most."""
    step = next((step for step in TICK_STEPS if count <= step * MOST_TICKS), count)
    return list(range(count - 1, -1, -step))[::-1]


def make_plotly_config(locale: str) -> dict[str, Any]:
    """The settings a browser needs to draw in the reader's language: names of months and days, no tool bar.

    Plotly knows only English from the start; the name of a locale alone changes nothing.
    """
    language = read_language(locale)
    names = {
        "months": _list_names(get_month_names("wide", locale=language)),
        "shortMonths": _list_names(get_month_names("abbreviated", locale=language)),
        "days": _start_on_sunday(get_day_names("wide", locale=language)),
        "shortDays": _start_on_sunday(get_day_names("abbreviated", locale=language)),
        "date": "%Y-%m-%d",
    }
    return {
        "locale": language,
        "locales": {language: {"format": names, "dictionary": {}}},
        "displayModeBar": False,
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "responsive": True,
    }


def read_language(locale: str) -> str:
    """The language of a locale: "sv" of "sv", "sv_SE" and "sv-x-lattlast".

    Raises ValueError when it is no language that Babel knows.
    """
    language = locale.replace("-", "_").split("_")[0]
    try:
        return Locale.parse(language).language
    except (UnknownLocaleError, ValueError) as unknown:
        raise ValueError(f"{locale!r} is no known language: write it as sv, en or sv_SE.") from unknown


def _place_legend(below: float) -> dict[str, Any]:
    """The legend so far below the axes, as a share of their height. Nothing can be switched off in it."""
    return {
        "orientation": "h",
        "x": 0,
        "y": -below,
        "yanchor": "top",
        "font": {"size": SMALL_FONT_SIZE},
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _lay_out_periods(labels: Sequence[str], palette: Palette, *, has_strip: bool) -> dict[str, Any]:
    ticks = choose_ticks(len(labels))
    return {
        "range": [-0.5, max(len(labels), 1) - 0.5],
        "tickvals": ticks,
        "ticktext": [escape(labels[tick]).replace("\n", "<br>") for tick in ticks],
        "tickangle": 0,
        "ticks": "outside",
        "showgrid": False,
        "zeroline": False,
        "showline": not has_strip,
        "fixedrange": True,
        "linecolor": palette.text,
        "tickcolor": palette.text,
    }


def _lay_out_scores(hidden: str | None, palette: Palette) -> dict[str, Any]:
    scores = {str(score): score for score in (0, 25, 50, 75, 100)}
    ticks = scores if hidden is None else {escape(hidden): HIDDEN_AT, **scores}
    return {
        "range": [LOWEST_SCORE if hidden is None else LOWEST_SCORE - STRIP, HIGHEST_SCORE],
        "tickvals": list(ticks.values()),
        "ticktext": list(ticks),
        "fixedrange": True,
        "gridcolor": palette.grid,
        "zerolinecolor": palette.text,
    }


def _name_axis(axis: str) -> dict[str, Any]:
    """The y axis' name as a line above it, which is read more easily than one on its side."""
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": 4 - MARGIN["l"]}
    height = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 8}
    return {"text": escape(axis), "showarrow": False, "font": {"size": SMALL_FONT_SIZE}, **place, **height}


def _list_names(names: Mapping[int, str]) -> list[str]:
    """Names of months in order; Babel counts them from January (1)."""
    return [names[number] for number in sorted(names)]


def _start_on_sunday(names: Mapping[int, str]) -> list[str]:
    """Names of days from Sunday, as Plotly wants them; Babel counts from Monday (0)."""
    return [names[day] for day in (6, 0, 1, 2, 3, 4, 5)]
