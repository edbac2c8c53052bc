"""The action plan: what is done because of what was proposed, and whether the lines have moved since."""

from __future__ import annotations

import streamlit as st

from pages.follow_up import FILTER_WIDTH, TRENDS, read_place
from pages.shared.escape import escape_markdown
from pages.shared.following_form import draw_elsewhere, take_message
from pages.shared.frame import Frame
from pages.shared.plan_card import draw_activity
from pages.shared.plan_form import draw_planning
from pages.shared.proposal_form import OfferedPlace
from pages.trends import draw_filter
from survey.people.roles import Permission
from survey.proposals.activities import list_plan
from survey.proposals.permissions import can_act
from survey.proposals.states import Event


def draw_action_plan(frame: Frame) -> None:
    """The activities of an area and its county, and the form of a new one for whoever decides."""
    words = frame.words
    place = OfferedPlace(**vars(read_place(frame)))
    take_message(frame)
    st.markdown(words.say("plan.intro"))
    names = {area.code: area.name for area in frame.installation.areas}
    with st.container(width=FILTER_WIDTH, key="filters"):
        draw_filter("area", words.say("trends.area"), list(names), place.area.code, names.__getitem__)
    frame.link_to(TRENDS, words.say("follow.to_trends", area=place.area.name), area=place.area.code)
    found = list_plan(frame.installation, place.area.code, survey=place.survey, newest=True)
    if not found:
        st.markdown(escape_markdown(words.say("plan.none", area=place.area.name)))
    for activity in found:
        draw_activity(place, activity)
    if found:
        st.caption(words.say("plan.not_because"))
    draw_elsewhere(place, Permission.DECIDE_PROPOSALS)
    if can_act(Event.PLAN, by=frame.viewer) and place.is_reached:
        draw_planning(place, len(found))
