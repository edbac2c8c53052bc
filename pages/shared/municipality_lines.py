"""One small line chart for each municipality with its county's line, a page of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import streamlit as st

from analysis.chart_frame import make_plotly_config
from analysis.disclosure import Hidden, Shown
from analysis.small_multiples import IN_A_FIGURE, SmallLine, draw_small_lines
from analysis.tables import write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.municipality_pictures import draw_rows, is_dark
from pages.shared.municipality_sentences import NO_BREAK, MunicipalityTeller
from pages.trends import draw_filter
from survey.insight.compared_choice import list_compared_periods
from survey.insight.municipalities import ShareCell, ShareLine, find_share_lines
from survey.insight.published import list_all_publications

ON_A_PAGE = 12  # municipalities: six figures
FIGURES_IN_A_ROW = 2
MOST_PERIODS = 36
PAGE = "page"  # in the address: which municipalities are drawn


def draw_lines(frame: Frame, teller: MunicipalityTeller) -> None:
    """The lines, read and drawn only when they are opened."""
    label = escape_markdown(teller.words.say("beside.lines"))
    opened = st.expander(label, on_change="rerun", key="lines-open")
    if opened.open:
        with opened, st.container(key="figure-lines"):
            draw_opened(frame, teller)


def draw_opened(frame: Frame, teller: MunicipalityTeller) -> None:
    """A page of lines with how to read them, their file and their table."""
    choice = teller.compared.choice
    areas = [one.area for one in teller.compared.standings]
    start = choose_page(teller, [area.name for area in areas])
    known = list_all_publications(frame.installation, choice.survey)
    periods = [one for one in list_compared_periods(known, choice.kind) if one <= choice.period]
    periods = periods[:MOST_PERIODS][::-1]
    lines = find_share_lines(
        frame.installation, choice, areas[start : start + ON_A_PAGE], periods, viewer=frame.viewer
    )
    st.markdown(escape_markdown(teller.words.say("beside.lines_about", measure=teller.measure)))
    for first in range(0, len(lines), IN_A_FIGURE * FIGURES_IN_A_ROW):
        columns = st.columns(FIGURES_IN_A_ROW)
        for number, column in enumerate(columns):
            at = first + number * IN_A_FIGURE
            if lines[at : at + IN_A_FIGURE]:
                with column:
                    draw_pair(teller, lines[at : at + IN_A_FIGURE], periods, key=f"chart-lines-{at}")
    draw_lines_table(teller, lines)


def choose_page(teller: MunicipalityTeller, names: Sequence[str]) -> int:
    """Where the chosen page starts; a list to choose from where there are several pages."""
    pages = [str(number + 1) for number in range(ceil(len(names) / ON_A_PAGE))]
    asked = st.query_params.get(PAGE, "1")
    chosen = asked if asked in pages else "1"
    if len(pages) > 1:

        def say_page(page: str) -> str:
            some = names[(int(page) - 1) * ON_A_PAGE : int(page) * ON_A_PAGE]
            return f"{some[0]} – {some[-1]}"

        draw_filter(PAGE, teller.words.say("beside.page"), pages, chosen, say_page)
    return (int(chosen) - 1) * ON_A_PAGE


def draw_pair(
    teller: MunicipalityTeller, lines: Sequence[ShareLine], periods: Sequence[str], *, key: str
) -> None:
    """Two municipalities' charts in one figure."""
    locale = teller.words.language.locale
    figure = draw_small_lines(
        [make_small(teller, one) for one in lines],
        first=teller.tell_period_briefly(periods[0]),
        last=teller.tell_period_briefly(periods[-1]),
        locale=locale,
        dark=is_dark(),
    )
    alt = " ".join(tell_line(teller, one) for one in lines)
    st.plotly_chart(figure, theme=None, key=key, config=make_plotly_config(locale), alt=alt)


def tell_line(teller: MunicipalityTeller, one: ShareLine) -> str:
    """The latest share of a line in words."""
    told = teller.tell_cell(one.cells[-1])
    return teller.words.say(
        "beside.line_told", name=one.area.name, period=teller.words.period(one.periods[-1]), told=told
    )


def make_small(teller: MunicipalityTeller, one: ShareLine) -> SmallLine:
    """A line as it is drawn."""
    told = tuple(
        f"{teller.words.period(period)}: {teller.tell_cell(cell)}"
        for period, cell in zip(one.periods, one.cells, strict=True)
    )
    hidden = tuple(place for place, cell in enumerate(one.cells) if isinstance(cell, Hidden))
    return SmallLine(one.area.name, list_percents(one.cells), hidden, list_percents(one.county_cells), told)


def list_percents(cells: Sequence[ShareCell]) -> tuple[float | None, ...]:
    return tuple(float(cell.value.percent) if isinstance(cell, Shown) else None for cell in cells)


def draw_lines_table(teller: MunicipalityTeller, lines: Sequence[ShareLine]) -> None:
    """The same as a file and as a table."""
    words, choice = teller.words, teller.compared.choice
    rows = make_line_rows(teller, lines)
    st.download_button(
        escape_markdown(words.say("beside.lines_download", measure=teller.measure)),
        write_csv(rows),
        file_name=write_file_name(teller.where, teller.measure, choice.kind, "linjer", ending="csv"),
        mime="text/csv",
        key="csv-lines",
        on_click="ignore",
    )
    draw_rows(rows, alt=words.say("beside.lines"))


def make_line_rows(teller: MunicipalityTeller, lines: Sequence[ShareLine]) -> list[tuple[str, ...]]:
    """A row for each period, the newest first, with a column for each municipality and its county."""
    words = teller.words
    if not lines:
        return []
    counties = {one.county.code: one for one in lines if one.county is not None}
    beside = [(one.county.name, one.county_cells) for one in counties.values() if one.county is not None]
    columns = [*((one.area.name, one.cells) for one in lines), *beside]
    header = (words.say("trends.period"), *(name for name, _ in columns))
    body = [
        (
            words.period(period).replace(" ", NO_BREAK),
            *(write_share(teller, cells[at]) for _, cells in columns),
        )
        for at, period in enumerate(lines[0].periods)
    ]
    return [header, *body[::-1]]


def write_share(teller: MunicipalityTeller, cell: ShareCell) -> str:
    """A share, or in a word why there is none."""
    if isinstance(cell, Shown):
        return teller.write_percent(cell.value.said)
    return teller.words.say("beside.hidden_word" if isinstance(cell, Hidden) else "trends.no_answers")
