"""How themes, their tones and new topics are drawn: bars, and tables with the same content."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from analysis.chart_frame import DARK, LIGHT, make_plotly_config
from analysis.tables import write_csv, write_file_name
from analysis.theme_bars import ThemeBar, draw_theme_bars
from pages.shared.comment_sentences import name_theme, tell_interval, tell_percent
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.insight.comment_choice import CommentChoice
from survey.insight.theme_tables import Share, ThemeTable
from survey.language import Words

TOLD_TONES = ("positive", "mixed", "negative")  # the others are told together, as what is left
TONE_HEADS = ("comments.theme", "tone.positive", "tone.mixed", "tone.negative")


def draw_theme_figure(frame: Frame, choice: CommentChoice, table: ThemeTable) -> None:
    """The shares of the themes, the unassigned last, with their table, file and what they do not mean."""
    words = frame.words
    n = words.number(table.comments)
    st.header(words.say("comments.themes"), anchor=False)
    st.markdown(escape_markdown(words.say("comments.n", n=n, period=words.period(choice.period))))
    rows = [(name_theme(words, row.theme), row.share, False) for row in table.rows]
    rows.append((words.say("comments.unassigned"), table.unassigned, True))
    bars = [make_bar(words, name, share, plain) for name, share, plain in rows]
    locale = words.language.locale
    figure = draw_theme_bars(bars, palette=choose_palette(), locale=locale)
    alt = words.say("comments.bars_alt", period=words.period(choice.period))
    with st.container(key="figure-themes"):
        st.plotly_chart(figure, theme=None, key="chart-themes", config=make_plotly_config(locale), alt=alt)
    with st.expander(words.say("comments.not_said_title")):
        st.markdown("\n".join(f"* {escape_markdown(one)}" for one in list_cautions(words, table)))
    told = make_theme_rows(words, rows)
    with st.expander(words.say("comments.table")):
        draw_rows(told, alt=alt)
    draw_file(frame, choice, told)


def choose_palette():  # type: ignore[no-untyped-def]
    return DARK if st.context.theme.type == "dark" else LIGHT


def make_bar(words: Words, name: str, share: Share, plain: bool) -> ThemeBar:
    return ThemeBar(name, share.drawn, tell_percent(words, share), share.low, share.high, plain)


def make_theme_rows(words: Words, rows: list[tuple[str, Share, bool]]) -> list[tuple[str, ...]]:
    """The heads and rows of the table of shares."""
    heads = (words.say("comments.theme"), words.say("comments.share"), words.say("comments.interval_head"))
    return [
        heads,
        *((name, tell_percent(words, share), tell_interval(words, share)) for name, share, _ in rows),
    ]


def draw_rows(rows: list[tuple[str, ...]], *, alt: str) -> None:
    header, *body = rows
    if body:
        st.table(dict(zip(header, zip(*body, strict=True), strict=True)), hide_index=True, alt=alt)


def draw_file(frame: Frame, choice: CommentChoice, rows: list[tuple[str, ...]]) -> None:
    """The table as a file."""
    words = frame.words
    area = frame.installation.areas.find(choice.area)
    st.download_button(
        escape_markdown(words.say("comments.download")),
        write_csv(rows),
        file_name=write_file_name(area.name, words.say("comments.file"), choice.period, ending="csv"),
        mime="text/csv",
        key="csv-themes",
        on_click="ignore",
    )


def list_cautions(words: Words, table: ThemeTable) -> Iterator[str]:
    """What small numbers and volume do not mean, and how themes are found."""
    yield words.say("comments.caution_volume")
    yield words.say("comments.caution_who")
    yield words.say("comments.caution_few")
    yield words.say("comments.caution_found")
    if table.was_read_in_several_ways:
        yield words.say("comments.caution_chains")


def draw_topics(frame: Frame, table: ThemeTable) -> None:
    """Words outside the themes that came up clearly more often than before."""
    words = frame.words
    st.header(words.say("comments.topics"), anchor=False)
    if not table.topics:
        st.markdown(words.say("comments.no_topics"))
        return
    told = [
        words.say("comments.topic", words=" ".join(topic.words), n=words.number(topic.comments))
        for topic in table.topics
    ]
    st.markdown("\n".join(f"* {escape_markdown(one)}" for one in told))
    st.caption(escape_markdown(words.say("comments.topics_about")))


def draw_tones(frame: Frame, choice: CommentChoice, table: ThemeTable) -> None:
    """The tones of all comments, and of the themes that have enough of them."""
    words = frame.words
    st.header(words.say("comments.tones"), anchor=False)
    everything = [words.say("comments.all"), *(tell_percent(words, table.tones[tone]) for tone in TOLD_TONES)]
    rows = [tuple(map(words.say, TONE_HEADS)), tuple(everything)]  # keys: tone.*, comments.theme
    few: list[str] = []
    for row in table.rows:
        name = name_theme(words, row.theme)
        if row.tones is None:
            few.append(name)
            continue
        rows.append((name, *(tell_percent(words, row.tones[tone]) for tone in TOLD_TONES)))
    draw_rows(rows, alt=words.say("comments.tones_alt", period=words.period(choice.period)))
    if few:
        st.caption(escape_markdown(words.say("comments.tones_few", themes=", ".join(few))))
    st.caption(escape_markdown(words.say("comments.tones_about")))
