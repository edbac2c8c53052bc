"""How the panel rates proposals and themes: a member's answers, a coordinator's rounds, what they came to."""

from __future__ import annotations

import streamlit as st

from pages.shared.following_form import take_message
from pages.shared.frame import Frame
from pages.shared.rating_list import draw_list
from pages.shared.rating_look_over import draw_rating_look_over
from pages.shared.rating_page import draw_rating_page
from pages.shared.rating_place import LOOK_OVER, PAGE, ROUND
from pages.shared.rating_round import draw_panel_round
from survey.panel_rounds.answer import find_walk
from survey.panel_rounds.find import find_panel_round
from survey.panel_rounds.permissions import can_rate


def draw_panel_rounds(frame: Frame) -> None:
    """The rounds; one of them; or, for a member who is answering, the page of the address."""
    take_message(frame)
    asked, page = st.query_params.get(ROUND), st.query_params.get(PAGE)
    if asked is None:
        draw_list(frame)
        return
    found = find_panel_round(frame.installation, asked, viewer=frame.viewer)
    if page is None or not can_rate(by=frame.viewer):
        draw_panel_round(frame, found)
        return
    walk = find_walk(frame.installation, found.id, by=frame.viewer)
    if not walk.is_open or walk.own.sent:
        draw_panel_round(frame, found)
    elif page == LOOK_OVER:
        draw_rating_look_over(frame, walk)
    else:
        draw_rating_page(frame, walk, page)
