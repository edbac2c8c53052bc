"""How a municipality or a county develops, and what has clearly changed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.periods import PeriodKind
from pages.shared.escape import escape_markdown
from pages.shared.figures import draw_figures
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.sentences import Teller, list_news
from survey.errors import SurveyError
from survey.insight.trends import (
    Choice,
    find_audience,
    find_trends,
    list_all_publications,
    list_surveys,
    read_choice,
)

IN_A_ROW = 3  # the others, as the headlines
DETAILS = "details"  # in the address: whether intervals and counts are shown
DECIMALS_SIGNED_IN = 1
DECIMALS_PUBLIC = 0  # privacy.md 2: outward, scores are whole numbers


def draw_trends(frame: Frame) -> None:
    """What changed, the three headlines, and the rest when it is asked for."""
    if not list_surveys(frame.installation):
        st.markdown(frame.words.say("error.nothing_published"))
        return
    choice = read_choice_or_usual(frame)
    head = st.container(key="news")
    with st.container(key="filters"):
        draw_filters(frame, choice)
        details = draw_details(frame)
    trends = find_trends(frame.installation, choice, viewer=frame.viewer)
    signed_in = find_audience(frame.installation, viewer=frame.viewer).signed_in
    decimals = DECIMALS_SIGNED_IN if signed_in else DECIMALS_PUBLIC
    teller = Teller(frame.words, trends, decimals=decimals, with_interval=details)
    draw_heading(frame, frame.words.say("trends.title", area=trends.area.name))
    with head:
        draw_news(teller)
    draw_headlines(teller)
    draw_others(teller)


def read_choice_or_usual(frame: Frame) -> Choice:
    """The choice of the address; where that makes no sense, what is wrong with it and the usual choice."""
    try:
        return read_choice(frame.installation, st.query_params.to_dict())
    except SurveyError as wrong:
        usual = read_choice(frame.installation, {})
        draw_problem(frame, f"{frame.words.explain(wrong)} {frame.words.say('trends.usual')}")
        return usual


def draw_filters(frame: Frame, choice: Choice) -> None:
    """What can be chosen. The address is the only memory: a change is written there, and read from there."""
    words, areas = frame.words, frame.installation.areas
    names = {area.code: area.name for area in areas}
    months = list_months_to_choose(frame, choice)
    surveys = list_surveys(frame.installation)
    columns = iter(st.columns(5 if len(surveys) > 1 else 4))
    with next(columns):
        draw_filter("area", words.say("trends.area"), list(names), choice.area, names.__getitem__)
    with next(columns):
        kinds = [kind.value for kind in PeriodKind]
        draw_filter("by", words.say("trends.by"), kinds, choice.kind, lambda kind: say_kind(frame, kind))
    with next(columns):
        draw_filter("from", words.say("trends.from"), months, choice.first, words.month)
    with next(columns):
        draw_filter("to", words.say("trends.to"), months[::-1], choice.last, words.month)
    if len(surveys) > 1:
        with next(columns):
            draw_filter("survey", words.say("trends.survey"), list(surveys), choice.survey, str)


def say_kind(frame: Frame, kind: str) -> str:
    return frame.words.say(f"trends.kind.{kind}")  # keys: trends.kind.*


def list_months_to_choose(frame: Frame, choice: Choice) -> list[str]:
    """The months that were published, and those of the address."""
    published = {
        one.month for one in list_all_publications(frame.installation) if one.survey == choice.survey
    }
    return sorted(published | {choice.first, choice.last})


def draw_filter(name: str, label: str, options: list[str], chosen: str, say: Callable[[str], str]) -> None:
    """One list whose choice is what the address says under `name`."""
    key = f"filter-{name}"
    st.session_state[key] = chosen
    st.selectbox(label, options, format_func=say, key=key, on_change=write_to_address, args=(name, key))


def draw_details(frame: Frame) -> bool:
    """Whether intervals and counts are shown."""
    key = f"filter-{DETAILS}"
    st.session_state[key] = st.query_params.get(DETAILS) == "1"
    return st.toggle(
        frame.words.say("trends.details"), key=key, on_change=write_to_address, args=(DETAILS, key)
    )


def write_to_address(name: str, key: str) -> None:
    """Put what was chosen in the address."""
    chosen: object = st.session_state[key]
    if chosen is False:
        del st.query_params[name]
    else:
        st.query_params[name] = "1" if chosen is True else str(chosen)


def draw_news(teller: Teller) -> None:
    """Up to three sentences, the most important first."""
    st.markdown("\n".join(f"* {escape_markdown(sentence)}" for sentence in list_news(teller)))


def draw_headlines(teller: Teller) -> None:
    """The three lines a reader sees first, beside each other where there is room."""
    headlines = [one for one in teller.trends.series if one.dimension.headline is not None]
    if headlines:
        draw_figures(teller, headlines)


def draw_others(teller: Teller) -> None:
    """The other dimensions, drawn only when they are asked for."""
    others = [one for one in teller.trends.series if one.dimension.headline is None]
    if not others:
        return
    with st.container(key="others"):
        opened = st.expander(teller.words.say("trends.others"), on_change="rerun", key="others-open")
        if opened.open:
            with opened:
                for start in range(0, len(others), IN_A_ROW):
                    draw_figures(teller, others[start : start + IN_A_ROW])
