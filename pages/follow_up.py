"""What has been decided and what is being done, written down so that it stands on the trend lines."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.shared.area_kept import keep_area
from pages.shared.following_actions import draw_actions
from pages.shared.following_form import Place, draw_elsewhere, take_message
from pages.shared.following_goals import draw_goals
from pages.shared.following_rebases import draw_rebases
from pages.shared.frame import Frame, draw_problem
from pages.trends import draw_filter
from survey.errors import SurveyError
from survey.following.faults import find_known
from survey.insight.choice import RESIDENTS_SURVEY, read_area
from survey.language import pick_text
from survey.people.roles import Permission

FILTER_WIDTH = 480  # pixels; less where the page is narrower
TRENDS = "trends"


def draw_follow_up(frame: Frame) -> None:
    """An area's goals, actions and new limits; forms to write them for whoever may."""
    words = frame.words
    keep_area(frame)
    place = read_place(frame)
    take_message(frame)
    st.markdown(words.say("follow.intro"))
    names = {area.code: area.name for area in frame.installation.areas}
    with st.container(width=FILTER_WIDTH, key="filters"):
        draw_filter("area", words.say("trends.area"), list(names), place.area.code, names.__getitem__)
    label = words.say("follow.to_trends", area=place.area.name)
    frame.link_to(TRENDS, label, area=place.area.code)
    draw_elsewhere(place, Permission.FOLLOW_UP)
    draw_goals(place)
    draw_actions(place)
    draw_rebases(place)


def read_place(frame: Frame) -> Place:
    """The area and the survey of the address; of what makes no sense it is told, and the usual is taken."""
    asked: Mapping[str, str] = st.query_params.to_dict()
    wrong: list[SurveyError] = []
    try:
        area = read_area(frame.installation, asked)
    except SurveyError as fault:
        wrong.append(fault)
        area = read_area(frame.installation, {})
    survey = asked.get("survey") or RESIDENTS_SURVEY
    try:
        known = find_known(frame.installation, survey)
    except SurveyError as fault:
        wrong.append(fault)
        survey, known = RESIDENTS_SURVEY, find_known(frame.installation, RESIDENTS_SURVEY)
    if wrong:
        told = [frame.words.explain(one) for one in wrong]
        draw_problem(frame, " ".join([*told, frame.words.say("follow.usual")]))
    names = {one: pick_text(dimension.text, frame.language) for one, dimension in known.items()}
    return Place(frame, frame.installation.areas.find(area), survey, names)
