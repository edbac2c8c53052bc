"""What the panel proposes: every proposal about an area, or one with all that belongs to it."""

from __future__ import annotations

import streamlit as st

from pages.follow_up import FILTER_WIDTH, read_place
from pages.shared.following_form import take_message
from pages.shared.frame import Frame, draw_heading
from pages.shared.links import Link, draw_links
from pages.shared.panel_ideas import draw_ideas
from pages.shared.proposal_card import draw_proposal
from pages.shared.proposal_deeds import draw_new
from pages.shared.proposal_form import OfferedPlace
from pages.shared.proposal_list import draw_list
from pages.trends import draw_filter
from survey.installation import Installation
from survey.panel_rounds.ideas import can_take_ideas
from survey.proposals.permissions import can_act
from survey.proposals.states import Event
from survey.proposals.visibility import find_history, list_proposals

ONE = "proposal"  # in the address: the proposal that is read


def draw_proposals(frame: Frame) -> None:
    """The proposals of an area; with one in the address, that one."""
    chosen = st.query_params.get(ONE)
    if chosen:
        draw_one(frame, chosen)
    else:
        draw_all(frame)


def draw_all(frame: Frame) -> None:
    """What there is, what waits for an answer first, and the form of a new one for the panel."""
    words = frame.words
    place = OfferedPlace(**vars(read_place(frame)))
    take_message(frame)
    st.markdown(words.say("proposals.intro"))
    names = {area.code: area.name for area in frame.installation.areas}
    with st.container(width=FILTER_WIDTH, key="filters"):
        draw_filter("area", words.say("trends.area"), list(names), place.area.code, names.__getitem__)
    area = place.area.name
    frame.link_to("action-plan", words.say("proposals.to_plan", area=area), area=place.area.code)
    found = list_proposals(frame.installation, place.area.code, viewer=frame.viewer)
    draw_list(place, found)
    if can_act(Event.WRITE, by=frame.viewer):
        draw_new(place, len(found))
    if can_take_ideas(by=frame.viewer):
        draw_ideas(place)


def draw_one(frame: Frame, chosen: str) -> None:
    """One proposal with its history; one that is not there, or not for this person, is told of."""
    versions = find_history(frame.installation, chosen, viewer=frame.viewer)
    newest = versions[-1]
    state = frame.words.say(f"proposals.state.{newest.state}")  # keys: proposals.state.*
    draw_heading(frame, newest.title, above=state)
    take_message(frame)
    draw_links([Link(frame.words.say("proposals.all"), "/proposals", query={"area": newest.area})])
    place = make_place(frame, frame.installation, newest.area, newest.survey)
    draw_proposal(place, versions)


def make_place(frame: Frame, installation: Installation, area: str, survey: str) -> OfferedPlace:
    """The place of a proposal, which its area and survey say."""
    return OfferedPlace.of(frame, installation.areas.find(area), survey)
