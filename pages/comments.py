"""What residents write about, in an area and a quarter or year, and comments for those who may read them."""

from __future__ import annotations

import secrets

import streamlit as st

from analysis.disclosure import Hidden
from pages.shared.comment_sentences import list_comment_news
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.how_computed import METHOD_PAGE
from pages.shared.read_comments import SEARCH, draw_quotes, draw_reading
from pages.shared.theme_figures import draw_theme_figure, draw_tones, draw_topics
from pages.trends import draw_filter, say_survey
from survey.comments.theme_lists import list_theme_codes
from survey.insight.comment_choice import (
    CommentChoice,
    list_theme_periods,
    list_theme_surveys,
    read_comment_choice,
)
from survey.insight.theme_tables import ThemeTable, find_theme_table

ORDER = (
    "comments-order"  # in the session: what single comments are shuffled by, so that a rerun moves nothing
)


def draw_comments(frame: Frame) -> None:
    """What is clear first, then the themes, what is new, what it can sound like, and comments to read."""
    if not list_theme_surveys(frame.installation):
        draw_nothing_yet(frame)
        return
    choice = read_address(frame)
    area = frame.installation.areas.find(choice.area)
    draw_heading(frame, frame.words.say("comments.title", area=area.name))
    head = st.container(key="news")
    with st.container(key="filters"):
        draw_filters(frame, choice)
    found = find_theme_table(frame.installation, choice, viewer=frame.viewer)
    with head:
        draw_news(frame, choice, found.value if not isinstance(found, Hidden) else None)
    if isinstance(found, Hidden):
        st.markdown(frame.words.say("comments.hidden", least=frame.words.number(found.threshold)))
    else:
        draw_table(frame, choice, found.value)
    seed = st.session_state.setdefault(ORDER, secrets.randbits(32))
    draw_quotes(frame, choice, seed=seed)
    draw_reading(frame, choice, seed=seed)


def draw_nothing_yet(frame: Frame) -> None:
    """What has to happen before there is something to see."""
    st.markdown(frame.words.say("error.no_themes_published"))


def read_address(frame: Frame) -> CommentChoice:
    """The choice of the address; of a part that makes no sense, what is wrong with it and the usual one."""
    asked = {**st.query_params.to_dict(), "search": str(st.session_state.get(SEARCH, ""))}
    choice, wrong = read_comment_choice(
        frame.installation, asked, list_theme_codes(frame.installation.settings)
    )
    if wrong:
        told = [frame.words.explain(one) for one in wrong]
        draw_problem(frame, " ".join([*told, frame.words.say("trends.usual")]))
    return choice


def draw_filters(frame: Frame, choice: CommentChoice) -> None:
    """Area, period and, where there are several, survey. The address is the only memory."""
    words = frame.words
    areas = {area.code: area.name for area in frame.installation.areas}
    periods = list(list_theme_periods(frame.installation, choice.survey))
    surveys = list_theme_surveys(frame.installation)
    columns = iter(st.columns(3 if len(surveys) > 1 else 2))
    with next(columns):
        draw_filter("area", words.say("trends.area"), list(areas), choice.area, areas.__getitem__)
    with next(columns):
        draw_filter("period", words.say("trends.period"), periods, choice.period, words.period)
    if len(surveys) > 1:
        with next(columns):
            label = words.say("trends.survey")
            draw_filter("survey", label, list(surveys), choice.survey, lambda name: say_survey(frame, name))


def draw_news(frame: Frame, choice: CommentChoice, table: ThemeTable | None) -> None:
    """Up to three sentences, the most important first, and a way to how it is done."""
    if table is not None:
        told = list_comment_news(frame.words, choice, table)
        st.markdown("\n".join(f"* {escape_markdown(sentence)}" for sentence in told))
    st.caption(escape_markdown(frame.words.say("comments.about")))
    frame.link_to(METHOD_PAGE, frame.words.say("page.method"))


def draw_table(frame: Frame, choice: CommentChoice, table: ThemeTable) -> None:
    """The themes, what stands out in the words, and the tones."""
    draw_theme_figure(frame, choice, table)
    draw_topics(frame, table)
    draw_tones(frame, choice, table)
