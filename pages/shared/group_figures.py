"""How a gap, and the values of a variable, are shown: sentence, picture, what is hidden, file, table, how."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.chart_frame import make_plotly_config
from analysis.disclosure import Hidden
from analysis.gaps import GapKind, ValuesKind
from analysis.group_chart import GapChartWords, ValueChartWords, draw_gaps, draw_values
from analysis.group_rows import GroupTableWords, TableValue, make_gap_rows, make_value_rows
from analysis.tables import Row, write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from pages.shared.group_method import draw_gap_method, draw_value_method
from survey.insight.gaps import GapFigure, ValueFigure
from survey.insight.group_sentences import GroupTeller

DARK = "dark"


def draw_gap(teller: GroupTeller, figure: GapFigure, *, reach: int) -> None:
    """A group against the others: heading, sentence, chart, what is hidden, file."""
    words, name = teller.words, teller.name_group(figure)
    with st.container(key=f"figure-{figure.group.id}"):
        st.header(escape_markdown(words.say("groups.gap_title", group=name)), anchor=False)
        sentence = teller.tell_gap(figure)
        with st.container(key=f"said-{figure.group.id}"):
            st.markdown(escape_markdown(sentence))
        chart = draw_gaps(
            figure.points,
            reach=reach,
            words=make_gap_words(teller),
            locale=words.language.locale,
            dark=st.context.theme.type == DARK,
        )
        draw_chart(teller, figure.group.id, chart, alt=sentence)
        hidden = [one for one in figure.points if isinstance(one.gap, Hidden)]
        if hidden and figure.kind is not GapKind.CANNOT_SAY:  # which its sentence is about
            said = words.count("groups.hidden_periods", len(hidden))
            st.caption(escape_markdown(f"{said} {teller.tell_what_to_do()}"))
        draw_download(teller, figure.group.id, name, make_gap_table(teller, figure))


def draw_values_of(teller: GroupTeller, figure: ValueFigure) -> None:
    """The values of a variable: heading, sentence, chart, what is hidden, file."""
    words, name = teller.words, teller.name_variable(figure)
    with st.container(key=f"figure-{figure.group}"):
        st.header(escape_markdown(name), anchor=False)
        sentence = teller.tell_values(figure)
        with st.container(key=f"said-{figure.group}"):
            st.markdown(escape_markdown(sentence))
        chart = draw_values(
            [(name_with_share(teller, one), one.cell) for one in list_table_values(teller, figure)],
            words=make_value_words(teller),
            locale=words.language.locale,
            dark=st.context.theme.type == DARK,
        )
        draw_chart(teller, figure.group, chart, alt=sentence)
        hidden = [row.cell for row in figure.rows if isinstance(row.cell, Hidden)]
        if hidden and figure.kind is not ValuesKind.CANNOT_SAY:  # which its sentence is about
            threshold = words.number(hidden[0].threshold)
            said = words.count("groups.hidden_values", len(hidden), threshold=threshold)
            st.caption(escape_markdown(f"{said} {teller.tell_what_to_do()}"))
        draw_download(teller, figure.group, name, make_value_table(teller, figure))


def draw_behind_gap(frame: Frame, teller: GroupTeller, figure: GapFigure) -> None:
    """The table of a gap, newest first, and how its numbers were made."""

    def draw() -> None:
        draw_gap_method(frame, teller, figure)
        head, *rows = make_gap_table(teller, figure)
        draw_table([head, *rows[::-1]], alt=teller.name_group(figure))

    draw_behind(teller, figure.group.id, teller.name_group(figure), draw)


def draw_behind_values(frame: Frame, teller: GroupTeller, figure: ValueFigure) -> None:
    """The table of a variable's values, and how its numbers were made."""

    def draw() -> None:
        draw_value_method(frame, teller, figure)
        draw_table(make_value_table(teller, figure), alt=teller.name_variable(figure))

    draw_behind(teller, figure.group, teller.name_variable(figure), draw)


def draw_behind(teller: GroupTeller, key: str, name: str, draw: Callable[[], None]) -> None:
    """What stands behind a figure, drawn only when it is opened."""
    label = teller.words.say("groups.table_and_method", name=name)
    opened = st.expander(escape_markdown(label), on_change="rerun", key=f"table-{key}")
    if opened.open:
        with opened:
            draw()


def draw_chart(teller: GroupTeller, key: str, chart: object, *, alt: str) -> None:
    config = make_plotly_config(teller.words.language.locale)
    st.plotly_chart(chart, theme=None, key=f"chart-{key}", config=config, alt=alt)  # type: ignore[arg-type]


def draw_download(teller: GroupTeller, key: str, name: str, rows: list[Row]) -> None:
    """The table as a file."""
    st.download_button(
        escape_markdown(teller.words.say("trends.download", dimension=name)),
        write_csv(rows),
        file_name=write_file_name(teller.groups.area.name, teller.dimension, name, ending="csv"),
        mime="text/csv",
        key=f"csv-{key}",
        on_click="ignore",
    )


def draw_table(rows: list[Row], *, alt: str) -> None:
    """A table whose first column does not break."""
    header, *body = rows
    body = [(first.replace(" ", "\N{NO-BREAK SPACE}"), *rest) for first, *rest in body]
    st.table(dict(zip(header, zip(*body, strict=True), strict=True)), hide_index=True, alt=alt)


def list_table_values(teller: GroupTeller, figure: ValueFigure) -> list[TableValue]:
    return [
        TableValue(teller.name_value(figure, row), row.cell, teller.write_share(row.share))
        for row in figure.rows
    ]


def name_with_share(teller: GroupTeller, value: TableValue) -> str:
    """A value's name with its share of the answers, as the chart has it."""
    if value.share is None:
        return value.name
    share = value.share.replace(" ", "\N{NO-BREAK SPACE}")
    return teller.words.say("groups.name_with_share", name=value.name, share=share)


def make_gap_table(teller: GroupTeller, figure: GapFigure) -> list[Row]:
    name = teller.name_group(figure)
    return make_gap_rows(name, figure.points, words=make_table_words(teller), show=teller.write_number)


def make_value_table(teller: GroupTeller, figure: ValueFigure) -> list[Row]:
    name, values = teller.name_variable(figure), list_table_values(teller, figure)
    return make_value_rows(name, values, words=make_table_words(teller), show=teller.write_number)


def make_table_words(teller: GroupTeller) -> GroupTableWords:
    """The tables' words."""
    words = teller.words
    return GroupTableWords(
        period=words.say("trends.period"),
        others=words.say("groups.others"),
        gap=words.say("groups.gap_column"),
        mean=teller.dimension,
        share=words.say("trends.who_share"),
        low=words.say("trends.low"),
        high=words.say("trends.high"),
        n=words.say("trends.n"),
        no_answers=words.say("trends.no_answers"),
        no_interval=words.say("trends.no_interval"),
        not_known=words.say("trends.not_known"),
        label_period=words.period,
        say_hidden=teller.tell_hidden,
    )


def make_gap_words(teller: GroupTeller) -> GapChartWords:
    """The words of a gap's chart."""
    words = teller.words
    return GapChartWords(
        axis=words.say("groups.axis"),
        clear=words.say("groups.mark_clear"),
        unclear=words.say("groups.mark_unclear"),
        hidden=words.say("trends.hidden_mark"),
        hidden_tick=words.say("trends.hidden_tick"),
        hover=words.say("groups.hover"),
        label_period=words.period,
        label_tick=teller.tell_period_briefly,
        say_hidden=teller.tell_hidden,
    )


def make_value_words(teller: GroupTeller) -> ValueChartWords:
    """The words of a chart of values."""
    words = teller.words
    return ValueChartWords(
        axis=words.say("trends.axis"),
        hidden=words.say("trends.hidden_tick"),
        no_answers=words.say("groups.none_tick"),
        hover=words.say("groups.hover_value"),
    )
