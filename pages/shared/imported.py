"""How is an indicator that others measured shown, so that nobody takes it for the survey's own?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.chart_frame import make_plotly_config
from analysis.imported_chart import ImportedWords, draw_imported_lines
from analysis.tables import Row, write_csv, write_file_name
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame
from survey.areas import Area
from survey.indicators.find import ImportedLine, ImportedPoint, ImportedSeries, find_indicators
from survey.language import Words, pick_text

DARK = "dark"
PERIODS_BESIDE = 4  # columns of a county's table: what a narrow screen has room for


@dataclass(frozen=True)
class Shown:
    """An indicator as it stands on a page, about one area."""

    words: Words
    series: ImportedSeries
    area: Area
    key: str

    @property
    def name(self) -> str:
        return pick_text(self.series.name, self.words.language.code)

    @property
    def own(self) -> ImportedLine | None:
        """The area's own line, when it has a value."""
        line = self.series.find_line(self.area.code)
        return line if line is not None and line.known else None

    @property
    def others(self) -> tuple[ImportedLine, ...]:
        """The lines of the county's other areas, those that have a value."""
        return tuple(one for one in self.series.lines if one.area != self.area and one.known)

    def write_value(self, value: float) -> str:
        return self.words.number(value, self.series.decimals)

    def write_point(self, point: ImportedPoint | None) -> str:
        """A value, or in words that there is none; a revised one says so."""
        if point is None or point.value is None:
            return self.words.say("indicators.no_value")
        value = self.write_value(point.value)
        return self.words.say("indicators.revised_value", value=value) if point.revised else value


def draw_imported(frame: Frame, area: str, dimension: str) -> None:
    """The indicators that belong beside a dimension, for one area; nothing when there are none."""
    for shown in list_shown(frame, frame.installation.areas.find(area), dimension):
        draw_one(shown)


def list_shown(frame: Frame, area: Area, dimension: str | None = None) -> list[Shown]:
    """The indicators with something for the area's county, of one dimension or of all."""
    areas = frame.installation.areas
    county = area if area.parent is None else areas.find(area.parent)
    wanted = [county, *areas.within(county.code)]
    place = dimension or "all"
    return [
        Shown(frame.words, series, area, f"{place}-{series.id}")
        for series in find_indicators(frame.installation, wanted, dimension=dimension)
    ]


def draw_one(shown: Shown) -> None:
    """Heading, mark, sentence, chart, table, source and file of an indicator."""
    words = shown.words
    with st.container(key=f"imported-{shown.key}", border=True):
        st.markdown(f"**{escape_markdown(words.say('indicators.mark'))}**")
        st.header(escape_markdown(shown.name), anchor=False)
        sentence = tell_line(shown)
        st.markdown(escape_markdown(sentence))
        draw_chart(shown, alt=sentence)
        st.caption(escape_markdown(tell_source(shown)))
        with st.expander(escape_markdown(words.say("indicators.table", name=shown.name))):
            draw_table(make_table(shown), alt=shown.name)
        draw_download(shown)


def tell_line(shown: Shown) -> str:
    """The last value, how it differs from the one before, and which values are better."""
    words, line = shown.words, shown.own
    direction = words.say(f"indicators.direction.{shown.series.direction}")  # keys: indicators.direction.*
    if line is None:
        none = "here" if shown.area.parent else "whole"
        told = words.say(f"indicators.none_{none}", area=shown.area.name)  # keys: indicators.none_*
        return f"{told} {direction}"
    period, value = line.known[-1]
    facts = {"area": shown.area.name, "value": shown.write_value(value), "unit": shown.series.unit}
    told = [words.say("indicators.last", period=words.period(period), **facts)]
    if line.change is not None:
        told.append(tell_change(shown, line.change, line.known[-2][0]))
    return " ".join([*told, direction])


def tell_change(shown: Shown, change: float, before: str) -> str:
    """How much more or less than the value before."""
    words, written = shown.words, shown.write_value(abs(change))
    kind = "same" if written == shown.write_value(0) else "more" if change > 0 else "less"
    period = words.period(before)
    return words.say(f"indicators.change.{kind}", change=written, period=period)  # keys: indicators.change.*


def tell_source(shown: Shown) -> str:
    """Who measured it, when it was loaded, what the file says about it, and what is not known."""
    words, series = shown.words, shown.series
    day = words.day(series.loaded.date())
    told = [words.say("indicators.source", source=series.source, day=day), series.note]
    return " ".join([one for one in told if one] + [words.say("indicators.untested")])


def draw_chart(shown: Shown, *, alt: str) -> None:
    words, own = shown.words, shown.own
    others = "indicators.others" if shown.area.parent else "indicators.municipalities"
    chart = draw_imported_lines(
        (own.area.name, dict(own.known)) if own is not None else None,
        [(one.area.name, dict(one.known)) for one in shown.others],
        unit=shown.series.unit,
        words=ImportedWords(
            axis=shown.series.unit,
            others=words.say(others),  # keys: indicators.others, indicators.municipalities
            hover=words.say("indicators.hover"),
            label_period=words.period,
            label_tick=lambda code: write_tick(words, code),
            write_value=shown.write_value,
        ),
        locale=words.language.locale,
        dark=st.context.theme.type == DARK,
    )
    config = make_plotly_config(words.language.locale)
    st.plotly_chart(chart, theme=None, key=f"imported-chart-{shown.key}", config=config, alt=alt)


def write_tick(words: Words, code: str) -> str:
    """A period in few letters."""
    _, _, rest = code.partition("-")
    return words.month_briefly(code) if rest.isdigit() else code.replace("-", " ")


def make_table(shown: Shown) -> list[Row]:
    """A municipality's values, the newest first; of a county its areas with the last few, so too."""
    words, own = shown.words, shown.series.find_line(shown.area.code)
    if shown.area.parent is not None:
        head = (words.say("trends.period"), shown.series.unit, words.say("indicators.loaded"))
        points = own.points[::-1] if own is not None else ()
        return [
            head,
            *(
                (words.period(one.period), shown.write_point(one), words.day(one.loaded.date()))
                for one in points
            ),
        ]
    codes = list_codes(shown.series.lines)[-PERIODS_BESIDE:][::-1]
    rows = [line for line in shown.series.lines if line.points]
    return [
        (words.say("trends.area"), *(words.period(code) for code in codes)),
        *((line.area.name, *write_points(shown, line, codes)) for line in rows),
    ]


def list_codes(lines: Sequence[ImportedLine]) -> list[str]:
    """The periods of any of the lines, in order; of one kind they are in order as texts."""
    return sorted({one.period for line in lines for one in line.points})


def write_points(shown: Shown, line: ImportedLine, codes: Sequence[str]) -> list[str]:
    found = {one.period: one for one in line.points}
    return [shown.write_point(found.get(code)) for code in codes]


def draw_table(rows: list[Row], *, alt: str) -> None:
    head, *body = rows
    if body:
        st.table(dict(zip(head, zip(*body, strict=True), strict=True)), hide_index=True, alt=alt)


def draw_download(shown: Shown) -> None:
    """Every value that the page has, a row each, in the form that can be loaded again."""
    words, series = shown.words, shown.series
    head = ("indicator", "name_sv", "name_en", "unit", "direction", "area", "period", "value")
    about = (series.id, series.name["sv"], series.name.get("en", ""), series.unit, series.direction.value)
    rows = [
        (
            *about,
            line.area.code,
            one.period,
            "" if one.value is None else repr(one.value).replace(".", ","),
            series.source,
            series.note,
            series.dimension,
        )
        for line in series.lines
        for one in line.points
    ]
    st.download_button(
        escape_markdown(words.say("indicators.download", name=shown.name)),
        write_csv([(*head, "source", "note", "dimension"), *rows]),
        file_name=write_file_name(series.id, shown.area.name, ending="csv"),
        mime="text/csv",
        key=f"imported-csv-{shown.key}",
        on_click="ignore",
    )
