"""How many answers came week by week: a chart, a table of municipalities, and a file."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from analysis.chart_frame import DARK, LIGHT, make_plotly_config
from analysis.tables import write_csv, write_file_name
from analysis.week_chart import WeekBar, draw_weeks
from analysis.weeks import read_week
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.insight.monitoring import AreaCount, Came, Monitoring
from survey.language import Words


def say_week(words: Words, code: str) -> str:
    """A week as people say it: vecka 38 2026."""
    year, week = read_week(code)
    return words.say("monitoring.week", week=str(week), year=str(year))


def say_weeks(words: Words, came: Came) -> str:
    """A week, or the first and last of several."""
    first, last = say_week(words, came.first), say_week(words, came.last)
    return first if came.first == came.last else words.say("monitoring.weeks", first=first, last=last)


def say_area(words: Words, area: AreaCount) -> str:
    return words.say("monitoring.elsewhere") if area.area is None else area.area.name


def say_so_far(words: Words, area: AreaCount, least: int) -> str:
    """A number, or that there are too few to tell it."""
    if area.so_far is None:
        return words.say("monitoring.fewer", least=words.number(least))
    return words.number(area.so_far)


def draw_weeks_of_round(frame: Frame, found: Monitoring, *, alt: str) -> None:
    """The chart, how it was counted, the table and the file; nothing before a week is over."""
    if not found.weeks:
        return
    words = frame.words
    if found.chosen.came:
        draw_chart(frame, found, alt=alt)
    st.caption(escape_markdown(words.say("monitoring.counted", least=words.number(found.least))))
    draw_table(words, found)
    draw_download(words, found)


def draw_chart(frame: Frame, found: Monitoring, *, alt: str) -> None:
    """A bar for each stretch of weeks."""
    words, places = frame.words, {week: place for place, week in enumerate(found.weeks)}
    bars = [
        WeekBar(places[one.first], places[one.last], one.people, say_bar(words, one))
        for one in found.chosen.came
    ]
    dark = st.context.theme.type == "dark"
    locale = words.language.locale
    figure = draw_weeks(
        bars,
        [say_tick(words, week) for week in found.weeks],
        axis=words.say("monitoring.axis"),
        palette=DARK if dark else LIGHT,
        locale=locale,
    )
    st.plotly_chart(figure, theme=None, key="chart-weeks", config=make_plotly_config(locale), alt=alt)


def say_bar(words: Words, one: Came) -> str:
    return words.say("monitoring.bar", weeks=say_weeks(words, one), n=words.number(one.people))


def say_tick(words: Words, code: str) -> str:
    year, week = read_week(code)
    return words.say("monitoring.tick", week=str(week), year=str(year))


def draw_table(words: Words, found: Monitoring) -> None:
    """What has come from each municipality; one sentence where nothing can be told of any."""
    if all(row.so_far is None for row in found.rows):
        if len(found.rows) > 1:
            least = words.number(found.least)
            st.markdown(escape_markdown(words.say("monitoring.all_few", least=least)))
        return
    table = {
        words.say("trends.area"): [say_area(words, row) for row in found.rows],
        words.say("monitoring.so_far_head"): [say_so_far(words, row, found.least) for row in found.rows],
        words.say("monitoring.told_until"): [say_last(words, row) for row in found.rows],
    }
    st.table(table, hide_index=True, alt=words.say("monitoring.table"))


def say_last(words: Words, row: AreaCount) -> str:
    """Until which week a municipality's number goes; a dash where there is none."""
    return say_week(words, row.came[-1].last) if row.came else words.say("monitoring.not_yet")


def draw_download(words: Words, found: Monitoring) -> None:
    """Every stretch of every municipality as a file."""
    header = [
        words.say("trends.area"),
        words.say("monitoring.first_week"),
        words.say("monitoring.last_week"),
        words.say("monitoring.axis"),
    ]
    st.download_button(
        words.say("monitoring.download"),
        write_csv([header, *list_file_rows(words, found)]),
        file_name=write_file_name(words.say("page.monitoring"), found.round_.id, ending="csv"),
        mime="text/csv",
        key="csv-weeks",
        on_click="ignore",
    )


def list_file_rows(words: Words, found: Monitoring) -> Iterator[list[str]]:
    """A row for each stretch; one with a sentence for a municipality that nothing is told of."""
    for row in found.rows:
        name = say_area(words, row)
        for one in row.came:
            yield [name, one.first, one.last, str(one.people)]
        if not row.came:
            yield [name, found.weeks[0], found.weeks[-1], say_so_far(words, row, found.least)]
