"""Municipalities beside each other: which of them differ more than chance explains, and never an order."""

from __future__ import annotations

import streamlit as st

from analysis.periods import PeriodKind
from pages.shared.area_kept import keep_county
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.how_computed import METHOD_PAGE
from pages.shared.municipality_lines import draw_lines
from pages.shared.municipality_pictures import draw_funnel_figure, draw_map_figure, draw_tile_figure
from pages.shared.municipality_sentences import MunicipalityTeller
from pages.trends import draw_filter, say_kind, say_survey
from survey.insight.compared_choice import (
    EVERYWHERE,
    ComparedChoice,
    list_compared_periods,
    list_measures,
    read_compared,
)
from survey.insight.municipalities import compare_municipalities
from survey.insight.published import list_all_publications, list_surveys
from survey.language import pick_text


def draw_municipalities(frame: Frame) -> None:
    """Who lies outside the limits, then the funnel; tiles, map and lines when they are asked for."""
    if not list_surveys(frame.installation):
        st.markdown(frame.words.say("error.nothing_published"))
        return
    keep_county(frame)
    choice = read_address(frame)
    draw_heading(frame, frame.words.say("beside.title", where=name_place(frame, choice.county)))
    head = st.container(key="news")
    with st.container(key="filters"):
        draw_filters(frame, choice)
    compared = compare_municipalities(frame.installation, choice, viewer=frame.viewer)
    teller = MunicipalityTeller(frame.words, compared, where=name_place(frame, choice.county))
    with head:
        draw_news(frame, teller)
    draw_funnel_figure(teller)
    draw_tile_figure(teller)
    draw_map_figure(teller)
    draw_lines(frame, teller)


def read_address(frame: Frame) -> ComparedChoice:
    """The choice of the address; of a part that makes no sense, what is wrong with it and the usual one."""
    choice, wrong = read_compared(frame.installation, st.query_params.to_dict())
    if wrong:
        told = [frame.words.explain(one) for one in wrong]
        draw_problem(frame, " ".join([*told, frame.words.say("trends.usual")]))
    return choice


def name_place(frame: Frame, county: str) -> str:
    """A county's name, or what all of them are called together."""
    if county == EVERYWHERE:
        return frame.words.say("beside.everywhere")
    return frame.installation.areas.find(county).name


def draw_filters(frame: Frame, choice: ComparedChoice) -> None:
    """What can be chosen. The address is the only memory: a change is written there, and read from there."""
    words = frame.words
    counties = [one.code for one in frame.installation.areas.counties]
    surveys = list_surveys(frame.installation)
    known = list_all_publications(frame.installation, choice.survey)
    kinds = [kind.value for kind in PeriodKind if list_compared_periods(known, kind.value)]
    columns = iter(st.columns(3 + (len(counties) > 1) + (len(surveys) > 1)))
    with next(columns):
        draw_measures(frame, choice)
    with next(columns):
        draw_filter("by", words.say("trends.by"), kinds, choice.kind, lambda kind: say_kind(frame, kind))
    with next(columns):
        periods = list(list_compared_periods(known, choice.kind))
        draw_filter("period", words.say("trends.period"), periods, choice.period, words.period)
    if len(counties) > 1:
        with next(columns):
            places = [*counties, EVERYWHERE]
            label = words.say("beside.county")
            draw_filter("county", label, places, choice.county, lambda code: name_place(frame, code))
    if len(surveys) > 1:
        with next(columns):
            label = words.say("trends.survey")
            draw_filter("survey", label, list(surveys), choice.survey, lambda name: say_survey(frame, name))


def draw_measures(frame: Frame, choice: ComparedChoice) -> None:
    """The dimensions and then the questions to choose from."""
    words, language = frame.words, frame.language
    names = {
        one.id: words.say("beside.question", text=pick_text(one.text, language))
        if one.is_question
        else pick_text(one.text, language)
        for one in list_measures(frame.installation, choice.survey)
    }
    draw_filter("measure", words.say("beside.measure"), list(names), choice.measure, names.__getitem__)


def draw_news(frame: Frame, teller: MunicipalityTeller) -> None:
    """Who lies outside or that nobody does, who cannot be judged, and the county's own figure."""
    told = [*teller.tell_verdict(), *teller.tell_missing(), *teller.tell_counties()]
    st.markdown("\n".join(f"* {escape_markdown(sentence)}" for sentence in told))
    frame.link_to(METHOD_PAGE, frame.words.say("page.method"))
