"""Municipalities beside each other as pictures: funnel, tiles and map, and the one table of them all."""

from __future__ import annotations

import streamlit as st
from plotly.graph_objects import Figure

from analysis.area_map import DrawnArea, draw_map
from analysis.chart_frame import make_plotly_config
from analysis.disclosure import Shown
from analysis.funnel import NAMING_LEVEL, WARNING_LEVEL
from analysis.funnel_chart import Beside, FunnelPoint, FunnelWords, draw_funnel
from analysis.tables import write_csv, write_file_name
from analysis.tile_grid import Tile, draw_tiles
from pages.shared.escape import escape_markdown
from pages.shared.municipality_sentences import MOST_COUNTIES, MunicipalityTeller
from survey.areas.shapes import find_boundaries, find_tiles

PERCENT = 100


def draw_funnel_figure(teller: MunicipalityTeller) -> None:
    """The funnel with how to read it, its table and its file."""
    words = teller.words
    with st.container(key="figure-funnel"):
        st.header(escape_markdown(words.say("beside.funnel")), anchor=False)
        figure = draw_funnel(
            list_points(teller),
            teller.compared.funnel,
            beside=list_beside(teller),
            words=make_funnel_words(teller),
            locale=words.language.locale,
            dark=is_dark(),
        )
        show(teller, figure, "funnel")
        st.caption(escape_markdown(words.say("beside.funnel_about")))
        draw_download(teller)
    draw_table(teller)


def is_dark() -> bool:
    return st.context.theme.type == "dark"


def show(teller: MunicipalityTeller, figure: Figure, picture: str) -> None:
    """A picture with its words for those who do not see it."""
    told = " ".join(teller.tell_verdict())
    alt = f"{teller.words.say(f'beside.{picture}')}. {told}"  # keys: beside.funnel, beside.tiles, beside.map
    config = make_plotly_config(teller.words.language.locale)
    st.plotly_chart(figure, theme=None, key=f"chart-{picture}", config=config, alt=alt)


def list_points(teller: MunicipalityTeller) -> list[FunnelPoint]:
    """The municipalities that have a share to draw."""
    return [
        FunnelPoint(
            one.area.name,
            one.cell.value.percent,
            one.cell.value.effective,
            teller.find_mark(one),
            teller.tell_standing(one),
        )
        for one in teller.compared.standings
        if isinstance(one.cell, Shown)
    ]


def list_beside(teller: MunicipalityTeller) -> list[Beside]:
    """The county's own share; of many counties none, for their lines would hide the municipalities."""
    counties = teller.compared.counties
    if len(counties) > MOST_COUNTIES:
        return []
    return [
        Beside(teller.words.say("beside.whole", name=area.name), cell.value.percent)
        for area, cell in counties
        if isinstance(cell, Shown)
    ]


def make_funnel_words(teller: MunicipalityTeller) -> FunnelWords:
    words = teller.words
    inner, outer = (
        words.number(level * PERCENT, places) for level, places in ((WARNING_LEVEL, 0), (NAMING_LEVEL, 1))
    )
    return FunnelWords(
        x_axis=words.say("beside.axis_n"),
        y_axis=words.say("beside.axis_share"),
        target=words.say("beside.target"),
        inner=words.say("beside.limits", level=inner),
        outer=words.say("beside.limits", level=outer),
        marks=teller.name_marks(),
    )


def draw_table(teller: MunicipalityTeller) -> None:
    """The table of all pictures, drawn when it is opened."""
    label = escape_markdown(teller.words.say("beside.table"))
    opened = st.expander(label, on_change="rerun", key="table-beside")
    if opened.open:
        with opened:
            draw_rows(teller.make_rows(), alt=f"{teller.measure}, {teller.period}")
            st.caption(escape_markdown(teller.words.say("beside.table_about")))


def draw_rows(rows: list[tuple[str, ...]], *, alt: str) -> None:
    """Rows as a table under their heads."""
    header, *body = rows
    if body:
        st.table(dict(zip(header, zip(*body, strict=True), strict=True)), hide_index=True, alt=alt)


def draw_download(teller: MunicipalityTeller) -> None:
    """The table as a file."""
    choice = teller.compared.choice
    st.download_button(
        escape_markdown(teller.words.say("beside.download", measure=teller.measure)),
        write_csv(teller.make_rows()),
        file_name=write_file_name(teller.where, teller.measure, choice.period, ending="csv"),
        mime="text/csv",
        key="csv-beside",
        on_click="ignore",
    )


def draw_tile_figure(teller: MunicipalityTeller) -> None:
    """A tile for each municipality, drawn when it is opened; nothing where no grid is known."""
    tiles = find_tiles([one.area for one in teller.compared.standings])
    if not tiles:
        return
    opened = st.expander(
        escape_markdown(teller.words.say("beside.tiles")), on_change="rerun", key="tiles-open"
    )
    if not opened.open:
        return
    drawn = [
        Tile(one.area.name, *tiles[one.area.code], teller.find_mark(one), teller.tell_standing(one))
        for one in teller.compared.standings
    ]
    with opened, st.container(key="figure-tiles"):
        locale = teller.words.language.locale
        show(teller, draw_tiles(drawn, words=teller.name_marks(), locale=locale, dark=is_dark()), "tiles")
        st.caption(escape_markdown(teller.words.say("beside.same_table")))


def draw_map_figure(teller: MunicipalityTeller) -> None:
    """The map, drawn and sent when it is opened; nothing where no boundary is known."""
    standings = teller.compared.standings
    opened = st.expander(escape_markdown(teller.words.say("beside.map")), on_change="rerun", key="map-open")
    if not opened.open:
        return
    outlines = find_boundaries(one.area for one in standings)
    drawn = [
        DrawnArea(teller.find_mark(one), teller.tell_standing(one), outlines.get(one.area.code, ()))
        for one in standings
    ]
    absent = [one for one in standings if one.area.code not in outlines]
    with opened, st.container(key="figure-map"):
        if absent:
            names = teller.list_names(absent)
            st.markdown(escape_markdown(teller.words.say("beside.not_on_map", names=names)))
        locale = teller.words.language.locale
        if outlines:
            show(teller, draw_map(drawn, words=teller.name_marks(), locale=locale, dark=is_dark()), "map")
        st.caption(escape_markdown(teller.words.say("beside.same_table")))
