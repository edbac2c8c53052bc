"""How one line is shown: its sentence, its picture, its table, its file and how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analysis.chart_frame import make_plotly_config
from analysis.charts import ChartWords, draw_trend
from analysis.disclosure import Hidden, Shown
from analysis.intervals import LEVEL
from analysis.lines import SecondLine, TrendLine, TrendPoint, list_codes
from analysis.tables import TableWords, make_trend_header, make_trend_rows, write_csv, write_file_name
from pages.shared.comment_link import draw_comment_link
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.how_computed import draw_how_computed
from pages.shared.imported import draw_imported
from pages.shared.questions_behind import draw_questions_behind
from survey.insight.marks import list_notes, make_limit_columns, make_marks
from survey.insight.measured import Figure
from survey.insight.sentences import Teller
from survey.insight.series import Series

PERCENT = 100


def draw_figures(frame: Frame, teller: Teller, row: Sequence[Series]) -> None:
    """Lines beside each other where there is room, and under them their tables in the full width."""
    for column, series in zip(st.columns(len(row)), row, strict=True):
        with column:
            draw_figure(teller, series)
    for series in row:
        draw_behind(frame, teller, series)


def draw_figure(teller: Teller, series: Series) -> None:
    """A dimension: heading, sentence, chart, what is hidden, file."""
    name = teller.name_dimension(series)
    with st.container(key=f"figure-{series.dimension.id}"):
        st.header(escape_markdown(name), anchor=False)
        sentence = teller.tell_line(series)
        with st.container(key=f"said-{series.dimension.id}"):
            st.markdown(escape_markdown(sentence))
            if not series.is_asked:
                st.markdown(escape_markdown(teller.tell_end(series)))
        draw_chart(teller, series, alt=f"{name}. {sentence}")
        draw_hidden_note(teller, series)
        for note in list_notes(teller, series):
            st.caption(escape_markdown(note))
        draw_download(teller, series, make_rows(teller, series))


def draw_behind(frame: Frame, teller: Teller, series: Series) -> None:
    """The table of a line and how its numbers were made, drawn only when it is opened."""
    name = teller.name_dimension(series)
    label = teller.words.say("trends.table_and_method", dimension=name)
    opened = st.expander(escape_markdown(label), on_change="rerun", key=f"table-{series.dimension.id}")
    if opened.open:
        with opened:
            draw_questions_behind(frame, teller, series)
            draw_comment_link(frame, teller, series)
            draw_imported(frame, teller.trends.area.code, series.dimension.id)
            draw_how_computed(frame, teller, series)
            draw_table(make_rows(teller, series), alt=name)


def draw_chart(teller: Teller, series: Series, *, alt: str) -> None:
    """The picture of a line with the county's beside it; the interval only when it was asked for."""
    line = series.line if teller.with_interval else take_off_intervals(series.line)
    locale = teller.words.language.locale
    figure = draw_trend(
        line,
        compared=series.county,
        second=make_second(teller, series),
        marks=make_marks(teller, series),
        words=make_chart_words(teller),
        locale=locale,
        dark=st.context.theme.type == "dark",
    )
    key = f"chart-{series.dimension.id}"
    st.plotly_chart(figure, theme=None, key=key, config=make_plotly_config(locale), alt=alt)


def make_second(teller: Teller, series: Series) -> SecondLine | None:
    """The second line with its name; None where there is nothing to draw."""
    return SecondLine(teller.name_second(), series.second) if series.second else None


def take_off_intervals(line: TrendLine) -> TrendLine:
    """The line without its intervals, for a calmer picture."""
    return TrendLine(line.label, tuple(take_off_interval(point) for point in line.points))


def take_off_interval(point: TrendPoint) -> TrendPoint:
    if not isinstance(point.cell, Shown):
        return point
    return TrendPoint(point.period, Shown(replace(point.cell.value, low=None, high=None)))


def make_chart_words(teller: Teller) -> ChartWords:
    """The chart's words."""
    words = teller.words
    return ChartWords(
        axis=words.say("trends.axis_share" if teller.is_share else "trends.axis"),
        interval=words.say("trends.interval", level=words.number(LEVEL * PERCENT)),
        hidden=words.say("trends.hidden_mark"),
        hidden_tick=words.say("trends.hidden_tick"),
        hover=words.say("trends.hover"),
        hover_plain=words.say("trends.hover_plain"),
        hover_second=words.say("trends.hover_plain"),
        label_period=words.period,
        label_tick=teller.tell_period_briefly,
        say_hidden=teller.tell_hidden,
    )


def draw_hidden_note(teller: Teller, series: Series) -> None:
    """That some points are hidden, and what one can do."""
    cells = [point.cell for point in series.line.points if isinstance(point.cell, Hidden)]
    if cells:
        threshold = teller.words.number(cells[0].threshold)
        said = teller.words.count("trends.hidden_note", len(cells), threshold=threshold)
        st.caption(said + teller.tell_advice([series]))


def make_rows(teller: Teller, series: Series) -> list[tuple[str, ...]]:
    """The heads of the columns and the rows of a line's table.

    A second line that was asked for has its column even where none of its numbers is known.
    """
    words, line, county = teller.words, series.line, series.county
    second = None if series.second is None else SecondLine(teller.name_second(), series.second)
    table = TableWords(
        period=words.say("trends.period"),
        low=words.say("trends.low"),
        high=words.say("trends.high"),
        n=words.say("trends.n"),
        no_answers=words.say("trends.no_answers"),
        no_interval=words.say("trends.no_interval"),
        not_known=words.say("trends.not_known"),
        label_period=words.period,
        say_hidden=teller.tell_hidden,
    )
    rows = make_trend_rows(line, county, words=table, show=teller.write_number, second=second)
    told = [make_trend_header(line, county, words=table, second=second), *rows]
    codes = list_codes([line] if county is None else [line, county])
    columns = make_limit_columns(teller, series, codes)
    return [(*row, *beside) for row, *beside in zip(told, *columns, strict=True)]


def draw_download(teller: Teller, series: Series, rows: list[tuple[str, ...]]) -> None:
    """The table as a file."""
    words, choice = teller.words, teller.trends.choice
    name = teller.name_dimension(series)
    kind = words.say(f"trends.kind.{choice.kind}")  # keys: trends.kind.*
    span = f"{choice.first}--{choice.last}"
    st.download_button(
        escape_markdown(words.say("trends.download", dimension=name)),
        write_csv(rows),
        file_name=write_file_name(
            teller.trends.area.name, name, *list_figure(teller), kind, span, ending="csv"
        ),
        mime="text/csv",
        key=f"csv-{series.dimension.id}",
        on_click="ignore",
    )


def list_figure(teller: Teller) -> list[str]:
    """What a file's name says of the figure: nothing of means, which are usual."""
    figure = teller.trends.choice.figure
    return (
        [] if figure is Figure.MEAN else [teller.words.say(f"trends.figure_file.{figure}")]
    )  # keys: trends.figure_file.*


def draw_table(rows: list[tuple[str, ...]], *, alt: str) -> None:
    """The table, newest period first; a period stands on one line."""
    header, *body = rows
    body = [(period.replace(" ", "\N{NO-BREAK SPACE}"), *rest) for period, *rest in body]
    st.table(dict(zip(header, zip(*body[::-1], strict=True), strict=True)), hide_index=True, alt=alt)
