"""How prioritised groups fare against others in an area, and who has answered for whom."""

from __future__ import annotations

import streamlit as st

from analysis.group_chart import find_reach
from pages.shared.area_kept import keep_area
from pages.shared.escape import escape_markdown
from pages.shared.frame import Frame, draw_heading, draw_problem
from pages.shared.group_figures import draw_behind_gap, draw_behind_values, draw_gap, draw_values_of
from pages.shared.how_computed import METHOD_PAGE
from pages.trends import draw_filter, say_survey
from survey.insight.gaps import find_groups
from survey.insight.group_choice import GroupChoice, list_group_dimensions, read_group_choice
from survey.insight.group_sentences import GroupTeller, list_group_news
from survey.insight.published import list_surveys
from survey.language import pick_text


def draw_groups(frame: Frame) -> None:
    """What is clear first, then the gaps, then who has answered."""
    if not list_surveys(frame.installation):
        st.markdown(frame.words.say("error.nothing_published"))
        return
    keep_area(frame)
    choice = read_address(frame)
    area = frame.installation.areas.find(choice.area)
    draw_heading(frame, frame.words.say("groups.title", area=area.name))
    head = st.container(key="news")
    with st.container(key="filters"):
        draw_filters(frame, choice)
    groups = find_groups(frame.installation, choice, viewer=frame.viewer)
    if groups is None:
        st.markdown(frame.words.say("groups.not_yet"))
        return
    teller = GroupTeller(frame.words, groups)
    with head:
        draw_news(frame, teller)
    draw_gaps_of(frame, teller)
    draw_answered(frame, teller)


def read_address(frame: Frame) -> GroupChoice:
    """The choice of the address; of a part that makes no sense, what is wrong with it and the usual one."""
    choice, wrong = read_group_choice(frame.installation, st.query_params.to_dict())
    if wrong:
        told = [frame.words.explain(one) for one in wrong]
        draw_problem(frame, " ".join([*told, frame.words.say("trends.usual")]))
    return choice


def draw_filters(frame: Frame, choice: GroupChoice) -> None:
    """What can be chosen. The address is the only memory: a change is written there, and read from there."""
    words, language = frame.words, frame.language
    areas = {area.code: area.name for area in frame.installation.areas}
    dimensions = {
        one.id: pick_text(one.text, language)
        for one in list_group_dimensions(frame.installation, choice.survey)
    }
    surveys = list_surveys(frame.installation)
    columns = iter(st.columns(3 if len(surveys) > 1 else 2))
    with next(columns):
        draw_filter("area", words.say("trends.area"), list(areas), choice.area, areas.__getitem__)
    with next(columns):
        label = words.say("groups.dimension")
        draw_filter("dimension", label, list(dimensions), choice.dimension, dimensions.__getitem__)
    if len(surveys) > 1:
        with next(columns):
            label = words.say("trends.survey")
            draw_filter("survey", label, list(surveys), choice.survey, lambda name: say_survey(frame, name))


def draw_news(frame: Frame, teller: GroupTeller) -> None:
    """Up to three sentences, the most important first; which figures they are about, and a way to how."""
    st.markdown("\n".join(f"* {escape_markdown(sentence)}" for sentence in list_group_news(teller)))
    st.caption(escape_markdown(teller.tell_published()))
    frame.link_to(METHOD_PAGE, frame.words.say("page.method"))


def draw_gaps_of(frame: Frame, teller: GroupTeller) -> None:
    """The prioritised groups beside each other, and under them their tables in the full width."""
    gaps = teller.groups.gaps
    if not gaps:
        return
    reach = find_reach(one.points for one in gaps)
    for column, figure in zip(st.columns(len(gaps)), gaps, strict=True):
        with column:
            draw_gap(teller, figure, reach=reach)
    for figure in gaps:
        draw_behind_gap(frame, teller, figure)


def draw_answered(frame: Frame, teller: GroupTeller) -> None:
    """Who answered for whom, in which language and how old, beside each other; under them their tables."""
    values = teller.groups.values
    if not values:
        return
    for column, figure in zip(st.columns(len(values)), values, strict=True):
        with column:
            draw_values_of(teller, figure)
    for figure in values:
        draw_behind_values(frame, teller, figure)
