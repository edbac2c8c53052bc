"""How does a line stand on paper: its latest figure, its picture, and its notes?"""

from __future__ import annotations

from dataclasses import replace

from analysis.chart_marks import MarkKind
from analysis.disclosure import Shown
from analysis.intervals import LEVEL
from analysis.line_picture import (
    PictureSize,
    PictureWords,
    count_sign_rows,
    draw_line_picture,
    list_entries,
)
from analysis.line_picture_key import Entry, draw_key
from analysis.lines import list_shown
from survey.insight.marks import list_notes, make_marks
from survey.insight.sentences import Teller
from survey.insight.series import Series
from survey.reports.document import Picture
from survey.reports.subject import without_own_marks

PERCENT = 100


def tell_latest(teller: Teller, series: Series) -> str:
    """The latest shown figure with its period, answers and interval; that none is shown where none is."""
    words, shown = teller.words, list_shown(series.line.points)
    if not shown:
        return words.say("report.latest_none")
    period, found = next(reversed(shown.items()))
    facts = {
        "mean": teller.write_number(found.mean),
        "period": words.period(period),
        "n": words.number(found.n),
    }
    if found.low is None or found.high is None:
        return words.say("report.latest_plain", **facts)
    low, high = teller.write_number(found.low), teller.write_number(found.high)
    level = words.number(LEVEL * PERCENT)
    return words.say("report.latest", low=low, high=high, level=level, **facts)


def make_picture_words(teller: Teller, series: Series) -> PictureWords:
    """A picture's words; its description says what the chart's sentence says."""
    words, name = teller.words, teller.name_dimension(series)
    signs = {
        kind: words.say(f"report.sign.{kind.value}")  # keys: report.sign.*
        for kind in MarkKind
    }
    return PictureWords(
        title=words.say("report.picture", dimension=name, area=series.line.label),
        described=" ".join([teller.tell_line(series), tell_latest(teller, series)]),
        interval=words.say("trends.interval", level=words.number(LEVEL * PERCENT)),
        hidden=words.say("trends.hidden_mark"),
        hidden_tick=words.say("trends.hidden_tick"),
        label_tick=teller.tell_period_briefly,
        write_score=teller.write_number,
        sign_names=signs,
    )


def draw_series(teller: Teller, series: Series, size: PictureSize, *, width: float = 1.0) -> Picture:
    """A line's picture without its key."""
    words = make_picture_words(teller, series)
    svg = draw_line_picture(
        series.line,
        words=words,
        compared=series.county,
        marks=make_marks(teller, series),
        size=size,
        has_key=False,
    )
    return Picture(svg, f"{words.title}. {words.described}", width)


def align_pictures(teller: Teller, some: tuple[Series, ...], size: PictureSize) -> PictureSize:
    """The size with which the axes of some pictures stand at one height."""
    rows = (count_sign_rows(one.line, one.county, make_marks(teller, one)) for one in some)
    return replace(size, sign_rows=max(rows, default=0))


def draw_key_of(teller: Teller, some: tuple[Series, ...], *, width: int, text: int) -> Picture | None:
    """The key that some pictures share; None where nothing is drawn in any of them."""
    found: dict[tuple[str, str], Entry] = {}
    for series in some:
        words = make_picture_words(teller, series)
        for one in list_entries(series.line, series.county, make_marks(teller, series), words):
            found.setdefault((one.kind, one.name), one)
    if not found:
        return None
    title = teller.words.say("report.key")
    svg = draw_key(list(found.values()), width=width, text=text, title=title)
    return Picture(svg, f"{title}: {'; '.join(one.name for one in found.values())}")


def list_line_notes(teller: Teller, series: Series) -> list[str]:
    """What must be known of a line beside its goal and what was done: breaks, new limits, trial limits."""
    return list_notes(teller, without_own_marks(series))


def has_figures(series: Series) -> bool:
    return any(isinstance(point.cell, Shown) for point in series.line.points)
